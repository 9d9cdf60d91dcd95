"""Bodies of what follows from a result: linkage, recovery, cut."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import (
    Body,
    Code,
    DocumentNo,
    Text,
    Year,
)
from services.evaluation.domain.values import RecoveryReason, Route
from shared.contracts.fields import Day, Yuan


class LinkageBody(Body):
    """What binds a unit's coming budget. Without an amount the approved budget is taken."""

    unit_code: Code
    basis_fiscal_year: Year
    previous_budget: Yuan | None = None


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
    """A pay-in slip of older money, confirmed by the treasury."""

    entry: Code
    amount: Yuan
    document_no: DocumentNo
    booked_on: Day


class ProposeCutBody(Body):
    """A new application and the badly judged project it resembles."""

    cut_id: Code
    project_code: Code
    project_name: Annotated[str, Field(min_length=1, max_length=200)]
    budget_year: Year
    basis_project_code: Code
    basis_fiscal_year: Year
    requested: Yuan
    amount: Yuan
    similarity: Text
    origin: Annotated[str, Field(pattern=r"^(OFFICIAL|SYNTHETIC)$")] = "OFFICIAL"
