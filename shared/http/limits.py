"""Everything a request may be large in, with its name. Beyond it: a problem, never a crash."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from shared.http.json_places import place_below, place_of_nul
from shared.http.problems import (
    ContentTooLarge,
    FieldsInvalid,
    MalformedRequest,
    MediaTypeUnsupported,
    Unavailable,
)

BODY_BYTES_MAX: Final = 1_048_576
UPLOAD_BYTES_MAX: Final = 67_108_864
BODIES_BYTES_MAX: Final = 134_217_728
JSON_DEPTH_MAX: Final = 32


class CallerGone(Exception):
    """The connection was closed before the request or the answer was complete."""


type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

_NO_MARKS: Final = bytes(byte for byte in range(256) if byte not in b'[]{}"')
_STEPS: Final = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
_PART_BYTES: Final = 8_192
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
    message = await received(receive)
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        if len(body) > bytes_max:
            raise too_large(bytes_max)
        return body
    with READING.share() as read:
        read.add(body)
        while message.get("more_body"):
            message = await received(receive)
            read.add(message.get("body", b""))
            if read.size > bytes_max:
                raise too_large(bytes_max)
        return b"".join(read.parts)


@dataclass(slots=True)
class Share:
    """What of one body has come."""

    reading: "Reading"
    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, part: bytes) -> None:
        """One part more, if there is room for it."""
        if self.reading.held + len(part) > self.reading.bytes_max:
            raise Unavailable(
                "Too much is being uploaded at once.",
                remedy="Send it again in a while.",
                detail_zh="同时上传的内容过多。",
                remedy_zh="请稍后重新发送。",
                headers={"retry-after": "5"},
            )
        self.reading.held += len(part)
        self.size += len(part)
        self.parts.append(part)


@dataclass(slots=True)
class Reading:
    """All bodies that are being read: many at once must not take all memory (`reliability` S8)."""

    bytes_max: int = BODIES_BYTES_MAX
    held: int = 0

    @contextmanager
    def share(self) -> Iterator[Share]:
        """Room for one body, given back when it is whole or has failed."""
        share = Share(self)
        try:
            yield share
        finally:
            self.held -= share.size


READING: Final = Reading()


async def received(receive: Receive) -> MutableMapping[str, Any]:
    """The next part of a body; what broke off is no body, however well it can be read."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise CallerGone
    return message


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
    """Follow the nesting part by part, as far as it goes too deep.

    Nothing of Python goes through what stands in between. A text that closes what it never opened
    is no JSON, and told so later.
    """
    depth, inside, start = 0, False, 0
    while start < len(body):
        part = body[start : start + _PART_BYTES]
        if (len(part) - len(part.rstrip(b"\\"))) % 2:
            # What is escaped stays with what escapes it.
            part = body[start : start + len(part) + 1]
        start += len(part)
        marks = part.replace(b"\\\\", b"").replace(b'\\"', b"").translate(_STEPS, _NO_MARKS)
        # Where nothing is nested between two quotes, they change nothing.
        texts = marks.replace(b'""', b"").split(b'"')
        steps = memoryview(b"".join(texts[inside::2])).cast("b")
        inside ^= len(texts) % 2 == 0
        reached = list(accumulate(steps, initial=depth))
        if max(reached) > JSON_DEPTH_MAX:
            return True
        depth = reached[-1]
    return False
