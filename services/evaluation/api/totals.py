"""Sums of a ledger over a region: distinct units, distinct projects, and the amount."""

from collections.abc import Sequence
from typing import Literal

from services.evaluation.api.views import TotalsView
from services.evaluation.projections.cut_register import CutRow
from services.evaluation.projections.recovery_ledger import RecoveryRow
from shared.domain.money import Money
from shared.http.scope import covers

type Reach = Literal["self", "tree"]


def within(region: str, code: str, reach: Reach) -> bool:
    """Whether a row lies in the region, or under it."""
    return covers(region, code) if reach == "tree" else code == region


def totals(rows: Sequence[RecoveryRow] | Sequence[CutRow], drill_down: str) -> TotalsView:
    """What the rows come to."""
    return TotalsView(
        unit_count=len({row.unit_code for row in rows}),
        project_count=len({row.project_code for row in rows}),
        amount=Money(sum(row.amount_fen for row in rows)),
        drill_down=drill_down,
    )
