"""Words with rules: indicators, reported values, causes and the routes money goes back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from shared.domain.decider import Owner


def region_line(region_code: str) -> tuple[str, ...]:
    """A region and those above it, nearest first (GB/T 2260): county, prefecture, province."""
    line = (region_code, f"{region_code[:4]}00", f"{region_code[:2]}0000")
    return tuple(dict.fromkeys(line))


class Level1(StrEnum):
    """The parts of a performance target."""

    COST = "COST"
    OUTPUT = "OUTPUT"
    BENEFIT = "BENEFIT"
    SATISFACTION = "SATISFACTION"


class Operator(StrEnum):
    """How an actual value is held against its target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EXACTLY = "="
    QUALITATIVE = "QUALITATIVE"


class Scheme(StrEnum):
    """The two admissible weight schemes; a target never mixes them."""

    A = "A"
    B = "B"


class Attainment(StrEnum):
    """How far a qualitative indicator was met."""

    MET = "MET"
    PARTLY = "PARTLY"
    NOT = "NOT"


class CauseCode(StrEnum):
    """Why a value deviates: the columns of the official form and the causes of going over."""

    FUNDING = "FUNDING"
    INSTITUTION = "INSTITUTION"
    STAFF = "STAFF"
    HARDWARE = "HARDWARE"
    MANAGEMENT = "MANAGEMENT"
    TARGET_TOO_LOW = "TARGET_TOO_LOW"
    POLICY_EXPANSION = "POLICY_EXPANSION"
    PRICE_FALL = "PRICE_FALL"
    EXTRA_FUNDING = "EXTRA_FUNDING"
    FORCE_MAJEURE = "FORCE_MAJEURE"
    OTHER = "OTHER"


OBJECTIVE_CAUSES: Final = frozenset(
    {
        CauseCode.POLICY_EXPANSION,
        CauseCode.PRICE_FALL,
        CauseCode.EXTRA_FUNDING,
        CauseCode.FORCE_MAJEURE,
        CauseCode.OTHER,
    }
)
"""Causes outside the unit. A report that names only these dodges the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A level-3 indicator as it was approved."""

    indicator_id: str
    level1: Level1
    level2: str
    name: str
    operator: Operator
    target_value: Decimal | None
    unit: str
    weight: Decimal
    lower_is_better: bool = False
    is_core: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why it deviates, how much of that is whose, and what is done about it by whom until when.

    `objective` and `subjective` are shares in percent and sum to 100 (`domain` §6.3).
    """

    code: CauseCode
    text: str
    measure: str = ""
    objective: Decimal | None = None
    subjective: Decimal | None = None
    due_on: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a unit says of one indicator, with the hashes of what proves it.

    `unit` is the unit of the value where it is not the indicator's own.
    """

    indicator_id: str
    value: Decimal | None = None
    attainment: Attainment | None = None
    share: Decimal | None = None
    evidence: tuple[str, ...] = ()
    cause: Cause | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The machine's points for one indicator; `reach` is absent where it is qualitative."""

    indicator_id: str
    reach: Decimal | None
    score: Decimal


class Kind(StrEnum):
    """Who evaluates beyond the unit itself."""

    DEPARTMENT = "DEPARTMENT"
    FINANCE = "FINANCE"


class Route(StrEnum):
    """How recovered money goes back."""

    QUOTA_WITHDRAWAL = "QUOTA_WITHDRAWAL"
    CURRENT_YEAR_REFUND = "CURRENT_YEAR_REFUND"
    PRIOR_YEAR_PAYMENT = "PRIOR_YEAR_PAYMENT"


class RecoveryReason(StrEnum):
    """Why money is taken back."""

    RED_NOT_CURED = "RED_NOT_CURED"
    LOW_EXECUTION = "LOW_EXECUTION"
    UNSPENT_WITHOUT_CONTRACT = "UNSPENT_WITHOUT_CONTRACT"
    INEFFECTIVE = "INEFFECTIVE"
    SURPLUS = "SURPLUS"


class Subject(StrEnum):
    """Whose performance work is appraised or ranked."""

    BUDGET_UNIT = "BUDGET_UNIT"
    COUNTY = "COUNTY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose project it is: what everybody who hears of it has to know."""

    project_code: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str


def owned(whose: Whose) -> Owner:
    """The same, as the kernel holds it against a token."""
    return Owner(
        region_code=whose.region_code,
        department_code=whose.department_code,
        unit_code=whose.unit_code,
    )


def project_year(project_code: str, fiscal_year: int) -> str:
    """The one name of a project in a year, in every stream that tells of it."""
    return f"{project_code}-{fiscal_year}"
