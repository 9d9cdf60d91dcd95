"""The quota book: every document with what it says in national fields, and every freeze."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.quota_line import QuotaLine
from services.monitoring.projections import Table
from services.monitoring.projections.postings import PostingKind
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class QuotaDocumentRow(Table, table=True):
    """One document. `change_fen` is what it added to the quota; negative: took away."""

    __tablename__ = "quota_documents"

    ledger_id: str = Field(primary_key=True)
    document_no: str = Field(primary_key=True)
    kind: str
    change_fen: int = Field(sa_type=BigInteger)
    dated_on: date
    reason: str = ""
    bgt_id: str = ""
    sup_bgt_doc_no: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = ""
    found_type_code: str = ""
    source_type_code: str = ""


class FreezeRow(Table, table=True):
    """One freeze: `until_on` is its last day, `ended_on` when it was let go or taken."""

    __tablename__ = "freeze_register"

    ledger_id: str = Field(primary_key=True)
    freeze_id: str = Field(primary_key=True)
    amount_fen: int = Field(sa_type=BigInteger)
    reason: str
    frozen_on: date
    until_on: date | None = None
    adjustment: bool = False
    ended_on: date | None = None
    expired: bool = False


type Documented = fact.QuotaIssued | fact.QuotaAmended | fact.QuotaRecalled


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    day = business_date(recorded.effective_at)
    match recorded.event:
        case fact.QuotaIssued() | fact.QuotaAmended() | fact.QuotaRecalled() as event:
            yield Put(QuotaDocumentRow, {"ledger_id": recorded.id, **_document(event)})
        case fact.QuotaFrozen() as event:
            row = FreezeRow(
                ledger_id=recorded.id,
                freeze_id=event.freeze_id,
                amount_fen=event.amount.fen,
                reason=event.reason,
                frozen_on=day,
                until_on=event.until_on,
                adjustment=event.adjustment,
            )
            yield Put(FreezeRow, row.model_dump())
        case fact.QuotaReleased(freeze_id=key, expired=expired):
            yield _ended(recorded.id, key, day, expired=expired)
        case fact.QuotaAdjusted(adjustment_id=key, from_frozen=held) if held:
            yield _ended(recorded.id, key, day, expired=False)
        case _:
            return


_LINE: Final = tuple(field.name for field in fields(QuotaLine))


def _document(event: Documented) -> dict[str, object]:
    # Of texts alone: nothing in it has to be copied.
    line = {name: getattr(event.line, name) for name in _LINE}
    line["document_no"] = event.document_no
    match event:
        case fact.QuotaIssued(amount=amount, issued_on=day):
            kind, change, reason = PostingKind.ISSUED, amount.fen, ""
        case fact.QuotaAmended(change=amount, amended_on=day, reason=reason):
            kind, change = PostingKind.AMENDED, amount.fen
        case fact.QuotaRecalled(amount=amount, recalled_on=day, reason=reason):
            kind, change = PostingKind.RECALLED, -amount.fen
    return {**line, "kind": kind.value, "change_fen": change, "dated_on": day, "reason": reason}


def _ended(ledger_id: str, freeze_id: str, day: date, *, expired: bool) -> Change:
    key = {"ledger_id": ledger_id, "freeze_id": freeze_id}
    return Set(FreezeRow, key, {"ended_on": day, "expired": expired})


quota_book: Final = Projection(
    name="quota_book",
    streams=frozenset({"ledger"}),
    tables=(QuotaDocumentRow, FreezeRow),
    project=_fold,
    money=True,
)


def documents(ledger_id: str) -> SelectOfScalar[QuotaDocumentRow]:
    """The quota documents of one ledger."""
    return select(QuotaDocumentRow).where(QuotaDocumentRow.ledger_id == ledger_id)


def freezes(ledger_id: str) -> SelectOfScalar[FreezeRow]:
    """The freezes of one ledger."""
    return select(FreezeRow).where(FreezeRow.ledger_id == ledger_id)
