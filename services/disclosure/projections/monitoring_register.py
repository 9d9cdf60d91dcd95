"""How a project stood at each node of the year."""

from collections.abc import Iterable
from decimal import Decimal

from sqlmodel import Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import monitoring
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class MonitoringRow(Table, table=True):
    """The score and the level of a project at a node."""

    __tablename__ = "monitoring_register"

    project_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, index=True)
    node: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    score: Decimal
    level: str
    execution_rate: Decimal
    goal_rate: Decimal | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case monitoring.MonitoringScored() as said:
            yield Put(
                MonitoringRow,
                {
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "node": said.node,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "score": said.score,
                    "level": said.level,
                    "execution_rate": said.execution_rate,
                    "goal_rate": said.goal_rate,
                },
            )
        case _:
            return


monitoring_register = Projection(name="monitoring_register", tables=(MonitoringRow,), hear=_hear)


def monitored(span: Span) -> SelectOfScalar[MonitoringRow]:
    """Every project at every node of the year."""
    return select(MonitoringRow).where(
        span.regions(MonitoringRow.region_code), MonitoringRow.fiscal_year == span.fiscal_year
    )
