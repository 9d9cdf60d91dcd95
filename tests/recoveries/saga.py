"""The saga of a recovery, played by evaluation and monitoring and judged at its end.

At the end what is booked here is what the ledger gave, to the fen,
and nothing was given twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from services.evaluation.domain.funds.funds import Funds
from services.evaluation.domain.recovery.events import RecoveryBooked
from services.evaluation.domain.recovery.states import Approved, Booked, Reopened
from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation
from services.evaluation.main import service as EVALUATION  # noqa: N812 - a constant
from services.monitoring.domain.ledger.commands import (
    IssueQuota,
    OpenLedger,
    ReturnPayment,
    SettlePayment,
)
from services.monitoring.domain.ledger.commitment_commands import (
    RegisterCommitment,
    VerifyCommitment,
)
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.values import Project as MonitoredProject
from services.monitoring.main import service as MONITORING  # noqa: N812 - a constant
from shared.domain.money import ZERO, Money
from shared.manifest import Service
from tests.crashing.saga import Act, Saga, World, built
from tests.evaluation.story import DEPT, PROJECT, REGION, UNIT, yuan
from tests.evaluation.test_records import adopt

NOW: Final = datetime(2021, 10, 9, 2, tzinfo=UTC)
CLAIM: Final = "P1-2021-1"
UNSPENT: Final = yuan(290)
LEDGER: Final = MonitoredProject(
    code="P1", fiscal_year=2021, region_code=REGION, department_code=DEPT, unit_code=UNIT
)


async def founded(evaluation: Service = EVALUATION, monitoring: Service = MONITORING) -> World:
    """V5: quota 500, paid 210, a verified contract of 150."""
    world = await built(NOW, evaluation, monitoring)
    known = OpenSelfEvaluation(project=PROJECT, by="heard", now=NOW)
    for heard in (adopt(1), known):
        await world.evaluation.ask(heard, by="heard", now=NOW)
    of: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "now": NOW}
    day = NOW.date()
    for command in (
        OpenLedger(
            project=LEDGER,
            budget=yuan(500),
            fund_type_code="111",
            direct_fund_flag="",
            by="heard",
            now=NOW,
        ),
        IssueQuota(**of, document_no="Q1", amount=yuan(500), issued_on=day, by="budget"),
        SettlePayment(**of, payment_id="Z1", amount=yuan(210), settled_on=day, by="bank"),
        RegisterCommitment(
            **of,
            contract_no="HT1",
            amount=yuan(150),
            supplier="施工队",
            evidence=("a" * 64,),
            signed_on=day,
            by="unit",
        ),
        VerifyCommitment(**of, contract_no="HT1", by="bureau"),
    ):
        await world.monitoring.ask(command, by=str(command.by), now=NOW)
    await world.rest()
    return world


@dataclass(frozen=True, slots=True)
class Story:
    """What people ask for in order, and what the money has come to at the end."""

    name: str
    acts: tuple[Act, ...]
    booked: Money = ZERO
    left: Money = UNSPENT
    open_claims: Money = ZERO
    reopened: bool = False


async def judged(world: World, story: Story) -> list[str]:
    """What is wrong at the end; nothing is how it should be."""
    recovery: Any = await world.evaluation.state(f"recovery-{CLAIM}")
    funds: Any = await world.evaluation.state("funds-P1-2021")
    ledger: Any = await world.monitoring.state("ledger-P1-2021")
    assert isinstance(ledger, Ledger)
    assert isinstance(funds, Funds)
    wrong: list[str] = []
    booked = recovery.booking.amount if isinstance(recovery, Booked) else ZERO
    if booked != story.booked:
        wrong.append(f"booked {booked}, not {story.booked}")
    if ledger.issued - ledger.quota != story.booked:
        wrong.append(f"the ledger gave {ledger.issued - ledger.quota}, not {story.booked}")
    if ledger.available != story.left:
        wrong.append(f"{ledger.available} is left, not {story.left}")
    if funds.quota != ledger.quota or funds.committed != ledger.committed:
        wrong.append(f"heard of {funds.quota} and {funds.committed}, not what the ledger holds")
    if Money.total(funds.claims.values()) != story.open_claims:
        wrong.append(f"claimed is {Money.total(funds.claims.values())}")
    if isinstance(recovery, Approved) or isinstance(recovery, Reopened) != story.reopened:
        wrong.append(f"the claim is {type(recovery).__name__}")
    if Money.total(ledger.accounts.values()):
        wrong.append("the accounts do not sum to zero")
    return [*wrong, *await _told_once(world)]


async def _told_once(world: World) -> list[str]:
    """A recovery is booked once, and said once."""
    entries = await world.evaluation.store.read_ledger(0, 100_000)
    codec = EVALUATION.aggregates.codec
    facts = [codec.event(entry.event) for entry in entries]
    booked = [fact for fact in facts if isinstance(fact, RecoveryBooked)]
    return [f"booked {len(booked)} times"] if len(booked) > 1 else []


def returned(amount: Money, return_id: str = "T1") -> ReturnPayment:
    """The unit pays back what it was ordered to."""
    return ReturnPayment(
        project_code="P1",
        fiscal_year=2021,
        payment_id="Z1",
        return_id=return_id,
        amount=amount,
        returned_on=NOW.date(),
        recovery_id=CLAIM,
        source_id=return_id,
        by="bank",
        now=NOW,
    )


SAGA: Final = Saga(founded, judged)
