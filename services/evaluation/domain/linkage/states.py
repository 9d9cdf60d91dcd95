"""How far a linkage has come; nothing of it is undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.evaluation.domain.linkage.events import (
    BudgetLinkageDecided,
    LinkageAnswered,
    LinkageApplied,
    LinkageClosed,
    LinkageConfirmed,
    LinkageEvent,
    LinkageNotified,
    LinkageUnanswered,
    LinkageVerified,
    SpendingExempted,
)
from shared.domain.hands import Hands, hands


class LinkageStatus(StrEnum):
    """The steps of a linkage (`domain` §3.9)."""

    COMPUTED = "COMPUTED"
    NOTIFIED = "NOTIFIED"
    ANSWERED = "ANSWERED"
    UNANSWERED = "UNANSWERED"
    CONFIRMED = "CONFIRMED"
    APPLIED = "APPLIED"
    VERIFIED = "VERIFIED"
    BREACHED = "BREACHED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What was computed, and everything that followed."""

    decided: BudgetLinkageDecided
    exemptions: Mapping[str, SpendingExempted] = field(default_factory=dict)
    notice: LinkageNotified | None = None
    answer: LinkageAnswered | LinkageUnanswered | None = None
    binds_from: date | None = None
    applied: LinkageApplied | None = None
    verified: LinkageVerified | None = None
    closed: LinkageClosed | None = None

    @property
    def hands(self) -> Hands:
        """Who computed what is confirmed, and who exempted money from it."""
        exempted = (one.exempted_by for one in self.exemptions.values())
        return hands(self.decided.decided_by, *exempted)

    @property
    def disagrees(self) -> bool:
        """Whether the unit said no."""
        return isinstance(self.answer, LinkageAnswered) and not self.answer.agrees


type LinkageState = Linkage | None


def evolve(state: LinkageState, event: LinkageEvent) -> LinkageState:  # noqa: PLR0911 - one per fact
    """What is true after this fact."""
    if isinstance(event, BudgetLinkageDecided):
        return Linkage(decided=event, binds_from=event.decided_on if event.binding else None)
    assert state is not None
    match event:
        case LinkageNotified():
            return replace(state, notice=event)
        case LinkageAnswered() | LinkageUnanswered():
            return replace(state, answer=event)
        case SpendingExempted(project_code=code):
            return replace(state, exemptions={**state.exemptions, code: event})
        case LinkageConfirmed(confirmed_on=day):
            return replace(state, binds_from=day)
        case LinkageApplied():
            return replace(state, applied=event)
        case LinkageVerified():
            return replace(state, verified=event)
        case LinkageClosed():
            return replace(state, closed=event)
        case _:
            assert_never(event)
