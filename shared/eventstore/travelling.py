r"""Many values as one text that PostgreSQL reads by itself: an array, or the lines of a COPY.

A driver looks at every element of an array in turn, which costs more than all the rest of a
long batch. JSON is written in one call, and JSON without escapes is, but for its brackets, what
PostgreSQL reads as an array literal and as CSV with `\` as escape. A text that needs another
escape than that of a quote or a backslash (a line break, say) goes the ordinary way.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

MANY: Final = 100
"""From so many rows on a batch travels as text."""

_encoder = msgspec.json.Encoder()


def array_literal(values: Sequence[object]) -> str | None:
    """The array as PostgreSQL reads it; nothing where a text needs an escape of JSON alone."""
    written = _encoder.encode(values)
    return f"{{{written[1:-1].decode()}}}" if _is_plain(written) else None


def copy_lines(rows: Sequence[tuple[object, ...]], day: date) -> bytes | None:
    """The rows as lines of CSV, the day behind each; nothing where a text cannot be a line."""
    written = _encoder.encode_lines(rows)
    if not _is_plain(written):
        return None
    # A raw line break stands between two rows only: within a text it would be an escape.
    end = b',"%s"\n' % day.isoformat().encode()
    return written[1:-2].replace(b"]\n[", end) + end


def _is_plain(written: bytes) -> bool:
    if b"\\" not in written:
        return True
    return b"\\" not in written.replace(b"\\\\", b"").replace(b'\\"', b"")
