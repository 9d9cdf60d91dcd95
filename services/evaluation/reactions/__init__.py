"""Words heard → commands; terms that pass → commands."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.evaluation.domain.adopted_rules import AdoptRules
from services.evaluation.domain.appraisal_messages import NoteInflation
from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.self_evaluation.messages import (
    OpenSelfEvaluation,
    Project,
    ReviseTarget,
)
from services.evaluation.domain.unit import NoteApprovedBudget, RegisterUnit
from services.evaluation.domain.values import Indicator, Level1, Operator, Scheme
from services.evaluation.domain.watched import (
    NoteNodeScore,
    NoteOnUnitAccount,
    NotePaid,
    NoteWarningClosed,
)
from services.evaluation.reactions import judging as judging
from services.evaluation.reactions.clues import HEARS_CLUES, clues
from services.evaluation.reactions.cut import (
    CUTS_HEAR,
    cut_due,
    hear_of_applications,
    schedule_cut,
)
from services.evaluation.reactions.funds import FUNDS_HEARS, hear_of_funds
from services.evaluation.reactions.linkage import (
    LINKAGE_HEARS,
    hear_of_budgets,
    linkage_due,
    schedule_linkage,
)
from services.evaluation.reactions.recovery import (
    hear_of_recoveries,
    recovery_due,
    schedule_recovery,
)
from services.evaluation.reactions.self_evaluation import (
    SELF_EVALUATION_HEARS,
    react_to_self_evaluation,
    schedule_self_evaluation,
    self_evaluation_due,
)
from services.evaluation.reactions.standing import (
    HEARS_STANDING,
    schedule_standing,
    standing_falls_due,
)
from shared.contracts import evaluation, monitoring, targets
from shared.domain.workdays import day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

HEARS: Final = (
    targets.RuleSetAdopted,
    targets.UnitRegistered,
    targets.TargetApproved,
    targets.TargetAdjusted,
    monitoring.PaymentSettled,
    monitoring.PaymentReturned,
    monitoring.PaymentsBooked,
    monitoring.UnitAccountNoted,
    monitoring.MonitoringScored,
    monitoring.WarningClosed,
    monitoring.QuotaWithdrawn,
    monitoring.WithdrawalRefused,
    evaluation.ScoreCorrected,
    *SELF_EVALUATION_HEARS,
    *HEARS_STANDING,
    *HEARS_CLUES,
    *LINKAGE_HEARS,
    *FUNDS_HEARS,
    *CUTS_HEAR,
)
SERVICE: Final = "abacus|evaluation"
_FINDINGS: Final = frozenset(Inflation)  # a decided objection may lift what another one said


def react(heard: AnyHeard) -> Sequence[object]:
    """What a word makes us do; most of it is to remember."""
    if isinstance(heard.word, targets.ResponsibilityAssigned | evaluation.EvidenceReused):
        return react_to_self_evaluation(heard.word, SERVICE, heard.said_at)
    return [
        *(_promised(heard) or _paid(heard) or _watched(heard)),
        *clues(heard),
        *hear_of_budgets(heard),
        *hear_of_funds(heard),
        *hear_of_recoveries(heard),
        *hear_of_applications(heard),
        *judging.on_the_roster(heard),
    ]


def _promised(heard: AnyHeard) -> Sequence[object]:
    now = heard.said_at
    match heard.word:
        case targets.RuleSetAdopted() as word:
            return [
                AdoptRules(
                    region_code=word.region_code,
                    fiscal_year=word.fiscal_year,
                    version=word.rule_set_version,
                    legal_basis=word.legal_basis,
                    text=json.dumps(word.rules, ensure_ascii=False, sort_keys=True),
                    by=SERVICE,
                    now=now,
                )
            ]
        case targets.UnitRegistered() as word:
            unit = RegisterUnit(
                unit_code=word.unit_code,
                name=word.name,
                region_code=word.region_code,
                department_code=word.department_code,
                by=SERVICE,
                now=now,
            )
            return [unit, judging.entered(word.region_code, word.unit_code, now)]
        case targets.TargetApproved() as word:
            budget = NoteApprovedBudget(
                unit_code=word.unit_code,
                project_code=word.project_code,
                fiscal_year=word.fiscal_year,
                budget=word.budget,
                by=SERVICE,
                now=now,
            )
            return [OpenSelfEvaluation(project=_project(word), by=SERVICE, now=now), budget]
        case targets.TargetAdjusted() as word:
            return [
                ReviseTarget(
                    project_code=word.project_code,
                    fiscal_year=word.fiscal_year,
                    target_version=word.target_version,
                    budget=word.budget,
                    indicators=_indicators(word.indicators),
                    by=SERVICE,
                    now=now,
                )
            ]
        case _:
            return ()


def _paid(heard: AnyHeard) -> Sequence[object]:
    match heard.word:
        case (
            monitoring.PaymentSettled()
            | monitoring.PaymentReturned()
            | monitoring.PaymentsBooked() as word
        ):
            return [_note_paid(word, heard.said_at, heard.version)]
        case monitoring.UnitAccountNoted() as word:
            return [
                NoteOnUnitAccount(
                    project_code=word.project_code,
                    fiscal_year=word.fiscal_year,
                    amount=word.total,
                    version=heard.version,
                    by=SERVICE,
                    now=heard.said_at,
                )
            ]
        case _:
            return ()


def _note_paid(
    word: monitoring.PaymentSettled | monitoring.PaymentReturned | monitoring.PaymentsBooked,
    now: datetime,
    version: int,
) -> NotePaid:
    return NotePaid(
        project_code=word.project_code,
        fiscal_year=word.fiscal_year,
        paid=word.paid_total,
        region_code=word.region_code,
        unit_code=word.unit_code,
        version=version,
        by=SERVICE,
        now=now,
    )


def _watched(heard: AnyHeard) -> Sequence[object]:
    now = heard.said_at
    match heard.word:
        case monitoring.MonitoringScored() as word:
            return [
                NoteNodeScore(
                    project_code=word.project_code,
                    fiscal_year=word.fiscal_year,
                    node=word.node,
                    score=word.score,
                    level=word.level,
                    by=SERVICE,
                    now=now,
                )
            ]
        case monitoring.WarningClosed() as word:
            return [
                NoteWarningClosed(
                    project_code=word.project_code,
                    fiscal_year=word.fiscal_year,
                    warning_id=word.warning_id,
                    level=word.level,
                    outcome=word.outcome,
                    by=SERVICE,
                    now=now,
                )
            ]
        case evaluation.ScoreCorrected(finding=finding) as word if finding in _FINDINGS:
            return [
                NoteInflation(
                    subject_code=word.unit_code,
                    fiscal_year=word.fiscal_year,
                    region_code=word.region_code,
                    project_code=word.project_code,
                    inflation=Inflation(finding),
                    by=SERVICE,
                    now=now,
                )
            ]
        case _:
            return ()


def _project(word: targets.TargetApproved) -> Project:
    return Project(
        project_code=word.project_code,
        name=word.project_name,
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code=word.department_code,
        unit_code=word.unit_code,
        target_version=word.target_version,
        budget=word.budget,
        scheme=Scheme(word.scheme),
        indicators=_indicators(word.indicators),
        function_code=word.function_code,
        fund_type_code=word.fund_type_code,
        origin=word.origin,
        annual_goal=word.annual_goal,
    )


def _indicators(told: tuple[targets.Indicator, ...]) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            indicator_id=one.indicator_id,
            level1=Level1(one.level1),
            level2=one.level2,
            name=one.name,
            operator=Operator(one.operator),
            target_value=one.target_value,
            unit=one.unit,
            weight=one.weight,
            lower_is_better=one.lower_is_better,
            is_core=one.is_core,
        )
        for one in told
    )


def schedule(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """A notified unit and an evaluated party have until a day to answer."""
    match recorded.event:
        case _:
            return [
                *schedule_standing(recorded),
                *judging.schedule(recorded),
                *schedule_linkage(recorded),
                *schedule_recovery(recorded),
                *schedule_cut(recorded),
                *schedule_self_evaluation(recorded),
            ]


def fall_due(due: Due) -> object | None:
    """Silence is an answer, too: the term is closed."""
    match due.kind:
        case _:
            return (
                standing_falls_due(due)
                or judging.fall_due(due)
                or linkage_due(due)
                or recovery_due(due)
                or cut_due(due)
                or self_evaluation_due(due)
            )


def _deadline(kind: str, subject: str, day: date) -> Deadline:
    """The term ends with the legal day."""
    return Deadline(key=f"{kind}:{subject}", kind=kind, subject=subject, due_at=day_over(day))
