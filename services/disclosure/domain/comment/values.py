"""Words of public comments: what they are about, how they came, why one is not shown."""

from enum import StrEnum
from typing import Final

ROUNDS_MAX: Final = 2
"""A comment and one follow-up (D)."""
TEXT_CHARACTERS_MIN: Final = 5
TEXT_CHARACTERS_MAX: Final = 2_000
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS: Final = 5
_CHARACTERS: Final = 10


class About(StrEnum):
    """What a comment is about."""

    NOTHING = "NOTHING"
    ITEM = "ITEM"
    PROJECT = "PROJECT"
    UNIT = "UNIT"


class CommentChannel(StrEnum):
    """How a comment reached the office."""

    ONLINE = "ONLINE"
    LETTER = "LETTER"
    PHONE = "PHONE"
    VISIT = "VISIT"


class CommentStatus(StrEnum):
    """How far a comment, or its follow-up, has come."""

    FILED = "FILED"
    PUBLISHED = "PUBLISHED"
    ANSWERED = "ANSWERED"
    REJECTED = "REJECTED"


class RejectionReason(StrEnum):
    """Why a comment is not shown: a closed list, so that criticism is no reason (D)."""

    UNLAWFUL = "UNLAWFUL"
    ABUSIVE = "ABUSIVE"
    PERSONAL_DATA = "PERSONAL_DATA"
    ADVERTISING = "ADVERTISING"
    REPEATED = "REPEATED"
    UNRELATED = "UNRELATED"


class RevealPurpose(StrEnum):
    """What the contact of a commenter may be looked at for."""

    ANSWER = "ANSWER"
    INQUIRY = "INQUIRY"
    AUDIT = "AUDIT"


class Masked(StrEnum):
    """Personal numbers that are taken out of a text before it is kept."""

    ID_NUMBER = "ID_NUMBER"
    PHONE = "PHONE"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    EMAIL = "EMAIL"


def case_number(region_code: str, day: str, chance: int) -> str:
    """`PL-653100-20210301-7K3MQ9XW2A`: region and day are read at sight, the rest is not guessed.

    The last part holds 50 bits of chance in Crockford's alphabet, without letters that are
    mistaken for digits.
    """
    drawn = ((chance >> (_BITS * place)) % len(_ALPHABET) for place in range(_CHARACTERS))
    return f"PL-{region_code}-{day}-{''.join(_ALPHABET[one] for one in drawn)}"
