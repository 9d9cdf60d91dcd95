"""Who wrote, signed and reviewed a target, when, and what they said: the foot of its form."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.target import (
    TargetChecked,
    TargetDrafted,
    TargetGraded,
    TargetReviewed,
    TargetRevised,
    TargetSubmitted,
)
from services.targets.projections import Table
from shared.domain.actors import subject_of
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

# A target that is handed in again has been neither reviewed, checked nor graded in this round.
UNSIGNED: dict[str, object] = {
    "reviewed_by": "",
    "reviewed_on": None,
    "review_opinion": "",
    "checked_by": "",
    "checked_on": None,
    "check_opinion": "",
    "graded_by": "",
    "graded_on": None,
}


class TargetOpinionRow(Table, table=True):
    """The signatures of the round in which a target is."""

    __tablename__ = "target_opinions"

    target_id: str = Field(primary_key=True)
    drafted_by: str
    drafted_on: date
    submitted_by: str = ""
    submitted_on: date | None = None
    reviewed_by: str = ""
    reviewed_on: date | None = None
    review_opinion: str = ""
    checked_by: str = ""
    checked_on: date | None = None
    check_opinion: str = ""
    graded_by: str = ""
    graded_on: date | None = None


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case TargetDrafted():
            yield Put(TargetOpinionRow, {"target_id": recorded.id, **_signed(recorded, "drafted")})
        case TargetRevised():
            yield _added(recorded, "drafted")
        case TargetSubmitted():
            yield _added(recorded, "submitted", UNSIGNED)
        case TargetReviewed(opinion=opinion):
            yield _added(recorded, "reviewed", {"review_opinion": opinion})
        case TargetChecked(opinion=opinion):
            yield _added(recorded, "checked", {"check_opinion": opinion})
        case TargetGraded():
            yield _added(recorded, "graded")
        case _:
            return


def _added(recorded: AnyRecorded, step: str, more: dict[str, object] | None = None) -> Set:
    values = {**(more or {}), **_signed(recorded, step)}
    return Set(TargetOpinionRow, {"target_id": recorded.id}, values)


def _signed(recorded: AnyRecorded, step: str) -> dict[str, object]:
    """By whom and on which legal day; of an actor, the part that its issuer knows it by."""
    person = subject_of(recorded.actor)
    return {f"{step}_by": person, f"{step}_on": business_date(recorded.occurred_at)}


target_opinions = Projection(
    name="target_opinions",
    streams=frozenset({"target"}),
    tables=(TargetOpinionRow,),
    project=project,
)


def opinions(target_id: str) -> SelectOfScalar[TargetOpinionRow]:
    """The signatures of one target."""
    return select(TargetOpinionRow).where(col(TargetOpinionRow.target_id) == target_id)
