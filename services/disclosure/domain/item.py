"""A disclosure item: owed to the public, prepared, reviewed for secrets, told, corrected, filed.

Source: 预算法 art. 14, 实施条例 art. 6; 公开为常态，不公开为例外. What is told are the facts
that were decided, as they were heard; the unit adds explanations but cannot change them.
"""

from collections.abc import Sequence
from typing import Final, assert_never

from services.disclosure.domain import item_changing as changing
from services.disclosure.domain import item_telling as telling
from services.disclosure.domain import item_terms as terms
from services.disclosure.domain import item_withholding as withholding
from services.disclosure.domain.item_states import (
    Known,
    NotOwed,
    State,
    consults,
    evolve,
    identify,
    inform,
    owner,
)
from services.disclosure.domain.item_words import (
    ArchiveDisclosure,
    CorrectDisclosure,
    EndWithholding,
    ItemArchived,
    ItemCommand,
    ItemCorrected,
    ItemEntryNoted,
    ItemEvent,
    ItemOverdue,
    ItemOwed,
    ItemPrepared,
    ItemPublished,
    ItemRestated,
    ItemWithheld,
    MarkItemOverdue,
    MoveTerm,
    NoteItemEntry,
    OweItem,
    PrepareDisclosure,
    PublishDisclosure,
    RestateItem,
    ReviewSecrecy,
    SecrecyReviewed,
    StartTerm,
    TermStarted,
    WithholdDisclosure,
    WithholdingExpired,
)
from services.disclosure.domain.refusals import ItemNotOwed
from shared.domain.decider import Decider


def decide(command: ItemCommand, state: State) -> Sequence[ItemEvent]:  # noqa: C901, PLR0911, PLR0912 - one match
    """The rules of disclosure."""
    match command:
        case OweItem():
            return terms.owe(command, state)
        case StartTerm():
            return terms.start(command, state)
        case MoveTerm():
            return terms.move(command, state)
        case NoteItemEntry():
            return changing.note_entry(command, state)
        case PrepareDisclosure():
            return telling.prepare(command, _known(state))
        case ReviewSecrecy():
            return telling.review(command, _known(state))
        case PublishDisclosure():
            return telling.publish(command, _known(state))
        case ArchiveDisclosure():
            return telling.archive(command, _known(state))
        case WithholdDisclosure():
            return withholding.withhold(command, _known(state))
        case EndWithholding():
            return withholding.end(command, state)
        case CorrectDisclosure():
            return changing.correct(command, _known(state))
        case RestateItem():
            return changing.restate(command, state)
        case MarkItemOverdue():
            return terms.mark_overdue(command, state)
        case _:
            assert_never(command)


def _known(state: State) -> Known:
    if isinstance(state, NotOwed):
        raise ItemNotOwed
    return state


decider: Final[Decider[ItemCommand, ItemEvent, State]] = Decider(
    category="item",
    initial=NotOwed(),
    commands=(
        OweItem,
        StartTerm,
        MoveTerm,
        NoteItemEntry,
        PrepareDisclosure,
        ReviewSecrecy,
        PublishDisclosure,
        ArchiveDisclosure,
        WithholdDisclosure,
        EndWithholding,
        CorrectDisclosure,
        RestateItem,
        MarkItemOverdue,
    ),
    events={
        "ItemOwed": ItemOwed,
        "TermStarted": TermStarted,
        "ItemPrepared": ItemPrepared,
        "SecrecyReviewed": SecrecyReviewed,
        "ItemPublished": ItemPublished,
        "ItemWithheld": ItemWithheld,
        "WithholdingExpired": WithholdingExpired,
        "ItemCorrected": ItemCorrected,
        "ItemRestated": ItemRestated,
        "ItemOverdue": ItemOverdue,
        "ItemEntryNoted": ItemEntryNoted,
        "ItemArchived": ItemArchived,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
