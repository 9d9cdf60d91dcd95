"""What may be asked of the goals of a unit; only a fact of a target or a project asks it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGoal:
    """Remember what a project promises; `words` are what is compared of it."""

    unit_code: str
    fiscal_year: int
    project_code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropGoal:
    """A project promises nothing any more."""

    unit_code: str
    fiscal_year: int
    project_code: str


type UnitGoalsCommand = NoteGoal | DropGoal
