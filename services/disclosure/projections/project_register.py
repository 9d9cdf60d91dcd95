"""Projects with their promise: who asked, what was approved, with which target.

A project that the ex-ante assessment did not arrange (`arranged`) needs no target, nor one that
was given up before it had one.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import BigInteger, Field, and_, col, func, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.project_endings import given_up
from services.disclosure.projections.span import Span
from shared.contracts import targets
from shared.domain.workdays import business_date
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set


class ProjectRow(Table, table=True):
    """A project of a fiscal year. `approved_fen` came with the target, `budget_fen` is today's."""

    __tablename__ = "project_register"

    project_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, index=True)
    region_code: str = Field(index=True)
    unit_code: str = Field(index=True)
    department_code: str
    name: str
    requested_fen: int = Field(default=0, sa_type=BigInteger)
    needs_ex_ante: bool = False
    arranged: bool = True
    registered_on: date
    target_version: int = 0
    approved_fen: int = Field(default=0, sa_type=BigInteger)
    budget_fen: int = Field(default=0, sa_type=BigInteger)
    approved_on: date | None = None
    adjusted_on: date | None = None
    direct_fund_flag: str = ""
    origin: str = "OFFICIAL"


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.ProjectRegistered() as said:
            yield Put(
                ProjectRow,
                {
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "department_code": said.department_code,
                    "name": said.name,
                    "requested_fen": said.requested.fen,
                    "needs_ex_ante": said.needs_ex_ante,
                    "registered_on": business_date(heard.effective_at),
                    "direct_fund_flag": said.direct_fund_flag,
                    "origin": said.origin,
                },
            )
        case targets.ExAnteConcluded() as said:
            yield Set(ProjectRow, _key(said), {"arranged": said.conclusion == "INCLUDED"})
        case targets.TargetApproved() as said:
            yield Set(
                ProjectRow,
                _key(said),
                {
                    "arranged": True,
                    "target_version": said.target_version,
                    "approved_fen": said.budget.fen,
                    "budget_fen": said.budget.fen,
                    "approved_on": said.approved_on,
                },
            )
        case targets.TargetAdjusted() as said:
            yield Set(
                ProjectRow,
                _key(said),
                {
                    "target_version": said.target_version,
                    "budget_fen": said.budget.fen,
                    "adjusted_on": said.adjusted_on,
                },
            )
        case _:
            return


def _key(
    said: targets.ExAnteConcluded | targets.TargetApproved | targets.TargetAdjusted,
) -> dict[str, object]:
    return {"project_code": said.project_code, "fiscal_year": said.fiscal_year}


project_register = Projection(name="project_register", tables=(ProjectRow,), hear=_hear)


def projects(span: Span) -> SelectOfScalar[ProjectRow]:
    """Every project of the year."""
    return select(ProjectRow).where(
        span.regions(ProjectRow.region_code), ProjectRow.fiscal_year == span.fiscal_year
    )


def goes_on(span: Span) -> Any:  # noqa: ANN401 - a condition
    """It has a target by then, or was not given up before it had one."""
    ended = col(ProjectRow.project_code).in_(given_up(span))
    return or_(col(ProjectRow.approved_on) <= span.as_of, ~ended)


def needs_target(span: Span) -> Any:  # noqa: ANN401 - a condition
    """It was arranged, and not given up before it had a target."""
    return and_(col(ProjectRow.arranged), goes_on(span))


def projects_with_target(span: Span) -> SelectOfScalar[ProjectRow]:
    """The projects of the year whose target is binding."""
    return projects(span).where(span.told(ProjectRow.approved_on))


def projects_arranged(span: Span) -> SelectOfScalar[ProjectRow]:
    """The projects of the year that need a target."""
    return projects(span).where(needs_target(span))


def promise(span: Span) -> Select[int, int, int]:
    """Projects that need a target, those that have one, and the money approved with it."""
    has_target = col(ProjectRow.approved_on) <= span.as_of
    return select(
        func.count().filter(needs_target(span)),
        func.count().filter(has_target),
        func.coalesce(func.sum(ProjectRow.approved_fen).filter(has_target), 0),
    ).where(span.regions(ProjectRow.region_code), ProjectRow.fiscal_year == span.fiscal_year)
