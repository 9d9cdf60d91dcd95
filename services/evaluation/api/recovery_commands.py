"""Asked of recoveries: idle or ineffective money of the year, found, heard, booked, used again."""

from typing import Final

from services.evaluation.api.judging_schemas import AnswerBody, ReasonBody
from services.evaluation.api.linkage_schemas import RemarkBody
from services.evaluation.api.recovery_schemas import (
    ApproveRecoveryBody,
    BookSlipBody,
    IdentifyRecoveryBody,
    NotifyBody,
    ReallocateBody,
)
from services.evaluation.domain.recovery import commands as recovery
from services.evaluation.domain.values import Route
from shared.http.commands import Asked, CommandEndpoint, Translate


def identify_recovery(asked: Asked, body: IdentifyRecoveryBody) -> recovery.IdentifyRecovery:
    """Find idle or ineffective money of a project; never more than is recoverable."""
    return recovery.IdentifyRecovery(
        recovery_id=body.recovery_id,
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        reason=body.reason,
        route=body.route,
        amount=body.amount,
        basis=body.basis,
        quota=body.quota,
        commitments=body.commitments,
        frozen=body.frozen,
        by=asked.actor,
        now=asked.now,
    )


def notify_recovery(asked: Asked, recovery_id: str, body: NotifyBody) -> recovery.NotifyRecovery:
    """Notify the unit; it may answer until a day."""
    return recovery.NotifyRecovery(
        recovery_id=recovery_id, **dict(body), by=asked.actor, now=asked.now
    )


def answer_recovery(asked: Asked, recovery_id: str, body: AnswerBody) -> recovery.AnswerRecovery:
    """Answer the notice, as the head of the unit."""
    return recovery.AnswerRecovery(
        recovery_id=recovery_id, **dict(body), by=asked.actor, now=asked.now
    )


def approve_recovery(
    asked: Asked, recovery_id: str, body: ApproveRecoveryBody
) -> recovery.ApproveRecovery:
    """Approve a recovery after the unit was heard; the ledger then books it, or refuses."""
    return recovery.ApproveRecovery(
        recovery_id=recovery_id, **dict(body), by=asked.actor, now=asked.now
    )


def book_recovery(asked: Asked, recovery_id: str, body: BookSlipBody) -> recovery.BookRecovery:
    """Book the pay-in slip of older money; what the ledger books is not booked by hand."""
    return recovery.BookRecovery(
        recovery_id=recovery_id,
        **dict(body),
        route=Route.PRIOR_YEAR_PAYMENT,
        by=asked.actor,
        now=asked.now,
    )


def withdraw_recovery(
    asked: Asked, recovery_id: str, body: ReasonBody
) -> recovery.WithdrawRecovery:
    """Drop a claim before it is approved."""
    return recovery.WithdrawRecovery(
        recovery_id=recovery_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def reallocate_recovery(
    asked: Asked, recovery_id: str, body: ReallocateBody
) -> recovery.ReallocateRecovery:
    """Name where booked money goes; the same entry counts once."""
    return recovery.ReallocateRecovery(
        recovery_id=recovery_id, **dict(body), by=asked.actor, now=asked.now
    )


def close_recovery(asked: Asked, recovery_id: str, body: RemarkBody) -> recovery.CloseRecovery:
    """Close a booked recovery; money that went nowhere is explained."""
    return recovery.CloseRecovery(
        recovery_id=recovery_id, remark=body.remark, by=asked.actor, now=asked.now
    )


def _step(verb: str, translate: Translate, *, moves_money: bool = False) -> CommandEndpoint:
    return CommandEndpoint(
        path=f"/recoveries/{{recovery_id}}/{verb}",
        translate=translate,
        tag="Recoveries",
        moves_money=moves_money,
    )


RECOVERY_COMMANDS: Final = (
    CommandEndpoint(
        path="/recoveries", translate=identify_recovery, tag="Recoveries", creates=True
    ),
    _step("notify", notify_recovery),
    _step("answer", answer_recovery),
    _step("approve", approve_recovery, moves_money=True),
    _step("book", book_recovery, moves_money=True),
    _step("reallocate", reallocate_recovery, moves_money=True),
    _step("close", close_recovery),
    _step("withdraw", withdraw_recovery),
)
RECOVERY_EXAMPLES: Final = {
    "identify_recovery": {
        "recovery_id": "SH-2021-042",
        "project_code": "65312121T000000000042",
        "fiscal_year": 2021,
        "reason": "LOW_EXECUTION",
        "route": "QUOTA_WITHDRAWAL",
        "amount": "120000.00",
        "basis": "年底支出进度低于60%，工程已停",
    },
    "notify_recovery": {"document_no": "喀财绩〔2021〕30号", "answer_by": "2021-11-15"},
    "answer_recovery": {"agrees": True, "text": "同意收回"},
    "approve_recovery": {"document_no": "喀署办〔2021〕88号", "amount": "100000.00"},
    "book_recovery": {
        "entry": "JK20211201-01",
        "amount": "100000.00",
        "document_no": "缴款书0021号",
        "confirmation_no": "国库收讫20211201-0077",
        "booked_on": "2021-12-01",
    },
    "reallocate_recovery": {
        "entry": "TC-2021-007",
        "to_project_code": "65312121T000000000103",
        "to_unit_code": "653121101009",
        "purpose": "农村饮水安全工程缺口",
        "amount": "100000.00",
        "document_no": "喀财预〔2021〕120号",
    },
    "close_recovery": {"remark": "余额结转预算稳定调节基金"},
    "withdraw_recovery": {"reason": "单位已补签合同，资金即将支付"},
}
