"""Commands of a ledger beside plain quota and payments: amendments, breaks, contracts."""

from typing import Final

from services.monitoring.api import ledger_schemas as schemas
from services.monitoring.api.ledger_acts import ledger_act
from services.monitoring.domain.ledger.commands import (
    AmendQuota,
    AssignBreak,
    BookLines,
    RecallQuota,
    ReportBreak,
)
from services.monitoring.domain.ledger.commitment_commands import (
    RegisterCommitment,
    ReleaseCommitment,
    VerifyCommitment,
)
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount
from services.monitoring.domain.treasury_line import TreasuryLine
from shared.http.commands import Asked


def amend_quota(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.AmendQuotaBody
) -> AmendQuota:
    """Add to the quota or cut it by document, within the budget and down to what is unused."""
    return AmendQuota(
        project_code=project_code,
        fiscal_year=fiscal_year,
        document_no=body.document_no,
        change=body.change,
        amended_on=body.amended_on,
        reason=body.reason,
        line=body.line(),
        by=asked.actor,
        now=asked.now,
    )


def recall_quota(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.RecallQuotaBody
) -> RecallQuota:
    """Take unspent quota back by document, outside a recovery."""
    return RecallQuota(
        project_code=project_code,
        fiscal_year=fiscal_year,
        document_no=body.document_no,
        amount=body.amount,
        recalled_on=body.recalled_on,
        reason=body.reason,
        line=body.line(),
        by=asked.actor,
        now=asked.now,
    )


def book_lines(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.BookLinesBody
) -> BookLines:
    """Book the lines of a file in one act: each is booked, known already, a break, or refused."""
    return BookLines(
        project_code=project_code,
        fiscal_year=fiscal_year,
        lines=tuple(TreasuryLine(**dict(line)) for line in body.lines),
        by=asked.actor,
        now=asked.now,
    )


def report_break(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.ReportBreakBody
) -> ReportBreak:
    """Keep what a comparison of both books found; the same finding again changes nothing."""
    return ReportBreak(
        project_code=project_code,
        fiscal_year=fiscal_year,
        kind=body.kind,
        line_id=body.line_id,
        amount=body.amount,
        booked_on=body.booked_on,
        note=body.note,
        by=asked.actor,
        now=asked.now,
    )


def assign_break(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.AssignBreakBody
) -> AssignBreak:
    """Say who has to act on a break."""
    return AssignBreak(
        project_code=project_code,
        fiscal_year=fiscal_year,
        break_id=body.break_id,
        owner=body.owner,
        by=asked.actor,
        now=asked.now,
    )


def register_commitment(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.RegisterCommitmentBody
) -> RegisterCommitment:
    """Register a signed contract with its proof; it counts once somebody else has verified it."""
    return RegisterCommitment(
        project_code=project_code,
        fiscal_year=fiscal_year,
        contract_no=body.contract_no,
        amount=body.amount,
        supplier=body.supplier,
        evidence=body.evidence,
        signed_on=body.signed_on,
        by=asked.actor,
        now=asked.now,
    )


def verify_commitment(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.VerifyCommitmentBody
) -> VerifyCommitment:
    """Confirm a contract: what is owed on it cannot be recovered any more."""
    return VerifyCommitment(
        project_code=project_code,
        fiscal_year=fiscal_year,
        contract_no=body.contract_no,
        by=asked.actor,
        now=asked.now,
    )


def release_commitment(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.ReleaseCommitmentBody
) -> ReleaseCommitment:
    """End a contract: nothing more will be paid on it."""
    return ReleaseCommitment(
        project_code=project_code,
        fiscal_year=fiscal_year,
        contract_no=body.contract_no,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def note_unit_account(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.NoteUnitAccountBody
) -> NoteUnitAccount:
    """Note what of a payment lies on the unit's own account; less as it is spent from there."""
    return NoteUnitAccount(
        project_code=project_code,
        fiscal_year=fiscal_year,
        payment_id=body.payment_id,
        amount=body.amount,
        document_no=body.document_no,
        by=asked.actor,
        now=asked.now,
    )


LEDGER_COMMANDS: Final = (
    ledger_act("amend-quota", amend_quota, creates=True),
    ledger_act("recall-quota", recall_quota, creates=True),
    ledger_act("book-lines", book_lines, creates=True),
    ledger_act("report-break", report_break, creates=True),
    ledger_act("assign-break", assign_break),
    ledger_act("register-commitment", register_commitment, creates=True),
    ledger_act("verify-commitment", verify_commitment),
    ledger_act("release-commitment", release_commitment),
    ledger_act("note-unit-account", note_unit_account),
)
