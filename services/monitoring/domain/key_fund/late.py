"""A missed legal day as a finding."""

from typing import Final

from services.monitoring.domain.calendar import starts
from services.monitoring.domain.fund_finding.commands import OpenFundFinding
from services.monitoring.domain.fund_finding.events import FindingKind, FindingLevel
from services.monitoring.domain.key_fund import events as fact
from services.monitoring.domain.key_fund.values import FundStep

CLOCK: Final = "monitoring|clock"


def found(event: fact.FundDeadlineMissed) -> OpenFundFinding:
    """Money that went nowhere is the graver case (D)."""
    unallocated = event.step is FundStep.ALLOCATE
    return OpenFundFinding(
        finding_id=f"{event.batch.batch_id}-{event.step.value}",
        region_code=event.batch.region_code,
        fiscal_year=event.batch.fiscal_year,
        kind=FindingKind.NOT_ALLOCATED if unallocated else FindingKind.NOT_ISSUED,
        level=FindingLevel.RED if unallocated else FindingLevel.YELLOW,
        batch_id=event.batch.batch_id,
        amount=event.missing,
        due_on=event.pass_on_by,
        note=event.batch.fund_name,
        by=CLOCK,
        now=starts(event.missed_on),
    )
