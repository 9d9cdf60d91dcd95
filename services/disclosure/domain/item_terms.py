"""When an item falls due: owed, its term begun, moved by a reply, passed."""

from collections.abc import Sequence
from datetime import date

from services.disclosure.domain.content import merged
from services.disclosure.domain.item_facts import ItemRestated
from services.disclosure.domain.item_states import (
    Archived,
    NotOwed,
    Published,
    State,
    Withheld,
)
from services.disclosure.domain.item_words import (
    ItemEvent,
    ItemOverdue,
    ItemOwed,
    MarkItemOverdue,
    MoveTerm,
    OweItem,
    StartTerm,
    TermStarted,
)
from shared.domain.workdays import day_over


def owe(command: OweItem, state: State) -> Sequence[ItemEvent]:
    """Owed once; the term runs from the decision, or from a reply that came after it."""
    if not isinstance(state, NotOwed):
        return []
    item, starts_on = command.item, command.starts_on
    due_on = (
        command.terms.due_on(item.channel, _later(starts_on, command.replied_on), item.region_code)
        if starts_on
        else None
    )
    return [ItemOwed(item=item, content=command.content, due_on=due_on, starts_on=starts_on)]


def start(command: StartTerm, state: State) -> Sequence[ItemEvent]:
    """Silent where nothing waits for it: most projects had no ex-ante assessment."""
    if isinstance(state, NotOwed):
        return []
    obligation = state.obligation
    meant = obligation.content.get("evaluation_id", "")
    if command.evaluation_id and meant != command.evaluation_id:
        return []
    facts: list[ItemEvent] = []
    told = isinstance(state, Published | Archived)
    if not told and merged(obligation.content, command.fields) != obligation.content:
        facts.append(ItemRestated(fields=command.fields, reason=""))
    if obligation.due_on is None:
        item, begun = obligation.item, _later(command.starts_on, command.replied_on)
        due_on = command.terms.due_on(item.channel, begun, item.region_code)
        facts.append(TermStarted(due_on=due_on, starts_on=command.starts_on))
    return facts


def move(command: MoveTerm, state: State) -> Sequence[ItemEvent]:
    """Silent where it was told, where no reply is known, and where the term stays the same."""
    if isinstance(state, NotOwed | Published | Archived) or command.replied_on is None:
        return []
    obligation = state.obligation
    begun = _later(obligation.starts_on or command.replied_on, command.replied_on)
    item = obligation.item
    due_on = command.terms.due_on(item.channel, begun, item.region_code)
    return [] if due_on == obligation.due_on else [TermStarted(due_on=due_on)]


def mark_overdue(command: MarkItemOverdue, state: State) -> Sequence[ItemEvent]:
    """Silent when it was told, withheld, or is not due yet."""
    if isinstance(state, NotOwed | Published | Archived | Withheld):
        return []
    obligation = state.obligation
    due_on = obligation.due_on
    if obligation.overdue or due_on is None or command.now < day_over(due_on):
        return []
    return [ItemOverdue(item=obligation.item, due_on=due_on)]


def _later(decided_on: date, replied_on: date | None) -> date:
    return decided_on if replied_on is None else max(decided_on, replied_on)
