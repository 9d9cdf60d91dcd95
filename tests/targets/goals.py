"""What the other projects of the unit promise, for stories of likeness."""

from services.targets.domain.commands.unit_goals import NoteGoal
from services.targets.domain.unit_goals import UnitGoals, compared_of
from services.targets.domain.values import Content
from tests.targets import stories as s


def note(project_code: str, words: str = compared_of(s.CONTENT)) -> NoteGoal:
    """A project promises this; unless told otherwise, what the good target does."""
    return NoteGoal(
        unit_code=s.UNIT_CODE, fiscal_year=s.YEAR, project_code=project_code, words=words
    )


def twins(*project_codes: str, content: Content = s.CONTENT) -> UnitGoals:
    """A unit whose other projects all promise this."""
    words = compared_of(content)
    goals: UnitGoals = s.unit_goals.given().after(*(note(c, words) for c in project_codes)).state
    return goals
