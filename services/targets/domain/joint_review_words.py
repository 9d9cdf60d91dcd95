"""The words of a joint review: who sits in it, what a member says, what is decided."""

from dataclasses import dataclass
from enum import StrEnum


class Seat(StrEnum):
    """What a member sits in a joint review as."""

    SECTION = "SECTION"
    EXPERT = "EXPERT"


class Stance(StrEnum):
    """What a member, and in the end the session, says of a target."""

    SUPPORT = "SUPPORT"
    AMEND = "AMEND"
    OPPOSE = "OPPOSE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the session; `of` names the section or the expert's field."""

    person: str
    seat: Seat
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the session decided on one target, and why."""

    stance: Stance
    text: str
