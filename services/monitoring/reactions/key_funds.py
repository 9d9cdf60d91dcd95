"""Key funds: what a county is allocated becomes a batch of that county; legal days fall due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.monitoring.domain.calendar import ends
from services.monitoring.domain.key_fund.commands import CheckFundDeadline, ReceiveFund
from services.monitoring.domain.key_fund.events import FundReceived
from services.monitoring.domain.key_fund.values import DirectFundFlag, FundKind
from shared.contracts import monitoring
from shared.messages import Deadline, Due

CLOCK: Final = "monitoring|clock"
PASS_ON: Final = "FUND_PASS_ON"  # noqa: S105 - the kind of a deadline


def split(word: monitoring.FundAllocated, by: str, now: datetime) -> Sequence[ReceiveFund]:
    """The county receives its part, with the flag and the document that it was given with."""
    if not word.passed_to:
        return []
    return [
        ReceiveFund(
            region_code=word.recipient,
            fiscal_year=word.fiscal_year,
            fund_name=word.fund_name,
            superior_document_no=word.document_no,
            direct_fund_flag=DirectFundFlag(word.direct_fund_flag),
            kind=FundKind(word.kind),
            amount=word.amount,
            received_on=word.allocated_on,
            parent_id=word.batch_id,
            root_id=word.root_id,
            by=by,
            now=now,
        )
    ]


def of_batch(event: FundReceived) -> Sequence[Deadline]:
    """The last legal day to pass the money on."""
    key = event.batch.batch_id
    due_at = ends(event.pass_on_by)
    return [Deadline(key=f"keyfund:{key}", kind=PASS_ON, subject=key, due_at=due_at)]


def pass_on(due: Due) -> CheckFundDeadline:
    """See, after the day, whether anything is left."""
    return CheckFundDeadline(batch_id=due.subject, by=CLOCK, now=due.now)
