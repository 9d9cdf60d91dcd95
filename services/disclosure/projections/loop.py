"""Questions across the registers about one project: its life from the assessment to the public."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections.cut_register import CutRow
from services.disclosure.projections.disclosure_register import DisclosureRow
from services.disclosure.projections.evaluation_register import EvaluationRow
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.loop_adjustments import AdjustmentRow
from services.disclosure.projections.loop_budgets import LinkageRow
from services.disclosure.projections.loop_letters import LetterRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.recovery_register import RecoveryRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.warning_register import WarningRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectKey:
    """A project of a fiscal year."""

    project_code: str
    fiscal_year: int


def project(key: ProjectKey) -> SelectOfScalar[ProjectRow]:
    """The project itself."""
    return select(ProjectRow).where(
        ProjectRow.project_code == key.project_code, ProjectRow.fiscal_year == key.fiscal_year
    )


def ex_ante(key: ProjectKey) -> SelectOfScalar[ExAnteRow]:
    """Its assessment before."""
    return select(ExAnteRow).where(
        ExAnteRow.project_code == key.project_code, ExAnteRow.fiscal_year == key.fiscal_year
    )


def watch(key: ProjectKey) -> SelectOfScalar[ProjectWatchRow]:
    """Its money."""
    return select(ProjectWatchRow).where(
        ProjectWatchRow.project_code == key.project_code,
        ProjectWatchRow.fiscal_year == key.fiscal_year,
    )


def warnings(key: ProjectKey) -> SelectOfScalar[WarningRow]:
    """Its warnings."""
    return (
        select(WarningRow)
        .where(
            WarningRow.project_code == key.project_code, WarningRow.fiscal_year == key.fiscal_year
        )
        .order_by(col(WarningRow.issued_on), col(WarningRow.warning_id))
    )


def self_evaluation(key: ProjectKey) -> SelectOfScalar[SelfEvaluationRow]:
    """Its self-evaluation."""
    return select(SelfEvaluationRow).where(
        SelfEvaluationRow.project_code == key.project_code,
        SelfEvaluationRow.fiscal_year == key.fiscal_year,
    )


def evaluations(key: ProjectKey) -> SelectOfScalar[EvaluationRow]:
    """Its evaluations by others."""
    mine = select(EvaluationRow).where(
        EvaluationRow.project_code == key.project_code,
        EvaluationRow.fiscal_year == key.fiscal_year,
    )
    return mine.order_by(col(EvaluationRow.evaluation_id))


def recoveries(key: ProjectKey) -> SelectOfScalar[RecoveryRow]:
    """The money taken back from it."""
    mine = select(RecoveryRow).where(
        RecoveryRow.project_code == key.project_code, RecoveryRow.fiscal_year == key.fiscal_year
    )
    return mine.order_by(col(RecoveryRow.recovery_id))


def disclosures(key: ProjectKey) -> SelectOfScalar[DisclosureRow]:
    """What the public is owed about it."""
    mine = select(DisclosureRow).where(
        DisclosureRow.project_code == key.project_code,
        DisclosureRow.fiscal_year == key.fiscal_year,
    )
    return mine.order_by(col(DisclosureRow.item_id))


def years(project_code: str) -> SelectOfScalar[ProjectRow]:
    """Every year of a project, the first one first."""
    return (
        select(ProjectRow)
        .where(ProjectRow.project_code == project_code)
        .order_by(col(ProjectRow.fiscal_year))
    )


def linkage(unit_code: str, fiscal_year: int) -> SelectOfScalar[LinkageRow]:
    """What the result of a unit's year does to a later budget."""
    return select(LinkageRow).where(
        LinkageRow.unit_code == unit_code, LinkageRow.basis_fiscal_year == fiscal_year
    )


def cuts(key: ProjectKey) -> SelectOfScalar[CutRow]:
    """New applications that were cut because of how this project was judged."""
    mine = select(CutRow).where(
        CutRow.basis_project_code == key.project_code,
        CutRow.basis_fiscal_year == key.fiscal_year,
    )
    return mine.order_by(col(CutRow.cut_id))


def letters(key: ProjectKey) -> SelectOfScalar[LetterRow]:
    """The letters about it."""
    return (
        select(LetterRow)
        .where(LetterRow.project_code == key.project_code, LetterRow.fiscal_year == key.fiscal_year)
        .order_by(col(LetterRow.issued_on), col(LetterRow.letter_no))
    )


def adjustments(key: ProjectKey) -> SelectOfScalar[AdjustmentRow]:
    """The changes of its money and target."""
    return (
        select(AdjustmentRow)
        .where(
            AdjustmentRow.project_code == key.project_code,
            AdjustmentRow.fiscal_year == key.fiscal_year,
        )
        .order_by(col(AdjustmentRow.proposed_on), col(AdjustmentRow.adjustment_id))
    )
