"""What was done in an evaluation, an assignment, a feedback: every step, who took it and when."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.projections import Table
from services.evaluation.projections.judging_facts import plain_json
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put

FOLLOWED: Final = ("evaluation-", "assignment-", "feedback-")
_LEFT_OUT: Final = frozenset({"whose", "report"})


class JudgingStepRow(Table, table=True):
    """One fact, by the stream it stands in."""

    __tablename__ = "judging_steps"

    stream: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fact: str
    recorded_on: date
    actor: str
    detail: dict[str, Any] = Field(sa_type=JSON)


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    if not recorded.stream.startswith(FOLLOWED):
        return
    said = plain_json(recorded.event)
    row = JudgingStepRow(
        stream=recorded.stream,
        version=recorded.version,
        fact=type(recorded.event).__name__,
        recorded_on=business_date(recorded.occurred_at),
        actor=recorded.actor,
        detail={name: value for name, value in said.items() if name not in _LEFT_OUT},
    )
    yield Put(JudgingStepRow, row.model_dump())


judging_steps: Final = Projection(
    name="judging_steps",
    streams=frozenset({"assignment", "evaluation", "feedback"}),
    tables=(JudgingStepRow,),
    project=_fold,
)


def steps_of(stream: str) -> SelectOfScalar[JudgingStepRow]:
    """Everything that was done, in its order."""
    found = select(JudgingStepRow).where(JudgingStepRow.stream == stream)
    return found.order_by(col(JudgingStepRow.version))
