"""One POST to one checked address: no redirect, no body read, nothing kept open.

Only the status line and the headers of the answer are looked at, and only as many bytes as they
may have: what a receiver writes is never read into memory and never shown to anybody.
"""

import asyncio
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.webhooks.addresses import Target

TIMEOUT_SECONDS: Final = 10.0
ANSWER_BYTES_MAX: Final = 16_384
_HEADERS_MAX: Final = 100
_INTERIM_MAX: Final = 4
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?\r?\n")
_FINAL: Final = 200
_SECONDS: Final = re.compile(rb"\d{1,6}")


class NotAnswered(Exception):
    """The receiver was not reached, or did not answer as HTTP does."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The receiver's status, and how long it asks us to wait."""

    status: int
    retry_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Whose certificates are believed (the machine's by default), and how long is waited."""

    trust: ssl.SSLContext | None = None
    seconds: float = TIMEOUT_SECONDS


PLAIN: Final = Terms()


async def post(
    target: Target,
    address: str,
    headers: Mapping[str, str],
    body: bytes,
    terms: Terms,
) -> Answered:
    """Send, and answer what the receiver says; raises `NotAnswered`."""
    try:
        async with asyncio.timeout(terms.seconds):
            return await _exchanged(target, address, _request(target, headers, body), terms.trust)
    except TimeoutError:
        raise NotAnswered(f"no answer within {terms.seconds:g} seconds") from None
    except ssl.SSLError as failure:
        raise NotAnswered(f"TLS: {failure.reason or 'failed'}") from None
    except (OSError, ValueError, asyncio.IncompleteReadError) as failure:
        raise NotAnswered(type(failure).__name__) from None


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = {
        "host": target.authority,
        "content-type": "application/json",
        "content-length": str(len(body)),
        "user-agent": "iron-abacus-webhooks",
        "connection": "close",
        **headers,
    }
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{text}\r\n".encode("ascii") + body


async def _exchanged(
    target: Target, address: str, request: bytes, trust: ssl.SSLContext | None
) -> Answered:
    secure = target.scheme == "https"
    reader, writer = await asyncio.open_connection(
        address,
        target.port,
        limit=ANSWER_BYTES_MAX,
        ssl=(trust or ssl.create_default_context()) if secure else None,
        server_hostname=target.host if secure else None,
    )
    try:
        writer.write(request)
        await writer.drain()
        for _ in range(_INTERIM_MAX):
            answered = await _answer(reader)
            if answered.status >= _FINAL:
                return answered
        raise NotAnswered("only interim answers")
    finally:
        writer.transport.abort()


async def _answer(reader: asyncio.StreamReader) -> Answered:
    found = _STATUS.fullmatch(await reader.readline())
    if found is None:
        raise NotAnswered("the answer is not HTTP")
    retry_after = None
    for _ in range(_HEADERS_MAX):
        line = await reader.readline()
        if not line.endswith(b"\n"):
            raise NotAnswered("the answer ends in its headers")
        name, _, value = line.partition(b":")
        if not line.strip():
            return Answered(int(found[1]), retry_after)
        if name.strip().lower() == b"retry-after" and _SECONDS.fullmatch(value.strip()):
            retry_after = int(value)
    raise NotAnswered("the answer has too many headers")
