"""What was said elsewhere, and what we do about it. A legitimate word is never refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    ExecuteAdjustment,
    ProposeAdjustment,
    RefuseAdjustment,
)
from services.monitoring.domain.ledger.commands import (
    AdjustQuota,
    ExpectRefund,
    OpenLedger,
    ReleaseHold,
    WithdrawQuota,
)
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.round import PlanRound
from services.monitoring.domain.rules import HearRules, RulesInForce
from services.monitoring.domain.unit import HearUnit
from services.monitoring.domain.values import Indicator, Level, Project, Reason, Source
from services.monitoring.domain.warning.commands import RaiseWarning
from services.monitoring.domain.watch import FollowTarget, NoteOverdueLetter, OpenWatch
from services.monitoring.reactions.key_funds import split
from shared.contracts import evaluation, monitoring, targets
from shared.domain.rules import RuleSet
from shared.messages import AnyHeard

HEARS: Final = (
    targets.RegionRegistered,
    targets.UnitRegistered,
    targets.RuleSetAdopted,
    targets.TargetApproved,
    targets.TargetAdjusted,
    targets.TargetAdjustmentRefused,
    evaluation.RecoveryApproved,
    monitoring.PreAnalysisRun,
    monitoring.MonitoringScored,
    monitoring.MonitoringMissed,
    monitoring.WarningEscalated,
    monitoring.AdjustmentExecuted,
    monitoring.FundAllocated,
)
type Commands = Sequence[object]
type Judged = monitoring.PreAnalysisRun | monitoring.MonitoringScored | monitoring.MonitoringMissed


def react(heard: AnyHeard) -> Commands:  # noqa: PLR0911 - one answer per word
    """The commands a word leads to; a tuple among them is one transaction."""
    by, now = f"{heard.producer}|word", heard.said_at
    match heard.word:
        case targets.RegionRegistered(region_code=region, name=name):
            return [HearRegion(region_code=region, name=name, by=by, now=now)]
        case targets.UnitRegistered() as word:
            return [_hear_unit(word, by, now)]
        case targets.RuleSetAdopted() as word:
            return [_hear_rules(word, by, now)]
        case (
            targets.TargetApproved() | targets.TargetAdjusted() | targets.TargetAdjustmentRefused()
        ) as word:
            return [_follow_target(word, by, now)]
        case evaluation.RecoveryApproved() as word:
            return _recover(word, by, now)
        case (
            monitoring.PreAnalysisRun()
            | monitoring.MonitoringScored()
            | monitoring.MonitoringMissed()
        ) as word:
            return _warn(word, by, now)
        case monitoring.WarningEscalated() | monitoring.AdjustmentExecuted() as word:
            return _continue(word, by, now)
        case monitoring.FundAllocated() as word:
            return split(word, by, now)
        case _:
            return []


def _hear_unit(word: targets.UnitRegistered, by: str, now: datetime) -> HearUnit:
    return HearUnit(
        unit_code=word.unit_code,
        name=word.name,
        region_code=word.region_code,
        department_code=word.department_code,
        department_name=word.department_name,
        by=by,
        now=now,
    )


def _hear_rules(word: targets.RuleSetAdopted, by: str, now: datetime) -> tuple[object, ...]:
    rules = RuleSet.parse(word.rules, word.rule_set_version)
    region, year = word.region_code, word.fiscal_year
    heard = HearRules(
        region_code=region,
        fiscal_year=year,
        rules=RulesInForce(
            version=word.rule_set_version,
            name=rules.name,
            legal_basis=word.legal_basis,
            monitoring=rules.monitoring,
            letters=rules.letters,
            deviation_tolerance=rules.checks.deviation_cause,
            key_funds=rules.key_funds,
        ),
        by=by,
        now=now,
    )
    rounds = [
        PlanRound(region_code=region, fiscal_year=year, node=node.code, by=by, now=now)
        for node in rules.monitoring.nodes
    ]
    return (heard, *rounds)


def _indicators(said: Sequence[targets.Indicator]) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            indicator_id=item.indicator_id,
            name=item.name,
            operator=item.operator,
            target_value=item.target_value,
            lower_is_better=item.lower_is_better,
            weight=item.weight,
            is_core=item.is_core,
            cumulative=item.cumulative,
            milestones=dict(item.milestones),
        )
        for item in said
    )


def _follow_target(
    word: targets.TargetApproved | targets.TargetAdjusted | targets.TargetAdjustmentRefused,
    by: str,
    now: datetime,
) -> tuple[object, ...]:
    if isinstance(word, targets.TargetApproved):
        return _open(word, by, now)
    if isinstance(word, targets.TargetAdjusted):
        return _adjust(word, by, now)
    return (
        ReleaseHold(
            project_code=word.project_code,
            fiscal_year=word.fiscal_year,
            adjustment_id=word.adjustment_id,
            by=by,
            now=now,
        ),
        RefuseAdjustment(adjustment_id=word.adjustment_id, reason=word.reason, by=by, now=now),
    )


def _open(word: targets.TargetApproved, by: str, now: datetime) -> tuple[object, ...]:
    project = _project(word, word.department_code)
    return (
        OpenLedger(
            project=project,
            budget=word.budget,
            fund_type_code=word.fund_type_code,
            direct_fund_flag=word.direct_fund_flag,
            by=by,
            now=now,
        ),
        OpenWatch(
            project=project,
            name=word.project_name,
            budget=word.budget,
            target_version=word.target_version,
            indicators=_indicators(word.indicators),
            exempt=word.in_year_monitoring_exempt,
            by=by,
            now=now,
        ),
    )


def _adjust(word: targets.TargetAdjusted, by: str, now: datetime) -> tuple[object, ...]:
    project = _project(word, word.department_code)
    return (
        AdjustQuota(
            project=project,
            adjustment_id=word.adjustment_id,
            budget_before=word.budget_before,
            budget=word.budget,
            by=by,
            now=now,
        ),
        FollowTarget(
            project=project,
            budget=word.budget,
            target_version=word.target_version,
            indicators=_indicators(word.indicators),
            by=by,
            now=now,
        ),
        ExecuteAdjustment(adjustment_id=word.adjustment_id, budget=word.budget, by=by, now=now),
    )


def _project(
    word: targets.TargetApproved | targets.TargetAdjusted | evaluation.RecoveryApproved,
    department_code: str,
) -> Project:
    return Project(
        code=word.project_code,
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code=department_code,
        unit_code=word.unit_code,
    )


def _recover(word: evaluation.RecoveryApproved, by: str, now: datetime) -> Commands:
    project = _project(word, "")
    match word.route:
        case "QUOTA_WITHDRAWAL":
            return [
                WithdrawQuota(
                    project=project,
                    recovery_id=word.recovery_id,
                    amount=word.amount,
                    document_no=word.document_no,
                    approved_on=word.approved_on,
                    by=by,
                    now=now,
                )
            ]
        case "CURRENT_YEAR_REFUND":
            key, amount = word.recovery_id, word.amount
            return [ExpectRefund(project=project, recovery_id=key, amount=amount, by=by, now=now)]
        case "PRIOR_YEAR_PAYMENT":
            # Money of earlier years is paid in by slip; it never was in this year's quota.
            return []


def _warn(word: Judged, by: str, now: datetime) -> Commands:
    if word.level == "NORMAL":
        return []
    ahead = isinstance(word, monitoring.PreAnalysisRun)
    source = Source.PRE_ANALYSIS if ahead else Source.NODE
    key = f"{word.project_code}-{word.fiscal_year}-{word.node}-{source}"
    return [
        RaiseWarning(
            warning_id=key,
            project_code=word.project_code,
            fiscal_year=word.fiscal_year,
            region_code=word.region_code,
            node=word.node,
            level=Level(word.level),
            reasons=tuple(Reason(reason) for reason in word.reasons),
            source=source,
            execution_rate=word.execution_rate,
            goal_rate=None if isinstance(word, monitoring.MonitoringMissed) else word.goal_rate,
            rule_set_version=word.rule_set_version,
            by=by,
            now=now,
        )
    ]


def _continue(
    word: monitoring.WarningEscalated | monitoring.AdjustmentExecuted, by: str, now: datetime
) -> Commands:
    year = word.fiscal_year
    if isinstance(word, monitoring.WarningEscalated):
        if word.measure:
            return []
        key, code = word.warning_id, word.project_code
        return [
            NoteOverdueLetter(project_code=code, fiscal_year=year, warning_id=key, by=by, now=now)
        ]
    if word.transfer_to is None:
        return []
    return [
        ProposeAdjustment(
            adjustment_id=f"{word.adjustment_id}-in",
            project_code=word.transfer_to,
            fiscal_year=year,
            kind=AdjustmentKind.INTERNAL_TRANSFER,
            amount=-word.change,
            reason=f"{word.project_code} → {word.transfer_to}: {word.adjustment_id}",
            receives=True,
            by=by,
            now=now,
        )
    ]
