"""One page of a statement beside those that have come: together they are one list.

What looks alike on two pages happened twice, as what looks alike on one of them. Their returns are
read from the facts of the statement, not from a read model: the page before is known as soon as
it is committed.
"""

from collections import Counter
from dataclasses import replace

from services.monitoring.domain.statement.lines import BankMessage
from services.monitoring.domain.statement.twins import further
from services.monitoring.domain.statement_pages import StatementPages, pages_id
from shared.handling import Handling


async def beside_other_pages(handling: Handling, region: str, message: BankMessage) -> BankMessage:
    """The message, each return that another page tells, too, under the next name."""
    pages = {
        f"pages-{pages_id(region, day.account, day.series)}": day
        for day in message.days
        if day.series
    }
    if not pages:
        return message
    states = await handling.states(list(pages))
    elsewhere: Counter[tuple[str, str]] = Counter()
    for stream, state in states.items():
        if isinstance(state, StatementPages):
            day = pages[stream]
            for page, names in state.returns.items():
                elsewhere.update((day.account, name) for name in names if page != day.page)
    return replace(message, lines=tuple(further(message.lines, elsewhere)))
