"""The policy library "1+2+N" and the steps that each document rules."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import JSON, Field, col, func, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.policy import (
    Document,
    PolicyAmended,
    PolicyDrafted,
    PolicyIssued,
    PolicyRepealed,
    PolicySuperseded,
)
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

DRAFT: Final = "DRAFT"
ISSUED: Final = "ISSUED"
SUPERSEDED: Final = "SUPERSEDED"
REPEALED: Final = "REPEALED"


class PolicyRow(Table, table=True):
    """A document; in force from `effective_on` until the day before `ended_on`."""

    __tablename__ = "policy_register"

    policy_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    layer: str
    title: str
    document_no: str
    issuer: str
    steps: list[str] = Field(sa_type=JSON)
    status: str = DRAFT
    issued_on: date | None = None
    effective_on: date | None = None
    amended_on: date | None = None
    ended_on: date | None = None
    superseded_by: str | None = None
    version: int


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case PolicyDrafted(document=document):
            yield _drafted(recorded, document)
        case PolicyIssued(issued_on=issued_on, effective_on=effective_on):
            yield _set(recorded, status=ISSUED, issued_on=issued_on, effective_on=effective_on)
        case PolicyAmended(steps=steps, effective_on=effective_on):
            yield _set(recorded, steps=[step.value for step in steps], amended_on=effective_on)
        case PolicySuperseded(superseded_by=successor, ends_on=ends_on):
            yield _set(recorded, status=SUPERSEDED, superseded_by=successor, ended_on=ends_on)
        case PolicyRepealed(ends_on=ends_on):
            yield _set(recorded, status=REPEALED, ended_on=ends_on)
        case _:
            return


def _drafted(recorded: AnyRecorded, document: Document) -> Change:
    return Put(
        PolicyRow,
        {
            "policy_id": document.policy_id,
            "region_code": document.region_code,
            "layer": document.layer.value,
            "title": document.title,
            "document_no": document.document_no,
            "issuer": document.issuer,
            "steps": [step.value for step in document.steps],
            "version": recorded.version,
        },
    )


def _set(recorded: AnyRecorded, **values: object) -> Change:
    return Set(PolicyRow, {"policy_id": recorded.id}, {**values, "version": recorded.version})


policy_register = Projection(name="policy_register", tables=(PolicyRow,), project=_project)


def policies(span: Span) -> SelectOfScalar[PolicyRow]:
    """Every document, whatever its state."""
    return select(PolicyRow).where(span.regions(PolicyRow.region_code))


def policies_in_force(span: Span) -> SelectOfScalar[PolicyRow]:
    """The documents in force at the end of the year, or on the day asked for before."""
    day = min(span.as_of, span.year_end)
    return policies(span).where(
        col(PolicyRow.effective_on) <= day,
        or_(col(PolicyRow.ended_on).is_(None), col(PolicyRow.ended_on) > day),
    )


def in_force_by_layer(span: Span) -> Select[str, int]:
    """How many documents are in force in each layer."""
    day = min(span.as_of, span.year_end)
    return (
        select(PolicyRow.layer, func.count())
        .where(
            span.regions(PolicyRow.region_code),
            col(PolicyRow.effective_on) <= day,
            or_(col(PolicyRow.ended_on).is_(None), col(PolicyRow.ended_on) > day),
        )
        .group_by(col(PolicyRow.layer))
    )
