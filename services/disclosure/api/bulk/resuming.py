"""A file that can be taken up where it broke off (RFC 9110 §14): `Range`, `If-Range`, 206, 416.

A `Range` that is no list of bytes is passed over, as the RFC asks for: the whole file comes.
"""

import re
from typing import Final

from fastapi.responses import FileResponse

from shared.http.caching import Send
from shared.http.limits import Receive
from shared.http.list_formats_asked import Scope

RANGE: Final = b"range"
_UNIT: Final = b"bytes="
_PART: Final = re.compile(rb"\s*(?:(\d+)-(\d*)|-(\d+))\s*")


class Resumable(FileResponse):
    """A file, whole or in parts."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what was asked for, where it was asked for in words of the RFC."""
        kept = [(name, text) for name, text in scope["headers"] if name != RANGE or readable(text)]
        await super().__call__({**scope, "headers": kept}, receive, send)


def readable(asked: bytes) -> bool:
    """Whether a header is a list of byte ranges, each of which ends behind its beginning."""
    if not asked.startswith(_UNIT):
        return False
    for part in asked.removeprefix(_UNIT).split(b","):
        found = _PART.fullmatch(part)
        if found is None or (found[1] and found[2] and int(found[1]) > int(found[2])):
            return False
    return True
