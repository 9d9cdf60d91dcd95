"""What evaluation answers: read models in the words of the interface, money as text."""

from typing import Any, Self

from pydantic import BaseModel

from shared.contracts.fields import Yuan
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


class TotalsView(BaseModel):
    """Distinct units, distinct projects, and the sum."""

    unit_count: int
    project_count: int
    amount: Yuan
    drill_down: str
