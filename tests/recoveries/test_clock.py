"""The clock looks for idle money on the days of the rule set, and finds each yuan once (§4.9)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from services.evaluation.domain.funds.messages import NoteCommitted, NoteQuota, NoteRed
from services.evaluation.domain.recovery.states import Claim, Unclaimed
from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation
from services.evaluation.domain.watched import NotePaid
from services.evaluation.main import service
from shared.bus.memory import MemoryBus
from shared.deadlines import Deadlines
from shared.domain.money import Money
from shared.eventstore.memory import MemoryStore
from tests.crashing.house import House
from tests.evaluation.story import PROJECT, REGION, yuan
from tests.evaluation.test_records import adopt

FEBRUARY: Final = datetime(2021, 2, 1, 2, tzinfo=UTC)
REASONS: Final = ("RED_NOT_CURED", "LOW_EXECUTION", "UNSPENT_WITHOUT_CONTRACT", "SURPLUS")


@dataclass
class Moving:
    """Business time, set by hand."""

    at: datetime = FEBRUARY

    def now(self) -> datetime:
        """Now."""
        return self.at


class Bureau:
    """Evaluation with its worker, and a ledger that it hears of."""

    def __init__(self) -> None:
        """Nothing was heard."""
        self.clock = Moving()
        self.house = House(service, MemoryBus(patience=0.0), MemoryStore(), self.clock)

    async def heard(self, *commands: Any) -> None:  # noqa: ANN401 - any command
        """What words lead to."""
        for command in commands:
            await self.house.ask(command, by="heard", now=self.clock.at)

    async def on(self, year: int, month: int, day: int) -> None:
        """The morning of a day; whatever is due is issued, by two workers."""
        self.clock.at = datetime(year, month, day, 2, tzinfo=UTC)
        for _ in range(2):
            self.house.restart()
            assert service.fall_due is not None
            deadlines = Deadlines(self.house.worker.desk, service.fall_due)
            while await deadlines.issue_next():
                pass

    async def claims(self) -> dict[str, Money]:
        """What is claimed, by reason."""
        found = {}
        for reason in REASONS:
            state = await self.house.state(f"recovery-P1-2021-{reason}")
            if isinstance(state, Claim):
                found[reason] = state.claim.amount
            else:
                assert isinstance(state, Unclaimed)
        return found


async def funded(*more: Any) -> Bureau:  # noqa: ANN401 - any command
    """500 of quota in February, a contract of 150."""
    bureau = Bureau()
    of: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": "heard", "now": FEBRUARY}
    await bureau.heard(
        adopt(1),
        OpenSelfEvaluation(project=PROJECT, by="heard", now=FEBRUARY),
        NoteQuota(**of, version=1, region_code=REGION, issued=yuan(500)),
        NoteCommitted(**of, version=2, change=yuan(150)),
        *more,
    )
    return bureau


def paid(amount: int, version: int) -> NotePaid:
    """So much is paid by now."""
    return NotePaid(
        project_code="P1",
        fiscal_year=2021,
        paid=yuan(amount),
        version=version,
        by="heard",
        now=FEBRUARY,
    )


RED: Final = NoteRed(
    project_code="P1", fiscal_year=2021, warning_id="W1", over=False, by="heard", now=FEBRUARY
)


async def test_a_red_warning_that_is_not_cured_at_the_august_node_costs_what_is_idle() -> None:
    bureau = await funded(paid(300, 3), RED)
    await bureau.on(2021, 8, 31)
    assert await bureau.claims() == {}
    await bureau.on(2021, 9, 1)
    assert await bureau.claims() == {"RED_NOT_CURED": yuan(50)}
    await bureau.on(2021, 11, 1)
    assert await bureau.claims() == {"RED_NOT_CURED": yuan(50)}, "the same money, claimed again"


async def test_low_execution_at_the_end_of_september() -> None:
    bureau = await funded(paid(240, 3))
    await bureau.on(2021, 9, 30)
    assert await bureau.claims() == {}
    await bureau.on(2021, 10, 1)
    assert await bureau.claims() == {"LOW_EXECUTION": yuan(110)}


async def test_money_without_a_contract_at_the_end_of_october() -> None:
    bureau = await funded(paid(260, 3))
    await bureau.on(2021, 10, 1)
    assert await bureau.claims() == {}
    await bureau.on(2021, 11, 1)
    assert await bureau.claims() == {"UNSPENT_WITHOUT_CONTRACT": yuan(90)}


async def test_a_carry_over_is_surplus_when_the_following_year_is_over() -> None:
    bureau = await funded(paid(350, 3))
    await bureau.on(2022, 12, 31)
    assert await bureau.claims() == {}
    freed = NoteCommitted(
        project_code="P1",
        fiscal_year=2021,
        version=4,
        change=-yuan(20),
        by="heard",
        now=FEBRUARY,
    )
    await bureau.heard(freed)
    await bureau.on(2023, 1, 1)
    assert await bureau.claims() == {"SURPLUS": yuan(20)}


async def test_who_spends_as_promised_is_left_alone() -> None:
    bureau = await funded(paid(350, 3))
    for month in range(3, 13):
        await bureau.on(2021, month, 1)
    assert await bureau.claims() == {}
