"""What may be asked of a project."""

from dataclasses import dataclass
from datetime import date, datetime

from services.targets.domain.asker import Asker
from services.targets.domain.rule_set import Rules
from services.targets.domain.unit_states import Unit
from services.targets.domain.values import (
    Conclusion,
    Exemption,
    Origin,
    ProjectKind,
    Responsible,
)
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a project is, as its unit states it."""

    name: str
    fiscal_year: int
    region_code: str
    unit_code: str
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
    origin: Origin
    library_class: str = ""
    in_year_monitoring_exempt: bool = False
    monitoring_exemption_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProject:
    """Enter a project with the three persons who answer for it."""

    project_code: str
    particulars: Particulars
    responsible: Responsible
    by: str
    now: datetime
    asker: Asker | None = None
    unit: Unit | None = None
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeResponsible:
    """Others answer for the project from now on."""

    project_code: str
    responsible: Responsible
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptFromMonitoring:
    """Leave a research project out of the monitoring rounds of its years (136号 art. 12)."""

    project_code: str
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeBudget:
    """Enter the budget that was approved together with the project's target.

    It belongs to the approval and is decided in the same transaction; what the approval and
    the ex-ante assessment say is filled in.
    """

    project_code: str
    fiscal_year: int
    by: str
    now: datetime
    budget: Money | None = None
    conclusion: Conclusion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProject:
    """The work begins."""

    project_code: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendProject:
    """The work stops for the time being."""

    project_code: str
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeProject:
    """The work goes on."""

    project_code: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowSuspension:
    """The money of the project is held: the work stops with it, where it was going on."""

    project_code: str
    adjustment_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowResumption:
    """The money of the project may be spent again: the work goes on with it.

    Where its own target says so, nobody asked from outside.
    """

    project_code: str
    adjustment_id: str
    by: str = ""
    now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteProject:
    """The work is done."""

    project_code: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateProject:
    """The project is given up."""

    project_code: str
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSelfEvaluation:
    """Heard from evaluation: the self-evaluation of a year was accepted."""

    project_code: str
    fiscal_year: int
    accepted_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveProject:
    """An evaluated project is put on file for good."""

    project_code: str
    reason: str
    by: str
    now: datetime


type ProjectCommand = (
    RegisterProject
    | ChangeResponsible
    | ExemptFromMonitoring
    | ArrangeBudget
    | StartProject
    | SuspendProject
    | ResumeProject
    | FollowSuspension
    | FollowResumption
    | CompleteProject
    | TerminateProject
    | RecordSelfEvaluation
    | ArchiveProject
)
