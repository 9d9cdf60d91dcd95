"""The registers of what the others said, as datasets: from projects to the scores of superiors."""

from datetime import date
from typing import Any, Final

from sqlmodel import col, select

from services.disclosure.api.bulk.datasets import Dataset, table
from services.disclosure.api.register_views import (
    CutView,
    EvaluationView,
    ExAnteView,
    LibraryView,
    ProjectView,
    RankView,
    RecoveryView,
    RoundView,
    ScoreView,
    SelfEvaluationView,
    WarningView,
)
from services.disclosure.projections.cut_register import CutRow
from services.disclosure.projections.evaluation_register import EvaluationRow
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.external_ranks import ExternalRankRow
from services.disclosure.projections.external_scores import ExternalScoreRow
from services.disclosure.projections.library_register import LibraryRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.recovery_register import RecoveryRow
from services.disclosure.projections.round_register import RoundRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.warning_register import WarningRow


def cuts_confirmed(day: date) -> Any:  # noqa: ANN401 - a select of one table
    """Cuts in a coming budget on the results of two years before it, as the list has them."""
    return select(CutRow).where(
        col(CutRow.confirmed_on) <= day,
        col(CutRow.budget_year) == col(CutRow.basis_fiscal_year) + 2,
    )


HEARD_DATASETS: Final = (
    Dataset(
        name="projects",
        title="项目",
        title_en="Projects",
        view=ProjectView,
        key=("project_code", "fiscal_year"),
        listed="/v1/projects",
        rows=table(ProjectRow, ProjectView, lambda _: select(ProjectRow)),
    ),
    Dataset(
        name="ex-ante-assessments",
        title="事前绩效评估",
        title_en="Ex-ante assessments",
        view=ExAnteView,
        key=("project_code", "fiscal_year"),
        listed="/v1/ex-ante-assessments",
        rows=table(
            ExAnteRow,
            ExAnteView,
            lambda day: select(ExAnteRow).where(col(ExAnteRow.assessed_on) <= day),
        ),
    ),
    Dataset(
        name="libraries",
        title="指标库与案例库",
        title_en="Libraries of indicators and cases",
        view=LibraryView,
        key=("region_code", "library", "library_version"),
        listed="/v1/libraries",
        rows=table(
            LibraryRow,
            LibraryView,
            lambda day: select(LibraryRow).where(col(LibraryRow.published_on) <= day),
        ),
    ),
    Dataset(
        name="monitoring-rounds",
        title="绩效监控节点",
        title_en="Monitoring rounds",
        view=RoundView,
        key=("region_code", "fiscal_year", "node"),
        listed="/v1/monitoring-rounds",
        rows=table(RoundRow, RoundView, lambda _: select(RoundRow)),
    ),
    Dataset(
        name="warnings",
        title="预警",
        title_en="Warnings",
        view=WarningView,
        key=("warning_id",),
        listed="/v1/warnings",
        rows=table(
            WarningRow,
            WarningView,
            lambda day: select(WarningRow).where(col(WarningRow.issued_on) <= day),
        ),
    ),
    Dataset(
        name="self-evaluations",
        title="绩效自评",
        title_en="Self-evaluations",
        view=SelfEvaluationView,
        key=("project_code", "fiscal_year"),
        listed="/v1/self-evaluations",
        rows=table(SelfEvaluationRow, SelfEvaluationView, lambda _: select(SelfEvaluationRow)),
    ),
    Dataset(
        name="evaluations",
        title="绩效评价",
        title_en="Department and finance evaluations",
        view=EvaluationView,
        key=("evaluation_id",),
        listed="/v1/evaluations",
        rows=table(EvaluationRow, EvaluationView, lambda _: select(EvaluationRow)),
    ),
    Dataset(
        name="recoveries",
        title="资金收回",
        title_en="Money recovered",
        view=RecoveryView,
        key=("recovery_id",),
        listed="/v1/recoveries",
        rows=table(
            RecoveryRow,
            RecoveryView,
            lambda day: select(RecoveryRow).where(col(RecoveryRow.booked_on) <= day),
        ),
    ),
    Dataset(
        name="budget-cuts",
        title="预算核减",
        title_en="Cuts of budgets",
        view=CutView,
        key=("cut_id",),
        listed="/v1/budget-cuts",
        rows=table(CutRow, CutView, cuts_confirmed),
    ),
    Dataset(
        name="external-ranks",
        title="上级公布的位次",
        title_en="Ranks given by superiors",
        view=RankView,
        key=("scheme", "period", "subject"),
        listed="/v1/external-ranks",
        rows=table(ExternalRankRow, RankView, lambda _: select(ExternalRankRow)),
    ),
    Dataset(
        name="external-scores",
        title="上级审核得分",
        title_en="Review scores of superiors",
        view=ScoreView,
        key=("fund", "kind", "fund_year", "subject"),
        listed="/v1/external-scores",
        rows=table(ExternalScoreRow, ScoreView, lambda _: select(ExternalScoreRow)),
    ),
)
