"""What may have happened to the goals of a unit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNoted:
    """A project promises this; `words` are what is compared of its goal and its indicators."""

    project_code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDropped:
    """A project promises nothing any more: its target was rejected, or it was terminated."""

    project_code: str


type UnitGoalsEvent = GoalNoted | GoalDropped
