"""What the targets service said: places, rules, and targets with their money."""

from collections.abc import Sequence
from datetime import datetime

from services.monitoring.domain.adjustment import (
    ExecuteAdjustment,
    NoteUndoing,
    RefuseAdjustment,
)
from services.monitoring.domain.ledger.commands import (
    AdjustQuota,
    OpenLedger,
    ReleaseHold,
    UndoAdjustment,
)
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.roster import EnterProject
from services.monitoring.domain.round import PlanRound
from services.monitoring.domain.rules import HearRules, in_force
from services.monitoring.domain.unit import HearUnit
from services.monitoring.domain.values import Project
from services.monitoring.domain.watch import FollowTarget, OpenWatch
from services.monitoring.reactions.adjustments import note_adjustment
from services.monitoring.reactions.watching import (
    heard_indicators,
    react_to_watched,
)
from shared.contracts import evaluation, targets
from shared.domain.rules import RuleSet

type Commands = Sequence[object]


def of_targets(word: object, version: int, by: str, now: datetime) -> Commands:  # noqa: PLR0911 - one per word
    """What a word of the targets service leads to."""
    match word:
        case targets.RegionRegistered(region_code=region, name=name):
            return [HearRegion(region_code=region, name=name, by=by, now=now)]
        case targets.UnitRegistered():
            return [_hear_unit(word, by, now)]
        case targets.RuleSetAdopted():
            return [_hear_rules(word, by, now)]
        case (
            targets.TargetApproved() | targets.TargetAdjusted() | targets.TargetAdjustmentRefused()
        ):
            return [_follow_target(word, by, now)]
        case targets.TargetAdjustmentPaired() | targets.TargetAdjustmentSigned():
            return note_adjustment(word, by, now)
        case (
            targets.ResponsibilityAssigned()
            | targets.ProjectSuspended()
            | targets.ProjectResumed()
            | targets.ProjectTerminated()
        ):
            return react_to_watched(word, version, by, now)
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
        rules=in_force(rules, word.legal_basis),
        by=by,
        now=now,
    )
    rounds = [
        PlanRound(region_code=region, fiscal_year=year, node=node.code, by=by, now=now)
        for node in rules.monitoring.nodes
    ]
    return (heard, *rounds)


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
    project = project_of(word, word.department_code)
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
            indicators=heard_indicators(word.indicators),
            exempt=word.in_year_monitoring_exempt,
            starts_on=word.starts_on,
            approved_on=word.approved_on,
            annual_goal=word.annual_goal,
            by=by,
            now=now,
        ),
        EnterProject(
            region_code=project.region_code,
            fiscal_year=project.fiscal_year,
            project_code=project.code,
            by=by,
            now=now,
        ),
    )


def _adjust(word: targets.TargetAdjusted, by: str, now: datetime) -> tuple[object, ...]:
    project = project_of(word, word.department_code)
    if word.undoes:
        return _undo(word, project, by, now)
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
            indicators=heard_indicators(word.indicators),
            by=by,
            now=now,
        ),
        ExecuteAdjustment(
            adjustment_id=word.adjustment_id,
            budget=word.budget,
            target_version=word.target_version,
            by=by,
            now=now,
        ),
    )


def _undo(
    word: targets.TargetAdjusted, project: Project, by: str, now: datetime
) -> tuple[object, ...]:
    """The target is what it was: the watch follows it, and what had moved already moves back."""
    return (
        UndoAdjustment(
            project=project,
            adjustment_id=word.undoes,
            undone_id=word.adjustment_id,
            budget_before=word.budget_before,
            budget=word.budget,
            by=by,
            now=now,
        ),
        FollowTarget(
            project=project,
            budget=word.budget,
            target_version=word.target_version,
            indicators=heard_indicators(word.indicators),
            by=by,
            now=now,
        ),
        NoteUndoing(adjustment_id=word.undoes, by=by, now=now),
    )


def project_of(
    word: targets.TargetApproved | targets.TargetAdjusted | evaluation.RecoveryApproved,
    department_code: str,
) -> Project:
    """The project a word tells of."""
    return Project(
        code=word.project_code,
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code=department_code,
        unit_code=word.unit_code,
    )
