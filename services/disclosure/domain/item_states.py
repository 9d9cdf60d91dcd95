"""The states of a disclosure item, how history leads on, whose it is, what it must know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.disclosure.domain import budget_reply, terms
from services.disclosure.domain.content import merged
from services.disclosure.domain.item_facts import (
    Entry,
    Item,
    ItemArchived,
    ItemCorrected,
    ItemEntryNoted,
    ItemEvent,
    ItemOverdue,
    ItemOwed,
    ItemPrepared,
    ItemPublished,
    ItemRestated,
    ItemWithheld,
    SecrecyReviewed,
    TermStarted,
    WithholdingExpired,
)
from services.disclosure.domain.item_words import (
    ItemCommand,
    MoveTerm,
    NoteItemEntry,
    OweItem,
    StartTerm,
)
from services.disclosure.domain.values import Channel
from shared.domain.decider import Json, Owner, Reference
from shared.domain.hands import NOBODY, Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOwed:
    """Nothing is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What an item carries from the day it is owed until it is told.

    `starts_on` is the day of the decision; `preparers` are all who ever prepared it, also where
    another prepared it otherwise since; `entries` are what a summary adds up, by number.
    """

    item: Item
    content: Json
    due_on: date | None
    starts_on: date | None = None
    overdue: bool = False
    preparers: Hands = NOBODY
    entries: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Nobody has prepared it, or what was prepared did not pass."""

    obligation: Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Waits for its secrecy review."""

    obligation: Obligation
    supplement: Json
    prepared_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """May be published; `accepted` are the suspicions that tell of nobody."""

    obligation: Obligation
    supplement: Json
    prepared_by: str
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Told; `content` is what it says today."""

    obligation: Obligation
    content: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """Told and put on file."""

    obligation: Obligation
    content: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Validly not told."""

    obligation: Obligation
    fact: ItemWithheld


type Known = Owed | Prepared | Reviewed | Published | Archived | Withheld
type State = NotOwed | Known


def evolve(state: State, event: ItemEvent) -> State:  # noqa: C901, PLR0911, PLR0912 - one match
    """The state after this fact."""
    if isinstance(event, ItemOwed):
        return Owed(obligation=_obligation(event))
    if isinstance(state, NotOwed):
        return state
    obligation = state.obligation
    match event:
        case TermStarted(due_on=due_on, starts_on=starts_on):
            begun = starts_on or obligation.starts_on
            begun_term = replace(obligation, due_on=due_on, starts_on=begun, overdue=False)
            return replace(state, obligation=begun_term)
        case ItemPrepared(supplement=supplement, prepared_by=who):
            known = replace(obligation, preparers=obligation.preparers.also(who))
            return Prepared(obligation=known, supplement=supplement, prepared_by=who)
        case SecrecyReviewed():
            return _reviewed(state, event)
        case ItemPublished(content=content):
            return Published(obligation=obligation, content=content)
        case ItemCorrected(content=content):
            on_file = isinstance(state, Archived)
            told = Archived if on_file else Published
            return told(obligation=obligation, content=content)
        case ItemWithheld():
            return Withheld(obligation=obligation, fact=event)
        case WithholdingExpired():
            return Owed(obligation=obligation)
        case ItemRestated(fields=fields):
            content = merged(obligation.content, fields)
            return replace(state, obligation=replace(obligation, content=content))
        case ItemOverdue():
            return replace(state, obligation=replace(obligation, overdue=True))
        case ItemEntryNoted():
            return replace(state, obligation=_with_entry(obligation, event))
        case ItemArchived():
            return _archived(state)
        case _:
            assert_never(event)


def _obligation(event: ItemOwed) -> Obligation:
    return Obligation(
        item=event.item, content=event.content, due_on=event.due_on, starts_on=event.starts_on
    )


def _with_entry(obligation: Obligation, event: ItemEntryNoted) -> Obligation:
    entries = {**obligation.entries, event.entry.entry_id: event.entry}
    return replace(obligation, entries=entries, content=merged(obligation.content, event.fields))


def _reviewed(state: Known, event: SecrecyReviewed) -> State:
    if not event.cleared or not isinstance(state, Prepared):
        return Owed(obligation=state.obligation)
    return Reviewed(
        obligation=state.obligation,
        supplement=state.supplement,
        prepared_by=state.prepared_by,
        accepted=event.accepted,
    )


def _archived(state: Known) -> State:
    if not isinstance(state, Published):
        return state
    return Archived(obligation=state.obligation, content=state.content)


def owner(state: State) -> Owner | None:
    """The unit whose project it tells of; what tells of a region belongs to its bureau."""
    if isinstance(state, NotOwed):
        return None
    item = state.obligation.item
    return Owner(
        region_code=item.region_code,
        department_code=item.department_code,
        unit_code=item.unit_code or None,
    )


def identify(command: ItemCommand) -> str:
    """Which item a command is about."""
    return command.item.item_id if isinstance(command, OweItem | NoteItemEntry) else command.item_id


def consults(command: ItemCommand) -> Sequence[Reference]:
    """Terms are counted by the rule set that binds the region, from the reply where it came."""
    match command:
        case OweItem(item=item):
            replies = budget_reply.references(
                item.channel, item.department_code or "", item.fiscal_year
            )
            return (*terms.references(item.region_code, item.fiscal_year), *replies)
        case NoteItemEntry(item=item):
            return terms.references(item.region_code, item.fiscal_year)
        case StartTerm(region_code=region_code, fiscal_year=fiscal_year):
            replies = budget_reply.references(
                Channel.WITH_BUDGET, command.department_code, fiscal_year
            )
            return (*terms.references(region_code, fiscal_year), *replies)
        case MoveTerm(region_code=region_code, fiscal_year=fiscal_year):
            replies = budget_reply.references(command.channel, command.department_code, fiscal_year)
            return (*terms.references(region_code, fiscal_year), *replies)
        case _:
            return ()


def inform(command: ItemCommand, states: Sequence[object]) -> ItemCommand:
    """The command with the terms that bind, and the day of the reply."""
    known = tuple(states)
    match command:
        case OweItem(item=item):
            day = budget_reply.day_known(known, item.unit_code, item.department_code or "")
            return replace(command, terms=terms.binding(known), replied_on=day)
        case StartTerm() | MoveTerm():
            day = budget_reply.day_known(known, command.unit_code, command.department_code)
            return replace(command, terms=terms.binding(known), replied_on=day)
        case NoteItemEntry():
            return replace(command, terms=terms.binding(known))
        case _:
            return command
