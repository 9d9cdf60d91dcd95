"""The letters, word for word as they were sent, by number, with their files and receipts."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.letterfile import LetterFiled
from services.monitoring.domain.warning import events as fact
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class LetterRow(Table, table=True):
    """One letter; its content never changes. What was said of it later stands beside it."""

    __tablename__ = "letters"

    letter_no: str = Field(primary_key=True)
    warning_id: str = Field(index=True)
    fiscal_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    project_code: str
    level: str
    issued_on: date
    finish_by: date
    content: dict[str, Any] = Field(sa_type=JSON)
    content_sha256: str
    pdf_sha256: str = ""
    pdf_bytes: int = 0
    corrects: str | None = None
    corrected_by: str | None = None
    received_by: str | None = None
    received_on: date | None = None
    objection: str | None = None
    objection_kept: bool | None = None
    objection_answer: str | None = None


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case fact.LetterIssued() as event:
            yield Put(LetterRow, _row(event, recorded.id).model_dump())
        case fact.LetterCorrected(corrects=before, issued=issued):
            yield Put(LetterRow, _row(issued, recorded.id).model_dump())
            number = issued.letter.letter_no
            yield Set(LetterRow, {"letter_no": before}, {"corrected_by": number})
        case LetterFiled(letter_no=number, part=1) as event:
            printed = {"pdf_sha256": event.sha256, "pdf_bytes": event.size_bytes}
            yield Set(LetterRow, {"letter_no": number}, printed)
        case fact.LetterAcknowledged(letter_no=number) as event if number:
            values = {
                "received_by": event.received_by,
                "received_on": event.received_on,
                "objection": event.objection,
            }
            yield Set(LetterRow, {"letter_no": number}, values)
        case fact.ObjectionAnswered(letter_no=number) as event:
            values = {"objection_kept": event.kept, "objection_answer": event.answer}
            yield Set(LetterRow, {"letter_no": number}, values)
        case _:
            return


def _row(event: fact.LetterIssued, warning_id: str) -> LetterRow:
    return LetterRow(
        letter_no=event.letter.letter_no,
        warning_id=warning_id,
        fiscal_year=event.project.fiscal_year,
        region_code=event.project.region_code,
        department_code=event.project.department_code,
        unit_code=event.project.unit_code,
        project_code=event.project.code,
        level=event.level.value,
        issued_on=event.letter.issued_on,
        finish_by=event.finish_by,
        content=shown(event.letter),
        content_sha256=event.content_sha256,
        pdf_sha256=event.pdf_sha256,
        corrects=event.letter.corrects,
    )


letters: Final = Projection(
    name="letters", streams=frozenset({"letterfile", "warning"}), tables=(LetterRow,), project=_fold
)


def letter(letter_no: str) -> SelectOfScalar[LetterRow]:
    """One letter by its number."""
    return select(LetterRow).where(LetterRow.letter_no == letter_no)


def letters_of(fiscal_year: int, warning_id: str | None = None) -> SelectOfScalar[LetterRow]:
    """The letters of a year, or those of one warning."""
    query = select(LetterRow).where(LetterRow.fiscal_year == fiscal_year)
    return query if warning_id is None else query.where(col(LetterRow.warning_id) == warning_id)
