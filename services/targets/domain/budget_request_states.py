"""What a unit asked for and got for a coming year, and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.targets.domain.events.budget_request import (
    BudgetDecided,
    BudgetRequested,
    BudgetRequestEvent,
    ConstraintBreached,
    ProjectCut,
    UnitCapSet,
)
from services.targets.domain.values import CapExemption
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One project's request and, once decided, what it gets."""

    asked: BudgetRequested
    decided: BudgetDecided | None = None

    @property
    def states_exemption(self) -> bool:
        """Whether the unit says that no cap binds it."""
        return self.asked.exemption is not CapExemption.NONE

    @property
    def amount(self) -> Money:
        """What it gets, or what it still asks for."""
        return self.decided.granted if self.decided else self.asked.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingBudget:
    """The requests of a unit for a year, with what binds them."""

    cap: UnitCapSet | None = None
    cuts: Mapping[str, ProjectCut] = field(default_factory=dict)
    requests: Mapping[str, Request] = field(default_factory=dict)
    breach: ConstraintBreached | None = None

    @property
    def limit(self) -> Money | None:
        """The cap in yuan, where one binds."""
        return self.cap.cap if self.cap else None

    def granted_to_others(self, project_code: str) -> Money:
        """What other projects under the cap have been granted."""
        return Money.total(
            request.amount - self.exempt_part(code, request.amount)
            for code, request in self.requests.items()
            if code != project_code and request.decided
        )

    def exempt_part(self, project_code: str, amount: Money) -> Money:
        """What of an amount no cap binds: as evaluation confirmed it, no more than its amount.

        Under a cap from before that was told, and before any cap, what the unit states counts.
        """
        told = self.cap.exemptions if self.cap else None
        if told is None:
            request = self.requests.get(project_code)
            return amount if request is not None and request.states_exemption else ZERO
        return min(
            amount, Money.total(one.amount for one in told if one.project_code == project_code)
        )

    def confirms_exemption(self, project_code: str) -> bool:
        """Whether a request may state an exemption: nobody knows better yet, or it is confirmed."""
        told = self.cap.exemptions if self.cap else None
        return told is None or any(one.project_code == project_code for one in told)

    @property
    def under_the_cap(self) -> Money:
        """What all requests take of the cap."""
        return Money.total(
            request.amount - self.exempt_part(code, request.amount)
            for code, request in self.requests.items()
        )

    def exempt_kind(self, project_code: str) -> CapExemption:
        """Why money of a project is exempt."""
        told = self.cap.exemptions if self.cap else None
        if told is None:
            request = self.requests.get(project_code)
            return request.asked.exemption if request else CapExemption.NONE
        kinds = (one.kind for one in told if one.project_code == project_code)
        return next(kinds, CapExemption.NONE)


def evolve(state: ComingBudget, event: BudgetRequestEvent) -> ComingBudget:
    """The coming budget after this."""
    match event:
        case UnitCapSet():
            return replace(state, cap=event)
        case ProjectCut(project_code=code):
            return replace(state, cuts={**state.cuts, code: event})
        case BudgetRequested(project_code=code):
            return replace(state, requests={**state.requests, code: Request(asked=event)})
        case BudgetDecided(project_code=code):
            request = state.requests.get(code)
            if request is None:
                return state
            return replace(
                state, requests={**state.requests, code: replace(request, decided=event)}
            )
        case ConstraintBreached():
            return replace(state, breach=event)
        case _:
            assert_never(event)
