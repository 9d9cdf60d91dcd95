"""What evaluation answers: read models in the words of the interface, money as text."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel

from shared.contracts.fields import Number, Yuan
from shared.domain.money import Money


class View(BaseModel):
    """A row as it is shown: what lies in the table as whole fen is shown as yuan."""

    @classmethod
    def of(cls, row: Any) -> Self:  # noqa: ANN401 - a row of any read model
        """Show a row."""
        return cls.model_validate({name: _shown(row, name) for name in cls.model_fields})


def _shown(row: Any, name: str) -> object:  # noqa: ANN401 - a row of any read model
    if hasattr(row, name):
        return getattr(row, name)
    fen: int | None = getattr(row, f"{name}_fen")
    return None if fen is None else Money(fen)


class LinkageView(View):
    """What binds a coming budget; no cap, no limit."""

    linkage_id: str
    unit_code: str
    region_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: str
    previous_budget: Yuan
    cap_factor: Number | None
    cap: Yuan | None
    priority: bool
    rule_set_version: int
    decided_on: date
    version: int


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
    answer_by: date | None
    booked_on: date | None
    origin: str
    version: int


class RecoveryExplanationView(View):
    """recoverable = quota less paid, verified commitments and frozen money."""

    recovery_id: str
    reason: str
    basis: str
    quota: Yuan
    paid: Yuan
    commitments: Yuan
    frozen: Yuan
    recoverable: Yuan
    amount: Yuan


class CutView(View):
    """A budget cut."""

    cut_id: str
    project_code: str
    project_name: str
    basis_project_code: str
    region_code: str
    unit_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: str
    requested: Yuan
    amount: Yuan
    similarity: str
    status: str
    rule_set_version: int
    confirmed_on: date | None
    origin: str
    version: int


class TotalsView(BaseModel):
    """Distinct units, distinct projects, and the sum."""

    unit_count: int
    project_count: int
    amount: Yuan
    drill_down: str
