"""What targets and evaluation say stands in the registers: projects, scores, later budgets."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest

from services.disclosure.projections.cut_register import CutRow, cut_register
from services.disclosure.projections.evaluation_register import EvaluationRow, evaluation_register
from services.disclosure.projections.ex_ante_register import ExAnteRow, ex_ante_register
from services.disclosure.projections.loop_budgets import (
    BudgetDecisionRow,
    LinkageRow,
    loop_budgets,
)
from services.disclosure.projections.project_register import ProjectRow, project_register
from services.disclosure.projections.recovery_register import RecoveryRow, recovery_register
from services.disclosure.projections.score_findings import ScoreFindingRow, score_findings
from services.disclosure.projections.self_evaluation_register import (
    SelfEvaluationRow,
    self_evaluation_register,
)
from shared.contracts import evaluation, targets
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.clean_year import ABOUT_C, judged, tied_up
from tests.disclosure.first_year import CITY, C
from tests.disclosure.register_rows import FIRST_OF_JULY, Place, Told

KEY: Final = ("C", 2021)
OF_THE_CITY: Final = {"region_code": CITY, "unit_code": C.unit}
FOUND: Final = {**ABOUT_C, "accepted_on": date(2022, 3, 1)}

PROJECT: Final = Place(project_register, ProjectRow, KEY)
ASSESSED: Final = Place(ex_ante_register, ExAnteRow, KEY)
JUDGED: Final = Place(self_evaluation_register, SelfEvaluationRow, KEY)
COPIED: Final = Place(score_findings, ScoreFindingRow, (*KEY, "COPY_PASTE"))
LOW: Final = Place(score_findings, ScoreFindingRow, (*KEY, "LOW_TARGET"))
EVALUATION: Final = Place(evaluation_register, EvaluationRow, ("E-C",))
RECOVERY: Final = Place(recovery_register, RecoveryRow, ("R-C",))
CUT: Final = Place(cut_register, CutRow, ("C-C-2022",))
LINKAGE: Final = Place(loop_budgets, LinkageRow, (C.unit, 2021))
DECISION: Final = Place(loop_budgets, BudgetDecisionRow, ("NEW-C", 2022))

entered: Final[Any] = years.registered(C, 2021).model_copy(
    update={"needs_ex_ante": True, "direct_fund_flag": "01", "origin": "SYNTHETIC"}
)
rejected, included = years.assessed(C, 2021, "POOR"), years.assessed(C, 2021, "GOOD", cut=5)
granted: Final = years.approved(C, 2021)
adjusted: Final = targets.TargetAdjusted(
    region_code=CITY,
    project_code="C",
    fiscal_year=2021,
    unit_code=C.unit,
    department_code="D1",
    adjustment_id="TZ1",
    target_version=2,
    budget_before=C.budget,
    budget=Money(900),
    indicators=(),
    reason="进度慢",
    adjusted_on=date(2021, 6, 9),
)
accepted: Final[Any] = years.evaluated(C, 2021).model_copy(
    update={"findings": ("COPY_PASTE", "LOW_TARGET")}
)
rechecked: Final = evaluation.ScoreCorrected(
    **ABOUT_C,
    before=Decimal("92.00"),
    after=Decimal("79.00"),
    grade="FAIR",
    finding="INFLATED",
    corrected_on=date(2022, 4, 2),
)
concluded: Final = years.finance_evaluated(C, 2021)
objected: Final = evaluation.EvaluationCorrected(
    **ABOUT_C,
    evaluation_id="E-C",
    kind="FINANCE",
    before=Decimal("88.00"),
    after=Decimal("91.00"),
    grade="EXCELLENT",
    corrected_on=date(2022, 6, 20),
)
claimed, booked = years.recovered(C, 2021, 9)
less: Final[Any] = booked.model_copy(update={"amount": Money(800)})
failed: Final = evaluation.RecoveryFailed(
    **ABOUT_C, recovery_id="R-C", amount=Money(900), reason="余额不足"
)
told: Final[dict[type[Any], Any]] = {type(one): one for one in (*tied_up(), *judged())}

PROMISES: Final = {
    "a project enters the library": Told(
        PROJECT,
        [],
        entered,
        {
            **ABOUT_C,
            "department_code": "D1",
            "name": "项目C",
            "requested_fen": C.budget.fen,
            "needs_ex_ante": True,
            "arranged": True,
            "registered_on": FIRST_OF_JULY,
            "target_version": 0,
            "approved_fen": 0,
            "budget_fen": 0,
            "direct_fund_flag": "01",
            "origin": "SYNTHETIC",
        },
    ),
    "its assessment does not arrange it": Told(PROJECT, [entered], rejected, {"arranged": False}),
    "its assessment includes it": Told(PROJECT, [entered], included, {}),
    "an objection to its assessment was upheld": Told(
        PROJECT, [entered, rejected], included, {"arranged": True}
    ),
    "its target binds": Told(
        PROJECT,
        [entered, rejected],
        granted,
        {
            "arranged": True,
            "target_version": 1,
            "approved_fen": C.budget.fen,
            "budget_fen": C.budget.fen,
            "approved_on": date(2021, 2, 10),
        },
    ),
    "money and target change together": Told(
        PROJECT,
        [entered, granted],
        adjusted,
        {"target_version": 2, "budget_fen": 900, "adjusted_on": date(2021, 6, 9)},
    ),
    "an assessment ends": Told(
        ASSESSED,
        [],
        included,
        {
            **ABOUT_C,
            "assessed_on": date(2021, 1, 20),
            "requested_fen": C.budget.fen,
            "accepted_fen": C.budget.fen - 500,
            "reduced_fen": 500,
            "reduction_kind": "PARTIAL_CUT",
            "score": Decimal("91.50"),
            "grade": "GOOD",
            "conclusion": "INCLUDED",
            "rule_set_version": 1,
            "origin": "OFFICIAL",
        },
    ),
    "another end takes its place": Told(
        ASSESSED,
        [rejected],
        included,
        {
            "accepted_fen": C.budget.fen - 500,
            "reduced_fen": 500,
            "reduction_kind": "PARTIAL_CUT",
            "grade": "GOOD",
            "conclusion": "INCLUDED",
        },
    ),
    "a request for a coming year is decided": Told(
        DECISION,
        [],
        told[targets.BudgetRequestDecided],
        {
            **OF_THE_CITY,
            "project_code": "NEW-C",
            "budget_year": 2022,
            "granted_fen": C.budget.fen,
            "decided_on": FIRST_OF_JULY,
        },
    ),
}
JUDGEMENTS: Final = {
    "a self-evaluation is accepted": Told(
        JUDGED,
        [],
        accepted,
        {
            **ABOUT_C,
            "self_score": Decimal("95.00"),
            "machine_score": Decimal("92.00"),
            "final_score": Decimal("92.00"),
            "grade": "EXCELLENT",
            "execution_rate": Decimal("0.9800"),
            "findings": 2,
            "accepted_on": date(2022, 3, 1),
        },
    ),
    "a re-check leaves another score": Told(
        JUDGED,
        [accepted],
        rechecked,
        {"final_score": Decimal("79.00"), "grade": "FAIR", "corrected_on": date(2022, 4, 2)},
    ),
    "its first finding": Told(COPIED, [], accepted, {**FOUND, "code": "COPY_PASTE"}),
    "its second finding": Told(LOW, [], accepted, {**FOUND, "code": "LOW_TARGET"}),
    "an evaluation ends": Told(
        EVALUATION,
        [],
        concluded,
        {
            **ABOUT_C,
            "evaluation_id": "E-C",
            "kind": "FINANCE",
            "score": Decimal("88.00"),
            "grade": "GOOD",
            "concluded_on": date(2022, 6, 1),
        },
    ),
    "an objection leaves another score": Told(
        EVALUATION, [concluded], objected, {"score": Decimal("91.00"), "grade": "EXCELLENT"}
    ),
    "money is to be taken back": Told(
        RECOVERY,
        [],
        claimed,
        {
            **ABOUT_C,
            "recovery_id": "R-C",
            "amount_fen": 900,
            "route": "QUOTA_WITHDRAWAL",
            "reason": "低效",
            "document_no": "喀财预〔2021〕9号",
            "approved_on": date(2021, 12, 1),
            "status": "APPROVED",
        },
    ),
    "less of it is booked": Told(
        RECOVERY,
        [claimed],
        less,
        {"amount_fen": 800, "status": "BOOKED", "booked_on": date(2021, 12, 20)},
    ),
    "it could not be booked": Told(RECOVERY, [claimed], failed, {"status": "FAILED"}),
    "it is approved anew": Told(RECOVERY, [claimed, failed], claimed, {"status": "APPROVED"}),
    "an application is cut": Told(
        CUT,
        [],
        years.cut(C, 2022, 2020, 7),
        {
            **OF_THE_CITY,
            "cut_id": "C-C-2022",
            "project_code": "NEW-C",
            "basis_project_code": "C",
            "basis_fiscal_year": 2020,
            "budget_year": 2022,
            "grade": "POOR",
            "requested_fen": C.budget.fen,
            "amount_fen": 700,
            "confirmed_on": date(2021, 11, 5),
        },
    ),
    "a result binds a later budget": Told(
        LINKAGE,
        [],
        told[evaluation.BudgetLinkageDecided],
        {
            **OF_THE_CITY,
            "basis_fiscal_year": 2021,
            "budget_year": 2023,
            "grade": "EXCELLENT",
            "decided_on": FIRST_OF_JULY,
        },
    ),
}


@pytest.mark.parametrize("said", PROMISES.values(), ids=PROMISES)
async def test_a_word_of_targets_changes_this_of_its_row(said: Told) -> None:
    await said.check()


@pytest.mark.parametrize("said", JUDGEMENTS.values(), ids=JUDGEMENTS)
async def test_a_word_of_evaluation_changes_this_of_its_row(said: Told) -> None:
    await said.check()
