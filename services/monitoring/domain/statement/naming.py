"""Under which name a message is kept: the system it came from and the number it has there."""

import re
from hashlib import sha256
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9._:-]{1,80}")
_DIGEST_CHARACTERS: Final = 32


def source_of(system: str, message_id: str) -> str:
    """What the source id of each line begins with: `<system>/<message id>`."""
    return f"{system}/{message_id}"


def statement_id(system: str, message_id: str) -> str:
    """The key of a statement, fit for an address: a number of odd characters becomes a digest."""
    if _PLAIN.fullmatch(message_id):
        return f"{system}-{message_id}"
    return f"{system}-{sha256(message_id.encode()).hexdigest()[:_DIGEST_CHARACTERS]}"


def statement_of(source_id: str) -> str:
    """The statement that a line came in; empty where it came alone."""
    source, _, _ = source_id.rpartition("/")
    system, _, message_id = source.partition("/")
    return statement_id(system, message_id) if system and message_id else ""
