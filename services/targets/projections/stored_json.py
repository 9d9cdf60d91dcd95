"""Small structures inside a row, as JSON text that nobody has to join."""

from shared.eventstore.codec import encode_state


def stored(value: object) -> str:
    """A value of the domain as JSON text, exact numbers as texts."""
    return encode_state(value).decode()
