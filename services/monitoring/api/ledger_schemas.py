"""What a request about a ledger may say."""

from typing import Annotated, Final

from pydantic import Field

from services.monitoring.api.schemas import Body, Code, Text
from services.monitoring.domain.ledger.kinds import BreakKind, BreakResolution
from services.monitoring.domain.ledger.quota_line import QuotaLine
from services.monitoring.domain.treasury_line import LineKind
from shared.contracts.fields import Day, Yuan

LINES_MAX: Final = 10_000
Key = Annotated[str, Field(min_length=1, max_length=300)]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of a file.")]


class QuotaDocumentBody(Body):
    """A numbered quota document and what it says in national fields (财办〔2020〕13号)."""

    document_no: Annotated[Code, Field(description="本级指标文号 cor_bgt_doc_no")]
    sup_bgt_doc_no: Annotated[str, Field(max_length=100, description="上级指标文号")] = ""
    bgt_id: Annotated[str, Field(max_length=38, description="指标主键")] = ""
    fund_type_code: Annotated[str, Field(max_length=10, description="资金性质")] = ""
    direct_fund_flag: Annotated[
        str, Field(max_length=2, description="直达资金标识 is_dir_code")
    ] = ""
    found_type_code: Annotated[str, Field(max_length=10, description="资金来源")] = ""
    source_type_code: Annotated[str, Field(max_length=10, description="指标来源")] = ""

    def line(self) -> QuotaLine:
        """The national fields as a value of the domain."""
        return QuotaLine(
            bgt_id=self.bgt_id,
            sup_bgt_doc_no=self.sup_bgt_doc_no,
            fund_type_code=self.fund_type_code,
            direct_fund_flag=self.direct_fund_flag,
            found_type_code=self.found_type_code,
            source_type_code=self.source_type_code,
        )


class IssueQuotaBody(QuotaDocumentBody):
    """What a document makes spendable."""

    amount: Yuan
    issued_on: Day


class AmendQuotaBody(QuotaDocumentBody):
    """What a document adds (positive) or cuts (negative)."""

    change: Yuan
    amended_on: Day
    reason: Text


class RecallQuotaBody(QuotaDocumentBody):
    """What a document of the bureau takes back."""

    amount: Yuan
    recalled_on: Day
    reason: Text


class SettlePaymentBody(Body):
    """One line of the treasury: a payment that reached its payee."""

    payment_id: Code
    amount: Yuan
    settled_on: Day
    purpose: Annotated[str, Field(max_length=140)] = ""
    contract_no: Annotated[str, Field(max_length=100)] = ""


class ReturnPaymentBody(Body):
    """One line of the treasury: money that came back."""

    payment_id: Code
    return_id: Code
    amount: Yuan
    returned_on: Day
    recovery_id: Code | None = None


class TreasuryLineBody(Body):
    """One line as the treasury told it; a return names its payment and has its own number."""

    source_id: Annotated[
        str, Field(min_length=1, max_length=300, description="<system>/<message id>/<line no>")
    ]
    kind: LineKind
    payment_id: Annotated[str, Field(max_length=100)]
    return_id: Annotated[str, Field(max_length=100)] = ""
    amount: Yuan
    booked_on: Day
    value_on: Day | None = None
    bank_ref: Annotated[str, Field(max_length=100)] = ""
    purpose: Annotated[str, Field(max_length=140)] = ""
    reason_code: Annotated[str, Field(max_length=35)] = ""
    recovery_id: Code | None = None
    contract_no: Annotated[str, Field(max_length=100)] = ""


class BookLinesBody(Body):
    """What one file says of this ledger."""

    lines: Annotated[tuple[TreasuryLineBody, ...], Field(min_length=1, max_length=LINES_MAX)]


class FreezeQuotaBody(Body):
    """What is to be held, why, and until the end of which day; without one, until released."""

    freeze_id: Code
    amount: Yuan
    reason: Text
    until_on: Day | None = None


class ReleaseQuotaBody(Body):
    """What is to be let go."""

    freeze_id: Code


class ReportBreakBody(Body):
    """What a comparison of both books found."""

    kind: BreakKind
    line_id: Code
    amount: Yuan
    booked_on: Day
    note: Annotated[str, Field(max_length=2_000)] = ""


class AssignBreakBody(Body):
    """Who has to act: an office or a person."""

    break_id: Key
    owner: Code


class ResolveBreakBody(Body):
    """What becomes of a line that does not agree; income of a late return needs its slip."""

    break_id: Key
    resolution: BreakResolution
    note: Text
    slip_no: Annotated[str, Field(max_length=100)] = ""


class RegisterCommitmentBody(Body):
    """A signed contract, as far as it costs money of this year."""

    contract_no: Code
    amount: Yuan
    supplier: Annotated[str, Field(min_length=1, max_length=200)]
    evidence: Annotated[tuple[Hash, ...], Field(min_length=1, max_length=50)]
    signed_on: Day


class VerifyCommitmentBody(Body):
    """Which contract was seen and found right."""

    contract_no: Code


class ReleaseCommitmentBody(Body):
    """Which contract has ended, and why."""

    contract_no: Code
    reason: Text


class NoteUnitAccountBody(Body):
    """So much of a payment is on the unit's own account, and by which statement that is known."""

    payment_id: Code
    amount: Yuan
    document_no: Annotated[str, Field(min_length=1, max_length=100)]
