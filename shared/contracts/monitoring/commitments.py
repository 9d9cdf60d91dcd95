"""What verified contracts may still cost, and what lies on the unit's own account."""

from pydantic import Field

from shared.contracts.fields import Yuan
from shared.contracts.monitoring.said import ProjectEvent


class CommitmentsChanged(ProjectEvent):
    """A contract was verified or ended; which one, and with whom, stays with the ledger."""

    change: Yuan = Field(description="Signed: what verified contracts may still cost moved by.")


class UnitAccountNoted(ProjectEvent):
    """Paid money lies on the unit's own account and is not spent; or less of it does now."""

    total: Yuan = Field(description="Of all payments of the project in the year, after this.")
