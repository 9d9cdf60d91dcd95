"""Bodies of accountability cases."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import Body, Code, DocumentNo, Note, Text
from services.evaluation.domain.case_messages import Rung, Violation
from shared.contracts.fields import Day

POSTS_MAX = 20
Office = Annotated[str, Field(min_length=1, max_length=200)]


class OpenCaseBody(Body):
    """Whom a case is about, and what gave rise to it."""

    case_id: Code
    unit_code: Code
    subject: Text
    clue: Text
    opened_on: Day
    violation: Violation | None = None


class StartInvestigationBody(Body):
    """Which office looks into it."""

    office: Office
    started_on: Day


class RecordMeasureBody(Body):
    """What was decided elsewhere. Whom it meets is told by the post, never by the name."""

    rung: Rung
    authority: Office
    document_no: DocumentNo
    measured_on: Day
    text: Note = ""
    posts: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=POSTS_MAX)
    ] = ()
    recipient: Annotated[str, Field(max_length=200)] = ""


class RecordNoActionBody(Body):
    """Who decided that nothing is to be done, and why."""

    authority: Office
    document_no: DocumentNo
    decided_on: Day
    reason: Text


class OutcomeBody(Body):
    """How a case ended."""

    outcome: Text
