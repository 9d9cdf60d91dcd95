"""For whom somebody asks: what is another unit's answers as what is not there (`domain` §2.2).

The kernel refuses facts about a foreign thing once they are decided, and its stream before. What
a command only looks up (the unit of a project, the project of a target) is looked up within
the asker's reach, so that no refusal on the way tells whether it is there.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from services.targets.domain.refusals import UnitUnknown

EVERY_UNIT: Final = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The unit that asks; a person may answer for every unit of a region."""

    region_code: str
    unit_code: str

    def reaches(self, region_code: str, unit_code: str) -> bool:
        """Whether a thing of this unit is the asker's own."""
        return self.region_code == region_code and self.is_of(unit_code)

    def is_of(self, unit_code: str) -> bool:
        """Whether the asker is of this unit."""
        return self.unit_code in {unit_code, EVERY_UNIT}


def expect_own(asker: Asker | None, unit_code: str) -> None:
    """Let pass who asks for a unit of theirs; whether another unit is there, nobody is told."""
    if asker is not None and not asker.is_of(unit_code):
        raise UnitUnknown(unit_code=unit_code)


class OfUnit(Protocol):
    """What a unit owns."""

    @property
    def region_code(self) -> str:
        """Its region."""

    @property
    def unit_code(self) -> str:
        """Its unit."""


def seen[T: OfUnit](thing: T | None, asker: Asker | None) -> T | None:
    """The thing, where it is there for whoever asks; where nobody says who asks, it is."""
    if thing is None or asker is None or asker.reaches(thing.region_code, thing.unit_code):
        return thing
    return None
