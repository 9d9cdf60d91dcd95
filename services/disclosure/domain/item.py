"""A disclosure item: owed to the public, prepared, reviewed for secrets, told, corrected.

Source: 预算法 art. 14, 实施条例 art. 6; 公开为常态，不公开为例外. What is told are the facts
that were decided, as they were heard; the unit adds explanations but cannot change them.
"""

from collections.abc import Sequence
from typing import Final, assert_never

from services.disclosure.domain.content import differences, merged
from services.disclosure.domain.item_states import (
    Known,
    NotOwed,
    Obligation,
    Owed,
    Prepared,
    Published,
    Reviewed,
    State,
    Withheld,
    consults,
    evolve,
    identify,
    inform,
    owner,
)
from services.disclosure.domain.item_words import (
    CorrectDisclosure,
    EndWithholding,
    ItemCommand,
    ItemCorrected,
    ItemEvent,
    ItemOverdue,
    ItemOwed,
    ItemPrepared,
    ItemPublished,
    ItemRestated,
    ItemWithheld,
    MarkItemOverdue,
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
from services.disclosure.domain.refusals import (
    ItemAlreadyPublished,
    ItemNotOwed,
    ItemNotPrepared,
    ItemNotPublished,
    ItemWithheldNow,
    ReviewerPreparedItem,
    SecrecyNotReviewed,
    WithholdingEnded,
)
from shared.domain.decider import Decider, Json
from shared.domain.workdays import business_date, day_over


def decide(command: ItemCommand, state: State) -> Sequence[ItemEvent]:  # noqa: C901, PLR0911 - one match
    """The rules of disclosure."""
    match command:
        case OweItem():
            return _owe(command, state)
        case StartTerm():
            return _start_term(command, state)
        case PrepareDisclosure():
            return _prepare(command, _known(state))
        case ReviewSecrecy():
            return _review(command, _known(state))
        case PublishDisclosure():
            return _publish(command, _known(state))
        case WithholdDisclosure():
            return _withhold(command, _known(state))
        case EndWithholding():
            return _end_withholding(command, state)
        case CorrectDisclosure():
            return _correct(command, _known(state))
        case RestateItem():
            return _restate(command, state)
        case MarkItemOverdue():
            return _mark_overdue(command, state)
        case _:
            assert_never(command)


def _known(state: State) -> Known:
    if isinstance(state, NotOwed):
        raise ItemNotOwed
    return state


def _owe(command: OweItem, state: State) -> Sequence[ItemEvent]:
    if not isinstance(state, NotOwed):
        return []
    due_on = (
        command.terms.due_on(command.item.channel, command.starts_on, command.item.region_code)
        if command.starts_on
        else None
    )
    return [ItemOwed(item=command.item, content=command.content, due_on=due_on)]


def _start_term(command: StartTerm, state: State) -> Sequence[ItemEvent]:
    """Silent where nothing waits for it: most projects had no ex-ante assessment."""
    if isinstance(state, NotOwed) or state.obligation.due_on is not None:
        return []
    item = state.obligation.item
    due_on = command.terms.due_on(item.channel, command.starts_on, item.region_code)
    return [TermStarted(due_on=due_on)]


def _prepare(command: PrepareDisclosure, state: Known) -> Sequence[ItemEvent]:
    """Preparing otherwise after the review means another review."""
    match state:
        case Prepared(supplement=supplement, prepared_by=who) if (
            supplement == command.supplement and who == command.by
        ):
            return []
        case Reviewed(supplement=supplement) if supplement == command.supplement:
            return []
        case Owed() | Prepared() | Reviewed():
            return [ItemPrepared(supplement=command.supplement, prepared_by=command.by)]
        case Published(obligation=obligation, content=content):
            if merged(command.supplement, obligation.content) == content:
                return []
            raise ItemAlreadyPublished
        case Withheld():
            raise ItemWithheldNow
        case _:
            assert_never(state)


def _review(command: ReviewSecrecy, state: Known) -> Sequence[ItemEvent]:
    """A clearance can be taken back until the item is told."""
    review = SecrecyReviewed(
        cleared=command.cleared, opinion=command.opinion, reviewed_by=command.by
    )
    match state:
        case Prepared(prepared_by=who):
            if who == command.by:
                raise ReviewerPreparedItem
            return [review]
        case Reviewed():
            return [] if command.cleared else [review]
        case Published():
            if command.cleared:
                return []
            raise ItemAlreadyPublished
        case Owed():
            raise ItemNotPrepared
        case Withheld():
            raise ItemWithheldNow
        case _:
            assert_never(state)


def _publish(command: PublishDisclosure, state: Known) -> Sequence[ItemEvent]:
    match state:
        case Reviewed(obligation=obligation, supplement=supplement):
            return [_told(command, obligation, supplement)]
        case Prepared(obligation=obligation, supplement=supplement):
            if command.opinion is None:
                raise SecrecyNotReviewed
            clear = ReviewSecrecy(
                item_id=command.item_id,
                cleared=True,
                opinion=command.opinion,
                by=command.by,
                now=command.now,
            )
            return [*_review(clear, state), _told(command, obligation, supplement)]
        case Published():
            return []
        case Owed():
            raise ItemNotPrepared
        case Withheld():
            raise ItemWithheldNow
        case _:
            assert_never(state)


def _told(command: PublishDisclosure, obligation: Obligation, supplement: Json) -> ItemPublished:
    """The decided facts win over anything that the unit says beside them."""
    return ItemPublished(
        item=obligation.item,
        content=merged(supplement, obligation.content),
        url=command.url,
        published_on=business_date(command.now),
        due_on=obligation.due_on,
    )


def _withhold(command: WithholdDisclosure, state: Known) -> Sequence[ItemEvent]:
    if isinstance(state, Published):
        raise ItemAlreadyPublished
    fact = ItemWithheld(
        item=state.obligation.item,
        legal_basis=command.legal_basis,
        authority=command.authority,
        expires_on=command.expires_on,
    )
    if isinstance(state, Withheld) and state.fact == fact:
        return []
    if command.expires_on <= business_date(command.now):
        raise WithholdingEnded(pointer="/expires_on", expires_on=command.expires_on.isoformat())
    return [fact]


def _end_withholding(command: EndWithholding, state: State) -> Sequence[ItemEvent]:
    """Silent when the withholding was prolonged meanwhile, or is no more."""
    if not isinstance(state, Withheld) or command.now < day_over(state.fact.expires_on):
        return []
    obligation = state.obligation
    return [
        WithholdingExpired(
            item=obligation.item, expired_on=state.fact.expires_on, due_on=obligation.due_on
        )
    ]


def _correct(command: CorrectDisclosure | RestateItem, state: Known) -> Sequence[ItemEvent]:
    if not isinstance(state, Published):
        raise ItemNotPublished
    content = merged(state.content, command.fields)
    changes = differences(state.content, content)
    if not changes:
        return []
    return [
        ItemCorrected(
            item=state.obligation.item,
            content=content,
            changes=changes,
            reason=command.reason,
            corrected_on=business_date(command.now),
        )
    ]


def _restate(command: RestateItem, state: State) -> Sequence[ItemEvent]:
    """What was decided has changed: what is told changes with it, openly when told already."""
    if isinstance(state, NotOwed):
        return []
    if isinstance(state, Published):
        return _correct(command, state)
    if merged(state.obligation.content, command.fields) == state.obligation.content:
        return []
    return [ItemRestated(fields=command.fields, reason=command.reason)]


def _mark_overdue(command: MarkItemOverdue, state: State) -> Sequence[ItemEvent]:
    """Silent when it was told, withheld, or is not due yet."""
    if isinstance(state, NotOwed | Published | Withheld):
        return []
    obligation = state.obligation
    due_on = obligation.due_on
    if obligation.overdue or due_on is None or command.now < day_over(due_on):
        return []
    return [ItemOverdue(item=obligation.item, due_on=due_on)]


decider: Final[Decider[ItemCommand, ItemEvent, State]] = Decider(
    category="item",
    initial=NotOwed(),
    commands=(
        OweItem,
        StartTerm,
        PrepareDisclosure,
        ReviewSecrecy,
        PublishDisclosure,
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
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
