"""What is sent about beneficiaries. The personal fields are in a body of their own."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.monitoring.api.key_fund_schemas import Year
from services.monitoring.api.schemas import Body, Code, Text
from services.monitoring.domain.beneficiary.identity import is_credit_code, is_id_number, normal
from services.monitoring.domain.beneficiary.values import Counting, PayeeKind, RevealPurpose
from shared.contracts.fields import Yuan

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", examples=["2021-06"])]
Place = Annotated[
    str,
    Field(pattern=r"^\d{9}(\d{3})?$", description="A township; with 12 digits, a village."),
]


class BeneficiaryLineBody(Body):
    """One line without what is personal in it."""

    project_code: Code
    fiscal_year: Year
    payment_id: Code
    line_id: Code
    month: Month
    place_code: Place
    payee_kind: PayeeKind
    counting: Counting = Counting.PERSON
    persons: Annotated[int, Field(ge=1, le=100)] = 1
    amount: Yuan


class RecordBeneficiaryBody(BeneficiaryLineBody):
    """One line of the real-name ledger. Name and number are sealed before anything is stored."""

    name: Annotated[str, Field(min_length=1, max_length=100, description="Personal: sealed.")]
    number: Annotated[
        str,
        Field(
            min_length=18,
            max_length=18,
            description="Personal: sealed. 公民身份号码, or 统一社会信用代码 of an enterprise.",
        ),
    ]

    @field_validator("number")
    @classmethod
    def _check_digit(cls, number: str, info: ValidationInfo) -> str:
        """Its last sign follows from the others; no message repeats it."""
        plain, enterprise = normal(number), info.data.get("payee_kind") is PayeeKind.ENTERPRISE
        if enterprise and not is_credit_code(plain):
            raise ValueError("a unified social credit code with a right check character is needed")
        if not enterprise and not is_id_number(plain):
            raise ValueError("an identity number with a right check digit is needed")
        return plain


class WithdrawBeneficiaryBody(Body):
    """Which line was wrong, and why."""

    project_code: Code
    fiscal_year: Year
    payment_id: Code
    line_id: Code
    reason: Text


class PublishBeneficiariesBody(Body):
    """Of which project and month totals are told."""

    project_code: Code
    fiscal_year: Year
    month: Month


class RevealDataBody(Body):
    """Which line is to be looked at in clear, and what for."""

    project_code: Code
    fiscal_year: Year
    payment_id: Code
    line_id: Code
    purpose: RevealPurpose
    reason: Annotated[str, Field(min_length=5, max_length=2_000)]


class EraseSubjectBody(Body):
    """A line of the person, and on what ground the person is erased."""

    project_code: Code
    fiscal_year: Year
    payment_id: Code
    line_id: Code
    reason: Text
