"""The stages of industrial funds and what each has to state (`domain` §4.12: stages D)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from shared.domain.money import Money


class Stage(StrEnum):
    """From the plan to the end, in this order."""

    PLAN = "PLAN"
    APPLICATION = "APPLICATION"
    REVIEW = "REVIEW"
    PUBLICITY = "PUBLICITY"
    ALLOCATION = "ALLOCATION"
    PAYMENT = "PAYMENT"
    INSPECTION = "INSPECTION"
    EFFECT = "EFFECT"
    EVALUATION = "EVALUATION"
    RECOVERY = "RECOVERY"


class IndustryOutcome(StrEnum):
    """How the loop ended; nothing while it is open."""

    OPEN = "OPEN"
    REFUSED = "REFUSED"
    ACHIEVED = "ACHIEVED"
    RECOVERED = "RECOVERED"


ORDER: Final = tuple(Stage)
JUDGED: Final[Mapping[Stage, tuple[Stage, ...]]] = {
    Stage.REVIEW: (Stage.PLAN, Stage.APPLICATION),
    Stage.INSPECTION: (Stage.APPLICATION, Stage.PAYMENT),
    Stage.EVALUATION: (Stage.APPLICATION, Stage.PAYMENT, Stage.EFFECT),
}
"""Which stages judge what was stated on others: by nobody who stated it (`domain` §2.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the plan says: whose money it is and for what."""

    fund_id: str
    name: str
    region_code: str
    department_code: str
    unit_code: str
    fiscal_year: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The enterprise that asks; its name and code are public by law."""

    enterprise: str
    credit_code: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a stage states; which of it, depends on the stage."""

    note: str = ""
    amount: Money | None = None
    document_no: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    project_code: str = ""
    payment_id: str = ""
    conditions_met: bool | None = None
    jobs: int | None = None
    output: Money | None = None
    tax: Money | None = None
    score: Decimal | None = None
    evidence: tuple[str, ...] = ()
