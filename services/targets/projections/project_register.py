"""Every project, where it stands, and who answers for it."""

from collections.abc import Iterable, Sequence

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.project import (
    ProjectAdmitted,
    ProjectArchived,
    ProjectBudgeted,
    ProjectCompleted,
    ProjectEvaluated,
    ProjectMonitoringExempted,
    ProjectRegistered,
    ProjectResumed,
    ProjectSelfEvaluated,
    ProjectStarted,
    ProjectSuspended,
    ProjectTerminated,
    ResponsibleChanged,
)
from services.targets.domain.values import ProjectStatus
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class ProjectRow(Table, table=True):
    """A project."""

    __tablename__ = "project_register"

    project_code: str = Field(primary_key=True)
    name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    unit_code: str = Field(index=True)
    department_code: str
    status: str
    kind: str
    requested_fen: int = Field(sa_type=BigInteger)
    budget_fen: int | None = Field(default=None, sa_type=BigInteger)
    needs_ex_ante: bool = False
    triggers: str = ""
    exemption: str = "NONE"
    exemption_reason: str = ""
    rule_set_version: int = 0
    rules_region: str | None = None
    function_code: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = ""
    business: str = ""
    finance: str = ""
    head: str = ""
    self_evaluated_year: int | None = None
    archived_reason: str = ""
    in_year_monitoring_exempt: bool = False
    monitoring_exemption_reason: str = ""
    origin: str = "OFFICIAL"
    version: int = 0


def project(  # noqa: C901, PLR0912 - one answer per fact
    recorded: AnyRecorded,
) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case ProjectRegistered() as event:
            yield Put(ProjectRow, {**_entered(event), "version": recorded.version})
        case ResponsibleChanged(responsible=persons):
            named = {"business": persons.business, "finance": persons.finance, "head": persons.head}
            yield _moved(recorded, **named)
        case ProjectMonitoringExempted(reason=reason):
            exempted = {"in_year_monitoring_exempt": True, "monitoring_exemption_reason": reason}
            yield _moved(recorded, **exempted)
        case ProjectAdmitted():
            yield _moved(recorded, status=ProjectStatus.IN_LIBRARY.value)
        case ProjectBudgeted(budget=budget):
            yield _moved(recorded, status=ProjectStatus.BUDGETED.value, budget_fen=budget.fen)
        case ProjectStarted() | ProjectResumed():
            yield _moved(recorded, status=ProjectStatus.EXECUTING.value)
        case ProjectSuspended():
            yield _moved(recorded, status=ProjectStatus.SUSPENDED.value)
        case ProjectCompleted():
            yield _moved(recorded, status=ProjectStatus.COMPLETED.value)
        case ProjectTerminated():
            yield _moved(recorded, status=ProjectStatus.TERMINATED.value)
        case ProjectSelfEvaluated(fiscal_year=year):
            yield _moved(recorded, self_evaluated_year=year)
        case ProjectEvaluated():
            yield _moved(recorded, status=ProjectStatus.EVALUATED.value)
        case ProjectArchived(reason=reason):
            yield _moved(recorded, status=ProjectStatus.ARCHIVED.value, archived_reason=reason)
        case _:
            return


def _entered(event: ProjectRegistered) -> dict[str, object]:
    waits = event.needs_ex_ante
    return {
        "project_code": event.project_code,
        "name": event.name,
        "fiscal_year": event.fiscal_year,
        "region_code": event.region_code,
        "unit_code": event.unit_code,
        "department_code": event.department_code,
        "status": (ProjectStatus.CANDIDATE if waits else ProjectStatus.IN_LIBRARY).value,
        "kind": event.kind.value,
        "requested_fen": event.requested.fen,
        "needs_ex_ante": event.needs_ex_ante,
        "triggers": ",".join(event.triggers),
        "exemption": event.exemption.value,
        "exemption_reason": event.exemption_reason,
        "rule_set_version": event.rule_set_version,
        "rules_region": event.rules_region,
        "function_code": event.function_code,
        "fund_type_code": event.fund_type_code,
        "direct_fund_flag": event.direct_fund_flag,
        "business": event.responsible.business,
        "finance": event.responsible.finance,
        "head": event.responsible.head,
        "in_year_monitoring_exempt": event.in_year_monitoring_exempt,
        "monitoring_exemption_reason": event.monitoring_exemption_reason,
        "origin": event.origin.value,
    }


def _moved(recorded: AnyRecorded, **values: object) -> Set:
    key = {"project_code": recorded.id}
    return Set(ProjectRow, key, {**values, "version": recorded.version})


project_register = Projection(
    name="project_register", streams=frozenset({"project"}), tables=(ProjectRow,), project=project
)


def project_row(project_code: str) -> SelectOfScalar[ProjectRow]:
    """One project."""
    return select(ProjectRow).where(col(ProjectRow.project_code) == project_code)


def project_rows(codes: Sequence[str]) -> SelectOfScalar[ProjectRow]:
    """These projects."""
    return select(ProjectRow).where(col(ProjectRow.project_code).in_(codes))
