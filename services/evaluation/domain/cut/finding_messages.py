"""What may be noted of a unit's applications and results, and what was found among them."""

from dataclasses import dataclass

from services.evaluation.domain.application import Application
from services.evaluation.domain.cut.commands import Basis
from services.evaluation.domain.grounds import Applied
from services.evaluation.domain.unit import Unit
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAsked:
    """A project of the unit asks for a coming year."""

    application: Application
    rules: Applied | None = None
    unit: Unit | None = None

    @property
    def unit_code(self) -> str:
        """Whose it is."""
        return self.application.unit_code


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteJudged:
    """A project of the unit has a final result, or another one than before.

    Without `basis` the self-evaluation says what it is.
    """

    unit_code: str
    region_code: str
    project_code: str
    fiscal_year: int
    basis: Basis | None = None
    rules: Applied | None = None
    unit: Unit | None = None


type SimilarCommand = NoteAsked | NoteJudged


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedNoted:
    """What an application is compared by."""

    application: Application


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedNoted:
    """What a judged project is compared by, and how it was judged."""

    project_code: str
    fiscal_year: int
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarFound:
    """An application is of the type of a badly judged project: the worst there is."""

    cut_id: str
    project_code: str
    budget_year: int
    basis_project_code: str
    basis_fiscal_year: int
    region_code: str
    grade: Grade
    requested: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarGone:
    """It is so no more: the result was corrected, or the application reads otherwise now."""

    cut_id: str


type SimilarEvent = AskedNoted | JudgedNoted | SimilarFound | SimilarGone
