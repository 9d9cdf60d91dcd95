"""Every ex-ante assessment, its scores, and the figures of a year (F05-F10)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlmodel import BigInteger, Field, col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.targets.domain.events.ex_ante import (
    ExAnteAmountReduced,
    ExAnteConcluded,
    ExAnteGraded,
    ExAnteObjectionDecided,
    ExAnteObjectionFiled,
    ExAnteReportReturned,
    ExAnteReportReviewed,
    ExAnteReportSubmitted,
    ExAnteScored,
)
from services.targets.projections import Table
from services.targets.projections.reach import regions
from services.targets.projections.stored_json import stored
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class ExAnteRow(Table, table=True):
    """An assessment."""

    __tablename__ = "ex_ante_register"

    assessment_id: str = Field(primary_key=True)
    project_code: str
    project_name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    unit_code: str = Field(index=True)
    department_code: str
    status: str
    round: int
    submitted_by: str
    requested_fen: int = Field(sa_type=BigInteger)
    reduced_fen: int = Field(default=0, sa_type=BigInteger)
    accepted_fen: int | None = Field(default=None, sa_type=BigInteger)
    reduction_kind: str = "NONE"
    lines_json: str = "[]"
    totals_json: str = "[]"
    trimmed: bool = False
    vetoes: str = ""
    score: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    grade: str | None = None
    conclusion: str | None = None
    rule_set_version: int | None = None
    rules_region: str | None = None
    concluded_on: date | None = None
    objection_by: date | None = None
    origin: str = "OFFICIAL"
    version: int = 0


class ExAnteScoreRow(Table, table=True):
    """What one scorer gave in one round."""

    __tablename__ = "ex_ante_scores"

    assessment_id: str = Field(primary_key=True)
    round: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    scored_by: str = Field(primary_key=True)
    total: Decimal = Field(max_digits=5, decimal_places=2)
    points_json: str
    vetoes: str = ""


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case ExAnteReportSubmitted() as event:
            yield Put(ExAnteRow, {**_submitted(recorded.id, event), "version": recorded.version})
        case ExAnteReportReviewed():
            yield _moved(recorded, status="REVIEWED")
        case ExAnteReportReturned():
            yield _moved(recorded, status="RETURNED")
        case ExAnteScored() as event:
            yield Put(ExAnteScoreRow, _scored(recorded.id, event))
            yield _moved(recorded, status="SCORED")
        case ExAnteGraded() as event:
            yield _moved(recorded, **_graded(event))
        case ExAnteAmountReduced() as event:
            yield _moved(
                recorded,
                reduced_fen=event.reduced.fen,
                reduction_kind=event.kind.value,
                lines_json=stored(
                    [
                        {"line": line.line, "amount": str(line.amount), "reason": line.reason}
                        for line in event.lines
                    ]
                ),
            )
        case ExAnteConcluded() as event:
            yield _moved(recorded, **_concluded(event))
        case ExAnteObjectionFiled():
            yield _moved(recorded, status="UNDER_OBJECTION")
        case ExAnteObjectionDecided():
            yield _moved(recorded, status="CONCLUDED")
        case _:
            return


def _submitted(assessment_id: str, event: ExAnteReportSubmitted) -> dict[str, object]:
    return {
        "assessment_id": assessment_id,
        "project_code": event.project_code,
        "project_name": event.project_name,
        "fiscal_year": event.fiscal_year,
        "region_code": event.region_code,
        "unit_code": event.unit_code,
        "department_code": event.department_code,
        "status": "SUBMITTED",
        "round": event.round,
        "submitted_by": event.submitted_by,
        "requested_fen": event.requested.fen,
        "origin": event.origin.value,
    }


def _scored(assessment_id: str, event: ExAnteScored) -> dict[str, object]:
    return {
        "assessment_id": assessment_id,
        "round": event.round,
        "scored_by": event.scored_by,
        "total": event.total,
        "points_json": stored(event.points),
        "vetoes": ",".join(event.vetoes),
    }


def _graded(event: ExAnteGraded) -> dict[str, object]:
    return {
        "status": "GRADED",
        "totals_json": stored(event.totals),
        "trimmed": event.trimmed,
        "vetoes": ",".join(event.vetoes),
        "score": event.score,
        "grade": event.grade.value,
        "rule_set_version": event.rule_set_version,
        "rules_region": event.rules_region,
    }


def _concluded(event: ExAnteConcluded) -> dict[str, object]:
    return {
        "status": "CONCLUDED",
        "reduced_fen": event.reduced.fen,
        "accepted_fen": event.accepted.fen,
        "reduction_kind": event.reduction_kind.value,
        "score": event.score,
        "grade": event.grade.value,
        "conclusion": event.conclusion.value,
        "rule_set_version": event.rule_set_version,
        "rules_region": event.rules_region,
        "concluded_on": event.concluded_on,
        "objection_by": event.objection_by,
    }


def _moved(recorded: AnyRecorded, **values: object) -> Set:
    key = {"assessment_id": recorded.id}
    return Set(ExAnteRow, key, {**values, "version": recorded.version})


ex_ante_register = Projection(
    name="ex_ante_register", tables=(ExAnteRow, ExAnteScoreRow), project=project
)


def assessment(assessment_id: str) -> SelectOfScalar[ExAnteRow]:
    """One assessment."""
    return select(ExAnteRow).where(col(ExAnteRow.assessment_id) == assessment_id)


def scores(assessment_id: str, in_round: int) -> SelectOfScalar[ExAnteScoreRow]:
    """What the scorers gave in a round."""
    return (
        select(ExAnteScoreRow)
        .where(
            col(ExAnteScoreRow.assessment_id) == assessment_id,
            col(ExAnteScoreRow.round) == in_round,
        )
        .order_by(col(ExAnteScoreRow.scored_by))
    )


def by_grade(
    region_code: str, assessed_year: int, *, tree: bool
) -> Select[tuple[str, int, int, int]]:
    """Number, amount asked for and amount cut, by grade, of what was concluded in a year."""
    sums = select(
        col(ExAnteRow.grade),
        func.count(),
        func.sum(ExAnteRow.requested_fen),
        func.sum(ExAnteRow.reduced_fen),
    )
    of_year = sums.where(*_of_year(region_code, assessed_year, tree=tree))
    grouped = of_year.group_by(col(ExAnteRow.grade))
    return cast("Select[tuple[str, int, int, int]]", grouped)  # one row per grade


def units_assessed(region_code: str, assessed_year: int, *, tree: bool) -> SelectOfScalar[int]:
    """How many different units had an assessment concluded in a year."""
    return select(func.count(func.distinct(col(ExAnteRow.unit_code)))).where(
        *_of_year(region_code, assessed_year, tree=tree)
    )


def _of_year(region_code: str, assessed_year: int, *, tree: bool) -> tuple[Any, ...]:
    first, last = date(assessed_year, 1, 1), date(assessed_year, 12, 31)
    return (
        col(ExAnteRow.concluded_on).between(first, last),
        regions(ExAnteRow.region_code, region_code, tree=tree),
    )
