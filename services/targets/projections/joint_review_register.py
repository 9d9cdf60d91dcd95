"""Every joint review, with what each member said of each target and what was decided."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.joint_review import (
    JointReviewMinutesAdopted,
    JointReviewOpened,
    JointReviewOpinionRecorded,
    JointReviewPlanned,
)
from services.targets.projections import Table
from services.targets.projections.stored_json import stored
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class JointReviewRow(Table, table=True):
    """A session."""

    __tablename__ = "joint_review_register"

    joint_review_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    fiscal_year: int = Field(index=True)
    status: str = "PLANNED"
    held_on: date
    agenda_json: str
    members_json: str
    chair: str
    opened_on: date | None = None
    minutes: str = ""
    decisions_json: str = "{}"
    adopted_on: date | None = None
    version: int = 0


class JointReviewOpinionRow(Table, table=True):
    """The last word of a member on a target."""

    __tablename__ = "joint_review_opinions"

    joint_review_id: str = Field(primary_key=True)
    target_id: str = Field(primary_key=True, index=True)
    member: str = Field(primary_key=True)
    stance: str
    text: str = ""
    points_json: str = "{}"


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case JointReviewPlanned() as event:
            yield Put(JointReviewRow, {**_planned(event), "version": recorded.version})
        case JointReviewOpened(opened_on=day):
            yield _moved(recorded, status="OPEN", opened_on=day)
        case JointReviewOpinionRecorded() as event:
            yield Put(JointReviewOpinionRow, _said(recorded.id, event))
            yield _moved(recorded)
        case JointReviewMinutesAdopted() as event:
            yield _moved(
                recorded,
                status="CONCLUDED",
                minutes=event.minutes,
                decisions_json=stored(event.decisions),
                adopted_on=event.adopted_on,
            )
        case _:
            return


def _planned(event: JointReviewPlanned) -> dict[str, object]:
    return {
        "joint_review_id": event.joint_review_id,
        "region_code": event.region_code,
        "fiscal_year": event.fiscal_year,
        "held_on": event.held_on,
        "agenda_json": stored(event.agenda),
        "members_json": stored(event.members),
        "chair": event.chair,
    }


def _said(joint_review_id: str, event: JointReviewOpinionRecorded) -> dict[str, object]:
    return {
        "joint_review_id": joint_review_id,
        "target_id": event.target_id,
        "member": event.member,
        "stance": event.stance.value,
        "text": event.text,
        "points_json": stored(event.points),
    }


def _moved(recorded: AnyRecorded, **values: object) -> Set:
    key = {"joint_review_id": recorded.id}
    return Set(JointReviewRow, key, {**values, "version": recorded.version})


joint_review_register = Projection(
    name="joint_review_register",
    streams=frozenset({"joint_review"}),
    tables=(JointReviewRow, JointReviewOpinionRow),
    project=project,
)


def joint_review(joint_review_id: str) -> SelectOfScalar[JointReviewRow]:
    """One session."""
    return select(JointReviewRow).where(col(JointReviewRow.joint_review_id) == joint_review_id)


def opinions(
    joint_review_id: str, target_id: str | None = None
) -> SelectOfScalar[JointReviewOpinionRow]:
    """What the members said, of every target of a session or of one."""
    row = JointReviewOpinionRow
    said = select(row).where(col(row.joint_review_id) == joint_review_id)
    if target_id is not None:
        said = said.where(col(row.target_id) == target_id)
    return said.order_by(col(row.target_id), col(row.member))
