"""The states of a disclosure item, how history leads on, whose it is, what it must know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from services.disclosure.domain import terms
from services.disclosure.domain.content import merged
from services.disclosure.domain.item_words import (
    Item,
    ItemCommand,
    ItemCorrected,
    ItemEvent,
    ItemOverdue,
    ItemOwed,
    ItemPrepared,
    ItemPublished,
    ItemRestated,
    ItemWithheld,
    OweItem,
    SecrecyReviewed,
    StartTerm,
    TermStarted,
    WithholdingExpired,
)
from shared.domain.decider import Json, Owner, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOwed:
    """Nothing is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What an item carries from the day it is owed until it is told."""

    item: Item
    content: Json
    due_on: date | None
    overdue: bool = False


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
    """May be published."""

    obligation: Obligation
    supplement: Json
    prepared_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Told; `content` is what it says today."""

    obligation: Obligation
    content: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Validly not told."""

    obligation: Obligation
    fact: ItemWithheld


type Known = Owed | Prepared | Reviewed | Published | Withheld
type State = NotOwed | Known


def evolve(state: State, event: ItemEvent) -> State:  # noqa: C901, PLR0911 - one match
    """The state after this fact."""
    if isinstance(event, ItemOwed):
        return Owed(
            obligation=Obligation(item=event.item, content=event.content, due_on=event.due_on)
        )
    if isinstance(state, NotOwed):
        return state
    obligation = state.obligation
    match event:
        case TermStarted(due_on=due_on):
            return replace(state, obligation=replace(obligation, due_on=due_on))
        case ItemPrepared(supplement=supplement, prepared_by=who):
            return Prepared(obligation=obligation, supplement=supplement, prepared_by=who)
        case SecrecyReviewed(cleared=cleared):
            return _reviewed(state, cleared=cleared)
        case ItemPublished(content=content) | ItemCorrected(content=content):
            return Published(obligation=obligation, content=content)
        case ItemWithheld():
            return Withheld(obligation=obligation, fact=event)
        case WithholdingExpired():
            return Owed(obligation=obligation)
        case ItemRestated(fields=fields):
            content = merged(obligation.content, fields)
            return replace(state, obligation=replace(obligation, content=content))
        case ItemOverdue():
            return replace(state, obligation=replace(obligation, overdue=True))
        case _:
            assert_never(event)


def _reviewed(state: Known, *, cleared: bool) -> State:
    if not cleared or not isinstance(state, Prepared):
        return Owed(obligation=state.obligation)
    return Reviewed(
        obligation=state.obligation, supplement=state.supplement, prepared_by=state.prepared_by
    )


def owner(state: State) -> Owner | None:
    """The unit whose project it tells of."""
    if isinstance(state, NotOwed):
        return None
    item = state.obligation.item
    return Owner(
        region_code=item.region_code,
        department_code=item.department_code,
        unit_code=item.unit_code,
    )


def identify(command: ItemCommand) -> str:
    """Which item a command is about."""
    return command.item.item_id if isinstance(command, OweItem) else command.item_id


def consults(command: ItemCommand) -> Sequence[Reference]:
    """Terms are counted by the rule set that binds the region."""
    match command:
        case OweItem(item=item):
            return terms.references(item.region_code, item.fiscal_year)
        case StartTerm(region_code=region_code, fiscal_year=fiscal_year):
            return terms.references(region_code, fiscal_year)
        case _:
            return ()


def inform(command: ItemCommand, states: Sequence[object]) -> ItemCommand:
    """The command with the terms that bind."""
    if isinstance(command, OweItem | StartTerm):
        return replace(command, terms=terms.binding(tuple(states)))
    return command
