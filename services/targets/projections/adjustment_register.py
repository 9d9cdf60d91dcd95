"""Changes of approved targets, with the money or alone: asked, signed, decided, taken back."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.adjustment_words import AdjustmentCause
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
    TargetAdjustmentWithdrawn,
    TargetValuesProposed,
)
from services.targets.projections import Table
from services.targets.projections.stored_json import stored
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put, Set


class AdjustmentRow(Table, table=True):
    """An adjustment of a target; the change is signed."""

    __tablename__ = "adjustment_register"

    adjustment_id: str = Field(primary_key=True)
    target_id: str = Field(default="", index=True)
    status: str = Field(default="REQUESTED", index=True)
    kind: str = ""
    change_fen: int = Field(default=0, sa_type=BigInteger)
    budget_fen: int = Field(default=0, sa_type=BigInteger)
    budget_before_fen: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = ""
    proposed_by: str = ""
    proposed_values_json: str = "{}"
    remark: str = ""
    decided_on: date | None = None
    cause: str | None = None
    evidence_json: str = "[]"
    offices_json: str = "[]"
    lowers_key_expenditure: bool = False
    changes_total_budget: bool = False
    rule_set_version: int = 0
    rules_region: str = ""
    partner_project: str = ""
    partner_adjustment_id: str = ""
    signed_by: str = ""
    target_version: int | None = None


class AdjustmentSignatureRow(Table, table=True):
    """The signature of an office."""

    __tablename__ = "adjustment_signatures"

    adjustment_id: str = Field(primary_key=True)
    office: str = Field(primary_key=True)
    signed_by: str
    signed_on: date
    target_values_json: str = "null"
    reason: str = ""
    authority: str = ""
    document_no: str = ""
    decided_on: date | None = None
    sha256: str = ""


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes. A refusal may be the first that is known of an adjustment."""
    match recorded.event:
        case TargetAdjustmentRequested() as event:
            yield from _known(event.adjustment_id, **_requested(recorded.id, event))
        case TargetValuesProposed() as event:
            yield from _known(
                event.adjustment_id,
                proposed_values_json=stored(event.proposed_values),
                cause=AdjustmentCause.BUDGET_CHANGED.value,
                evidence_json=stored(event.evidence),
            )
        case TargetAdjustmentSigned() as event:
            yield Put(AdjustmentSignatureRow, _signed(recorded, event))
        case TargetAdjustmentWithdrawn(adjustment_id=recalled):
            yield from _known(
                recalled, status="WITHDRAWN", decided_on=business_date(recorded.occurred_at)
            )
        case TargetAdjusted(undoes=undone) as event if undone:
            yield from _known(undone, status="UNDONE", remark=event.reason)
        case TargetAdjusted() as event:
            yield from _known(
                event.adjustment_id,
                status="APPROVED",
                budget_before_fen=event.budget_before.fen,
                budget_fen=event.budget.fen,
                decided_on=event.adjusted_on,
                target_version=event.target_version,
            )
        case TargetAdjustmentRefused() as event:
            yield from _known(
                event.adjustment_id,
                target_id=recorded.id,
                status="REFUSED",
                remark=event.reason,
                decided_on=business_date(recorded.occurred_at),
            )
        case _:
            return


def _requested(target_id: str, event: TargetAdjustmentRequested) -> dict[str, object]:
    return {
        "target_id": target_id,
        "kind": event.kind,
        "change_fen": event.change.fen,
        "budget_fen": event.budget.fen,
        "reason": event.reason,
        "proposed_by": event.proposed_by,
        "proposed_values_json": stored(event.proposed_values),
        "cause": event.cause.value if event.cause else None,
        "evidence_json": stored(event.evidence),
        "offices_json": stored(event.offices),
        "lowers_key_expenditure": event.lowers_key_expenditure,
        "changes_total_budget": event.changes_total_budget,
        "rule_set_version": event.rule_set_version,
        "rules_region": event.rules_region,
        "partner_project": event.partner.project_code,
        "partner_adjustment_id": event.partner.adjustment_id,
        "signed_by": event.signed_by,
    }


def _signed(recorded: AnyRecorded, event: TargetAdjustmentSigned) -> dict[str, object]:
    document = event.document
    return {
        "adjustment_id": event.adjustment_id,
        "office": event.office.value,
        "signed_by": event.signed_by,
        "signed_on": business_date(recorded.occurred_at),
        "target_values_json": stored(event.target_values),
        "reason": event.reason,
        "authority": document.authority if document else "",
        "document_no": document.document_no if document else "",
        "decided_on": document.decided_on if document else None,
        "sha256": document.sha256 if document else "",
    }


def _known(adjustment_id: str, **values: object) -> Iterable[Change]:
    key = {"adjustment_id": adjustment_id}
    yield Add(AdjustmentRow, key, {"change_fen": 0})
    yield Set(AdjustmentRow, key, values)


adjustment_register = Projection(
    name="adjustment_register",
    streams=frozenset({"target"}),
    tables=(AdjustmentRow, AdjustmentSignatureRow),
    project=project,
)


def adjustments(target_id: str) -> SelectOfScalar[AdjustmentRow]:
    """The adjustments of a target."""
    return select(AdjustmentRow).where(col(AdjustmentRow.target_id) == target_id)


def adjustment(target_id: str, adjustment_id: str) -> SelectOfScalar[AdjustmentRow]:
    """One adjustment of a target."""
    return adjustments(target_id).where(col(AdjustmentRow.adjustment_id) == adjustment_id)


def signatures(adjustment_id: str) -> SelectOfScalar[AdjustmentSignatureRow]:
    """Who signed an adjustment, by office."""
    row = AdjustmentSignatureRow
    return (
        select(row).where(col(row.adjustment_id) == adjustment_id).order_by(col(row.office).desc())
    )
