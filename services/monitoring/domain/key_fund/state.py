"""A batch as it stands, and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.monitoring.domain.key_fund import events as fact
from services.monitoring.domain.key_fund.values import FundStep, RecipientKind
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A part that was given on, and what of it was issued by which document."""

    recipient_kind: RecipientKind
    recipient: str
    project_code: str
    amount: Money
    issued: Mapping[str, Money] = field(default_factory=dict)

    @property
    def issued_total(self) -> Money:
        """What projects may spend of it."""
        return Money.total(self.issued.values())

    @property
    def unissued(self) -> Money:
        """What still has to be issued here; a county issues its part itself."""
        if self.recipient_kind is RecipientKind.COUNTY:
            return ZERO
        return self.amount - self.issued_total


@dataclass(frozen=True, slots=True, kw_only=True)
class FundBatch:
    """The batch as it stands; `received` is `None` before there is one."""

    received: fact.FundReceived | None = None
    allocations: Mapping[str, Allocation] = field(default_factory=dict)
    missed: frozenset[FundStep] = frozenset()

    @property
    def allocated(self) -> Money:
        """Everything that was given on."""
        return Money.total(one.amount for one in self.allocations.values())

    @property
    def unissued(self) -> Money:
        """Everything given to own units that no project may spend yet."""
        return Money.total(one.unissued for one in self.allocations.values())


def evolve(state: FundBatch, event: fact.KeyFundEvent) -> FundBatch:
    """The batch after one more fact."""
    match event:
        case fact.FundReceived():
            return replace(state, received=event)
        case fact.FundAllocated(allocation_id=key):
            allocation = Allocation(
                recipient_kind=event.recipient_kind,
                recipient=event.recipient,
                project_code=event.project_code,
                amount=event.amount,
            )
            return replace(state, allocations={**state.allocations, key: allocation})
        case fact.FundIssued(allocation_id=key):
            before = state.allocations[key]
            issued = {**before.issued, f"{event.project.id}|{event.document_no}": event.amount}
            after = replace(before, issued=issued)
            return replace(state, allocations={**state.allocations, key: after})
        case fact.FundDeadlineMissed(step=step):
            return replace(state, missed=state.missed | {step})
        case _:
            assert_never(event)
