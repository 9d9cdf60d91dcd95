"""What a policy document is, its versions, and the number under which it is cited."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from services.disclosure.domain.values import Layer, Step

SINCE_EVER: Final = date(1, 1, 1)
FOREVER: Final = date(9999, 12, 31)
_ALIKE: Final = str.maketrans(dict.fromkeys("[【(（〈", "〔") | dict.fromkeys("]】)）〉", "〕"))
_DIGEST_CHARACTERS: Final = 32


class PolicyOrigin(StrEnum):
    """How a document came into the library; what was in force before needs no review here."""

    DRAFTED = "DRAFTED"
    IMPORTED = "IMPORTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a policy document is: its place in the system, its text and the steps it rules.

    `text_sha256` is the hash of the text as it is filed; `supersedes` are the documents that
    end on the day on which this one takes effect.
    """

    policy_id: str
    region_code: str
    layer: Layer
    title: str
    document_no: str
    issuer: str
    steps: tuple[Step, ...]
    text_sha256: str = ""
    supersedes: tuple[str, ...] = ()
    origin: PolicyOrigin = PolicyOrigin.DRAFTED

    @property
    def number(self) -> str:
        """The key of its document number: unique for an issuer, however the brackets look."""
        return number_key(self.region_code, self.issuer, self.document_no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The text that binds from a day on."""

    number: int
    effective_on: date
    text_sha256: str = ""
    summary: str = ""
    begun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A step that a document rules, from a day until the day before another."""

    step: Step
    from_on: date = SINCE_EVER
    until_on: date = FOREVER

    def holds_on(self, day: date) -> bool:
        """Whether the document rules the step on this day."""
        return self.from_on <= day < self.until_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """Every step that a document rules or ruled."""

    mappings: tuple[Mapping, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, steps: tuple[Step, ...]) -> "Mapped":
        """A document rules these steps from its first day."""
        return cls(mappings=tuple(Mapping(step=step) for step in steps))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that it rules until further notice."""
        return tuple(one.step for one in self.mappings if one.until_on == FOREVER)

    @property
    def ever(self) -> frozenset[frozenset[Step]]:
        """What it rules or ruled together on some day: a list may be of any day."""
        days = {SINCE_EVER, *(one.from_on for one in self.mappings)}
        days |= {one.until_on for one in self.mappings if one.until_on != FOREVER}
        return frozenset(
            frozenset(one.step for one in self.mappings if one.holds_on(day)) for day in days
        )


def number_key(region_code: str, issuer: str, document_no: str) -> str:
    """One key for every way of writing the same number of the same issuer."""
    parts = (region_code, issuer, document_no)
    plain = "|".join("".join(part.translate(_ALIKE).split()) for part in parts)
    return hashlib.sha256(plain.encode()).hexdigest()[:_DIGEST_CHARACTERS]
