"""What readers of recoveries are shown."""

from datetime import date

from services.evaluation.api.consequence_explaining import ConsequenceExplanation
from services.evaluation.api.views import View
from shared.contracts.fields import Yuan


class RecoveryView(View):
    """A recovery."""

    recovery_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    status: str
    reason: str
    route: str
    amount: Yuan
    document_no: str
    notice_no: str
    answer_by: date | None
    agrees: bool | None
    answer: str
    booked_on: date | None
    confirmation_no: str
    left: Yuan | None
    from_ledger: bool
    found_by_machine: bool
    checked_on: date | None
    remark: str
    origin: str
    version: int


class RecoveryExplanation(ConsequenceExplanation):
    """recoverable = quota less paid, verified commitments and frozen money; less open claims."""

    recovery_id: str
    reason: str
    basis: str
    quota: Yuan
    paid: Yuan
    commitments: Yuan
    frozen: Yuan
    recoverable: Yuan
    amount: Yuan


class ReallocationView(View):
    """Where booked money went."""

    recovery_id: str
    entry: str
    project_code: str
    fiscal_year: int
    unit_code: str
    to_project_code: str
    to_unit_code: str
    purpose: str
    amount: Yuan
    document_no: str
    reallocated_on: date
