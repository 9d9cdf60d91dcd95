"""The coming budget of the stories: requests of a unit, its cap, a cut."""

from collections.abc import Sequence

from services.targets.domain.commands.budget_request import (
    ApproveBudgetRequest,
    RecordCap,
    RecordCut,
    RequestBudget,
)
from services.targets.domain.values import CapExemption
from shared.domain.grades import Grade
from shared.domain.money import Money
from tests.targets.stories import (
    BUDGETER,
    CODE,
    NOW,
    REGION_CODE,
    UNIT_CODE,
    WRITER,
    a_project,
    request,
    yuan,
)

request_budget = RequestBudget(
    unit_code=UNIT_CODE,
    budget_year=2022,
    project_code=CODE,
    amount=yuan("23_000_000"),
    at_cap=False,
    exemption=CapExemption.NONE,
    exemption_reason="",
    by=WRITER,
    now=NOW,
)
approve_request = ApproveBudgetRequest(
    unit_code=UNIT_CODE,
    budget_year=2022,
    project_code=CODE,
    amount=None,
    at_cap=False,
    by=BUDGETER,
    now=NOW,
)


def cap(grade: Grade, amount: Money | None, *, priority: bool = False) -> RecordCap:
    """What evaluation decided on the result of 2020 for the budget of 2022."""
    return RecordCap(
        region_code=REGION_CODE,
        unit_code=UNIT_CODE,
        budget_year=2022,
        basis_fiscal_year=2020,
        grade=grade,
        previous_budget=yuan("20_000_000"),
        cap=amount,
        priority=priority,
        rule_set_version=1,
        by="evaluation|u",
        now=NOW,
    )


LATE_CAP = cap(Grade.GOOD, yuan("20_000_000"))


def similar_cut(amount: Money) -> RecordCut:
    """A cut for a similar project that was judged badly."""
    return RecordCut(
        region_code=REGION_CODE,
        unit_code=UNIT_CODE,
        budget_year=2022,
        project_code=CODE,
        cut_id="C1",
        basis_project_code="P0",
        basis_fiscal_year=2020,
        grade=Grade.POOR,
        amount=amount,
        by="evaluation|c",
        now=NOW,
    )


def requests(*commands: object) -> Sequence[object]:
    """The facts that these commands on the unit's coming budget leave."""
    story = request.given()
    for command in commands:
        known = (a_project.state,) if isinstance(command, RequestBudget) else ()
        story = story.knowing(*known).after(command)
    facts: Sequence[object] = story.facts
    return facts
