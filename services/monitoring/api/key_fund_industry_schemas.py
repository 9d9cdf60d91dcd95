"""What is sent about industrial funds: one body for each stage."""

from typing import Annotated

from pydantic import Field, field_validator

from services.monitoring.api.key_fund_schemas import Count, Name, Note, Region, Year
from services.monitoring.api.schemas import Body, Code, Evidence, Points, Text
from services.monitoring.domain.beneficiary.identity import is_credit_code, normal
from shared.contracts.fields import Day, Yuan

Credit = Annotated[str, Field(min_length=18, max_length=18, examples=["91350100M000100Y43"])]


class PlanIndustryFundBody(Body):
    """Whose money is planned for what."""

    fund_id: Code
    name: Name
    region_code: Region
    department_code: Code
    unit_code: Code
    fiscal_year: Year
    amount: Yuan


class ApplyForIndustryFundBody(Body):
    """Which enterprise asks for how much."""

    enterprise: Name
    credit_code: Credit
    amount: Yuan
    evidence: Evidence = ()

    @field_validator("credit_code")
    @classmethod
    def _check_sign(cls, code: str) -> str:
        """Its last sign follows from the others."""
        if not is_credit_code(normal(code)):
            raise ValueError("a unified social credit code with a right check character is needed")
        return normal(code)


class ReviewIndustryFundBody(Body):
    """Whether the conditions are met, and why."""

    conditions_met: bool
    opinion: Text


class PublicizeIndustryFundBody(Body):
    """From when to when the notice is up, where, and its proof."""

    place: Name
    starts_on: Day
    ends_on: Day
    evidence: Evidence


class AllocateIndustryFundBody(Body):
    """By which document how much is allocated."""

    document_no: Code
    amount: Yuan


class PayIndustryFundBody(Body):
    """Which payment of which project reached the enterprise."""

    project_code: Code
    payment_id: Code
    amount: Yuan


class InspectIndustryFundBody(Body):
    """What was seen of the use of the money."""

    conditions_met: bool
    finding: Text
    evidence: Evidence = ()


class ReportIndustryEffectBody(Body):
    """What came of it."""

    jobs: Count
    output: Yuan
    tax: Yuan
    note: Note = ""
    evidence: Evidence = ()


class EvaluateIndustryFundBody(Body):
    """How the result is judged."""

    conditions_met: bool
    score: Points
    opinion: Text


class RecoverIndustryFundBody(Body):
    """What came back, by which slip."""

    document_no: Code
    amount: Yuan
