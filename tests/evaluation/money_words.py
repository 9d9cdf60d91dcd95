"""The words that let results move money, each with the commands it leads to."""

from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.application import NoteApplication
from services.evaluation.domain.cut.commands import NoteWritten
from services.evaluation.domain.cut.finding_messages import NoteAsked, NoteJudged
from services.evaluation.domain.funds.messages import (
    NoteCommitted,
    NoteFreeze,
    NoteQuota,
    NoteRed,
)
from services.evaluation.domain.linkage.commands import NoteApplied, NoteBreach
from services.evaluation.domain.recovery.commands import CheckMoney
from services.evaluation.domain.sampling.roster import EnterUnit
from services.evaluation.domain.unit import NoteGrant
from shared.contracts import evaluation, monitoring, targets
from shared.contracts.public_event import PublicEvent
from shared.domain.money import ZERO
from tests.evaluation.story import REGION, TODAY, UNIT, yuan

OF: Final[dict[str, Any]] = {
    "region_code": REGION,
    "project_code": "P1",
    "fiscal_year": 2021,
    "unit_code": UNIT,
}


def accepted(grade: str) -> evaluation.SelfEvaluationAccepted:
    """A self-evaluation that stands."""
    return evaluation.SelfEvaluationAccepted.model_validate(
        {
            **OF,
            "department_code": "D1",
            "self_score": "55",
            "machine_score": "55",
            "final_score": "55",
            "grade": grade,
            "execution_rate": "0.4",
            "accepted_on": TODAY,
            "rule_set_version": 1,
        }
    )


def registered(fiscal_year: int) -> targets.ProjectRegistered:
    """A project in the library, for this year's budget."""
    return targets.ProjectRegistered(
        region_code=REGION,
        project_code="P9",
        name="农村公路养护",
        fiscal_year=fiscal_year,
        unit_code=UNIT,
        department_code="D1",
        requested=yuan(10),
        needs_ex_ante=False,
    )


DECIDED: Final = targets.BudgetRequestDecided(
    region_code=REGION,
    project_code="P9",
    unit_code=UNIT,
    department_code="D1",
    budget_year=2022,
    requested=yuan(10),
    granted=yuan(6),
    cap=yuan(20),
    cut=yuan(4),
    reasons=("SIMILAR_PROJECT_CUT",),
    basis_fiscal_year=2020,
    similar_cut=yuan(4),
)
BREACHED: Final = targets.ConstraintBreached(
    region_code=REGION,
    unit_code=UNIT,
    department_code="D1",
    budget_year=2022,
    basis_fiscal_year=2020,
    grade="POOR",
    cap=yuan(18),
    granted=yuan(20),
    exempted=ZERO,
    excess=yuan(2),
    unexempted_excess=yuan(2),
    rule_set_version=1,
)
MONEY_WORDS: Final[tuple[tuple[PublicEvent, type | tuple[type, ...]], ...]] = (
    (DECIDED, (NoteGrant, NoteApplied, NoteWritten)),
    (BREACHED, NoteBreach),
    (monitoring.QuotaIssued(**OF, amount=yuan(5), issued_on=TODAY), NoteQuota),
    (
        monitoring.QuotaAmended(
            **OF, document_no="d", change=yuan(1), quota=yuan(6), amended_on=TODAY
        ),
        NoteQuota,
    ),
    (
        monitoring.QuotaRecalled(
            **OF, document_no="d", amount=yuan(1), quota=yuan(5), recalled_on=TODAY
        ),
        NoteQuota,
    ),
    (
        monitoring.QuotaAdjusted(**OF, adjustment_id="A", change=yuan(1), quota=yuan(6)),
        NoteQuota,
    ),
    (monitoring.QuotaFrozen(**OF, freeze_id="F", amount=yuan(1), reason="x"), NoteFreeze),
    (monitoring.QuotaReleased(**OF, freeze_id="F", amount=yuan(1)), NoteFreeze),
    (monitoring.CommitmentsChanged(**OF, change=yuan(1)), NoteCommitted),
    (
        monitoring.WarningIssued(
            **OF,
            warning_id="W",
            node="M05",
            level="RED",
            reasons=(),
            source="NODE",
            issued_on=TODAY,
        ),
        NoteRed,
    ),
    (monitoring.WarningEscalated(**OF, warning_id="W", level="RED"), NoteRed),
    (accepted("POOR"), (CheckMoney, NoteJudged, EnterUnit)),
    (
        evaluation.EvaluationConcluded(
            **OF,
            evaluation_id="E",
            kind="FINANCE",
            score=Decimal(50),
            grade="POOR",
            concluded_on=TODAY,
        ),
        (CheckMoney, EnterUnit),
    ),
    (registered(2023), (NoteApplication, NoteAsked)),
)
