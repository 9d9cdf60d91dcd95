"""What readers of linkage are shown, and the constraint document as the budget system pulls it."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.evaluation.api.views import View
from services.evaluation.projections.linkage_board import LinkageRow
from shared.contracts.fields import Number, Yuan
from shared.domain.money import Money


class LinkageView(View):
    """What binds a coming budget; no cap, no limit."""

    linkage_id: str
    unit_code: str
    region_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: str
    previous_budget: Yuan
    base: str
    cap_factor: Number | None
    cap: Yuan | None
    priority: bool
    disposition: str
    status: str
    document_no: str
    answer_by: date | None
    agrees: bool | None
    answer: str
    exempted: dict[str, Any]
    confirmed_on: date | None
    remark: str
    approved: Yuan | None
    exempt: Yuan | None
    excess: Yuan | None
    rule_set_version: int
    decided_on: date
    version: int


class ExemptedProject(BaseModel):
    """A project whose money no cap binds, with its reason."""

    project_code: str
    kind: str
    amount: str
    reason: str
    document_no: str


class ConstraintDocument(BaseModel):
    """The constraint on a unit's coming budget, for the budget system. Amounts are yuan as text."""

    model_config = ConfigDict(populate_by_name=True)

    type: Literal["BUDGET_CONSTRAINT"] = "BUDGET_CONSTRAINT"
    constraint_id: str = Field(examples=["653121101001-2021"])
    version: int = Field(description="Of the linkage, when it was confirmed.")
    region_code: str
    unit_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: str
    disposition: str
    base: str
    previous_budget: str
    cap_factor: str | None
    cap: str | None = Field(description="Null: no cap binds.")
    priority: bool
    exemptions: list[ExemptedProject]
    rule_set_version: int
    legal_basis: str
    confirmed_on: str

    @classmethod
    def of(cls, row: LinkageRow) -> "ConstraintDocument":
        """What was confirmed, and nothing that came later: the same document for ever."""
        return cls(
            constraint_id=row.linkage_id,
            version=row.confirmed_version or row.version,
            region_code=row.region_code,
            unit_code=row.unit_code,
            basis_fiscal_year=row.basis_fiscal_year,
            budget_year=row.budget_year,
            grade=row.grade,
            disposition=row.disposition,
            base=row.base,
            previous_budget=str(Money(row.previous_budget_fen)),
            cap_factor=None if row.cap_factor is None else format(row.cap_factor, "f"),
            cap=None if row.cap_fen is None else str(Money(row.cap_fen)),
            priority=row.priority,
            exemptions=[
                ExemptedProject(project_code=code, **row.exempted[code])
                for code in sorted(row.exempted)
            ],
            rule_set_version=row.rule_set_version,
            legal_basis=row.legal_basis,
            confirmed_on="" if row.confirmed_on is None else row.confirmed_on.isoformat(),
        )


class SignedConstraint(BaseModel):
    """The document, and beside it a detached signature over its canonical form.

    The payload is the document in the canonical form of RFC 8785; the signature is a JWS with
    detached content (RFC 7515 appendix F), by the algorithm Ed25519 of RFC 9864. The key is at
    `GET /v1/budget-constraint-keys`.
    """

    document: ConstraintDocument
    signature: str = Field(examples=["eyJhbGciOiJFZDI1NTE5In0..c2lnbmF0dXJl"])


class VerificationKey(BaseModel):
    """A public key as a JWK (RFC 8037)."""

    kty: str = "OKP"
    crv: str = "Ed25519"
    alg: str = "Ed25519"
    use: str = "sig"
    kid: str
    x: str


class VerificationKeys(BaseModel):
    """A JWK set."""

    keys: list[VerificationKey]
