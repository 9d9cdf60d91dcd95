"""Groups of programmes that overlap or are fragments, and what was decided of them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.duplicates import messages as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class DuplicateRow(Table, table=True):
    """One group."""

    __tablename__ = "duplicate_groups"

    group_id: str = Field(primary_key=True)
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    kind: str
    status: str
    members: list[str] = Field(default_factory=list, sa_type=JSON)
    pairs: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    amount_fen: int = Field(sa_type=BigInteger)
    likeness: Decimal
    reason: str
    disposition: str = ""
    keeps: str = ""
    decision: str = ""
    proposed_on: date
    decided_on: date | None = None
    rule_set_version: int = 0
    legal_basis: str = ""
    streams: list[str] = Field(default_factory=list, sa_type=JSON)
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.DuplicatesProposed() as event:
            yield Put(DuplicateRow, _proposed(recorded, event))
        case fact.DuplicatesDecided() as event:
            decided = event.disposition
            yield _set(
                recorded,
                status="RESTRUCTURE" if decided else "LEFT",
                disposition=decided.value if decided else "",
                keeps=event.keeps,
                decision=event.reason,
                decided_on=event.decided_on,
            )
        case fact.DuplicatesClosed():
            yield _set(recorded, status="CLOSED")
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"group_id": recorded.id}
    return Set(DuplicateRow, key, {**values, "version": recorded.version})


def _proposed(recorded: AnyRecorded, event: fact.DuplicatesProposed) -> dict[str, object]:
    pairs = [
        {
            "one": pair.one,
            "other": pair.other,
            "names": str(pair.names),
            "same_unit": pair.same_unit,
            "same_function": pair.same_function,
        }
        for pair in event.pairs
    ]
    return {
        "group_id": recorded.id,
        "fiscal_year": event.fiscal_year,
        "region_code": event.region_code,
        "kind": event.kind.value,
        "status": "PROPOSED",
        "members": list(event.project_codes),
        "pairs": pairs,
        "amount_fen": event.amount.fen,
        "likeness": min(pair.names for pair in event.pairs),
        "reason": event.reason,
        "proposed_on": event.proposed_on,
        "rule_set_version": event.grounds.rule_set_version,
        "legal_basis": event.grounds.legal_basis,
        "streams": list(event.grounds.streams),
        "version": recorded.version,
    }


duplicate_groups: Final = Projection(
    name="duplicate_groups",
    streams=frozenset({"duplicates"}),
    tables=(DuplicateRow,),
    project=_fold,
)


def group(group_id: str) -> SelectOfScalar[DuplicateRow]:
    """One group."""
    return select(DuplicateRow).where(DuplicateRow.group_id == group_id)


def groups(*, fiscal_year: int | None, status: str | None) -> SelectOfScalar[DuplicateRow]:
    """Those that match everything asked for."""
    query = select(DuplicateRow)
    if fiscal_year is not None:
        query = query.where(col(DuplicateRow.fiscal_year) == fiscal_year)
    return query if status is None else query.where(col(DuplicateRow.status) == status)
