"""What verified contracts may still cost: the part of a quota that nobody takes back."""

from pydantic import Field

from shared.contracts.fields import Yuan
from shared.contracts.monitoring.said import ProjectEvent


class CommitmentsChanged(ProjectEvent):
    """A contract was verified or ended; which one, and with whom, stays with the ledger."""

    change: Yuan = Field(description="Signed: what verified contracts may still cost moved by.")
