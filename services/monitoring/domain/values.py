"""Words of this service that have rules: the project, its indicators, what a unit reports."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from shared.domain.decider import Owner
from shared.domain.money import Money


def region_line(region_code: str) -> tuple[str, ...]:
    """A region and those above it, nearest first (GB/T 2260): county, prefecture, province."""
    line = (region_code, f"{region_code[:4]}00", f"{region_code[:2]}0000")
    return tuple(dict.fromkeys(line))


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project in one fiscal year, and whose it is."""

    code: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str

    @property
    def id(self) -> str:
        """The key of everything there is once per project and year."""
        return project_id(self.code, self.fiscal_year)

    @property
    def owner(self) -> Owner:
        """Who may see and change what belongs to it."""
        return Owner(
            region_code=self.region_code,
            department_code=self.department_code,
            unit_code=self.unit_code,
        )


def project_id(project_code: str, fiscal_year: int) -> str:
    """The key of a project in one fiscal year."""
    return f"{project_code}-{fiscal_year}"


class Level(StrEnum):
    """How a project stands: blue is an ordinary warning, red an important one."""

    NORMAL = "NORMAL"
    BLUE = "BLUE"
    RED = "RED"


class Reason(StrEnum):
    """Why a project is warned, in the order of the decision table (`domain` §4.6)."""

    COMPLIANCE = "COMPLIANCE"
    NOT_REPORTED = "NOT_REPORTED"
    TARGET_UNREACHABLE = "TARGET_UNREACHABLE"
    EXECUTION_SLOW = "EXECUTION_SLOW"
    GOAL_SLOW = "GOAL_SLOW"
    MISMATCH = "MISMATCH"
    IDLE = "IDLE"
    EXECUTION_BEHIND = "EXECUTION_BEHIND"
    GOAL_BEHIND = "GOAL_BEHIND"
    MISMATCH_MINOR = "MISMATCH_MINOR"
    UNCERTAIN = "UNCERTAIN"


class Likelihood(StrEnum):
    """Whether the unit still expects to reach the target by the end of the year."""

    CERTAIN = "CERTAIN"
    POSSIBLE = "POSSIBLE"
    IMPOSSIBLE = "IMPOSSIBLE"


class DeviationCause(StrEnum):
    """The causes of the official monitoring form (财预〔2019〕136号)."""

    FUNDING = "FUNDING"
    INSTITUTION = "INSTITUTION"
    STAFF = "STAFF"
    HARDWARE = "HARDWARE"
    OTHER = "OTHER"


class Source(StrEnum):
    """What a warning came from."""

    PRE_ANALYSIS = "PRE_ANALYSIS"
    NODE = "NODE"
    DAILY = "DAILY"
    AUDIT = "AUDIT"
    PUBLIC = "PUBLIC"


class DismissalCode(StrEnum):
    """Why a warning was dropped before any letter: a closed list (D)."""

    DATA_WRONG = "DATA_WRONG"
    RULE_UNFIT = "RULE_UNFIT"
    CURED_BEFORE = "CURED_BEFORE"
    DUPLICATE = "DUPLICATE"


FALSE_ALARMS: Final = frozenset({DismissalCode.DATA_WRONG, DismissalCode.RULE_UNFIT})
"""The dismissals that say: there was no reason to warn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator of the approved target, as far as monitoring has to know it."""

    indicator_id: str
    name: str
    operator: str
    target_value: Decimal | None
    lower_is_better: bool = False
    weight: Decimal
    is_core: bool = False
    cumulative: bool = True
    milestones: dict[str, Decimal] = field(default_factory=dict)
    level1: str = ""
    level2: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A file that proves a value: its fingerprint, what kind of paper it is, its name."""

    sha256: str
    kind: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedValue:
    """What a unit reports of one indicator: the value, its proof, and why it deviates.

    A qualitative indicator has no number; `completion` says which share of the plan for this
    node is done. `expected` is what the year will come to, in the unit's own words.
    """

    indicator_id: str
    actual: Decimal | None = None
    completion: Decimal | None = None
    likelihood: Likelihood = Likelihood.CERTAIN
    cause: DeviationCause | None = None
    cause_text: str = ""
    evidence: tuple[str, ...] = ()
    causes: tuple[DeviationCause, ...] = ()
    proofs: tuple[Proof, ...] = ()
    expected: str = ""
    remark: str = ""

    @property
    def proven_by(self) -> tuple[str, ...]:
        """The fingerprints of everything that proves it, each once."""
        named = tuple(proof.sha256 for proof in self.proofs)
        return tuple(dict.fromkeys((*self.evidence, *named)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """The money of a project on a day, taken from the ledger and never typed in."""

    as_of_on: date
    budget: Money
    quota: Money
    paid: Money
    available: Money
    last_movement_on: date | None
    starts_on: date | None = None
