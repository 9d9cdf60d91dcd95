"""What was told is corrected openly; what was decided anew, or added up, changes what is told."""

from collections.abc import Iterable, Sequence

from services.disclosure.domain.allowed import strange
from services.disclosure.domain.content import differences, merged
from services.disclosure.domain.item_states import (
    Archived,
    Known,
    NotOwed,
    Published,
    State,
)
from services.disclosure.domain.item_telling import check_public
from services.disclosure.domain.item_words import (
    CorrectDisclosure,
    Entry,
    ItemCorrected,
    ItemEntryNoted,
    ItemEvent,
    ItemOwed,
    ItemRestated,
    NoteItemEntry,
    RestateItem,
)
from services.disclosure.domain.refusals import (
    ItemArchivedAlready,
    ItemNotPublished,
    PersonalDataFound,
)
from services.disclosure.domain.screening import masked, masked_content, screened
from shared.domain.decider import Json
from shared.domain.money import Money
from shared.domain.workdays import business_date

ADDED_LATER = "补记"


def correct(command: CorrectDisclosure, state: Known) -> Sequence[ItemEvent]:
    """By hand: fields on the list, for a reason, and nothing that tells of a person."""
    if isinstance(state, Archived):
        raise ItemArchivedAlready(remedy="Have what it tells of decided anew where it was decided.")
    if not isinstance(state, Published):
        raise ItemNotPublished
    check_public(strange(state.obligation.item.kind, command.fields, facts=True), "/fields")
    for one in screened({"fields": command.fields, "reason": command.reason}):
        raise PersonalDataFound(
            f"{one.trace.value} at {one.pointer}",
            pointer=one.pointer,
            remedy="Correct it without what tells of a person.",
        )
    return _corrected(state, command.fields, command)


def restate(command: RestateItem, state: State) -> Sequence[ItemEvent]:
    """What was decided has changed: what is told changes with it, openly when told already."""
    if isinstance(state, NotOwed):
        return []
    meant = state.obligation.content.get("evaluation_id", "")
    if command.evaluation_id and meant != command.evaluation_id:
        return []
    if isinstance(state, Published | Archived):
        return _corrected(state, masked_content(command.fields), command)
    if merged(state.obligation.content, command.fields) == state.obligation.content:
        return []
    return [ItemRestated(fields=command.fields, reason=command.reason)]


def _corrected(
    state: Published | Archived, fields: Json, command: CorrectDisclosure | RestateItem
) -> Sequence[ItemEvent]:
    content = merged(state.content, fields)
    changes = differences(state.content, content)
    if not changes:
        return []
    return [
        ItemCorrected(
            item=state.obligation.item,
            content=content,
            changes=changes,
            reason=masked(command.reason),
            corrected_on=business_date(command.now),
        )
    ]


def note_entry(command: NoteItemEntry, state: State) -> Sequence[ItemEvent]:
    """A summary is owed with its first entry; one that comes after it was told corrects it."""
    item, entry = command.item, command.entry
    if isinstance(state, NotOwed):
        day = command.happened_on
        due_on = command.terms.due_on(item.channel, day, item.region_code)
        owed = ItemOwed(item=item, content={"month": f"{day:%Y-%m}"}, due_on=due_on, starts_on=day)
        return [owed, ItemEntryNoted(entry=entry, fields=totals([entry]))]
    known = state.obligation.entries
    if entry.entry_id in known:
        return []
    fields = totals([*known.values(), entry])
    noted = ItemEntryNoted(entry=entry, fields=fields)
    if not isinstance(state, Published | Archived):
        return [noted]
    restated = RestateItem(
        item_id=item.item_id, fields=fields, reason=ADDED_LATER, by=command.by, now=command.now
    )
    return [noted, *_corrected(state, fields, restated)]


def totals(entries: Iterable[Entry]) -> Json:
    """How many units and projects, and how much money; nobody is counted twice."""
    every = list(entries)
    return {
        "units": len({one.unit_code for one in every}),
        "projects": len({one.project_code for one in every}),
        "amount": str(Money.total(one.amount for one in every)),
    }
