"""Facts of statements and tie-outs in public words."""

from typing import assert_never

from services.monitoring.domain.statement import events as fact
from services.monitoring.domain.tie_out import TieOutEvent, TieOutPublished, TieOutRequested
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_statement(_event: fact.StatementEvent, _recorded: AnyRecorded) -> None:
    """What a bank wrote stays inside; what came of it the ledgers say."""


def of_tie_out(event: TieOutEvent, recorded: AnyRecorded) -> PublicEvent | None:
    """How a day of a region stands."""
    match event:
        case TieOutRequested():
            return None
        case TieOutPublished(figures=figures):
            bank = figures.bank
            return said.TieOutPublished(
                region_code=event.region_code,
                tie_out_id=recorded.id,
                from_on=event.from_on,
                until_on=event.until_on,
                ledger_paid=figures.ledger.paid,
                ledger_returned=figures.ledger.returned,
                listed_paid=figures.listed.paid,
                listed_returned=figures.listed.returned,
                bank_debits=None if bank is None else bank.paid,
                bank_credits=None if bank is None else bank.returned,
                equal=event.equal,
                differences=tuple(one.between.value for one in event.differences),
                breaks_open=figures.breaks_open,
            )
        case _:
            assert_never(event)
