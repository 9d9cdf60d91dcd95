"""What people ask for in the stories of adjustments, and the stories."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    AdjustmentStatus,
    CloseAdjustment,
    EndSuspension,
    HoldForAdjustment,
    ProposeAdjustment,
    ReportAdjustment,
    signed_change,
)
from services.monitoring.domain.ledger.commands import (
    IssueQuota,
    ReleaseHold,
    ReleaseQuota,
    SettlePayment,
)
from services.targets.domain.adjustment_words import AdjustmentCause, SigningOffice
from services.targets.domain.commands.project import ArrangeBudget, StartProject
from services.targets.domain.commands.target import (
    ApproveAdjustment,
    RecordApproval,
    RefuseAdjustment,
    RequestTargetAdjustment,
    WithdrawAdjustment,
)
from services.targets.domain.values import Evidence
from shared.domain.money import ZERO
from tests.adjustments.saga import BUDGET, NOW, QUOTA, Story
from tests.crashing.saga import Act, World
from tests.targets.stories import yuan

X: Final = yuan("1_000_000")
MORE: Final = BUDGET - QUOTA
SPENT: Final = BUDGET - yuan("900_000")
BY: Final = {
    SigningOffice.PERFORMANCE: "performance",
    SigningOffice.BUDGET: "budget",
    SigningOffice.LEADER: "leader",
}


def propose(kind: AdjustmentKind, *, transfer_to: str | None = None, total: bool = False) -> Act:
    """A change of a million for the first project; what it takes is held in the same act."""
    amount = ZERO if kind is AdjustmentKind.SUSPENSION else X

    async def act(world: World) -> None:
        proposal = ProposeAdjustment(
            adjustment_id="A1",
            project_code="P1",
            fiscal_year=2021,
            kind=kind,
            amount=amount,
            reason="部分学校撤并",
            transfer_to=transfer_to,
            changes_total_budget=total,
            by="proposer",
            now=NOW,
        )
        hold = HoldForAdjustment(
            project_code="P1",
            fiscal_year=2021,
            adjustment_id="A1",
            amount=signed_change(kind, amount),
            suspends=kind is AdjustmentKind.SUSPENSION,
            by="proposer",
            now=NOW,
        )
        await world.monitoring.ask(proposal, hold, by="proposer", now=NOW)

    return act


def sign(office: SigningOffice, code: str = "P1", key: str = "A1") -> Act:
    """Agree for an office."""

    async def act(world: World) -> None:
        signature = ApproveAdjustment(
            project_code=code,
            fiscal_year=2021,
            adjustment_id=key,
            offices=frozenset({office}),
            target_values=None,
            by=BY[office],
            now=NOW,
        )
        await world.targets.ask(signature, by=BY[office], now=NOW)

    return act


def refuse(code: str = "P1", key: str = "A1") -> Act:
    """The budget section says no."""

    async def act(world: World) -> None:
        refusal = RefuseAdjustment(
            project_code=code,
            fiscal_year=2021,
            adjustment_id=key,
            offices=frozenset({SigningOffice.BUDGET}),
            reason="理由不充分",
            by="budget",
            now=NOW,
        )
        await world.targets.ask(refusal, by="budget", now=NOW)

    return act


def record(office: SigningOffice) -> Act:
    """The document of a body outside the bureau is recorded."""

    async def act(world: World) -> None:
        approval = RecordApproval(
            project_code="P1",
            fiscal_year=2021,
            adjustment_id="A1",
            office=office,
            document_no=f"{office}〔2021〕1号",
            decided_on=date(2021, 6, 30),
            sha256="a" * 64,
            by="recorder",
            now=NOW,
        )
        await world.targets.ask(approval, by="recorder", now=NOW)

    return act


async def ask_alone(world: World) -> None:
    """The unit asks for other values of the second project, so that its desk is taken."""
    request = RequestTargetAdjustment(
        project_code="P2",
        fiscal_year=2021,
        adjustment_id="U1",
        cause=AdjustmentCause.FORCE_MAJEURE,
        reason="洪水冲毁便道",
        evidence=(Evidence(name="证明.pdf", sha256="a" * 64),),
        target_values={"I1": Decimal(75)},
        by="h2",
        now=NOW,
    )
    await world.targets.ask(request, by="h2", now=NOW)


async def take_back(world: World) -> None:
    """The unit takes that back."""
    back = WithdrawAdjustment(
        project_code="P2", fiscal_year=2021, adjustment_id="U1", by="h2", now=NOW
    )
    await world.targets.ask(back, by="h2", now=NOW)


async def start(world: World) -> None:
    """The work of the first project begins."""
    arrange = ArrangeBudget(project_code="P1", fiscal_year=2021, by="budget", now=NOW)
    await world.targets.ask(arrange, by="budget", now=NOW)
    await world.targets.ask(StartProject(project_code="P1", by="h", now=NOW), by="h", now=NOW)


async def end(world: World) -> None:
    """The money of the first project may be spent again."""
    ending = EndSuspension(adjustment_id="A1", reason="整改通过", by="budget", now=NOW)
    await world.monitoring.ask(ending, by="budget", now=NOW)


async def lose_the_hold(world: World) -> None:
    """What was held is spent: a proposal of before it was held at once (ADR 0018)."""
    key: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": "budget", "now": NOW}
    lost = ReleaseHold(**key, adjustment_id="A1")
    issued = IssueQuota(**key, document_no="Q-more", amount=MORE, issued_on=NOW.date())
    spent = SettlePayment(**key, payment_id="Z1", amount=SPENT, settled_on=NOW.date())
    await world.monitoring.ask(lost, issued, spent, by="budget", now=NOW)


async def let_go(world: World) -> None:
    """Somebody lets go by hand what a suspension holds, before it is decided."""
    released = ReleaseQuota(
        project_code="P1", fiscal_year=2021, freeze_id="A1", by="budget", now=NOW
    )
    await world.monitoring.ask(released, by="budget", now=NOW)


async def report_and_close(world: World) -> None:
    """It is reported, and nothing is left to do."""
    told = ReportAdjustment(
        adjustment_id="A1",
        reported_to="地区财政局",
        document_no="喀财预〔2021〕9号",
        reported_on=NOW.date(),
        by="budget",
        now=NOW,
    )
    closing = CloseAdjustment(adjustment_id="A1", by="budget", now=NOW)
    await world.monitoring.ask(told, closing, by="budget", now=NOW)


def _both(of: Callable[..., Act]) -> tuple[Act, ...]:
    offices = (SigningOffice.PERFORMANCE, SigningOffice.BUDGET)
    return tuple(of(office, "P1", "A1") for office in offices)


def _receiving() -> tuple[Act, ...]:
    offices = (SigningOffice.PERFORMANCE, SigningOffice.BUDGET)
    return tuple(sign(office, "P2", "A1-in") for office in offices)


_SIGNED: Final = _both(sign)
_TRANSFER: Final = propose(AdjustmentKind.INTERNAL_TRANSFER, transfer_to="P2")
_HELD: Final = (sign(SigningOffice.BUDGET), sign(SigningOffice.LEADER))
_EXECUTED, _REFUSED = AdjustmentStatus.EXECUTED, AdjustmentStatus.REFUSED

STORIES: Final = (
    Story("reduction", (propose(AdjustmentKind.REDUCTION), *_SIGNED), _EXECUTED, change=-X),
    Story(
        "reduction reported and closed",
        (propose(AdjustmentKind.REDUCTION), *_SIGNED, report_and_close),
        AdjustmentStatus.CLOSED,
        change=-X,
    ),
    Story(
        "reduction refused",
        (propose(AdjustmentKind.REDUCTION), sign(SigningOffice.PERFORMANCE), refuse()),
        _REFUSED,
    ),
    Story("recall", (propose(AdjustmentKind.RECALL_IN_YEAR), *_SIGNED), _EXECUTED, change=-X),
    Story(
        "increase of the total, with the congress",
        (
            propose(AdjustmentKind.INCREASE, total=True),
            *_SIGNED,
            record(SigningOffice.GOVERNMENT),
            record(SigningOffice.PEOPLES_CONGRESS),
        ),
        _EXECUTED,
        change=X,
    ),
    Story("transfer", (_TRANSFER, *_SIGNED, *_receiving()), _EXECUTED, change=-X, received=X),
    Story(
        "transfer refused where it is received",
        (_TRANSFER, *_SIGNED, refuse("P2", "A1-in")),
        _REFUSED,
    ),
    Story("transfer refused where it is given", (_TRANSFER, *_receiving(), refuse()), _REFUSED),
    Story("transfer turned down by a busy target", (ask_alone, _TRANSFER, take_back), _REFUSED),
    Story("suspension", (start, propose(AdjustmentKind.SUSPENSION), *_HELD), _EXECUTED, held=True),
    Story("suspension ended", (start, propose(AdjustmentKind.SUSPENSION), *_HELD, end), _EXECUTED),
    *(
        Story(
            f"{kind.lower()} whose money could not follow",
            (propose(kind), lose_the_hold, *_SIGNED),
            AdjustmentStatus.FAILED_EXECUTION,
            more=MORE,
        )
        for kind in (AdjustmentKind.REDUCTION, AdjustmentKind.RECALL_IN_YEAR)
    ),
    Story(
        "transfer whose money could not follow",
        (_TRANSFER, lose_the_hold, *_SIGNED, *_receiving()),
        AdjustmentStatus.FAILED_EXECUTION,
        more=MORE,
    ),
    Story(
        "increase of a project that has spent everything",
        (propose(AdjustmentKind.INCREASE), lose_the_hold, *_SIGNED),
        _EXECUTED,
        change=X,
        more=MORE,
    ),
    Story(
        "suspension whose money was let go",
        (start, propose(AdjustmentKind.SUSPENSION), let_go, *_HELD),
        AdjustmentStatus.FAILED_EXECUTION,
    ),
)
