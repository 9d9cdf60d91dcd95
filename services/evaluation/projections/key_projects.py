"""The key projects that were designated for what they mean, with their grounds."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.judging.key_project import (
    KeyProjectDesignated,
    KeyProjectReleased,
)
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class KeyProjectRow(Table, table=True):
    """One project; released, it stays with the day."""

    __tablename__ = "key_projects"

    project_code: str = Field(primary_key=True)
    project_name: str
    since_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    ground: str
    reason: str
    document_no: str
    designated_on: date
    released_on: date | None = None
    release_reason: str = ""
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case KeyProjectDesignated() as event:
            whose = event.whose
            yield Put(
                KeyProjectRow,
                {
                    "project_code": recorded.id,
                    "project_name": event.project_name,
                    "since_year": whose.fiscal_year,
                    "region_code": whose.region_code,
                    "department_code": whose.department_code,
                    "unit_code": whose.unit_code,
                    "ground": event.ground.value,
                    "reason": event.reason,
                    "document_no": event.document_no,
                    "designated_on": event.designated_on,
                    "released_on": None,
                    "release_reason": "",
                    "version": recorded.version,
                },
            )
        case KeyProjectReleased(released_on=day, reason=reason):
            told = {"released_on": day, "release_reason": reason, "version": recorded.version}
            yield Set(KeyProjectRow, {"project_code": recorded.id}, told)
        case _:
            return


key_projects: Final = Projection(name="key_projects", tables=(KeyProjectRow,), project=_fold)


def designated(*, fiscal_year: int | None, ground: str | None) -> SelectOfScalar[KeyProjectRow]:
    """Those that stand, of a year where one is named."""
    query = select(KeyProjectRow).where(col(KeyProjectRow.released_on).is_(None))
    if fiscal_year is not None:
        query = query.where(col(KeyProjectRow.since_year) <= fiscal_year)
    return query if ground is None else query.where(col(KeyProjectRow.ground) == ground)
