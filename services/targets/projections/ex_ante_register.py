"""Every ex-ante assessment, its scores, and the figures of a year (F05-F10)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.ex_ante import (
    ExAnteAmountReduced,
    ExAnteConcluded,
    ExAnteConsumed,
    ExAnteGraded,
    ExAnteObjectionDecided,
    ExAnteObjectionFiled,
    ExAnteReportReturned,
    ExAnteReportReviewed,
    ExAnteReportSubmitted,
    ExAnteScored,
)
from services.targets.projections import Table
from services.targets.projections.stored_json import stored
from shared.domain.workdays import business_date
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
    objection_grounds: str = ""
    objection_upheld: bool | None = None
    objection_reason: str = ""
    budget_fen: int | None = Field(default=None, sa_type=BigInteger)
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
    judgements_json: str = "{}"
    remarks_json: str = "{}"
    reasons_json: str = "{}"
    scored_on: date | None = None


def project(  # noqa: C901 - one answer per fact
    recorded: AnyRecorded,
) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case ExAnteReportSubmitted() as event:
            yield Put(ExAnteRow, {**_submitted(recorded.id, event), "version": recorded.version})
        case ExAnteReportReviewed():
            yield _moved(recorded, status="REVIEWED")
        case ExAnteReportReturned():
            yield _moved(recorded, status="RETURNED")
        case ExAnteScored() as event:
            yield Put(ExAnteScoreRow, _scored(recorded, event))
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
        case ExAnteObjectionFiled(grounds=grounds):
            yield _moved(recorded, status="UNDER_OBJECTION", objection_grounds=grounds)
        case ExAnteObjectionDecided(upheld=upheld, reason=reason):
            decided = {"objection_upheld": upheld, "objection_reason": reason}
            yield _moved(recorded, status="CONCLUDED", **decided)
        case ExAnteConsumed(budget=budget):
            yield _moved(recorded, status="CLOSED", budget_fen=budget.fen)
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


def _scored(recorded: AnyRecorded, event: ExAnteScored) -> dict[str, object]:
    return {
        "assessment_id": recorded.id,
        "round": event.round,
        "scored_by": event.scored_by,
        "total": event.total,
        "points_json": stored(event.points),
        "vetoes": ",".join(event.vetoes),
        "judgements_json": stored(event.judgements),
        "remarks_json": stored(event.remarks),
        "reasons_json": stored(event.reasons),
        "scored_on": business_date(recorded.occurred_at),
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
    name="ex_ante_register",
    streams=frozenset({"ex_ante"}),
    tables=(ExAnteRow, ExAnteScoreRow),
    project=project,
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
