"""What is asked of the policy library: which documents bind on a day, and which steps they rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import and_, col, func, not_, select, tuple_
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.values import Layer, Step
from services.disclosure.projections.policy_register import (
    DRAFT,
    LEGALITY_REVIEWED,
    PolicyRow,
    PolicyStepRow,
    PolicyVersionRow,
    folded,
)
from services.disclosure.projections.span import Span


class PolicyStatus(StrEnum):
    """What a document is on a day (`domain` §3.12). An AMENDED one binds as it was before."""

    DRAFT = DRAFT
    LEGALITY_REVIEWED = LEGALITY_REVIEWED
    ISSUED = "ISSUED"
    EFFECTIVE = "EFFECTIVE"
    AMENDED = "AMENDED"
    SUPERSEDED = "SUPERSEDED"
    REPEALED = "REPEALED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which documents are looked for; nothing narrows nothing."""

    words: str = ""
    status: PolicyStatus | None = None
    layer: Layer | None = None
    step: Step | None = None
    in_force: bool = False


def day_of(span: Span) -> date:
    """The day that a question is about: the end of the year, or the day asked for before."""
    return min(span.as_of, span.year_end)


def status_on(row: PolicyRow, day: date) -> PolicyStatus:
    """What a document is on a day."""
    if row.effective_on is None:
        return PolicyStatus(row.stage)
    if row.ended_on is not None and row.ended_on <= day:
        return PolicyStatus.SUPERSEDED if row.superseded_by else PolicyStatus.REPEALED
    if day < row.effective_on:
        return PolicyStatus.ISSUED
    if row.amended_on is not None and day < row.amended_on:
        return PolicyStatus.AMENDED
    return PolicyStatus.EFFECTIVE


def policies(span: Span) -> SelectOfScalar[PolicyRow]:
    """Every document, whatever its state."""
    return select(PolicyRow).where(span.regions(PolicyRow.region_code))


def policies_sought(span: Span, sought: Sought) -> SelectOfScalar[PolicyRow]:
    """The documents that have every word, the state, the layer and the step asked for."""
    day = day_of(span)
    rows = policies(span)
    for word in sought.words.split():
        rows = rows.where(func.strpos(col(PolicyRow.searched), folded(word)) > 0)
    if sought.in_force:
        rows = rows.where(_in_force(day))
    if sought.status is not None:
        rows = rows.where(_has_status(sought.status, day))
    if sought.layer is not None:
        rows = rows.where(col(PolicyRow.layer) == sought.layer.value)
    if sought.step is not None:
        ruling = _ruling(day).where(
            col(PolicyStepRow.policy_id) == col(PolicyRow.policy_id),
            col(PolicyStepRow.step) == sought.step.value,
        )
        rows = rows.where(ruling.exists())
    return rows


def policies_in_force(span: Span) -> SelectOfScalar[PolicyRow]:
    """The documents in force at the end of the year, or on the day asked for before."""
    return policies(span).where(_in_force(day_of(span)))


def in_force_by_layer(span: Span) -> Select[str, int]:
    """How many documents are in force in each layer."""
    return (
        select(PolicyRow.layer, func.count())
        .where(span.regions(PolicyRow.region_code), _in_force(day_of(span)))
        .group_by(col(PolicyRow.layer))
    )


def steps_in_force(span: Span) -> Select[str, str]:
    """Every step with every document in force that rules it on the day: (policy, step)."""
    day = day_of(span)
    in_force = policies_in_force(span).with_only_columns(col(PolicyRow.policy_id))
    rows: Any = _ruling(day).where(col(PolicyStepRow.policy_id).in_(in_force))
    ordered: Select[str, str] = rows.order_by(col(PolicyStepRow.step), col(PolicyStepRow.policy_id))
    return ordered


def steps_of(policy_ids: Sequence[str], day: date) -> Select[str, str]:
    """The steps that these documents rule on the day, in force or not: (policy, step)."""
    rows: Any = _ruling(day).where(col(PolicyStepRow.policy_id).in_(policy_ids))
    found: Select[str, str] = rows
    return found


def policy(policy_id: str) -> SelectOfScalar[PolicyRow]:
    """One document."""
    return select(PolicyRow).where(PolicyRow.policy_id == policy_id)


def versions_of(policy_id: str) -> SelectOfScalar[PolicyVersionRow]:
    """Its versions, the first one first."""
    rows = select(PolicyVersionRow).where(PolicyVersionRow.policy_id == policy_id)
    return rows.order_by(col(PolicyVersionRow.number))


def mappings_of(policy_id: str) -> SelectOfScalar[PolicyStepRow]:
    """Every change of what it rules, by step and day."""
    rows = select(PolicyStepRow).where(PolicyStepRow.policy_id == policy_id)
    return rows.order_by(col(PolicyStepRow.step), col(PolicyStepRow.from_on))


def _ruling(day: date) -> Any:  # noqa: ANN401 - a select of (policy, step)
    """The last word about a step until the day, where it says that the document rules it."""
    row: Any = PolicyStepRow
    last = (
        select(row.policy_id, row.step, func.max(row.from_on))
        .where(row.from_on <= day)
        .group_by(row.policy_id, row.step)
    )
    newest = tuple_(row.policy_id, row.step, row.from_on).in_(last)
    return select(row.policy_id, row.step).where(row.ruled, newest)


def _in_force(day: date) -> Any:  # noqa: ANN401 - a condition
    return and_(col(PolicyRow.effective_on) <= day, not_(_ended(day)))


def _ended(day: date) -> Any:  # noqa: ANN401 - a condition
    return and_(col(PolicyRow.ended_on).is_not(None), col(PolicyRow.ended_on) <= day)


def _has_status(status: PolicyStatus, day: date) -> Any:  # noqa: ANN401 - a condition by a table
    """The rows that `status_on` gives this state."""
    waits = and_(col(PolicyRow.amended_on).is_not(None), col(PolicyRow.amended_on) > day)
    replaced = func.coalesce(col(PolicyRow.superseded_by), "") != ""
    match status:
        case PolicyStatus.DRAFT | PolicyStatus.LEGALITY_REVIEWED:
            unissued = col(PolicyRow.effective_on).is_(None)
            return and_(unissued, col(PolicyRow.stage) == status.value)
        case PolicyStatus.ISSUED:
            return col(PolicyRow.effective_on) > day  # and ends on a later one, or never
        case PolicyStatus.EFFECTIVE:
            return and_(_in_force(day), not_(waits))
        case PolicyStatus.AMENDED:
            return and_(_in_force(day), waits)
        case PolicyStatus.SUPERSEDED:
            return and_(_ended(day), replaced)
        case PolicyStatus.REPEALED:
            return and_(_ended(day), not_(replaced))
