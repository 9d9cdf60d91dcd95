"""What may have happened to a project.

`rules_region` is the superior whose rules applied, empty where the region has its own.
"""

from dataclasses import dataclass
from datetime import date

from services.targets.domain.values import (
    Exemption,
    Origin,
    ProjectKind,
    Responsible,
    Trigger,
)
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRegistered:
    """A project is known, with who answers for it and why it needs an assessment, if it does."""

    project_code: str
    name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    requested: Money
    kind: ProjectKind
    function_code: str
    fund_type_code: str
    direct_fund_flag: str
    is_new: bool
    is_new_policy: bool
    is_renewed: bool
    exemption: Exemption
    exemption_reason: str
    triggers: tuple[Trigger, ...]
    needs_ex_ante: bool
    rule_set_version: int
    responsible: Responsible
    origin: Origin
    library_class: str = ""
    rules_region: str = ""
    in_year_monitoring_exempt: bool = False
    monitoring_exemption_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleChanged:
    """Others answer for the project from now on."""

    project_code: str
    responsible: Responsible
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMonitoringExempted:
    """A research project is left out of the monitoring rounds of its years."""

    project_code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAdmitted:
    """A candidate entered the project library: its assessment included it."""

    project_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectBudgeted:
    """The project has a budget in a year; it never has one without an approved target."""

    project_code: str
    fiscal_year: int
    budget: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStarted:
    """The work began."""

    project_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSuspended:
    """The work stopped for the time being; with its money, where an adjustment is named."""

    project_code: str
    reason: str
    adjustment_id: str = ""
    region_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectResumed:
    """The work went on."""

    project_code: str
    region_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCompleted:
    """The work was done."""

    project_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTerminated:
    """The project was given up."""

    project_code: str
    reason: str
    region_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSelfEvaluated:
    """The unit's self-evaluation of a year was accepted, by the word of evaluation."""

    project_code: str
    fiscal_year: int
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEvaluated:
    """The project has ended, and its last year was self-evaluated."""

    project_code: str
    fiscal_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectArchived:
    """The project was put on file; nothing follows."""

    project_code: str
    reason: str


type ProjectEvent = (
    ProjectRegistered
    | ResponsibleChanged
    | ProjectMonitoringExempted
    | ProjectAdmitted
    | ProjectBudgeted
    | ProjectStarted
    | ProjectSuspended
    | ProjectResumed
    | ProjectCompleted
    | ProjectTerminated
    | ProjectSelfEvaluated
    | ProjectEvaluated
    | ProjectArchived
)
