"""What people ask for in a recovery, and the stories that these acts make up."""

from collections.abc import Awaitable
from functools import partial
from typing import Any, Final

import pytest

from services.evaluation.domain.recovery.commands import (
    AnswerRecovery,
    ApproveRecovery,
    IdentifyRecovery,
    NotifyRecovery,
    ReallocateRecovery,
)
from services.evaluation.domain.recovery.refusals import RecoverableFell
from services.evaluation.domain.values import RecoveryReason, Route
from services.monitoring.domain.ledger.commands import FreezeQuota
from shared.domain.money import ZERO, Money
from tests.crashing.saga import World
from tests.evaluation.story import yuan
from tests.recoveries.saga import CLAIM, NOW, Story, returned


def _ask(world: World, *commands: Any, by: str) -> Awaitable[object]:  # noqa: ANN401
    return world.evaluation.ask(*commands, by=by, now=NOW)


async def identify(world: World, route: Route = Route.QUOTA_WITHDRAWAL) -> None:
    """V5: 140 of the quota, or of what was paid."""
    claim = IdentifyRecovery(
        recovery_id=CLAIM,
        project_code="P1",
        fiscal_year=2021,
        reason=RecoveryReason.LOW_EXECUTION,
        route=route,
        amount=yuan(140),
        basis="执行率低",
        by="business",
        now=NOW,
    )
    await _ask(world, claim, by="business")


async def notify(world: World) -> None:
    """The unit is told."""
    notice = NotifyRecovery(
        recovery_id=CLAIM, document_no="收1", answer_by=NOW.date(), by="business", now=NOW
    )
    await _ask(world, notice, by="business")


async def answer(world: World) -> None:
    """The unit agrees."""
    await _ask(world, AnswerRecovery(recovery_id=CLAIM, agrees=True, by="head", now=NOW), by="head")


async def approve(world: World, document: str = "准1", amount: Money | None = None) -> None:
    """Another person approves."""
    decision = ApproveRecovery(
        recovery_id=CLAIM, document_no=document, amount=amount, by="budget", now=NOW
    )
    await _ask(world, decision, by="budget")


async def freeze(world: World) -> None:
    """The bureau holds 60 meanwhile."""
    held = FreezeQuota(
        project_code="P1",
        fiscal_year=2021,
        freeze_id="F1",
        amount=yuan(60),
        reason="审计",
        by="budget",
        now=NOW,
    )
    await world.monitoring.ask(held, by="budget", now=NOW)


async def freeze_and_approve(world: World) -> None:
    """It is approved before anybody here has heard that the bureau holds part of it."""
    await freeze(world)
    await approve(world)


async def approve_what_is_left(world: World) -> None:
    """The hold was heard: all of it is refused by name, what is left is approved."""
    with pytest.raises(RecoverableFell) as refused:
        await approve(world)
    assert refused.value.details["recoverable"] == "800000.00"
    await approve(world, amount=yuan(80))


async def pay_back(world: World, amount: Money, return_id: str) -> None:
    """Paid money comes back."""
    await world.monitoring.ask(returned(amount, return_id), by="bank", now=NOW)


async def use(world: World) -> None:
    """The money goes to another project."""
    order = ReallocateRecovery(
        recovery_id=CLAIM,
        entry="E1",
        to_project_code="P2",
        to_unit_code="653121009",
        purpose="农村饮水",
        amount=yuan(140),
        document_no="统1",
        by="budget",
        now=NOW,
    )
    await _ask(world, order, by="budget")


def _named(act: Any, name: str) -> Any:  # noqa: ANN401 - a partial has no name
    act.__qualname__ = name
    return act


REFUND: Final = _named(partial(identify, route=Route.CURRENT_YEAR_REFUND), "identify a refund")
AGAIN: Final = _named(partial(approve, document="准2", amount=yuan(80)), "approve less")
FIRST: Final = _named(partial(pay_back, amount=yuan(90), return_id="T1"), "first return")
SECOND: Final = _named(partial(pay_back, amount=yuan(50), return_id="T2"), "second return")
BEGUN: Final = (identify, notify, answer)
STORIES: Final = (
    Story("withdrawn and used", (*BEGUN, approve, use), booked=yuan(140), left=yuan(150)),
    Story(
        "the ledger has less",
        (*BEGUN, freeze_and_approve),
        left=yuan(230),
        open_claims=yuan(140),
        reopened=True,
    ),
    Story(
        "less is approved again",
        (*BEGUN, freeze_and_approve, AGAIN),
        booked=yuan(80),
        left=yuan(150),
    ),
    Story(
        "less is left when it is approved",
        (*BEGUN, freeze, approve_what_is_left),
        booked=yuan(80),
        left=yuan(150),
    ),
    Story(
        "refunded in two parts",
        (REFUND, notify, answer, approve, FIRST, SECOND),
        booked=yuan(140),
        left=yuan(290),
    ),
    Story("claimed and not approved", BEGUN, open_claims=yuan(140)),
    Story("nothing happens", (), booked=ZERO),
)
