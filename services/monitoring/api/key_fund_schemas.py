"""What is sent about direct funds, findings and linkage funds."""

from typing import Annotated

from pydantic import Field

from services.monitoring.api.schemas import Body, Code, Evidence, Points, Text
from services.monitoring.domain.fund_finding.events import FindingKind, FindingLevel, Judgement
from services.monitoring.domain.key_fund.values import DirectFundFlag, FundKind, RecipientKind
from services.monitoring.domain.linkage.linkage import LinkageKind
from shared.contracts.fields import Day, Yuan

Name = Annotated[str, Field(min_length=1, max_length=200)]
Note = Annotated[str, Field(max_length=2_000)]
Region = Annotated[str, Field(pattern=r"^\d{6}$", examples=["653101"])]
Year = Annotated[int, Field(ge=2000, le=2100)]
Count = Annotated[int, Field(ge=0, le=100_000_000)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file.")]


class ReceiveFundBody(Body):
    """A document by which a superior passed money down."""

    region_code: Region
    fiscal_year: Year
    fund_name: Name
    superior_document_no: Code
    direct_fund_flag: DirectFundFlag
    kind: FundKind
    amount: Yuan
    received_on: Day


class AllocateFundBody(Body):
    """A document by which a part is given on. The flag is inherited; stated, it must agree."""

    document_no: Code
    recipient_kind: RecipientKind
    recipient: Annotated[Code, Field(description="A county by its region code, or a unit.")]
    project_code: Annotated[str, Field(max_length=100)] = ""
    amount: Yuan
    allocated_on: Day
    direct_fund_flag: DirectFundFlag | None = None


class IssueFundBody(Body):
    """Which quota of which project a part of an allocation has become."""

    allocation_id: Code
    project_code: Code
    fiscal_year: Year
    document_no: Code
    amount: Yuan


class DirectFundLineBody(Body):
    """One row of 直达资金台账. What the system knows itself is shown there and not read."""

    amount: Yuan
    document_no: Annotated[str, Field(max_length=100)] = ""
    allocated_on: Day | None = None
    recipient: Annotated[str, Field(max_length=100)] = ""
    project_code: Annotated[str, Field(max_length=100)] = ""
    direct_fund_flag: DirectFundFlag
    paid: Yuan | None = None
    paid_rate: Annotated[str, Field(max_length=40)] = ""
    households: Count | None = None
    findings: Note = ""
    rectification: Note = ""


class RecordDirectFundBody(Body):
    """One batch as the ledger 直达资金台账 has it: its rows add up to what was received."""

    fund_name: Name
    superior_document_no: Code
    received_on: Day
    kind: FundKind = FundKind.GENERAL
    lines: Annotated[tuple[DirectFundLineBody, ...], Field(min_length=1, max_length=400)]


class OpenFundFindingBody(Body):
    """A suspicion that a person has."""

    region_code: Region
    fiscal_year: Year
    kind: FindingKind
    level: FindingLevel
    batch_id: Annotated[str, Field(max_length=100)] = ""
    project_code: Annotated[str, Field(max_length=100)] = ""
    unit_code: Code | None = None
    department_code: Code | None = None
    amount: Yuan | None = None
    note: Text


class JudgeFundFindingBody(Body):
    """What the suspicion turned out to be, and why."""

    judgement: Judgement
    opinion: Text


class RectifyFundFindingBody(Body):
    """How the violation was put right."""

    result: Text
    evidence: Evidence


class RecordLinkageProjectBody(Body):
    """One row of 衔接资金绩效台账. Without a year it is a project of the year of today."""

    region_code: Region
    project_code: Code
    fiscal_year: Year | None = None
    kind: LinkageKind
    amount: Yuan
    target: Note = ""
    completion: Note = ""
    beneficiaries: Annotated[
        str,
        Field(pattern=r"^\d{1,8}户?\s*/\s*\d{1,8}人?$", examples=["120/486"]),
    ] = Field(default="0/0", description="Households / persons.")
    notice: Note = ""
    score: Points | None = None


class AnnounceFundBody(Body):
    """A public notice: where, when, and its proof."""

    place: Name
    announced_on: Day
    evidence: Hash
