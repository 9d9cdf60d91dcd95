"""Effectiveness evaluations: the plans, and where every subject stands with all its points."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.effectiveness import plan_messages as plan
from services.evaluation.domain.effectiveness import subject_messages as fact
from services.evaluation.domain.effectiveness.ids import effectiveness_id
from services.evaluation.domain.values import Subject
from services.evaluation.projections import Table
from services.evaluation.projections.effectiveness_told import (
    extra_told,
    framework_told,
    lines_told,
    total_told,
)
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class EffectivenessPlanRow(Table, table=True):
    """One plan: a region, a period, and a kind of subject."""

    __tablename__ = "effectiveness_plans"

    plan_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    subject: str
    fiscal_year: int = Field(index=True)
    period: str
    cut_off_on: date
    document_no: str
    status: str
    subjects: int
    framework: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    rule_set_version: int = 0
    ranking_id: str = ""
    used_for: str = ""
    version: int = 0


class EffectivenessRow(Table, table=True):
    """One subject of one plan. `region_code` is where the subject is, not who evaluates it."""

    __tablename__ = "effectiveness_board"

    effectiveness_id: str = Field(primary_key=True)
    plan_id: str = Field(index=True)
    subject_code: str
    subject: str
    fiscal_year: int
    period: str
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    status: str
    lines: list[dict[str, Any]] = Field(sa_type=JSON)
    extra: dict[str, Any] = Field(sa_type=JSON)
    total: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    score: Decimal | None = None
    grade: str | None = None
    rank: int | None = None
    previous_rank: int | None = None
    object_by: date | None = None
    objection: str = ""
    answer: str = ""
    rule_set_version: int = 0
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    yield from _of_plan(recorded)
    yield from _of_subject(recorded)


def _of_plan(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case plan.EffectivenessPlanIssued() as event:
            yield _issued(recorded, event)
            yield from (_named(recorded, event, one) for one in event.subjects)
        case plan.IndicatorsFixed(framework=framework):
            yield _plan(
                recorded,
                status="INDICATORS_FIXED",
                framework=framework_told(framework),
                rule_set_version=framework.rule_set_version,
            )
        case plan.DataFrozen():
            yield _plan(recorded, status="DATA_FROZEN")
        case plan.EffectivenessRanked(ranking_id=ranking, rows=rows):
            yield _plan(recorded, status="RANKED", ranking_id=ranking)
            for row in rows:
                key = {"effectiveness_id": effectiveness_id(recorded.id, row.subject_code)}
                ranked = {"rank": row.rank, "previous_rank": row.previous_rank}
                yield Set(EffectivenessRow, key, {"status": "RANKED", **ranked})
        case plan.EffectivenessPublished():
            yield _plan(recorded, status="PUBLISHED")
        case plan.EffectivenessApplied(use=use):
            yield _plan(recorded, status="APPLIED", used_for=use)
        case _:
            return


def _plan(recorded: AnyRecorded, **values: object) -> Change:
    key = {"plan_id": recorded.id}
    return Set(EffectivenessPlanRow, key, {**values, "version": recorded.version})


def _issued(recorded: AnyRecorded, event: plan.EffectivenessPlanIssued) -> Change:
    return Put(
        EffectivenessPlanRow,
        {
            "plan_id": recorded.id,
            "region_code": event.region_code,
            "subject": event.subject.value,
            "fiscal_year": event.fiscal_year,
            "period": event.period.value,
            "cut_off_on": event.cut_off_on,
            "document_no": event.document_no,
            "status": "PLAN_ISSUED",
            "subjects": len(event.subjects),
            "version": recorded.version,
        },
    )


def _named(
    recorded: AnyRecorded, event: plan.EffectivenessPlanIssued, one: plan.PlannedSubject
) -> Change:
    is_unit = event.subject is Subject.BUDGET_UNIT
    return Put(
        EffectivenessRow,
        {
            "effectiveness_id": effectiveness_id(recorded.id, one.subject_code),
            "plan_id": recorded.id,
            "subject_code": one.subject_code,
            "subject": event.subject.value,
            "fiscal_year": event.fiscal_year,
            "period": event.period.value,
            "region_code": one.region_code,
            "department_code": one.department_code,
            "unit_code": one.subject_code if is_unit else "",
            "status": "PLAN_ISSUED",
            "lines": [],
            "extra": {},
        },
    )


def _of_subject(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.EffectivenessComputed(lines=lines, rule_set_version=number):
            told = lines_told(lines)
            yield _set(recorded, status="AUTO_SCORED", lines=told, rule_set_version=number)
        case fact.EffectivenessScored() as event:
            told = lines_told(event.lines)
            extra = extra_told(event.bonuses, event.penalties)
            yield _set(recorded, status="MANUAL_SCORED", lines=told, extra=extra)
        case fact.ObjectionWindowOpened(object_by=day):
            yield _set(recorded, status="OBJECTION_WINDOW", object_by=day)
        case fact.EffectivenessObjected(text=text):
            yield _set(recorded, objection=text)
        case fact.ObjectionWindowClosed():
            yield _set(recorded)
        case fact.EffectivenessObjectionDecided(reason=reason, lines=lines):
            yield _set(recorded, answer=reason, lines=lines_told(lines))
        case fact.EffectivenessConcluded() as event:
            yield _set(recorded, status="FINAL", **_result(event))
        case fact.EffectivenessCorrected(result=event, lines=lines):
            yield _set(recorded, status="FINAL", lines=lines_told(lines), **_result(event))
        case _:
            return


def _result(event: fact.EffectivenessConcluded) -> dict[str, object]:
    return {
        "score": event.total.score,
        "grade": event.grade.value,
        "total": total_told(event.total, event.units),
    }


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"effectiveness_id": recorded.id}
    return Set(EffectivenessRow, key, {**values, "version": recorded.version})


effectiveness_board: Final = Projection(
    name="effectiveness_board",
    streams=frozenset({"effectiveness", "effectiveness_plan"}),
    tables=(EffectivenessPlanRow, EffectivenessRow),
    project=_fold,
)


def plans(*, fiscal_year: int | None) -> SelectOfScalar[EffectivenessPlanRow]:
    """All plans of a year."""
    query = select(EffectivenessPlanRow)
    if fiscal_year is None:
        return query
    return query.where(col(EffectivenessPlanRow.fiscal_year) == fiscal_year)


def plan_row(plan_id: str) -> SelectOfScalar[EffectivenessPlanRow]:
    """One plan."""
    return select(EffectivenessPlanRow).where(EffectivenessPlanRow.plan_id == plan_id)


def standings(
    *, plan_id: str | None = None, status: str | None = None
) -> SelectOfScalar[EffectivenessRow]:
    """Every subject of a plan, or of all."""
    query = select(EffectivenessRow)
    if plan_id is not None:
        query = query.where(EffectivenessRow.plan_id == plan_id)
    return query if status is None else query.where(EffectivenessRow.status == status)


def standing(effectiveness: str) -> SelectOfScalar[EffectivenessRow]:
    """One subject of one plan."""
    return select(EffectivenessRow).where(EffectivenessRow.effectiveness_id == effectiveness)
