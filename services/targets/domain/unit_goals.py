"""What the projects of a unit promise for a year, so that no two promise the same (L13).

A target's decision knows one target. Whatever writes one entails a note here, in the same
transaction: of two that are written at the same moment the second finds the first, in one file
as well as from two desks. Only writing takes part, so that reviews of one unit never meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from services.targets.domain.commands.unit_goals import DropGoal, NoteGoal, UnitGoalsCommand
from services.targets.domain.events.unit_goals import GoalDropped, GoalNoted, UnitGoalsEvent
from services.targets.domain.lint.likeness import alike, compared
from services.targets.domain.values import Content
from shared.domain.decider import Decider, Reference
from shared.domain.likeness import Alike

GOALS_MAX: Final = 500  # far more than a unit has; beyond it the longest unwritten one goes
SNAPSHOT_EVERY: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGoals:
    """The words of every project, the last written last."""

    words: dict[str, str] = field(default_factory=dict)

    def alike(self, project_code: str, content: Content) -> Sequence[Alike]:
        """The other projects of the unit that say the same."""
        return alike(project_code, compared_of(content), self.words)


NO_GOALS: Final = UnitGoals()


def compared_of(content: Content) -> str:
    """What is compared of a target."""
    return compared(content.annual_goal, (one.name for one in content.indicators))


def goals_of(unit_code: str, fiscal_year: int) -> Reference:
    """The goals of a unit and year."""
    return Reference("unit_goals", f"{unit_code}-{fiscal_year}")


def decide(command: UnitGoalsCommand, state: UnitGoals) -> Sequence[UnitGoalsEvent]:
    """Facts or silence: what has happened elsewhere is never refused here."""
    code = command.project_code
    match command:
        case NoteGoal(words=words):
            noted = GoalNoted(project_code=code, words=words)
            return [] if state.words.get(code) == words else [noted]
        case DropGoal():
            return [GoalDropped(project_code=code)] if code in state.words else []
        case _:
            assert_never(command)


def evolve(state: UnitGoals, event: UnitGoalsEvent) -> UnitGoals:
    """The goals after this."""
    kept = {code: said for code, said in state.words.items() if code != event.project_code}
    match event:
        case GoalNoted(project_code=code, words=words):
            while len(kept) >= GOALS_MAX:
                del kept[next(iter(kept))]
            return replace(state, words={**kept, code: words})
        case GoalDropped():
            return replace(state, words=kept)
        case _:
            assert_never(event)


UNIT_GOALS: Final[Decider[UnitGoalsCommand, UnitGoalsEvent, UnitGoals]] = Decider(
    category="unit_goals",
    initial=NO_GOALS,
    commands=(NoteGoal, DropGoal),
    events={"GoalNoted": GoalNoted, "GoalDropped": GoalDropped},
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.unit_code}-{command.fiscal_year}",
    snapshot_every=SNAPSHOT_EVERY,
)
