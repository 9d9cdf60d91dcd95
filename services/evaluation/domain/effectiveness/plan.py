"""The plan of an effectiveness evaluation: what is one for all subjects (`domain` §3.8).

plan issued → indicators fixed (before the period) → data frozen (at the cut-off) → … every subject
scored, objected to, final … → ranked → published → applied.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.effectiveness import plan_messages as fact
from services.evaluation.domain.effectiveness.framework import ends_on, framework_of, starts_on
from services.evaluation.domain.effectiveness.ids import plan_id
from services.evaluation.domain.effectiveness.refusals import (
    CutOffTooEarly,
    EffectivenessPlanUnknown,
    EffectivenessStepOutOfOrder,
    IndicatorsFixedTooLate,
    SubjectOutsideRegion,
    SubjectsNotFinal,
    SubjectTwice,
)
from services.evaluation.domain.refusals import AlreadyRecorded, NotItsName, UnitUnknown
from services.evaluation.domain.scores import ranks
from services.evaluation.domain.values import Subject
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessPlan:
    """What has been done; every ranking that was drawn up stays."""

    issued: fact.EffectivenessPlanIssued | None = None
    fixed: fact.IndicatorsFixed | None = None
    frozen: fact.DataFrozen | None = None
    rankings: tuple[fact.EffectivenessRanked, ...] = ()
    published: tuple[fact.EffectivenessPublished, ...] = ()
    applied: fact.EffectivenessApplied | None = None

    @property
    def is_published(self) -> bool:
        """Whether the newest ranking was told to everybody."""
        told = {one.ranking_id for one in self.published}
        return bool(self.rankings) and self.rankings[-1].ranking_id in told

    @property
    def known(self) -> fact.EffectivenessPlanIssued:
        """The plan, or the refusal that there is none."""
        if self.issued is None:
            raise EffectivenessPlanUnknown
        return self.issued


def decide(command: fact.PlanRequest, state: EffectivenessPlan) -> Sequence[fact.PlanEvent]:
    """Facts, silence or a refusal."""
    match command:
        case fact.IssueEffectivenessPlan():
            return _issue(command, state)
        case fact.FixIndicators():
            return _fix(command, state)
        case fact.FreezeData():
            return _freeze(command, state)
        case fact.RankEffectiveness():
            return _rank(command, state)
        case fact.PublishEffectiveness():
            return _publish(command, state)
        case fact.ApplyEffectiveness():
            return _apply(command, state)
        case _:
            assert_never(command)


def _issue(
    command: fact.IssueEffectivenessPlan, state: EffectivenessPlan
) -> Sequence[fact.PlanEvent]:
    if command.cut_off_on < ends_on(command.fiscal_year, command.period):
        raise CutOffTooEarly(pointer="/cut_off_on")
    if len(set(command.subjects)) < len(command.subjects):
        raise SubjectTwice(pointer="/subjects")
    right = plan_id(command.region_code, command.fiscal_year, command.period, command.subject)
    if command.plan_id != right:
        raise NotItsName(expected=right)
    issued = fact.EffectivenessPlanIssued(
        region_code=command.region_code,
        subject=command.subject,
        fiscal_year=command.fiscal_year,
        period=command.period,
        subjects=_subjects(command),
        cut_off_on=command.cut_off_on,
        document_no=command.document_no,
        issued_by=command.by,
        issued_on=business_date(command.now),
    )
    if state.issued is None:
        return [issued]
    same = replace(issued, issued_by=state.issued.issued_by, issued_on=state.issued.issued_on)
    if same == state.issued:
        return []
    raise AlreadyRecorded(document_no=state.issued.document_no)


def _subjects(command: fact.IssueEffectivenessPlan) -> tuple[fact.PlannedSubject, ...]:
    if command.subject is Subject.COUNTY:
        prefix = command.region_code.rstrip("0")
        for code in command.subjects:
            if code == command.region_code or not code.startswith(prefix):
                raise SubjectOutsideRegion(pointer="/subjects", subject=code)
        return tuple(
            fact.PlannedSubject(subject_code=code, region_code=code) for code in command.subjects
        )
    places = {code: (region, department) for code, region, department in command.unit_regions}
    found = []
    for code in command.subjects:
        if code not in places:
            raise UnitUnknown(pointer="/subjects", unit_code=code)
        region, department = places[code]
        if region != command.region_code:
            raise SubjectOutsideRegion(pointer="/subjects", subject=code)
        found.append(
            fact.PlannedSubject(subject_code=code, region_code=region, department_code=department)
        )
    return tuple(found)


def _fix(command: fact.FixIndicators, state: EffectivenessPlan) -> Sequence[fact.PlanEvent]:
    issued = state.known
    if state.fixed is not None:
        return []
    today = business_date(command.now)
    first = starts_on(issued.fiscal_year, issued.period)
    if today >= first:
        raise IndicatorsFixedTooLate(starts_on=first.isoformat(), today=today.isoformat())
    return [
        fact.IndicatorsFixed(
            framework=framework_of(adopted(command.rules), issued.subject, issued.period),
            region_code=issued.region_code,
            subject=issued.subject,
            fiscal_year=issued.fiscal_year,
            period=issued.period,
            cut_off_on=issued.cut_off_on,
            fixed_by=command.by,
            fixed_on=today,
        )
    ]


def _freeze(command: fact.FreezeData, state: EffectivenessPlan) -> Sequence[fact.PlanEvent]:
    issued = state.known
    if state.frozen is not None:
        return []
    today = business_date(command.now)
    if state.fixed is None or today <= issued.cut_off_on:
        raise EffectivenessStepOutOfOrder(step="DATA_FROZEN")
    return [fact.DataFrozen(cut_off_on=issued.cut_off_on, figures=command.figures, frozen_on=today)]


def _rank(command: fact.RankEffectiveness, state: EffectivenessPlan) -> Sequence[fact.PlanEvent]:
    issued = state.known
    final = {one.subject_code: one for one in command.finals}
    if missing := [one.subject_code for one in issued.subjects if one.subject_code not in final]:
        raise SubjectsNotFinal(subjects=missing[:20])
    ordered = sorted(final.values(), key=lambda one: (-one.score, one.subject_code))
    places = ranks([one.score for one in ordered])
    previous = dict(command.previous)
    rows = tuple(
        fact.RankedEffectiveness(
            subject_code=one.subject_code,
            score=one.score,
            rank=rank,
            duties=one.duties,
            previous_rank=previous.get(one.subject_code),
        )
        for one, rank in zip(ordered, places, strict=True)
    )
    last = state.rankings[-1] if state.rankings else None
    if last is not None and last.rows == rows:
        return []
    if last is not None and not state.is_published:
        last = None if len(state.rankings) == 1 else state.rankings[-2]
    return [
        fact.EffectivenessRanked(
            ranking_id=f"{command.plan_id}-{len(state.rankings) + 1}",
            rows=rows,
            ranked_by=command.by,
            ranked_on=business_date(command.now),
            corrects=last.ranking_id if last else "",
        )
    ]


def _publish(
    command: fact.PublishEffectiveness, state: EffectivenessPlan
) -> Sequence[fact.PlanEvent]:
    _ = state.known
    if state.is_published:
        return []
    if not state.rankings:
        raise EffectivenessStepOutOfOrder(step="PUBLISHED")
    return [
        fact.EffectivenessPublished(
            ranking_id=state.rankings[-1].ranking_id,
            document_no=command.document_no,
            published_by=command.by,
            published_on=business_date(command.now),
        )
    ]


def _apply(command: fact.ApplyEffectiveness, state: EffectivenessPlan) -> Sequence[fact.PlanEvent]:
    _ = state.known
    applied = fact.EffectivenessApplied(
        document_no=command.document_no,
        use=command.use,
        applied_by=command.by,
        applied_on=business_date(command.now),
    )
    if state.applied is not None:
        if (state.applied.document_no, state.applied.use) == (command.document_no, command.use):
            return []
        raise AlreadyRecorded(document_no=state.applied.document_no)
    if not state.is_published:
        raise EffectivenessStepOutOfOrder(step="APPLIED")
    return [applied]
