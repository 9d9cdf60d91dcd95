"""The facts behind every decision: which events a stream holds, by their ids.

An explanation lists its input from here, so that anybody can recompute it from the ledger. It
is folded by the worker: no command waits for it, and a fact appears here a moment later.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sqlmodel import Field, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.projections import Table
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put

EXPLAINED: Final = frozenset(
    {"project", "ex_ante", "target", "joint_review", "budget_request", "rule_set"}
)


class DecisionFactRow(Table, table=True):
    """An event of a stream that is explained."""

    __tablename__ = "decision_facts"

    stream: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fact: str
    event_id: str
    recorded_on: date


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """Every fact of an explained stream is a row."""
    if recorded.stream.partition("-")[0] not in EXPLAINED:
        return
    yield Put(
        DecisionFactRow,
        {
            "stream": recorded.stream,
            "version": recorded.version,
            "fact": type(recorded.event).__name__,
            "event_id": str(recorded.event_id),
            "recorded_on": business_date(recorded.occurred_at),
        },
    )


decision_facts = Projection(
    name="decision_facts", tables=(DecisionFactRow,), project=project, inline=False
)


def facts_of(streams: Sequence[str]) -> SelectOfScalar[DecisionFactRow]:
    """What happened in these streams, each in order."""
    row = DecisionFactRow
    return (
        select(row)
        .where(or_(*(col(row.stream) == stream for stream in streams)))
        .order_by(col(row.stream), col(row.version))
    )
