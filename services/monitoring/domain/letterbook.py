"""The letter book of a region and year: every letter has one number, every number one letter.

A letter takes the number after the last one when it is issued; in the same transaction the
book enters it. Two signatures at once cannot take the same number: the book's version decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.monitoring.domain.warning.letter_events import LetterIssued
from services.monitoring.domain.warning.state import letter_of
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date

SNAPSHOT_EVERY: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterLetter:
    """Enter the letter that a warning has just issued."""

    warning_id: str
    region_code: str
    by: str
    now: datetime
    issued: LetterIssued | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterEntered:
    """A number is taken."""

    region_code: str
    serial: int
    warning_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterbook:
    """The last number taken."""

    region_code: str = ""
    last_serial: int = 0


def reference(region_code: str, year: int) -> Reference:
    """The book, for a letter that needs its number."""
    return Reference("letterbook", f"{region_code}-{year}")


def _decide(command: EnterLetter, state: Letterbook) -> Sequence[LetterEntered]:
    issued = command.issued
    if issued is None or issued.serial <= state.last_serial:
        return []
    return [
        LetterEntered(
            region_code=command.region_code,
            serial=issued.serial,
            warning_id=command.warning_id,
        )
    ]


def _evolve(_state: Letterbook, event: LetterEntered) -> Letterbook:
    return Letterbook(region_code=event.region_code, last_serial=event.serial)


def _inform(command: EnterLetter, states: Sequence[object]) -> EnterLetter:
    (warning,) = states
    return replace(command, issued=letter_of(warning))


letterbook_decider: Final[Decider[EnterLetter, LetterEntered, Letterbook]] = Decider(
    category="letterbook",
    initial=Letterbook(),
    commands=(EnterLetter,),
    events={"LetterEntered": LetterEntered},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: f"{command.region_code}-{business_date(command.now).year}",
    owner=lambda state: Owner(region_code=state.region_code) if state.last_serial else None,
    consults=lambda command: (Reference("warning", command.warning_id),),
    inform=_inform,
    snapshot_every=SNAPSHOT_EVERY,
)
