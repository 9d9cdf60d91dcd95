"""The letters, word for word as they were sent, by number."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.warning import events as fact
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.messages import Recorded
from shared.projections import Change, Projection, Put


class LetterRow(Table, table=True):
    """One letter; its content never changes."""

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


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if not isinstance(recorded.event, fact.LetterIssued):
        return
    event = recorded.event
    row = LetterRow(
        letter_no=event.letter.letter_no,
        warning_id=recorded.id,
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
    )
    yield Put(LetterRow, row.model_dump())


letters: Final = Projection(name="letters", tables=(LetterRow,), project=_fold)


def letter(letter_no: str) -> SelectOfScalar[LetterRow]:
    """One letter by its number."""
    return select(LetterRow).where(LetterRow.letter_no == letter_no)


def letters_of(fiscal_year: int, warning_id: str | None = None) -> SelectOfScalar[LetterRow]:
    """The letters of a year, or those of one warning."""
    query = select(LetterRow).where(LetterRow.fiscal_year == fiscal_year)
    return query if warning_id is None else query.where(col(LetterRow.warning_id) == warning_id)
