"""Small structures inside a row, as JSON text that nobody has to join."""

import json

from shared.eventstore.codec import plain


def stored(value: object) -> str:
    """A value of the domain as JSON text."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
