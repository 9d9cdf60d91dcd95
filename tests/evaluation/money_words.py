"""The words that let results move money, each with the commands it leads to."""

from typing import Final

from services.evaluation.domain.linkage.commands import NoteApplied, NoteBreach
from services.evaluation.domain.unit import NoteGrant
from shared.contracts import targets
from shared.contracts.public_event import PublicEvent
from shared.domain.money import ZERO
from tests.evaluation.story import REGION, UNIT, yuan

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
    (DECIDED, (NoteGrant, NoteApplied)),
    (BREACHED, NoteBreach),
)
