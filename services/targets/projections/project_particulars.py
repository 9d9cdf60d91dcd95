"""What a unit stated of a project and no list shows: all that a registration is made of."""

from collections.abc import Iterable, Sequence

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.project import ProjectRegistered
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class ProjectParticularsRow(Table, table=True):
    """The flags and notes of one registration."""

    __tablename__ = "project_particulars"

    project_code: str = Field(primary_key=True)
    is_new: bool = False
    is_new_policy: bool = False
    is_renewed: bool = False
    exemption: str = "NONE"
    exemption_reason: str = ""
    library_class: str = ""
    in_year_monitoring_exempt: bool = False
    monitoring_exemption_reason: str = ""


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case ProjectRegistered() as event:
            row = {
                "project_code": event.project_code,
                "is_new": event.is_new,
                "is_new_policy": event.is_new_policy,
                "is_renewed": event.is_renewed,
                "exemption": event.exemption.value,
                "exemption_reason": event.exemption_reason,
                "library_class": event.library_class,
                "in_year_monitoring_exempt": event.in_year_monitoring_exempt,
                "monitoring_exemption_reason": event.monitoring_exemption_reason,
            }
            yield Put(ProjectParticularsRow, row)
        case _:
            return


project_particulars = Projection(
    name="project_particulars",
    streams=frozenset({"project"}),
    tables=(ProjectParticularsRow,),
    project=project,
)


def particulars(codes: Sequence[str]) -> SelectOfScalar[ProjectParticularsRow]:
    """What was stated of these projects."""
    return select(ProjectParticularsRow).where(col(ProjectParticularsRow.project_code).in_(codes))
