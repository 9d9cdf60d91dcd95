"""The watched projects of a year: what was promised, and who is excused from a node."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import watch_words as fact
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class WatchedRow(Table, table=True):
    """One project in one year, as its approved target says it."""

    __tablename__ = "watched_projects"

    watch_id: str = Field(primary_key=True)
    project_code: str
    fiscal_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    project_name: str
    unit_name: str
    department_name: str
    initial_budget_fen: int = Field(sa_type=BigInteger)
    budget_fen: int = Field(sa_type=BigInteger)
    target_version: int
    annual_goal: str
    indicators: list[dict[str, Any]] = Field(sa_type=JSON)
    exempt: bool
    standing: str | None = None
    standing_since_on: date | None = None
    standing_reason: str = ""
    starts_on: date | None = None
    approved_on: date | None = None
    version: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    event = recorded.event
    match event:
        case fact.WatchOpened():
            yield Put(WatchedRow, _opened(event, recorded))
        case fact.TargetFollowed():
            changes = {
                "budget_fen": event.budget.fen,
                "target_version": event.target_version,
                "indicators": shown(event.indicators),
            }
            yield _set(recorded, changes)
        case fact.StandingNoted(standing=standing):
            changes = {
                "standing": standing.kind.value if standing else None,
                "standing_since_on": standing.since_on if standing else None,
                "standing_reason": standing.reason if standing else "",
            }
            yield _set(recorded, changes)
        case _:
            return


def _set(recorded: Recorded[Any], values: dict[str, object]) -> Set:
    return Set(WatchedRow, {"watch_id": recorded.id}, {**values, "version": recorded.version})


def _opened(event: fact.WatchOpened, recorded: Recorded[Any]) -> dict[str, object]:
    project = event.project
    return {
        "watch_id": recorded.id,
        "project_code": project.code,
        "fiscal_year": project.fiscal_year,
        "region_code": project.region_code,
        "department_code": project.department_code,
        "unit_code": project.unit_code,
        "project_name": event.name,
        "unit_name": event.unit_name,
        "department_name": event.department_name,
        "initial_budget_fen": event.budget.fen,
        "budget_fen": event.budget.fen,
        "target_version": event.target_version,
        "annual_goal": event.annual_goal,
        "indicators": shown(event.indicators),
        "exempt": event.exempt,
        "standing": None,
        "standing_since_on": None,
        "standing_reason": "",
        "starts_on": event.starts_on,
        "approved_on": event.approved_on,
        "version": recorded.version,
    }


watched_projects: Final = Projection(
    name="watched_projects", streams=frozenset({"watch"}), tables=(WatchedRow,), project=_fold
)


def watched(watch_id: str) -> SelectOfScalar[WatchedRow]:
    """One project in one year."""
    return select(WatchedRow).where(WatchedRow.watch_id == watch_id)


def watched_in(region_code: str, fiscal_year: int) -> SelectOfScalar[WatchedRow]:
    """The watched projects of a region and year."""
    return select(WatchedRow).where(
        WatchedRow.region_code == region_code, WatchedRow.fiscal_year == fiscal_year
    )


def perhaps_excused(
    region_code: str, fiscal_year: int, cut_off_on: date
) -> SelectOfScalar[WatchedRow]:
    """Those of whom something says that they may be excused from a node."""
    return watched_in(region_code, fiscal_year).where(
        or_(
            col(WatchedRow.exempt),
            col(WatchedRow.standing).is_not(None),
            col(WatchedRow.starts_on) > cut_off_on,
            col(WatchedRow.approved_on) > cut_off_on,
        )
    )
