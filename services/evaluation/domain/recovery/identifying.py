"""A claim: made by a person, or found by the machine on the five triggers of `domain` §4.9."""

from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from services.evaluation.domain.grounds import Grounds, grounds
from services.evaluation.domain.recovery.commands import CheckMoney, IdentifyRecovery
from services.evaluation.domain.recovery.events import RecoveryEvent, RecoveryIdentified
from services.evaluation.domain.recovery.recoverable import Standing, limit_of, standing_of
from services.evaluation.domain.recovery.states import Recovery, Unclaimed
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    MoreThanRecoverable,
    NothingToRecover,
    SelfEvaluationUnknown,
)
from services.evaluation.domain.values import RecoveryReason, Route, project_year
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

HUNDRED = Decimal(100)
BASES = {
    RecoveryReason.RED_NOT_CURED: "截至{on}，红色预警{red}未完成纠偏，未支出且无合同部分予以收回",
    RecoveryReason.LOW_EXECUTION: "截至{on}，执行率{rate}%，低于{low}%，闲置部分予以收回",
    RecoveryReason.UNSPENT_WITHOUT_CONTRACT: "截至{on}，未支出且未签订合同，予以收回",
    RecoveryReason.INEFFECTIVE: "绩效评价结果为差，未支付部分予以收回",
    RecoveryReason.SURPLUS: "截至{on}，结转资金连续两年未用完，按结余资金收回（实施条例第五十条）",
}


def identify(command: IdentifyRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    """A person's claim: something, once, and no more than is recoverable."""
    project = command.project
    if project is None:
        raise SelfEvaluationUnknown(f"no target of {command.project_code} was approved")
    if not isinstance(state, Unclaimed):
        told = (state.claim.amount, state.claim.route, state.claim.reason)
        if told == (command.amount, command.route, command.reason):
            return []
        raise AlreadyRecorded
    if command.amount <= ZERO:
        raise NothingToRecover(pointer="/amount")
    standing = standing_of(command, project.budget)
    limit = limit_of(command.route, standing)
    if limit is not None and command.amount > limit:
        raise MoreThanRecoverable(
            pointer="/amount", recoverable=str(limit), claimed=str(standing.claimed)
        )
    return [
        RecoveryIdentified(
            project_name=project.name,
            whose=project.whose,
            reason=command.reason,
            route=command.route,
            amount=command.amount,
            basis=command.basis,
            quota=standing.quota,
            paid=standing.paid,
            commitments=standing.commitments,
            frozen=standing.frozen,
            recoverable=command.amount if limit is None else limit,
            origin=project.origin,
            identified_by=command.by,
            recovery_id=command.recovery_id,
            claimed_before=standing.claimed,
            from_ledger=standing.from_ledger,
            checked_on=business_date(command.now),
            execution_rate=standing.execution,
            grounds=_grounds(command),
        )
    ]


def check(command: CheckMoney, state: Recovery) -> Sequence[RecoveryEvent]:
    """What the machine claims: all that is left, where the trigger holds; else silence."""
    project = command.project
    if project is None or not isinstance(state, Unclaimed) or command.funds.quota is None:
        return []
    standing = standing_of(command, project.budget)
    if not standing.left or not _holds(command, standing):
        return []
    return [
        RecoveryIdentified(
            project_name=project.name,
            whose=project.whose,
            reason=command.reason,
            route=Route.QUOTA_WITHDRAWAL,
            amount=standing.left,
            basis=_basis(command, standing),
            quota=standing.quota,
            paid=standing.paid,
            commitments=standing.commitments,
            frozen=standing.frozen,
            recoverable=standing.left,
            origin=project.origin,
            identified_by=command.by,
            recovery_id=command.recovery_id,
            claimed_before=standing.claimed,
            from_ledger=True,
            found_by_machine=True,
            checked_on=command.checked_on,
            execution_rate=standing.execution,
            grounds=_grounds(command),
        )
    ]


def _holds(command: CheckMoney, standing: Standing) -> bool:
    match command.reason:
        case RecoveryReason.RED_NOT_CURED:
            return bool(command.funds.red)
        case RecoveryReason.LOW_EXECUTION:
            return command.rules is not None and standing.execution < _low_rate(command)
        case (
            RecoveryReason.UNSPENT_WITHOUT_CONTRACT
            | RecoveryReason.INEFFECTIVE
            | RecoveryReason.SURPLUS
        ):
            return True
        case _:
            assert_never(command.reason)


def _low_rate(command: CheckMoney) -> Decimal:
    assert command.rules is not None
    return command.rules.rules.rule_set.recovery.low_rate


def _basis(command: CheckMoney, standing: Standing) -> str:
    low = _low_rate(command) * HUNDRED if command.rules else HUNDRED
    return BASES[command.reason].format(
        on=command.checked_on.isoformat(),
        red="、".join(sorted(command.funds.red)),
        rate=f"{standing.execution * HUNDRED:.2f}",
        low=f"{low:.0f}",
    )


def _grounds(command: IdentifyRecovery | CheckMoney) -> Grounds:
    """The rules, where any were adopted, and the streams that the figures come from."""
    name = project_year(command.project_code, command.fiscal_year)
    streams = tuple(f"{category}-{name}" for category in ("self_evaluation", "watched", "funds"))
    return grounds(command.rules, *streams) if command.rules else Grounds(streams=streams)
