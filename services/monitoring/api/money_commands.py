"""Commands about money: quota, payments, freezes, breaks."""

from typing import Final

from services.monitoring.api import ledger_schemas
from services.monitoring.api.ledger_acts import ledger_act
from services.monitoring.domain.ledger.commands import (
    FreezeQuota,
    IssueQuota,
    ReleaseQuota,
    ResolveBreak,
    ReturnPayment,
    SettlePayment,
)
from services.monitoring.domain.payment_order.identity import by_hand
from shared.http.commands import Asked


def issue_quota(
    asked: Asked, project_code: str, fiscal_year: int, body: ledger_schemas.IssueQuotaBody
) -> IssueQuota:
    """Make part of the approved budget spendable. The same document again changes nothing."""
    return IssueQuota(
        project_code=project_code,
        fiscal_year=fiscal_year,
        document_no=body.document_no,
        amount=body.amount,
        issued_on=body.issued_on,
        line=body.line(),
        by=asked.actor,
        now=asked.now,
    )


def settle_payment(
    asked: Asked, project_code: str, fiscal_year: int, body: ledger_schemas.SettlePaymentBody
) -> SettlePayment:
    """Book a payment. The same line again is silent; what does not agree opens a break."""
    return SettlePayment(
        project_code=project_code,
        fiscal_year=fiscal_year,
        payment_id=body.payment_id,
        amount=body.amount,
        settled_on=body.settled_on,
        purpose=body.purpose,
        contract_no=body.contract_no,
        by=asked.actor,
        now=asked.now,
    )


def return_payment(
    asked: Asked, project_code: str, fiscal_year: int, body: ledger_schemas.ReturnPaymentBody
) -> ReturnPayment:
    """Book money that came back; with a recovery it is withdrawn in the same act."""
    return ReturnPayment(
        project_code=project_code,
        fiscal_year=fiscal_year,
        payment_id=body.payment_id,
        return_id=body.return_id,
        amount=body.amount,
        returned_on=body.returned_on,
        recovery_id=body.recovery_id,
        by=asked.actor,
        now=asked.now,
    )


def freeze_quota(
    asked: Asked, project_code: str, fiscal_year: int, body: ledger_schemas.FreezeQuotaBody
) -> FreezeQuota:
    """Hold part of the available quota."""
    return FreezeQuota(
        project_code=project_code,
        fiscal_year=fiscal_year,
        freeze_id=by_hand(body.freeze_id),
        amount=body.amount,
        reason=body.reason,
        until_on=body.until_on,
        by=asked.actor,
        now=asked.now,
    )


def release_quota(
    asked: Asked, project_code: str, fiscal_year: int, body: ledger_schemas.ReleaseQuotaBody
) -> ReleaseQuota:
    """Let held quota be spent again; also ends a suspension."""
    return ReleaseQuota(
        project_code=project_code,
        fiscal_year=fiscal_year,
        freeze_id=by_hand(body.freeze_id),
        by=asked.actor,
        now=asked.now,
    )


def resolve_break(
    asked: Asked, project_code: str, fiscal_year: int, body: ledger_schemas.ResolveBreakBody
) -> ResolveBreak:
    """End a break: book what lacked quota, carry a late return to income, or send it back."""
    return ResolveBreak(
        project_code=project_code,
        fiscal_year=fiscal_year,
        break_id=body.break_id,
        resolution=body.resolution,
        note=body.note,
        slip_no=body.slip_no,
        by=asked.actor,
        now=asked.now,
    )


MONEY_COMMANDS: Final = (
    ledger_act("issue-quota", issue_quota, creates=True),
    ledger_act("settle-payment", settle_payment, creates=True),
    ledger_act("return-payment", return_payment, creates=True),
    ledger_act("freeze-quota", freeze_quota, creates=True),
    ledger_act("release-quota", release_quota),
    ledger_act("resolve-break", resolve_break),
)
