"""When two projects are of one type (同类型项目), and what the grade of the one proposes.

Source: `domain` §4.9: same agency, same function code (7 digits) and a likeness of names of 0.6
and more; or the same code of a tracked project. A person confirms.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from shared.domain.grades import Grade
from shared.domain.name_likeness import essence, likeness
from shared.domain.rules import LinkageRules

FUNCTION_DIGITS: Final = 7
WHOLE: Final = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What two projects are compared by."""

    name: str
    unit_code: str
    function_code: str = ""
    track_pro_code: str = ""
    owner: str = ""
    """The name of the unit, which stands in the names of its projects and says nothing of them."""

    @property
    def matter(self) -> str:
        """What it is about: its name without its unit, year, number and common words."""
        return essence(self.name, self.owner)

    @property
    def function(self) -> str:
        """The seven digits of the function code (类款项); empty where they are not all known."""
        code = self.function_code[:FUNCTION_DIGITS]
        return code if len(code) == FUNCTION_DIGITS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two projects are; `None`: one of the codes is not known."""

    names: Decimal
    same_unit: bool
    same_function: bool | None
    same_track: bool

    def similar(self, threshold: Decimal) -> bool | None:
        """Whether they are of one type; `None`: the codes do not tell, a person has to."""
        if self.same_track:
            return True
        if self.same_function is None:
            return None
        return self.same_unit and self.same_function and self.names >= threshold


def compare(one: Programme, other: Programme) -> Likeness:
    """The measure of two projects; names of which one is unknown are not alike."""
    known = bool(one.function and other.function)
    return Likeness(
        names=likeness(one.matter, other.matter) if one.name and other.name else Decimal(0),
        same_unit=one.unit_code == other.unit_code,
        same_function=one.function == other.function if known else None,
        same_track=bool(one.track_pro_code) and one.track_pro_code == other.track_pro_code,
    )


def range_of(
    grade: Grade, rate: Decimal | None, rules: LinkageRules, unspent: Decimal
) -> tuple[Decimal, Decimal]:
    """Between which shares the application is cut; 良 only where less than 80 % was spent."""
    lower, upper = rules.similar_cut[grade]
    spent_enough = rate is not None and rate >= WHOLE - unspent
    return (lower, lower) if grade is Grade.GOOD and spent_enough else (lower, upper)
