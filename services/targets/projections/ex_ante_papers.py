"""What an ex-ante report says, chapter by chapter, and on which day each scorer scored it."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.ex_ante import (
    ExAnteObjectionDecided,
    ExAnteReportReturned,
    ExAnteReportReviewed,
    ExAnteReportSubmitted,
    ExAnteScored,
)
from services.targets.projections import Table
from services.targets.projections.stored_json import stored
from shared.domain.actors import subject_of
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class ExAntePaperRow(Table, table=True):
    """The report of the round in which an assessment is."""

    __tablename__ = "ex_ante_papers"

    assessment_id: str = Field(primary_key=True)
    goal: str
    statements_json: str
    evidence_json: str = "[]"
    submitted_by: str
    submitted_on: date
    signed_by: str = ""
    in_place_of: str = ""
    opinion: str = ""
    reviewed_on: date | None = None
    returned: str = ""
    objection: str = ""


class ExAnteScoringRow(Table, table=True):
    """The day on which one scorer scored in one round."""

    __tablename__ = "ex_ante_scorings"

    assessment_id: str = Field(primary_key=True)
    round: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    scored_by: str = Field(primary_key=True)
    scored_on: date


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    day = business_date(recorded.occurred_at)
    key = {"assessment_id": recorded.id}
    match recorded.event:
        case ExAnteReportSubmitted() as event:
            said = {
                "goal": event.goal,
                "statements_json": stored(event.statements),
                "evidence_json": stored(event.evidence),
                "submitted_by": subject_of(recorded.actor),
                "submitted_on": day,
                "signed_by": event.signed_by,
                "in_place_of": event.in_place_of,
            }
            yield Put(ExAntePaperRow, {**key, **said})
        case ExAnteReportReviewed(opinion=opinion):
            yield Set(ExAntePaperRow, key, {"opinion": opinion, "reviewed_on": day})
        case ExAnteReportReturned(reasons=reasons):
            yield Set(ExAntePaperRow, key, {"returned": "；".join(reasons)})
        case ExAnteScored(scored_by=scorer, round=number):
            scoring = {"round": number, "scored_by": scorer, "scored_on": day}
            yield Put(ExAnteScoringRow, {**key, **scoring})
        case ExAnteObjectionDecided(reason=reason):
            yield Set(ExAntePaperRow, key, {"objection": reason})
        case _:
            return


ex_ante_papers = Projection(
    name="ex_ante_papers",
    streams=frozenset({"ex_ante"}),
    tables=(ExAntePaperRow, ExAnteScoringRow),
    project=project,
)


def paper(assessment_id: str) -> SelectOfScalar[ExAntePaperRow]:
    """The report of one assessment."""
    return select(ExAntePaperRow).where(col(ExAntePaperRow.assessment_id) == assessment_id)


def scorings(assessment_id: str, in_round: int) -> SelectOfScalar[ExAnteScoringRow]:
    """When the scorers of a round scored."""
    return select(ExAnteScoringRow).where(
        col(ExAnteScoringRow.assessment_id) == assessment_id,
        col(ExAnteScoringRow.round) == in_round,
    )
