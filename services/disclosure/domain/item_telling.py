"""An item on its way to the public: prepared, reviewed by another, told, put on file."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from services.disclosure.domain.allowed import strange, told
from services.disclosure.domain.content import merged
from services.disclosure.domain.item_states import (
    Archived,
    Known,
    Obligation,
    Owed,
    Prepared,
    Published,
    Reviewed,
    Withheld,
)
from services.disclosure.domain.item_words import (
    ArchiveDisclosure,
    ItemArchived,
    ItemEvent,
    ItemPrepared,
    ItemPublished,
    PrepareDisclosure,
    PublishDisclosure,
    ReviewSecrecy,
    SecrecyReviewed,
)
from services.disclosure.domain.refusals import (
    FieldNotPublic,
    ItemAlreadyPublished,
    ItemNotPrepared,
    ItemNotPublished,
    ItemWithheldNow,
    PersonalDataFound,
    ReviewerPreparedItem,
    SecrecyNotReviewed,
)
from services.disclosure.domain.screening import screened
from shared.domain.decider import Json
from shared.domain.workdays import business_date


def prepare(command: PrepareDisclosure, state: Known) -> Sequence[ItemEvent]:
    """Preparing otherwise after the review means another review."""
    match state:
        case Prepared(supplement=supplement, prepared_by=who) if (
            supplement == command.supplement and who == command.by
        ):
            return []
        case Reviewed(supplement=supplement) if supplement == command.supplement:
            return []
        case Owed() | Prepared() | Reviewed():
            kind = state.obligation.item.kind
            check_public(strange(kind, command.supplement, facts=False), "/supplement")
            return [ItemPrepared(supplement=command.supplement, prepared_by=command.by)]
        case (
            Published(obligation=obligation, content=content)
            | Archived(obligation=obligation, content=content)
        ):
            whole = told(obligation.item.kind, merged(command.supplement, obligation.content))
            if whole == content or _adds_nothing(command.supplement, content):
                return []
            raise ItemAlreadyPublished
        case Withheld():
            raise ItemWithheldNow
        case _:
            assert_never(state)


def _adds_nothing(supplement: Json, content: Mapping[str, object]) -> bool:
    """A table that was exported says again what was told."""
    return bool(supplement) and all(content.get(name) == said for name, said in supplement.items())


def check_public(pointers: Sequence[str], inside: str) -> None:
    """Refuse the first field that is not on the list."""
    for pointer in pointers:
        raise FieldNotPublic(
            f"{pointer} is not told of this kind of item.",
            pointer=f"{inside}{pointer}",
            remedy="Leave it out; the reference lists the fields of each kind.",
        )


def review(command: ReviewSecrecy, state: Known) -> Sequence[ItemEvent]:
    """A clearance can be taken back until the item is told."""
    fact = SecrecyReviewed(
        cleared=command.cleared,
        opinion=command.opinion,
        reviewed_by=command.by,
        accepted=tuple(sorted(set(command.accepted))),
    )
    match state:
        case Prepared(obligation=Obligation(preparers=preparers)):
            preparers.expect_another(command.by, ReviewerPreparedItem)
            if command.cleared:
                _screen(state.obligation, state.supplement, fact.accepted)
            return [fact]
        case Reviewed():
            return [] if command.cleared else [fact]
        case Published() | Archived():
            if command.cleared:
                return []
            raise ItemAlreadyPublished
        case Owed():
            raise ItemNotPrepared
        case Withheld():
            raise ItemWithheldNow
        case _:
            assert_never(state)


def _screen(obligation: Obligation, supplement: Json, accepted: Sequence[str]) -> Json:
    """The content as it is told; what seems to tell of a person stops it until it is looked at."""
    content = _content(obligation, supplement)
    found = screened({"title": obligation.item.title, "content": content})
    open_ = [one for one in found if one.pointer not in accepted]
    if open_:
        raise PersonalDataFound(
            "; ".join(f"{one.trace.value} at {one.pointer}" for one in open_),
            pointer=open_[0].pointer,
            remedy="Prepare it without these, or name in `accepted` the pointers of what tells of"
            " nobody.",
            found=[{"pointer": one.pointer, "trace": one.trace.value} for one in open_],
        )
    return content


def _content(obligation: Obligation, supplement: Json) -> Json:
    """The decided facts win over anything that the unit says beside them."""
    return told(obligation.item.kind, merged(supplement, obligation.content))


def publish(command: PublishDisclosure, state: Known) -> Sequence[ItemEvent]:
    """What was decided anew since the review is screened again."""
    match state:
        case Reviewed(obligation=obligation, supplement=supplement, accepted=accepted):
            content = _screen(obligation, supplement, (*accepted, *command.accepted))
            return [_told(command, obligation, content)]
        case Prepared(obligation=obligation, supplement=supplement):
            if command.opinion is None:
                raise SecrecyNotReviewed
            obligation.preparers.expect_another(command.by, ReviewerPreparedItem)
            content = _screen(obligation, supplement, command.accepted)
            cleared = SecrecyReviewed(
                cleared=True,
                opinion=command.opinion,
                reviewed_by=command.by,
                accepted=tuple(sorted(set(command.accepted))),
            )
            return [cleared, _told(command, obligation, content)]
        case Published() | Archived():
            return []
        case Owed():
            raise ItemNotPrepared
        case Withheld():
            raise ItemWithheldNow
        case _:
            assert_never(state)


def _told(command: PublishDisclosure, obligation: Obligation, content: Json) -> ItemPublished:
    return ItemPublished(
        item=obligation.item,
        content=content,
        url=command.url,
        published_on=business_date(command.now),
        due_on=obligation.due_on,
        published_at=command.now,
        file_sha256=command.file_sha256,
        column=command.column,
    )


def archive(command: ArchiveDisclosure, state: Known) -> Sequence[ItemEvent]:
    """Only what was told is put on file; it stays where everybody can read it."""
    match state:
        case Published(obligation=obligation):
            return [ItemArchived(item=obligation.item, archived_on=business_date(command.now))]
        case Archived():
            return []
        case Owed() | Prepared() | Reviewed() | Withheld():
            raise ItemNotPublished
        case _:
            assert_never(state)
