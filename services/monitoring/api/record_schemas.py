"""What is sent about rounds and records. A field nobody knows is refused, not ignored."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.monitoring.api.schemas import Body, Code, Points, Share, Text
from services.monitoring.domain.record.judging import Check, ReturnCode
from services.monitoring.domain.values import DeviationCause, Likelihood
from shared.contracts.fields import Day, WrittenNumber, Yuan

Words = Annotated[str, Field(max_length=2_000)]
Person = Annotated[str, Field(max_length=100)]
Written = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Plain = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^、;；:\n〔〕]*$")]
Fingerprint = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^\w+$")]
MONTHS: Final = 12


class CloseRoundBody(Body):
    """The report is counted from the records; figures that are stated have to agree with it."""

    reviewed: Annotated[int, Field(ge=0)] | None = None
    missed: Annotated[int, Field(ge=0)] | None = None
    signatory: Annotated[str, Field(max_length=100, description="Who signs the report.")] = ""


class ProofBody(Body):
    """A file that proves a value."""

    sha256: Fingerprint
    kind: Plain = ""
    name: Plain = ""


class ReportedValueBody(Body):
    """One indicator: its value, its proof, and why it deviates."""

    indicator_id: Code
    actual: WrittenNumber | None = None
    completion: Share | None = Field(default=None, description="For a qualitative indicator.")
    expected: Annotated[str, Field(max_length=200, description="What the year will come to.")] = ""
    likelihood: Likelihood = Likelihood.CERTAIN
    cause: DeviationCause | None = None
    causes: dict[DeviationCause, bool] = Field(
        default_factory=dict, description="As ticked on the form; the first one is the cause."
    )
    cause_text: Words = ""
    evidence: Annotated[tuple[Written, ...], Field(max_length=50)] = Field(
        default=(), description="SHA-256 of each file, or name〔kind〕:SHA-256 as on the form."
    )
    proofs: Annotated[tuple[ProofBody, ...], Field(max_length=50)] = ()
    remark: Words = ""


Values = Annotated[tuple[ReportedValueBody, ...], Field(max_length=200)]


class PlannedMonthBody(Body):
    """What is to be paid in a month of the year."""

    month: Annotated[int, Field(ge=1, le=MONTHS)]
    amount: Yuan


class ContractDueBody(Body):
    """What a signed contract makes due."""

    contract_no: Code
    amount: Yuan
    due_on: Day


class FileForecastBody(Body):
    """What the unit expects at the coming node: a plan of payments, contracts, or both."""

    planned_payments: Yuan | None = Field(default=None, description="In one sum until the node.")
    plan: Annotated[tuple[PlannedMonthBody, ...], Field(max_length=MONTHS)] = ()
    contracts: Annotated[tuple[ContractDueBody, ...], Field(max_length=200)] = ()
    values: Values = ()


class EnterMonitoringBody(Body):
    """The part of the business office: values, causes, evidence."""

    values: Values
    summary: Words = ""
    person: Person = ""


class ConfirmExecutionBody(Body):
    """The part of the finance office. The money comes from the ledger."""

    expected_year_end: Yuan | None = None
    note: Words = ""
    person: Person = ""


class SubmitMonitoringBody(Body):
    """The head signs what both offices stand by; no values are needed then."""

    values: Values = ()
    summary: Words = ""
    person: Person = ""


class ReturnMonitoringBody(Body):
    """Why a report goes back, in words and as codes."""

    reason: Text
    codes: Annotated[tuple[ReturnCode, ...], Field(max_length=len(ReturnCode))] = ()


class VerifyMonitoringBody(Body):
    """What the department says."""

    opinion: Words = ""


class JudgementBody(Body):
    """In order, or not and why."""

    in_order: bool
    text: Words = ""


class JudgementsBody(Body):
    """The three aspects; one that is left out is judged by what is known."""

    timeliness: JudgementBody | None = None
    compliance: JudgementBody | None = None
    effectiveness: JudgementBody | None = None


class ReviewMonitoringBody(Body):
    """What the reviewer found beside the numbers; points left out are full points."""

    opinion: Words = ""
    completeness: Points | None = None
    correction: Points | None = None
    compliance_suspected: bool = False
    judgements: JudgementsBody = JudgementsBody()
    in_depth: dict[Check, JudgementBody] = Field(
        default_factory=dict, description="Asked for where the project is a key project."
    )
