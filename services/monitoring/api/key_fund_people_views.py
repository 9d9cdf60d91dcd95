"""What is shown of beneficiaries: masked, totalled, or for a few minutes in clear."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Self

from pydantic import BaseModel, Field

from services.monitoring.domain.beneficiary.identity import masked_name, masked_number
from services.monitoring.domain.beneficiary.values import PlaceTotal
from services.monitoring.projections.key_fund_beneficiaries import BeneficiaryRow, RevealRow
from shared.contracts.fields import Yuan
from shared.domain.money import Money
from shared.domain.sealed import Sealed
from shared.http.language import Language
from shared.http.problems import Unavailable
from shared.http.reading import Read

ERASED: Final = "已删除"
ERASED_IN_ENGLISH: Final = "[erased]"
type Opened = Mapping[str, str] | None


def erased(language: Language) -> str:
    """What stands where a person's fields were."""
    return ERASED_IN_ENGLISH if language is Language.EN else ERASED


async def opened(read: Read, rows: Sequence[BeneficiaryRow | RevealRow]) -> Sequence[Opened]:
    """The personal fields of each; nothing, where the key is destroyed. Nobody keeps them."""
    read.response.headers["cache-control"] = "no-store"
    if read.runtime.vault is None:
        raise Unavailable
    boxes = [Sealed(subject=row.subject, key_id=row.key_id, box=row.box) for row in rows]
    return await read.runtime.vault.open(boxes)


def masked(fields: Opened, gone: str) -> tuple[str, str]:
    """Name and number as everybody sees them."""
    if fields is None:
        return gone, gone
    return masked_name(fields["name"]), masked_number(fields["number"])


class BeneficiaryView(BaseModel):
    """One line of the real-name ledger, masked for everybody."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    payment_id: str
    line_id: str
    month: str
    place_code: str
    payee_kind: str
    counting: str
    persons: int
    amount: Yuan
    name: str = Field(description="Masked.", examples=["张*"])
    number: str = Field(description="Masked.", examples=["653101********1234"])
    subject: str = Field(description="The same for every line of the same payee.")
    duplicate_of: str
    withdrawn: bool
    erased: bool

    @classmethod
    def of(cls, row: BeneficiaryRow, fields: Opened, gone: str) -> Self:
        """A row with what its box holds, masked."""
        plain = row.model_dump(include=set(cls.model_fields) - {"amount"})
        name, number = masked(fields, gone)
        return cls(
            **plain,
            amount=Money(row.amount_fen),
            name=name,
            number=number,
            erased=fields is None,
        )


class RevealView(BaseModel):
    """One look into one line: who, when and what for."""

    reveal_id: str
    project_code: str
    fiscal_year: int
    payment_id: str
    line_id: str
    purpose: str
    reason: str
    revealed_by: str
    revealed_at: str

    @classmethod
    def of(cls, row: RevealRow) -> Self:
        """A row, without what was seen."""
        return cls(**row.model_dump(include=set(cls.model_fields)))


class RevealedView(BaseModel):
    """One line in clear, for the eyes of whoever asked."""

    reveal_id: str
    name: str
    number: str
    erased: bool
    until: str = Field(description="Then it has to be asked for again, with a reason.")


class PlaceTotalView(BaseModel):
    """What reached one township; without a code, several that are too small to be told."""

    place_code: str
    payees: int
    households: int
    persons: int
    enterprises: int
    amount: Yuan

    @classmethod
    def of(cls, total: PlaceTotal) -> Self:
        """A total."""
        return cls(
            place_code=total.place_code,
            payees=total.payees,
            households=total.households,
            persons=total.persons,
            enterprises=total.enterprises,
            amount=total.amount,
        )


class ProofView(BaseModel):
    """How much of a payment has reached somebody by name; the rest is not yet proved."""

    payment_id: str
    settled_on: date
    amount: Yuan
    proved: Yuan
    not_yet_proved: Yuan
