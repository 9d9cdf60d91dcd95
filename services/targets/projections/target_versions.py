"""What a target said, version by version; version 0 is the draft as it stands."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetApproved,
    TargetCompleted,
    TargetDrafted,
    TargetRevised,
)
from services.targets.domain.values import Content
from services.targets.projections import Table
from services.targets.projections.stored_json import stored
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put

DRAFT_VERSION = 0


class TargetVersionRow(Table, table=True):
    """A version of a target."""

    __tablename__ = "target_versions"

    target_id: str = Field(primary_key=True)
    target_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    annual_goal: str = ""
    indicators_json: str
    notes_json: str = "{}"
    budget_fen: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = ""
    valid_on: date | None = None


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case (
            TargetDrafted(content=content)
            | TargetRevised(content=content)
            | TargetCompleted(content=content)
        ):
            yield Put(TargetVersionRow, _draft(recorded.id, content))
        case TargetApproved() as event:
            yield Put(
                TargetVersionRow,
                {
                    "target_id": recorded.id,
                    "target_version": event.target_version,
                    "annual_goal": event.annual_goal,
                    "indicators_json": stored(event.indicators),
                    "budget_fen": event.budget.fen,
                    "valid_on": event.approved_on,
                },
            )
        case TargetAdjusted() as event:
            yield Put(
                TargetVersionRow,
                {
                    "target_id": recorded.id,
                    "target_version": event.target_version,
                    "annual_goal": event.annual_goal,
                    "indicators_json": stored(event.indicators),
                    "budget_fen": event.budget.fen,
                    "reason": event.reason,
                    "valid_on": event.adjusted_on,
                },
            )
        case _:
            return


def _draft(target_id: str, content: Content) -> dict[str, object]:
    notes = {
        "standards": content.standards,
        "due_on": content.due_on,
        "library_codes": content.library_codes,
        "waivers": content.waivers,
        "levels": content.levels,
        "proofs": content.proofs,
        "last_actuals": content.last_actuals,
        "costings": content.costings,
        "answers": content.answers,
        "remarks": content.remarks,
        "application": content.application,
    }
    return {
        "target_id": target_id,
        "target_version": DRAFT_VERSION,
        "annual_goal": content.annual_goal,
        "indicators_json": stored(content.indicators),
        "notes_json": stored({name: note for name, note in notes.items() if note}),
    }


target_versions = Projection(
    name="target_versions",
    streams=frozenset({"target"}),
    tables=(TargetVersionRow,),
    project=project,
)


def draft(target_id: str) -> SelectOfScalar[TargetVersionRow]:
    """What the target said before it became binding."""
    return select(TargetVersionRow).where(
        col(TargetVersionRow.target_id) == target_id,
        col(TargetVersionRow.target_version) == DRAFT_VERSION,
    )


def versions(target_id: str) -> SelectOfScalar[TargetVersionRow]:
    """Every version of a target, in order."""
    return (
        select(TargetVersionRow)
        .where(col(TargetVersionRow.target_id) == target_id)
        .order_by(col(TargetVersionRow.target_version))
    )


def whole(target_ids: Sequence[str]) -> SelectOfScalar[TargetVersionRow]:
    """Every version of these targets."""
    return select(TargetVersionRow).where(col(TargetVersionRow.target_id).in_(target_ids))
