"""A comment as an aggregate: what it decides, must know of others, and entails."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, assert_never

from services.disclosure.domain import item, terms
from services.disclosure.domain.comment import filing as coming
from services.disclosure.domain.comment import handling
from services.disclosure.domain.comment.sender import NoteCommentText, digest_of
from services.disclosure.domain.comment.states import Comment, evolve, owner
from services.disclosure.domain.comment.subject import EraseSubject
from services.disclosure.domain.comment.values import About
from services.disclosure.domain.comment.words import (
    AnswerComment,
    CommentAnswered,
    CommentCommand,
    CommentContactErased,
    CommentContactRevealed,
    CommentEvent,
    CommentFiled,
    CommentOverdue,
    CommentPublished,
    CommentRejected,
    CommentReopened,
    EraseCommentContact,
    FileComment,
    MarkCommentOverdue,
    PublishComment,
    RecordComment,
    RejectComment,
    ReopenComment,
    RevealCommentContact,
)
from shared.domain.decider import Decider, Reference
from shared.domain.workdays import business_date


def decide(  # noqa: PLR0911 - one match
    command: CommentCommand, comment: Comment
) -> Sequence[CommentEvent]:
    """The rules of public comments."""
    match command:
        case FileComment() | RecordComment():
            return coming.file(command, comment)
        case ReopenComment():
            return coming.reopen(command, comment)
        case PublishComment():
            return handling.publish(command, comment)
        case RejectComment():
            return handling.reject(command, comment)
        case AnswerComment():
            return handling.answer(command, comment)
        case MarkCommentOverdue():
            return handling.mark_overdue(command, comment)
        case RevealCommentContact():
            return handling.reveal(command, comment)
        case EraseCommentContact():
            return handling.erase(command, comment)
        case _:
            assert_never(command)


def _identify(command: CommentCommand) -> str:
    if isinstance(command, FileComment | RecordComment):
        return command.filing.case_number
    return command.case_number


def _consults(command: CommentCommand) -> Sequence[Reference]:
    """The item that a comment is about."""
    if isinstance(command, FileComment | RecordComment) and command.filing.about is About.ITEM:
        return (Reference(item.decider.category, command.filing.about_id),)
    return ()


def _refers(command: CommentCommand, comment: Comment, known: Sequence[Any]) -> Sequence[Reference]:
    """The terms of the region, which the item or the comment itself names."""
    if isinstance(command, FileComment | RecordComment):
        located = _located(command, known)
        return terms.references(located.filing.region_code, business_date(command.now).year)
    if isinstance(command, ReopenComment) and comment.filing is not None:
        return terms.references(comment.filing.region_code, business_date(command.now).year)
    return ()


def _located(
    command: FileComment | RecordComment, known: Sequence[Any]
) -> FileComment | RecordComment:
    """A comment about an item belongs where the item belongs."""
    if command.filing.about is not About.ITEM:
        return command
    whose = item.decider.owner(known[0])
    if whose is None:
        return replace(command, known=False)
    unit = whose.unit_code or ""
    placed = replace(command.filing, region_code=whose.region_code, unit_code=unit)
    return replace(command, filing=placed)


def _inform(command: CommentCommand, states: Sequence[Any]) -> CommentCommand:
    if isinstance(command, FileComment | RecordComment):
        about_item = command.filing.about is About.ITEM
        located = _located(command, states[:1])
        return replace(located, terms=terms.binding(tuple(states[about_item:])))
    if isinstance(command, ReopenComment):
        return replace(command, terms=terms.binding(tuple(states)))
    return command


def _entails(event: CommentEvent, comment: Comment) -> Iterator[NoteCommentText | EraseSubject]:
    """A text from an address is noted there; with an erased contact the key is gone."""
    assert comment.filing is not None
    case = comment.filing.case_number
    match event:
        case CommentFiled(sender=sender, filing=filing) if sender:
            yield NoteCommentText(sender=sender, digest=digest_of(filing.text), case_number=case)
        case CommentReopened(sender=sender, text=text) if sender:
            yield NoteCommentText(sender=sender, digest=digest_of(text), case_number=case)
        case CommentContactErased() as erased:
            yield EraseSubject(
                subject=erased.subject,
                key_id=erased.key_id,
                region_code=comment.filing.region_code,
                reason=erased.reason,
                erased_by=erased.erased_by,
            )
        case _:
            return


decider: Final[Decider[CommentCommand, CommentEvent, Comment]] = Decider(
    category="comment",
    initial=Comment(),
    commands=(
        *(FileComment, RecordComment, ReopenComment, PublishComment, RejectComment),
        *(AnswerComment, MarkCommentOverdue, RevealCommentContact, EraseCommentContact),
    ),
    events={
        "CommentFiled": CommentFiled,
        "CommentReopened": CommentReopened,
        "CommentPublished": CommentPublished,
        "CommentRejected": CommentRejected,
        "CommentAnswered": CommentAnswered,
        "CommentOverdue": CommentOverdue,
        "CommentContactRevealed": CommentContactRevealed,
        "CommentContactErased": CommentContactErased,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
    entails=_entails,
)
