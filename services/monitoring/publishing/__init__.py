"""What of our own facts the others are told: one exhaustive match per aggregate."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from services.monitoring.publishing.adjustments import of_adjustment
from services.monitoring.publishing.key_funds import (
    of_finding,
    of_industry,
    of_key_fund,
    of_linkage,
    of_roll,
)
from services.monitoring.publishing.money import of_ledger
from services.monitoring.publishing.orders import of_payment_order, of_treasury_request
from services.monitoring.publishing.treasury import of_statement, of_tie_out
from services.monitoring.publishing.warnings import of_letterfile, of_warning
from services.monitoring.publishing.watching import of_record, of_round
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded

type Publisher = Callable[[Any, AnyRecorded], PublicEvent | None]


def _silence(_event: object, _recorded: AnyRecorded) -> None:
    """What was heard from others, and how we keep our books, is not told again."""


_BY_CATEGORY: Final[Mapping[str, Publisher]] = {
    "ledger": of_ledger,
    "round": of_round,
    "record": of_record,
    "warning": of_warning,
    "adjustment": of_adjustment,
    "adjustment_desk": _silence,
    "statement": of_statement,
    "tieout": of_tie_out,
    "pages": _silence,
    "payment_order": of_payment_order,
    "payment_batch": _silence,
    "treasury_request": of_treasury_request,
    "webhook": _silence,
    "watch": _silence,
    "rules": _silence,
    "unit": _silence,
    "region": _silence,
    "letterbook": _silence,
    "duty": _silence,
    "roster": _silence,
    "idleness": _silence,
    "letterfile": of_letterfile,
    "keyfund": of_key_fund,
    "quotalink": _silence,
    "fundfinding": of_finding,
    "beneficiaries": of_roll,
    "reveal": _silence,
    "subject": _silence,
    "linkage": of_linkage,
    "industryfund": of_industry,
}


def publish(recorded: AnyRecorded) -> PublicEvent | None:
    """The word for a fact, or silence on purpose."""
    category = recorded.stream.partition("-")[0]
    return _BY_CATEGORY[category](recorded.event, recorded)
