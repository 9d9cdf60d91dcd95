"""Bodies about public comments: strict, and small."""

from typing import Annotated

from pydantic import ConfigDict, Field

from services.disclosure.api.schemas import Body, Text
from services.disclosure.domain.comment.values import (
    TEXT_CHARACTERS_MAX,
    TEXT_CHARACTERS_MIN,
    About,
    CommentChannel,
    RejectionReason,
    RevealPurpose,
)
from shared.contracts.fields import Day

CONTACT_CHARACTERS_MAX = 100
NAME_CHARACTERS_MAX = 50
REDACTIONS_MAX = 20

CommentText = Annotated[
    str,
    Field(
        min_length=TEXT_CHARACTERS_MIN,
        max_length=TEXT_CHARACTERS_MAX,
        description="Personal numbers are masked before anything is kept.",
        examples=["贵单位2021年农村饮水项目的绩效目标何时公开？"],
    ),
]
Region = Annotated[str, Field(min_length=2, max_length=12, examples=["653100"])]
AboutId = Annotated[
    str,
    Field(
        max_length=200,
        description="Number of the item, code of the project or of the unit; empty: nothing.",
        examples=["TARGET-65310021T000000000001-2021"],
    ),
]


class CommentBody(Body):
    """What a comment says, and about what."""

    region_code: Region
    about: About = About.NOTHING
    about_id: AboutId = ""
    text: CommentText


class FileCommentBody(CommentBody):
    """A comment with a contact, if one is left: it is sealed and never shown to the public."""

    model_config = ConfigDict(strict=False)  # read by the framework, for which a code is a text

    name: str = Field(default="", max_length=NAME_CHARACTERS_MAX)
    contact: str = Field(default="", max_length=CONTACT_CHARACTERS_MAX)


class ReopenCommentBody(Body):
    """What is still open after the answer, and the key that came with the case number."""

    text: CommentText
    follow_up_key: str = Field(min_length=1, max_length=64)


class RecordCommentBody(CommentBody):
    """A comment that came by letter, by phone or at the counter, as far as it may be kept."""

    channel: CommentChannel
    received_on: Day
    unit_code: str = Field(default="", max_length=40)


class ReceivedCommentBody(RecordCommentBody):
    """The same as it is sent, with the contact of the commenter, which is sealed."""

    name: str = Field(default="", max_length=NAME_CHARACTERS_MAX)
    contact: str = Field(min_length=1, max_length=CONTACT_CHARACTERS_MAX)


class PublishCommentBody(Body):
    """Passages that are hidden, and the unit that has to answer; an empty one: the bureau."""

    redactions: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        default=[], max_length=REDACTIONS_MAX
    )
    unit_code: str | None = Field(default=None, max_length=40)


class RejectCommentBody(Body):
    """Why it is not shown: a reason of the list, and words to the commenter."""

    reason: RejectionReason
    explanation: Text


class AnswerCommentBody(Body):
    """The answer, for everybody to read."""

    text: Text


class RevealCommentContactBody(Body):
    """What the contact is needed for."""

    purpose: RevealPurpose
    reason: Text


class EraseCommentContactBody(Body):
    """Why the contact is erased."""

    reason: Text
