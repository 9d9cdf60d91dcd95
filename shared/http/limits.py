"""Everything a request may be large in, with its name. Beyond it: a problem, never a crash."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

from shared.http.json_places import place_below, place_of_nul
from shared.http.problems import (
    ContentTooLarge,
    FieldsInvalid,
    MalformedRequest,
    MediaTypeUnsupported,
)

BODY_BYTES_MAX: Final = 1_048_576
UPLOAD_BYTES_MAX: Final = 67_108_864
JSON_DEPTH_MAX: Final = 32

type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

_NO_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"[]{}")
_ALIKE: Final = bytes.maketrans(b"{}", b"[]")
_OPENING: Final = ord("[")
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def declared_length(headers: Mapping[bytes, bytes]) -> int:
    """What `Content-Length` says; 0 when it says nothing."""
    text = headers.get(b"content-length", b"0")
    if not text.isdigit():
        raise MalformedRequest("Content-Length is not a number.")
    return int(text)


async def read_body(receive: Receive, headers: Mapping[bytes, bytes], bytes_max: int) -> bytes:
    """The whole body, refused as soon as it is known to be too large."""
    if declared_length(headers) > bytes_max:
        raise too_large(bytes_max)
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        if len(body) > bytes_max:
            raise too_large(bytes_max)
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > bytes_max:
            raise too_large(bytes_max)
        parts.append(part)
    return b"".join(parts)


def too_large(bytes_max: int) -> ContentTooLarge:
    """The refusal that names the limit."""
    return ContentTooLarge(
        f"At most {bytes_max} bytes are read.", detail_zh=f"最多 {bytes_max} 字节。"
    )


def expect_json(headers: Mapping[bytes, bytes]) -> None:
    """Refuse a body that does not say it is JSON."""
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/json":
        raise MediaTypeUnsupported(
            "Send application/json.",
            detail_zh="请发送 application/json。",
            headers={"accept-post": "application/json"},
        )


def expect_sane_json(body: bytes) -> None:
    """Refuse JSON that is nested too deep or holds the character NUL, before it is parsed.

    Counting brackets is exact enough for nearly every body; only a body with many is looked
    at closely, and only in one that is refused the place is looked for.
    """
    if body.count(b"[") + body.count(b"{") > JSON_DEPTH_MAX and _too_deep(body):
        raise MalformedRequest(
            f"The JSON is nested deeper than {JSON_DEPTH_MAX}.",
            pointer=place_below(body, JSON_DEPTH_MAX),
            remedy="Send what this operation describes; nothing of it is nested that deep.",
            detail_zh=f"JSON 嵌套超过 {JSON_DEPTH_MAX} 层。",
            remedy_zh="请按接口说明的结构发送，其嵌套层数不会超过此限。",
        )
    if b"\\u0000" in body and _NUL.search(body):
        raise FieldsInvalid(
            "A text or a name holds the character NUL.",
            pointer=place_of_nul(body),
            remedy="Leave the character \\u0000 out.",
            detail_zh="文本或字段名含有空字符。",
            remedy_zh="请删除字符 \\u0000。",
        )


def _too_deep(body: bytes) -> bool:
    """Take the innermost brackets away, level by level; a text that is no JSON leaves some over."""
    outside = b"".join(body.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2])
    brackets = left = outside.translate(_ALIKE, _NO_BRACKETS)
    for _ in range(JSON_DEPTH_MAX):
        left = left.replace(b"[]", b"")
        if not left:
            return False
    return _depth(brackets) > JSON_DEPTH_MAX


def _depth(brackets: bytes) -> int:
    deepest = depth = 0
    for bracket in brackets:
        depth += 1 if bracket == _OPENING else -1
        deepest = max(deepest, depth)
    return deepest
