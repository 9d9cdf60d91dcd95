"""The links of the loop of one project: which are there, which are missing, which are not due.

ex-ante → target → payments → warnings → evaluation → next budget → disclosure (`features` R9.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

from services.disclosure.projections.cut_register import CutRow
from services.disclosure.projections.disclosure_register import UNTOLD, DisclosureRow
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.loop_budgets import LinkageRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.warning_register import WarningRow

BUDGET_YEARS_LATER: Final = 2  # the result of N binds the budget of N+2 (`domain` §3.9)


class Link(StrEnum):
    """The links in their order."""

    EX_ANTE = "EX_ANTE"
    TARGET = "TARGET"
    PAYMENTS = "PAYMENTS"
    WARNINGS = "WARNINGS"
    SELF_EVALUATION = "SELF_EVALUATION"
    NEXT_BUDGET = "NEXT_BUDGET"
    DISCLOSURE = "DISCLOSURE"


class LinkState(StrEnum):
    """Whether a link is there."""

    DONE = "DONE"
    MISSING = "MISSING"
    NOT_DUE = "NOT_DUE"
    NOT_NEEDED = "NOT_NEEDED"


LABELS: Final = {
    Link.EX_ANTE: "事前绩效评估",
    Link.TARGET: "绩效目标",
    Link.PAYMENTS: "资金支付",
    Link.WARNINGS: "预警办结",
    Link.SELF_EVALUATION: "绩效自评",
    Link.NEXT_BUDGET: "结果应用于以后年度预算",
    Link.DISCLOSURE: "绩效信息公开",
}


class LinkView(BaseModel):
    """A link of the loop."""

    link: Link
    label: str
    state: LinkState


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What is known of a project's year on a day."""

    day: date
    project: ProjectRow
    given_up_on: date | None
    ex_ante: ExAnteRow | None
    watch: ProjectWatchRow | None
    warnings: Sequence[WarningRow]
    self_evaluation: SelfEvaluationRow | None
    linkage: LinkageRow | None
    cuts: Sequence[CutRow]
    disclosures: Sequence[DisclosureRow]

    @property
    def has_target(self) -> bool:
        """Whether its target binds."""
        return self.project.approved_on is not None

    @property
    def goes_on(self) -> bool:
        """It has a target, or was not given up before it had one."""
        return self.has_target or self.given_up_on is None

    @property
    def year_over(self) -> bool:
        """Whether its year has ended."""
        return self.day > date(self.project.fiscal_year, 12, 31)


def links(life: Life) -> list[LinkView]:
    """All seven, in their order."""
    states = {
        Link.EX_ANTE: _needed(
            life.project.needs_ex_ante and life.goes_on, there=life.ex_ante is not None
        ),
        Link.TARGET: _needed(life.project.arranged and life.goes_on, there=life.has_target),
        Link.PAYMENTS: _payments(life),
        Link.WARNINGS: _warnings(life),
        Link.SELF_EVALUATION: _self_evaluation(life),
        Link.NEXT_BUDGET: _next_budget(life),
        Link.DISCLOSURE: _disclosure(life),
    }
    return [LinkView(link=one, label=LABELS[one], state=states[one]) for one in Link]


def missing(found: Sequence[LinkView]) -> list[str]:
    """The names of those that are missing."""
    return [one.link.value for one in found if one.state is LinkState.MISSING]


def _needed(needed: bool, *, there: bool) -> LinkState:  # noqa: FBT001 - the one thing it is about
    if there:
        return LinkState.DONE
    return LinkState.MISSING if needed else LinkState.NOT_NEEDED


def _due(life: Life, *, due: bool) -> LinkState:
    if not life.has_target:
        return LinkState.NOT_NEEDED
    return LinkState.MISSING if due else LinkState.NOT_DUE


def _payments(life: Life) -> LinkState:
    if life.watch is not None and life.watch.payments:
        return LinkState.DONE
    return _due(life, due=life.year_over)


def _warnings(life: Life) -> LinkState:
    if not life.warnings:
        return LinkState.NOT_NEEDED
    ended = all(one.closed_on is not None for one in life.warnings)
    return LinkState.DONE if ended else LinkState.MISSING


def _self_evaluation(life: Life) -> LinkState:
    return LinkState.DONE if life.self_evaluation else _due(life, due=life.year_over)


def _next_budget(life: Life) -> LinkState:
    if life.linkage is not None or life.cuts:
        return LinkState.DONE
    begins = date(life.project.fiscal_year + BUDGET_YEARS_LATER, 1, 1)
    return _due(life, due=life.day >= begins)


def _disclosure(life: Life) -> LinkState:
    if not life.disclosures:
        return LinkState.NOT_NEEDED
    untold = [one for one in life.disclosures if one.status in UNTOLD]
    if not untold:
        return LinkState.DONE
    late = any(one.due_on is not None and one.due_on < life.day for one in untold)
    return LinkState.MISSING if late else LinkState.NOT_DUE
