"""Bodies of what is asked of a recovery."""

from services.evaluation.api.schemas import Body, Code, DocumentNo, Note, Text, Year
from services.evaluation.domain.values import RecoveryReason, Route
from shared.contracts.fields import Day, Yuan


class IdentifyRecoveryBody(Body):
    """Idle or ineffective money; the limit is computed from the ledger."""

    recovery_id: Code
    project_code: Code
    fiscal_year: Year
    reason: RecoveryReason
    route: Route
    amount: Yuan
    basis: Text
    quota: Yuan | None = None
    commitments: Yuan | None = None
    frozen: Yuan | None = None


class NotifyBody(Body):
    """The notice and the day by which the unit answers."""

    document_no: DocumentNo
    answer_by: Day


class ApproveRecoveryBody(Body):
    """The approving document; a smaller amount where only part is taken."""

    document_no: DocumentNo
    amount: Yuan | None = None


class BookSlipBody(Body):
    """A pay-in slip of older money, and the number by which the treasury confirms it."""

    entry: Code
    amount: Yuan
    document_no: DocumentNo
    confirmation_no: DocumentNo
    booked_on: Day


class ReallocateBody(Body):
    """Where booked money goes, with the document that says so."""

    entry: Code
    to_project_code: Code
    to_unit_code: Code
    purpose: Note = ""
    amount: Yuan
    document_no: DocumentNo
