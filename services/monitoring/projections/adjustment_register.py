"""The adjustment register: every proposal, who agreed, and the way it took, step by step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import adjustment as fact
from services.monitoring.domain.adjustment import AdjustmentStatus
from services.monitoring.domain.ledger.events import QuotaFrozen
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set

STEPS: Final = (
    "PROPOSED",
    "FROZEN",
    "PAIRED",
    "SIGNED",
    "REFUSED",
    "APPROVED",
    "TARGET_VERSION_BUMPED",
    "EXECUTED",
    "FAILED_EXECUTION",
    "SUSPENSION_ENDED",
    "REPORTED",
    "CLOSED",
)
"""In the order in which they come where several have the same moment (ADR 0018)."""

type PoolLine = tuple[str, str, str, Mapping[str, int]]
"""Region, kind of fund, flag of direct funds; and fen by kind of adjustment."""


class AdjustmentRow(Table, table=True):
    """One adjustment of money and target."""

    __tablename__ = "adjustment_register"

    adjustment_id: str = Field(primary_key=True)
    project_code: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    kind: str
    change_fen: int = Field(sa_type=BigInteger)
    budget_fen: int = Field(sa_type=BigInteger)
    transfer_to: str | None = None
    reason: str
    status: str
    refused_because: str = ""
    proposed_on: date
    version: int
    proposed_by: str = ""
    held_fen: int = Field(default=0, sa_type=BigInteger)
    bodies: list[str] = Field(default_factory=list, sa_type=JSON)
    rule_set_version: int = 0
    rules_region: str = ""
    lowers_key_expenditure: bool = False
    changes_total_budget: bool = False
    partner_project: str = ""
    partner_adjustment_id: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = ""
    target_version: int = 0
    suspension_ended_on: date | None = None


class ApprovalRow(Table, table=True):
    """A body that agreed to an adjustment."""

    __tablename__ = "adjustment_approvals"

    adjustment_id: str = Field(primary_key=True)
    body: str = Field(primary_key=True)
    signed_by: str
    authority: str = ""
    document_no: str = ""
    decided_on: date | None = None
    sha256: str = ""


class StepRow(Table, table=True):
    """One step of an adjustment; its moment is a text, in UTC, so that it sorts as it happened."""

    __tablename__ = "adjustment_steps"

    adjustment_id: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    place: int
    at: str
    actor: str
    fact: str
    follows_from: str
    note: str = ""


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    event = recorded.event
    match event:
        case QuotaFrozen(adjustment=True, freeze_id=key, amount=amount):
            yield Set(AdjustmentRow, {"adjustment_id": key}, {"held_fen": amount.fen})
            yield _step(recorded, "FROZEN", note=str(amount), of=key)
        case fact.AdjustmentProposed():
            yield Put(AdjustmentRow, _proposed(recorded, event))
            yield _step(recorded, "PROPOSED", by=event.proposed_by, note=event.reason)
        case fact.AdjustmentSigned():
            yield Put(ApprovalRow, _approval(recorded.id, event))
            yield _moved(recorded, AdjustmentStatus.UNDER_REVIEW)
            note = " ".join(filter(None, (event.body, event.authority, event.document_no)))
            yield _step(recorded, "SIGNED", by=event.signed_by, note=note)
        case (
            fact.AdjustmentTargetPaired()
            | fact.AdjustmentApproved()
            | fact.AdjustmentExecuted()
            | fact.AdjustmentFailed()
            | fact.AdjustmentRefused()
        ):
            yield from _followed(recorded, event)
        case fact.SuspensionEnded() | fact.AdjustmentReported() | fact.AdjustmentClosed():
            yield from _done(recorded, event)
        case _:
            return


def _followed(recorded: Recorded[Any], event: fact.AdjustmentEvent) -> Iterable[Change]:
    """What the other service decided, and what became of the money."""
    match event:
        case fact.AdjustmentTargetPaired(bodies=bodies, rule_set_version=number):
            rules = {"rule_set_version": number, "rules_region": event.rules_region}
            yield _moved(recorded, AdjustmentStatus.PAIRED, bodies=list(bodies), **rules)
            yield _step(recorded, "PAIRED", note="、".join(bodies))
        case fact.AdjustmentApproved(target_version=number):
            yield _moved(recorded, AdjustmentStatus.APPROVED, target_version=number)
            yield _step(recorded, "APPROVED")
            yield _step(recorded, "TARGET_VERSION_BUMPED", note=str(number))
        case fact.AdjustmentExecuted(budget=budget, kind=kind):
            values: dict[str, object] = {"budget_fen": budget.fen}
            if kind is not fact.AdjustmentKind.SUSPENSION:
                values["held_fen"] = 0
            yield _moved(recorded, AdjustmentStatus.EXECUTED, **values)
            yield _step(recorded, "EXECUTED", note=str(event.change))
        case fact.AdjustmentFailed(reason=reason):
            failed = AdjustmentStatus.FAILED_EXECUTION
            yield _moved(recorded, failed, held_fen=0, refused_because=reason)
            yield _step(recorded, "FAILED_EXECUTION", note=reason)
        case fact.AdjustmentRefused(reason=reason):
            refused = AdjustmentStatus.REFUSED
            yield _moved(recorded, refused, held_fen=0, refused_because=reason)
            yield _step(recorded, "REFUSED", note=reason)
        case _:
            return


def _done(recorded: Recorded[Any], event: fact.AdjustmentEvent) -> Iterable[Change]:
    """What people did when it was carried out."""
    match event:
        case fact.SuspensionEnded(ended_on=day, reason=reason):
            ended = {"suspension_ended_on": day, "held_fen": 0, "version": recorded.version}
            yield Set(AdjustmentRow, {"adjustment_id": recorded.id}, ended)
            yield _step(recorded, "SUSPENSION_ENDED", by=event.ended_by, note=reason)
        case fact.AdjustmentReported(reported_to=whom, document_no=document):
            yield _moved(recorded, AdjustmentStatus.REPORTED)
            yield _step(recorded, "REPORTED", note=f"{whom} {document}")
        case fact.AdjustmentClosed():
            yield _moved(recorded, AdjustmentStatus.CLOSED)
            yield _step(recorded, "CLOSED")
        case _:
            return


def _proposed(recorded: Recorded[Any], event: fact.AdjustmentProposed) -> Mapping[str, object]:
    project = event.project
    return AdjustmentRow(
        adjustment_id=recorded.id,
        project_code=project.code,
        fiscal_year=project.fiscal_year,
        region_code=project.region_code,
        department_code=project.department_code,
        unit_code=project.unit_code,
        kind=event.kind.value,
        change_fen=event.change.fen,
        budget_fen=event.budget.fen,
        transfer_to=event.transfer_to,
        reason=event.reason,
        status=AdjustmentStatus.PROPOSED.value,
        proposed_on=event.proposed_on,
        version=recorded.version,
        proposed_by=event.proposed_by,
        lowers_key_expenditure=event.lowers_key_expenditure,
        changes_total_budget=event.changes_total_budget,
        partner_project=event.partner_project,
        partner_adjustment_id=event.partner_adjustment_id,
        fund_type_code=event.fund_type_code,
        direct_fund_flag=event.direct_fund_flag,
    ).model_dump()


def _approval(adjustment_id: str, event: fact.AdjustmentSigned) -> Mapping[str, object]:
    return ApprovalRow(
        adjustment_id=adjustment_id,
        body=event.body,
        signed_by=event.signed_by,
        authority=event.authority,
        document_no=event.document_no,
        decided_on=event.decided_on,
        sha256=event.sha256,
    ).model_dump()


def _moved(recorded: Recorded[Any], status: AdjustmentStatus, **values: object) -> Change:
    told = {"status": status.value, "version": recorded.version, **values}
    return Set(AdjustmentRow, {"adjustment_id": recorded.id}, told)


def _step(
    recorded: Recorded[Any], step: str, *, by: str = "", note: str = "", of: str = ""
) -> Change:
    row = StepRow(
        adjustment_id=of or recorded.id,
        event_id=str(recorded.event_id),
        step=step,
        place=STEPS.index(step),
        at=recorded.occurred_at.astimezone(UTC).isoformat(timespec="microseconds"),
        actor=by or recorded.actor,
        fact=type(recorded.event).__name__,
        follows_from=recorded.causation_id,
        note=note,
    )
    return Put(StepRow, row.model_dump())


adjustment_register: Final = Projection(
    name="adjustment_register",
    streams=frozenset({"adjustment", "ledger"}),
    tables=(AdjustmentRow, ApprovalRow, StepRow),
    project=_fold,
)


def adjustment(adjustment_id: str) -> SelectOfScalar[AdjustmentRow]:
    """One adjustment."""
    return select(AdjustmentRow).where(AdjustmentRow.adjustment_id == adjustment_id)


def adjustments(fiscal_year: int, status: str | None = None) -> SelectOfScalar[AdjustmentRow]:
    """The adjustments of a year, in one status if asked for."""
    query = select(AdjustmentRow).where(AdjustmentRow.fiscal_year == fiscal_year)
    return query if status is None else query.where(col(AdjustmentRow.status) == status)


def approvals(adjustment_id: str) -> SelectOfScalar[ApprovalRow]:
    """Who agreed to an adjustment."""
    mine = select(ApprovalRow).where(ApprovalRow.adjustment_id == adjustment_id)
    return mine.order_by(col(ApprovalRow.body))


def steps(adjustment_id: str) -> SelectOfScalar[StepRow]:
    """The way of an adjustment, in its order."""
    mine = select(StepRow).where(StepRow.adjustment_id == adjustment_id)
    return mine.order_by(col(StepRow.at), col(StepRow.place), col(StepRow.event_id))


def executed(fiscal_year: int) -> SelectOfScalar[AdjustmentRow]:
    """What was carried out in a year."""
    carried_out = ("EXECUTED", "REPORTED", "CLOSED")
    return adjustments(fiscal_year).where(col(AdjustmentRow.status).in_(carried_out))


def pools(rows: Sequence[AdjustmentRow]) -> Sequence[PoolLine]:
    """What was carried out, by the pool of one fund nature; a transfer stays inside of it."""
    sums: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        pool = (row.region_code, row.fund_type_code, row.direct_fund_flag)
        sums[pool][row.kind] += row.change_fen
    return [(*pool, dict(kinds)) for pool, kinds in sorted(sums.items())]
