"""Whose ledger a command is about."""

from dataclasses import dataclass
from datetime import datetime

from services.monitoring.domain.values import project_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLedger:
    """The base of every command on the ledger of a project and year."""

    project_code: str
    fiscal_year: int
    by: str
    now: datetime

    @property
    def ledger_id(self) -> str:
        """The ledger this addresses."""
        return project_id(self.project_code, self.fiscal_year)
