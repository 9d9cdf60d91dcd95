"""The round board: every monitoring round with its days and its stage."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import round_words as fact
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class RoundRow(Table, table=True):
    """One round."""

    __tablename__ = "round_board"

    round_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    fiscal_year: int
    node: str
    cut_off_on: date
    pre_analysis_on: date
    collect_on: date
    submit_by: date
    review_by: date
    stage: str
    reviewed: int | None = None
    missed: int | None = None
    rule_set_version: int
    version: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"round_id": recorded.id}
    match recorded.event:
        case fact.RoundPlanned(dates=dates) as event:
            row = RoundRow(
                round_id=recorded.id,
                region_code=event.region_code,
                fiscal_year=event.fiscal_year,
                node=dates.node,
                cut_off_on=dates.cut_off_on,
                pre_analysis_on=dates.pre_analysis_on,
                collect_on=dates.collect_on,
                submit_by=dates.submit_by,
                review_by=dates.review_by,
                stage=fact.Stage.PLANNED,
                rule_set_version=event.rule_set_version,
                version=recorded.version,
            )
            yield Put(RoundRow, row.model_dump())
        case fact.RoundAdvanced(stage=stage):
            yield Set(RoundRow, key, {"stage": stage.value, "version": recorded.version})
        case fact.RoundClosed(reviewed=reviewed, missed=missed):
            values = {"stage": fact.Stage.CLOSED.value, "reviewed": reviewed, "missed": missed}
            yield Set(RoundRow, key, {**values, "version": recorded.version})
        case fact.RoundArchived():
            archived = {"stage": fact.Stage.ARCHIVED.value, "version": recorded.version}
            yield Set(RoundRow, key, archived)
        case _:
            return


round_board: Final = Projection(
    name="round_board", streams=frozenset({"round"}), tables=(RoundRow,), project=_fold
)


def rounds(fiscal_year: int) -> SelectOfScalar[RoundRow]:
    """The rounds of a year."""
    return select(RoundRow).where(RoundRow.fiscal_year == fiscal_year)


def monitoring_round(round_id: str) -> SelectOfScalar[RoundRow]:
    """One round."""
    return select(RoundRow).where(RoundRow.round_id == round_id)
