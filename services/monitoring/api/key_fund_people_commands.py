"""Commands about beneficiaries: record, withdraw, publish totals, look, erase."""

from typing import Final

from pydantic import BaseModel

from services.monitoring.api import key_fund_people_schemas as schemas
from services.monitoring.domain.beneficiary.commands import (
    EraseSubject,
    PublishBeneficiaries,
    RecordBeneficiary,
    RevealData,
    WithdrawBeneficiary,
)
from shared.domain.sealed import Sealed
from shared.http.commands import Asked, CommandEndpoint, Confidential


def record_beneficiary(
    asked: Asked, body: schemas.BeneficiaryLineBody, sealed: Sealed
) -> RecordBeneficiary:
    """Say who got a part of a payment. Send thousands as an import; names are sealed at once."""
    return RecordBeneficiary(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        payment_id=body.payment_id,
        line_id=body.line_id,
        month=body.month,
        place_code=body.place_code,
        payee_kind=body.payee_kind,
        counting=body.counting,
        persons=body.persons,
        amount=body.amount,
        sealed=sealed,
        by=asked.actor,
        now=asked.now,
    )


def withdraw_beneficiary(
    asked: Asked, body: schemas.WithdrawBeneficiaryBody
) -> WithdrawBeneficiary:
    """Take back a line that was wrong. It stays in the record and counts no longer."""
    return WithdrawBeneficiary(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        payment_id=body.payment_id,
        line_id=body.line_id,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def publish_beneficiaries(
    asked: Asked, body: schemas.PublishBeneficiariesBody
) -> PublishBeneficiaries:
    """Tell the public how much reached how many by township; small groups are put together."""
    return PublishBeneficiaries(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        month=body.month,
        by=asked.actor,
        now=asked.now,
    )


def reveal_data(asked: Asked, body: schemas.RevealDataBody) -> RevealData:
    """Ask to see one line in clear, for a stated purpose. The look itself is a fact."""
    return RevealData(
        reveal_id=asked.new_id(),
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        payment_id=body.payment_id,
        line_id=body.line_id,
        purpose=body.purpose,
        reason=body.reason,
        asker_region=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def erase_subject(asked: Asked, subject: str, body: schemas.EraseSubjectBody) -> EraseSubject:
    """Destroy the key of a person: every field of theirs is unreadable from then on."""
    return EraseSubject(
        subject=subject,
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        payment_id=body.payment_id,
        line_id=body.line_id,
        reason=body.reason,
        asker_region=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def _number(body: BaseModel) -> str:
    """A person is recognised by the number alone; names are written in many ways."""
    assert isinstance(body, schemas.RecordBeneficiaryBody)
    return f"{body.payee_kind.value}|{body.number}"


_PEOPLE: Final = "Beneficiaries"
PEOPLE_COMMANDS: Final = (
    CommandEndpoint(
        path="/beneficiaries",
        translate=record_beneficiary,
        tag=_PEOPLE,
        creates=True,
        location="/beneficiaries?ledger={id}",
        confidential=Confidential(body=schemas.RecordBeneficiaryBody, identity=_number),
    ),
    CommandEndpoint(path="/beneficiaries/withdraw", translate=withdraw_beneficiary, tag=_PEOPLE),
    CommandEndpoint(path="/beneficiaries/publish", translate=publish_beneficiaries, tag=_PEOPLE),
    CommandEndpoint(path="/reveals", translate=reveal_data, tag=_PEOPLE, creates=True),
    CommandEndpoint(path="/subjects/{subject}/erase", translate=erase_subject, tag=_PEOPLE),
)
