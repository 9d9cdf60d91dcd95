"""From a grade to the budget two years on: evaluation and targets talk, word by word (R6.5, V4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from services.evaluation.domain.appraisal_messages import RecordPriorAppraisal
from services.evaluation.domain.linkage.commands import (
    AnswerLinkage,
    CloseLinkage,
    ConfirmLinkage,
    DecideLinkage,
    ExemptSpending,
    NotifyLinkage,
    VerifyLinkage,
)
from services.evaluation.domain.linkage.events import Exemption
from services.evaluation.domain.linkage.refusals import CapBreached
from services.evaluation.domain.unit import NoteApprovedBudget
from services.evaluation.main import service as EVALUATION  # noqa: N812 - a constant
from services.targets.domain.commands.budget_request import ApproveBudgetRequest
from services.targets.domain.refusals import BudgetCapExceeded
from services.targets.domain.refusals.budgets import ExemptionNotConfirmed
from services.targets.domain.values import CapExemption
from services.targets.main import service as TARGETS  # noqa: N812 - a constant
from shared.bus.memory import MemoryBus
from shared.domain.grades import Grade
from shared.domain.money import ZERO
from shared.eventstore.memory import MemoryStore
from tests.crashing.house import House
from tests.evaluation.story import yuan
from tests.evaluation.test_records import adopt
from tests.targets import stories as s
from tests.targets.coming import request_budget

NOW: Final = datetime(2021, 10, 9, 2, tzinfo=UTC)
LINKAGE: Final = f"{s.UNIT_CODE}-2020"


class Standing:
    """A clock that stands on an October morning."""

    def now(self) -> datetime:
        """9 October."""
        return NOW


class Bureau:
    """Both services, and the feeds between them."""

    def __init__(self) -> None:
        """Empty."""
        bus, clock = MemoryBus(patience=0.0), Standing()
        self.bus = bus
        self.evaluation = House(EVALUATION, bus, MemoryStore(), clock)
        self.targets = House(TARGETS, bus, MemoryStore(), clock)

    async def rest(self) -> None:
        """Everything that was said has been heard."""
        e, t = self.evaluation, self.targets
        ways = (
            e.number,
            e.tell,
            t.number,
            t.tell,
            lambda: t.hear("evaluation"),
            lambda: e.hear("targets"),
            lambda: e.hear("evaluation"),
        )
        while any([await way() for way in ways]):
            pass

    async def decide(self, *commands: Any) -> None:  # noqa: ANN401 - any command
        """Asked of evaluation; then everything comes to rest."""
        for command in commands:
            await self.evaluation.ask(command, by=command.by, now=NOW)
        await self.rest()

    async def ask(self, *commands: Any) -> None:  # noqa: ANN401 - any command
        """Asked of targets; then everything comes to rest."""
        for command in commands:
            await self.targets.ask(command, by=command.by, now=NOW)
        await self.rest()


def _linked(unit: str = s.UNIT_CODE) -> Sequence[Any]:
    of: dict[str, Any] = {"linkage_id": LINKAGE, "now": NOW}
    return (
        DecideLinkage(
            unit_code=unit, basis_fiscal_year=2020, region_code=s.REGION_CODE, by="a", now=NOW
        ),
        NotifyLinkage(**of, document_no="挂1", by="a"),
        AnswerLinkage(**of, agrees=True, by="head"),
    )


CONFIRM: Final = ConfirmLinkage(linkage_id=LINKAGE, by="b", now=NOW)


async def founded(grade: Grade) -> Bureau:
    """V4: a unit with 2,000 approved in 2021 and this grade for 2020; nothing binds yet."""
    bureau = Bureau()
    for producer in ("targets", "monitoring", "evaluation"):
        await bureau.bus.provision(producer)
    above = replace(s.register_region, region_code="653100", parent_code=None, name="喀什地区")
    for entry in (
        above,
        s.register_region,
        s.register_unit,
        s.draft_rules,
        s.adopt_rules,
        s.register_project,
    ):
        await bureau.targets.ask(entry, by=entry.by, now=NOW)
    await bureau.rest()
    of: dict[str, Any] = {"fiscal_year": 2021, "by": "heard", "now": NOW}
    await bureau.decide(
        replace(adopt(1), region_code=s.REGION_CODE),
        NoteApprovedBudget(unit_code=s.UNIT_CODE, project_code="P0", budget=yuan(2000), **of),
        RecordPriorAppraisal(
            subject_code=s.UNIT_CODE,
            fiscal_year=2020,
            region_code=s.REGION_CODE,
            grade=grade,
            document_no="考1",
            by="a",
            now=NOW,
        ),
        *_linked(),
    )
    return bureau


@pytest.mark.parametrize(
    ("grade", "cap"),
    [(Grade.GOOD, "20000000.00"), (Grade.FAIR, "20000000.00"), (Grade.POOR, "18000000.00")],
)
async def test_a_request_above_the_cap_is_refused_with_the_explanation(
    grade: Grade, cap: str
) -> None:
    bureau = await founded(grade)
    await bureau.decide(CONFIRM)
    with pytest.raises(BudgetCapExceeded) as refused:
        await bureau.ask(request_budget)
    told = refused.value.details
    assert (told["cap"], told["grade"], told["basis_fiscal_year"]) == (cap, grade, 2020)
    assert (told["previous_budget"], told["requested_total"]) == ("20000000.00", "23000000.00")
    assert told["rule_set_version"] == 1


async def test_excellent_may_ask_for_all_of_it() -> None:
    bureau = await founded(Grade.EXCELLENT)
    await bureau.decide(CONFIRM)
    await bureau.ask(request_budget)


async def test_nothing_binds_before_it_is_confirmed() -> None:
    bureau = await founded(Grade.POOR)
    await bureau.ask(request_budget)


async def test_what_was_granted_is_verified_against_the_cap() -> None:
    bureau = await founded(Grade.POOR)
    await bureau.decide(CONFIRM)
    grant = ApproveBudgetRequest(
        unit_code=s.UNIT_CODE,
        budget_year=2022,
        project_code=request_budget.project_code,
        amount=None,
        at_cap=False,
        by="budget",
        now=NOW,
    )
    await bureau.ask(replace(request_budget, at_cap=True), grant)
    state = await bureau.evaluation.state(f"linkage-{LINKAGE}")
    assert state.applied.project_code == request_budget.project_code
    of: dict[str, Any] = {"linkage_id": LINKAGE, "by": "b", "now": NOW}
    await bureau.decide(VerifyLinkage(**of), CloseLinkage(**of))
    done = await bureau.evaluation.state(f"linkage-{LINKAGE}")
    assert (done.verified.approved, done.verified.obeys) == (yuan(1800), True)
    assert done.closed is not None


def _exempt(amount: int) -> ExemptSpending:
    return ExemptSpending(
        linkage_id=LINKAGE,
        project_code=request_budget.project_code,
        kind=Exemption.STATUTORY,
        amount=yuan(amount),
        reason="教育法第五十五条",
        document_no="豁1",
        by="a",
        now=NOW,
    )


STATED: Final = replace(
    request_budget, exemption=CapExemption.STATUTORY, exemption_reason="教育法第五十五条"
)


async def test_what_no_cap_binds_is_said_with_the_cap_and_by_nobody_else() -> None:
    bureau = await founded(Grade.POOR)
    await bureau.decide(CONFIRM)
    with pytest.raises(ExemptionNotConfirmed) as refused:
        await bureau.ask(STATED)
    assert refused.value.pointer == "/exemption"


async def test_both_sides_exempt_the_same_money_from_one_document() -> None:
    bureau = await founded(Grade.POOR)
    await bureau.decide(_exempt(500), CONFIRM)
    grant = ApproveBudgetRequest(
        unit_code=s.UNIT_CODE,
        budget_year=2022,
        project_code=request_budget.project_code,
        amount=None,
        at_cap=False,
        by="budget",
        now=NOW,
    )
    await bureau.ask(STATED, grant)  # 2,300 asked for: 500 exempt, 1,800 under the cap
    state = await bureau.evaluation.state(f"linkage-{LINKAGE}")
    told = state.verified
    assert (told.by_budget_system, told.approved, told.exempted, told.excess) == (
        True,
        yuan(2300),
        yuan(500),
        ZERO,
    )
    await bureau.decide(VerifyLinkage(linkage_id=LINKAGE, by="b", now=NOW))
    own = (await bureau.evaluation.state(f"linkage-{LINKAGE}")).verified
    assert (own.exempted, own.excess, own.obeys) == (yuan(500), ZERO, True)


async def test_an_exemption_that_is_smaller_than_the_request_leaves_the_rest_bound() -> None:
    bureau = await founded(Grade.POOR)
    await bureau.decide(_exempt(499), CONFIRM)
    with pytest.raises(BudgetCapExceeded):
        await bureau.ask(STATED)


async def test_a_cap_that_comes_after_the_grant_is_breached_and_not_closed_in_silence() -> None:
    bureau = await founded(Grade.POOR)
    grant = ApproveBudgetRequest(
        unit_code=s.UNIT_CODE,
        budget_year=2022,
        project_code=request_budget.project_code,
        amount=None,
        at_cap=False,
        by="budget",
        now=NOW,
    )
    await bureau.ask(request_budget, grant)
    await bureau.decide(CONFIRM)
    state = await bureau.evaluation.state(f"linkage-{LINKAGE}")
    assert (state.verified.excess, state.verified.by_budget_system) == (yuan(500), True)
    with pytest.raises(CapBreached):
        await bureau.decide(CloseLinkage(linkage_id=LINKAGE, by="b", now=NOW))
