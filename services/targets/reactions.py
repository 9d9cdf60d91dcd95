"""What other services said, and what this one is asked to do about it."""

from collections.abc import Sequence

from services.targets.domain.adjustment_words import Partner
from services.targets.domain.commands.adjusting import UndoAdjustment
from services.targets.domain.commands.budget_request import RecordCap, RecordCut
from services.targets.domain.commands.project import FollowResumption, RecordSelfEvaluation
from services.targets.domain.commands.target import ReceiveAdjustment
from services.targets.domain.events.budget_request import ExemptMoney
from services.targets.domain.values import CapExemption
from shared.contracts.evaluation import (
    BudgetCutConfirmed,
    BudgetLinkageDecided,
    SelfEvaluationAccepted,
)
from shared.contracts.monitoring import (
    AdjustmentCompensated,
    AdjustmentProposed,
    SuspensionEnded,
)
from shared.domain.grades import Grade
from shared.domain.workdays import business_date
from shared.messages import AnyHeard

HEARS = (
    BudgetLinkageDecided,
    BudgetCutConfirmed,
    AdjustmentProposed,
    AdjustmentCompensated,
    SuspensionEnded,
    SelfEvaluationAccepted,
)


def react(heard: AnyHeard) -> Sequence[object]:  # noqa: PLR0911 - one answer per word
    """The fact heard → the command."""
    match heard.word:
        case BudgetLinkageDecided() as word:
            return [_record_cap(heard, word)]
        case BudgetCutConfirmed() as word:
            return [_record_cut(heard, word)]
        case AdjustmentProposed() as word:
            return [_receive_adjustment(heard, word)]
        case AdjustmentCompensated(outcome="FAILED_EXECUTION") as word:
            return [_undo_adjustment(heard, word)]
        case SuspensionEnded() as word:
            return [_follow_resumption(heard, word)]
        case SelfEvaluationAccepted() as word:
            return [_record_self_evaluation(heard, word)]
        case _:
            return ()


def _record_cap(heard: AnyHeard, word: BudgetLinkageDecided) -> RecordCap:
    return RecordCap(
        region_code=word.region_code,
        unit_code=word.unit_code,
        budget_year=word.budget_year,
        basis_fiscal_year=word.basis_fiscal_year,
        grade=Grade(word.grade),
        previous_budget=word.previous_budget,
        cap=word.cap,
        priority=word.priority,
        rule_set_version=word.rule_set_version,
        exemptions=_exempt(word),
        by=_speaker(heard),
        now=heard.said_at,
    )


def _exempt(word: BudgetLinkageDecided) -> tuple[ExemptMoney, ...] | None:
    if word.exemptions is None:
        return None
    return tuple(
        ExemptMoney(
            project_code=one.project_code,
            kind=CapExemption(one.kind),
            amount=one.amount,
            reason=one.reason,
            document_no=one.document_no,
        )
        for one in word.exemptions
    )


def _record_cut(heard: AnyHeard, word: BudgetCutConfirmed) -> RecordCut:
    return RecordCut(
        region_code=word.region_code,
        unit_code=word.unit_code,
        budget_year=word.budget_year,
        project_code=word.project_code,
        cut_id=word.cut_id,
        basis_project_code=word.basis_project_code,
        basis_fiscal_year=word.basis_fiscal_year,
        grade=Grade(word.grade),
        amount=word.amount,
        by=_speaker(heard),
        now=heard.said_at,
    )


def _receive_adjustment(heard: AnyHeard, word: AdjustmentProposed) -> ReceiveAdjustment:
    return ReceiveAdjustment(
        project_code=word.project_code,
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        unit_code=word.unit_code,
        adjustment_id=word.adjustment_id,
        kind=word.kind,
        change=word.change,
        budget=word.budget,
        reason=word.reason,
        proposed_by=word.proposed_by,
        proposed_on=word.proposed_on,
        lowers_key_expenditure=word.lowers_key_expenditure,
        changes_total_budget=word.changes_total_budget,
        partner=Partner(
            project_code=word.partner_project, adjustment_id=word.partner_adjustment_id
        ),
        by=_speaker(heard),
        now=heard.said_at,
    )


def _undo_adjustment(heard: AnyHeard, word: AdjustmentCompensated) -> UndoAdjustment:
    return UndoAdjustment(
        project_code=word.project_code,
        fiscal_year=word.fiscal_year,
        adjustment_id=word.adjustment_id,
        reason=word.reason,
        undone_on=business_date(heard.said_at),
    )


def _follow_resumption(heard: AnyHeard, word: SuspensionEnded) -> FollowResumption:
    return FollowResumption(
        project_code=word.project_code,
        adjustment_id=word.adjustment_id,
        by=_speaker(heard),
        now=heard.said_at,
    )


def _record_self_evaluation(heard: AnyHeard, word: SelfEvaluationAccepted) -> RecordSelfEvaluation:
    return RecordSelfEvaluation(
        project_code=word.project_code,
        fiscal_year=word.fiscal_year,
        accepted_on=word.accepted_on,
        by=_speaker(heard),
        now=heard.said_at,
    )


def _speaker(heard: AnyHeard) -> str:
    return f"{heard.producer}|{heard.subject}"
