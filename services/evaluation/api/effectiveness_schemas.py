"""Bodies of effectiveness evaluations and their plans."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import (
    ITEMS_MAX,
    SUBJECTS_MAX,
    Body,
    Code,
    DocumentNo,
    Note,
    Number100,
    Text,
    Year,
)
from services.evaluation.domain.effectiveness.framework import Period
from services.evaluation.domain.values import Subject
from shared.contracts.fields import Day, WrittenNumber

Points = Annotated[WrittenNumber, Field(gt=0, le=100, max_digits=5, decimal_places=2)]


class EffectivenessPlanBody(Body):
    """Who is evaluated, for which period, and the day of the cut-off."""

    subject: Subject
    fiscal_year: Year
    period: Period
    subjects: Annotated[tuple[Code, ...], Field(min_length=1, max_length=SUBJECTS_MAX)]
    cut_off_on: Day
    document_no: DocumentNo


class DocumentBody(Body):
    """The document of an act."""

    document_no: DocumentNo


class ApplyBody(Body):
    """What was made of the results."""

    document_no: DocumentNo
    use: Text


class JudgedBody(Body):
    """A person's points for an aspect, with reason and document."""

    aspect: Annotated[str, Field(min_length=1, max_length=60)]
    score: Number100
    basis: Text
    document_no: DocumentNo


class ExtraBody(Body):
    """Points beyond the links, with reason and document."""

    points: Points
    basis: Text
    document_no: DocumentNo


_Judged = Annotated[tuple[JudgedBody, ...], Field(max_length=ITEMS_MAX)]
_Extra = Annotated[tuple[ExtraBody, ...], Field(max_length=ITEMS_MAX)]


class ScoreEffectivenessBody(Body):
    """Everything that the system cannot compute, and bonus and penalty."""

    judged: _Judged = ()
    bonuses: _Extra = ()
    penalties: _Extra = ()


class ObjectBody(Body):
    """What the subject holds to be wrong."""

    text: Text
    document_no: Annotated[str, Field(max_length=100)] = ""


class DecideObjectionBody(Body):
    """The answer, with what is corrected."""

    reason: Text
    document_no: DocumentNo
    corrections: _Judged = ()


class CorrectBody(Body):
    """Why a final score was wrong, and what is right."""

    reason: Note
    document_no: DocumentNo
    corrections: Annotated[tuple[JudgedBody, ...], Field(min_length=1, max_length=ITEMS_MAX)]
