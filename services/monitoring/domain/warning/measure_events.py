"""What may be done to a unit that does not answer: proposed, approved, taken, ended."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from services.monitoring.domain.adjustment import AdjustmentKind
from services.monitoring.domain.values import Project
from shared.domain.money import Money


class Measure(StrEnum):
    """What may be done to a unit that does not answer (`domain` §3.5)."""

    TALK = "TALK"
    CIRCULAR = "CIRCULAR"
    SUSPEND_PAYMENT = "SUSPEND_PAYMENT"
    FUND_ADJUSTMENT = "FUND_ADJUSTMENT"
    ACCOUNTABILITY = "ACCOUNTABILITY"


class Office(StrEnum):
    """Whose approval a measure needs."""

    BUDGET = "BUDGET"
    LEADER = "LEADER"


NEEDED: Final = {
    **dict.fromkeys(Measure, frozenset({Office.LEADER})),
    Measure.SUSPEND_PAYMENT: frozenset({Office.BUDGET, Office.LEADER}),
}
"""Who approves: money is stopped by the budget section and a leader together (`domain` §3.6)."""

BASIS: Final = {
    Measure.SUSPEND_PAYMENT: "财预〔2019〕136号第十五条第（二）项",
    Measure.FUND_ADJUSTMENT: "财预〔2019〕136号第十五条",
    Measure.ACCOUNTABILITY: "财预〔2020〕10号第二十九条",
}
"""What a measure rests on where the proposal names nothing else (`domain` §3.5, §3.11).

A talk and a circular rest on what the warning itself does: the document that adopted the rules.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentAsked:
    """What an adjustment that is proposed as a measure would change."""

    kind: AdjustmentKind
    amount: Money
    transfer_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProposed:
    """Somebody of the bureau proposed a measure, on a stated basis."""

    project: Project
    measure: Measure
    reason: str
    legal_basis: str
    proposed_by: str
    proposed_on: date
    adjustment: AdjustmentAsked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureApproved:
    """One of those whose approval is needed gave it."""

    project: Project
    measure: Measure
    office: Office
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTaken:
    """A measure was decided and is recorded here; its effect on money is part of the same act."""

    project: Project
    measure: Measure
    document_no: str
    decided_on: date
    note: str
    legal_basis: str = ""
    reason: str = ""
    taken_by: str = ""
    taken_at: datetime | None = None
    hold_id: str = ""
    held: Money | None = None
    adjustment_id: str = ""
    adjustment: AdjustmentAsked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionReleased:
    """Payment goes on: what was held may be spent again."""

    project: Project
    hold_id: str
    reason: str
    released_by: str
    released_at: datetime
