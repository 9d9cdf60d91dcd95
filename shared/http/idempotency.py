"""`Idempotency-Key`: the same key and request, the same answer (draft-ietf-httpapi-…-07).

A key belongs to its actor: nobody can replay or block another person's request. What was
asked is remembered as a fingerprint of operation, path and body, whatever the order or the
spacing of the JSON was.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from shared.http.problems import KeyMissing, MalformedRequest

PATTERN: Final = r'^("[!#-\[\]-~]{1,200}"|[!#-\[\]-~]{1,200})$'
_KEY: Final = re.compile(
    rb'(?:"([\x21\x23-\x5b\x5d-\x7e]{1,200})"|([\x21\x23-\x5b\x5d-\x7e]{1,200}))'
)
_decode: Final = msgspec.json.Decoder().decode
_encode: Final = msgspec.json.Encoder(order="sorted").encode


def scoped_key(header: bytes | None, actor: str, *, required: bool) -> str | None:
    """The key under which an answer is remembered; `None` where the caller sent none."""
    if header is None:
        if required:
            raise KeyMissing(
                remedy="Send a fresh UUID as Idempotency-Key and repeat it when you retry.",
                remedy_zh="请以 Idempotency-Key 发送一个新的 UUID，重试时使用同一值。",
            )
        return None
    found = _KEY.fullmatch(header.strip())
    if found is None:
        raise MalformedRequest(
            "Idempotency-Key takes 1 to 200 visible ASCII characters.",
            detail_zh="Idempotency-Key 须为 1 至 200 个可见 ASCII 字符。",
        )
    return f"{actor}|{(found[1] or found[2]).decode()}"


def fingerprint(operation: str, place: Mapping[str, str], query: bytes, body: bytes) -> bytes:
    """What makes two requests the same request."""
    try:
        canonical = _encode(_decode(body)) if body.strip() else b""
    except msgspec.DecodeError:
        raise MalformedRequest("The body is not valid JSON.") from None
    head = _encode([operation, dict(place), query.decode("latin-1")])
    return hashlib.sha256(head + b"\x00" + canonical).digest()
