"""Every programme of every year by what it is compared with others: name, unit, codes, money.

Applications of coming years, programmes with an approved target, and those of years before the
system; a judged one has its grade. Similar and overlapping programmes are found here.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.application import ApplicationNoted
from services.evaluation.domain.prior_result import PriorResultRecorded
from services.evaluation.domain.self_evaluation import messages as own
from services.evaluation.domain.unit import UnitRegistered
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

APPLICATION, PROGRAMME, PRIOR = "APPLICATION", "PROGRAMME", "PRIOR"


class ProgrammeRow(Table, table=True):
    """A programme in a year."""

    __tablename__ = "programme_register"

    programme_id: str = Field(primary_key=True)
    kind: str
    project_code: str
    project_name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    function_code: str = ""
    track_pro_code: str = ""
    content: str = ""
    amount_fen: int = Field(default=0, sa_type=BigInteger)
    grade: str | None = None
    execution_rate: Decimal | None = None
    origin: str = "OFFICIAL"


class UnitNameRow(Table, table=True):
    """The name of a unit, which stands in the names of its programmes."""

    __tablename__ = "unit_names"

    unit_code: str = Field(primary_key=True)
    name: str


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case ApplicationNoted() as event:
            more = {"kind": APPLICATION, "amount_fen": event.requested.fen}
            yield Put(
                ProgrammeRow, {**_row(recorded.id, event), **more, "project_name": event.name}
            )
        case own.SelfEvaluationOpened(project=project):
            more = {"kind": PROGRAMME, "amount_fen": project.budget.fen}
            names = "；".join(one.name for one in project.indicators)
            row = {**_row(recorded.id, project), **more, "content": names}
            yield Put(ProgrammeRow, {**row, "project_name": project.name})
        case UnitRegistered(name=name):
            yield Put(UnitNameRow, {"unit_code": recorded.id, "name": name})
        case PriorResultRecorded() as event:
            yield Put(ProgrammeRow, _prior(recorded.id, event))
        case own.SelfEvaluationAccepted(grade=grade, execution_rate=rate):
            yield _set(recorded.id, {"grade": grade.value, "execution_rate": rate})
        case own.RecheckConcluded(grade=grade) | own.ObjectionDecided(grade=grade):
            yield _set(recorded.id, {"grade": grade.value})
        case _:
            return


def _set(programme_id: str, values: Mapping[str, object]) -> Change:
    return Set(ProgrammeRow, {"programme_id": programme_id}, values)


def _row(programme_id: str, event: ApplicationNoted | own.Project) -> dict[str, object]:
    return {
        "programme_id": programme_id,
        "project_code": event.project_code,
        "fiscal_year": event.fiscal_year,
        "region_code": event.region_code,
        "department_code": event.department_code,
        "unit_code": event.unit_code,
        "function_code": event.function_code,
        "origin": event.origin,
    }


def _prior(programme_id: str, event: PriorResultRecorded) -> dict[str, object]:
    return {
        "programme_id": programme_id,
        "kind": PRIOR,
        "project_code": event.project_code,
        "project_name": event.name,
        "fiscal_year": event.fiscal_year,
        "region_code": event.region_code,
        "department_code": event.department_code,
        "unit_code": event.unit_code,
        "function_code": event.function_code,
        "track_pro_code": event.track_pro_code,
        "grade": event.grade.value,
        "execution_rate": event.execution_rate,
        "origin": event.origin,
    }


programme_register: Final = Projection(
    name="programme_register",
    streams=frozenset({"application", "prior_result", "self_evaluation", "unit"}),
    tables=(ProgrammeRow, UnitNameRow),
    project=_fold,
)


def applications(*, fiscal_year: int, unit: str | None = None) -> SelectOfScalar[ProgrammeRow]:
    """What asks for the budget of a coming year."""
    query = select(ProgrammeRow).where(
        col(ProgrammeRow.fiscal_year) == fiscal_year, col(ProgrammeRow.kind) == APPLICATION
    )
    return query if unit is None else query.where(col(ProgrammeRow.unit_code) == unit)


def judged(*, fiscal_year: int, units: Iterable[str]) -> SelectOfScalar[ProgrammeRow]:
    """The judged programmes of some units in a year."""
    return select(ProgrammeRow).where(
        col(ProgrammeRow.fiscal_year) == fiscal_year,
        col(ProgrammeRow.unit_code).in_(list(units)),
        col(ProgrammeRow.grade).is_not(None),
    )


def programmes(*, fiscal_year: int) -> SelectOfScalar[ProgrammeRow]:
    """Everything that is compared within a year."""
    return select(ProgrammeRow).where(col(ProgrammeRow.fiscal_year) == fiscal_year)


def unit_names(units: Iterable[str]) -> SelectOfScalar[UnitNameRow]:
    """The names of some units."""
    return select(UnitNameRow).where(col(UnitNameRow.unit_code).in_(list(units)))
