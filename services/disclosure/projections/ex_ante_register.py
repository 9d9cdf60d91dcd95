"""Ex-ante assessments that were concluded, by the year in which they were assessed."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlmodel import BigInteger, Field, col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import targets
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class ExAnteRow(Table, table=True):
    """An assessment. `reduced_fen` is what was cut inside or with the project."""

    __tablename__ = "ex_ante_register"

    project_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    assessed_on: date = Field(index=True)
    requested_fen: int = Field(sa_type=BigInteger)
    accepted_fen: int = Field(sa_type=BigInteger)
    reduced_fen: int = Field(sa_type=BigInteger)
    reduction_kind: str
    score: Decimal
    grade: str
    conclusion: str
    rule_set_version: int
    origin: str = "OFFICIAL"


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.ExAnteConcluded() as said:
            yield Put(
                ExAnteRow,
                {
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "assessed_on": said.assessed_on,
                    "requested_fen": said.requested.fen,
                    "accepted_fen": said.accepted.fen,
                    "reduced_fen": said.reduced.fen,
                    "reduction_kind": said.reduction_kind,
                    "score": said.score,
                    "grade": said.grade,
                    "conclusion": said.conclusion,
                    "rule_set_version": said.rule_set_version,
                    "origin": said.origin,
                },
            )
        case _:
            return


ex_ante_register = Projection(name="ex_ante_register", tables=(ExAnteRow,), hear=_hear)


def assessments(span: Span, grade: str | None = None) -> SelectOfScalar[ExAnteRow]:
    """Everything that was assessed in the year."""
    rows = select(ExAnteRow).where(
        span.regions(ExAnteRow.region_code), span.in_year(ExAnteRow.assessed_on)
    )
    return rows if grade is None else rows.where(ExAnteRow.grade == grade)


def assessed(span: Span) -> Select[int, int, int, int]:
    """Units, projects, the amount they asked for, and the amount that was cut."""
    return select(
        func.count(func.distinct(ExAnteRow.unit_code)),
        func.count(),
        func.coalesce(func.sum(ExAnteRow.requested_fen), 0),
        func.coalesce(func.sum(ExAnteRow.reduced_fen), 0),
    ).where(span.regions(ExAnteRow.region_code), span.in_year(ExAnteRow.assessed_on))


def assessed_by_grade(span: Span) -> Select[str, int]:
    """How many projects got which grade."""
    return (
        select(ExAnteRow.grade, func.count())
        .where(span.regions(ExAnteRow.region_code), span.in_year(ExAnteRow.assessed_on))
        .group_by(col(ExAnteRow.grade))
    )
