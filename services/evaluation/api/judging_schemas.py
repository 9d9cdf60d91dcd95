"""Bodies of judging: a self-evaluation looked at again, and objected to."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import (
    Body,
    Note,
    Number100,
    Text,
)


class ReasonBody(Body):
    """Why."""

    reason: Text


class RecheckBody(Body):
    """The score after a look at the evidence itself."""

    score: Number100
    reason: Text
    document_no: Annotated[str, Field(max_length=100)] = ""


class ObjectionBody(Body):
    """Why the unit does not agree."""

    text: Text


class DecideObjectionBody(Body):
    """The final score."""

    score: Number100
    reason: Text


class AnswerBody(Body):
    """What the other side says."""

    agrees: bool
    text: Note = ""
