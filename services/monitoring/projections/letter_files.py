"""The files of letters, byte for byte as they were sent (ADR 0017)."""

from collections.abc import Iterable
from typing import Any, Final

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.letterfile import LetterFiled
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put


class LetterFileRow(Table, table=True):
    """One file, or one part of it."""

    __tablename__ = "letter_files"

    letter_no: str = Field(primary_key=True)
    part: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sha256: str
    pdf_base64: str


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    event = recorded.event
    if isinstance(event, LetterFiled):
        row = LetterFileRow(
            letter_no=event.letter_no,
            part=event.part,
            sha256=event.sha256,
            pdf_base64=event.pdf_base64,
        )
        yield Put(LetterFileRow, row.model_dump())


letter_files: Final = Projection(name="letter_files", tables=(LetterFileRow,), project=_fold)


def file_of(letter_no: str) -> SelectOfScalar[LetterFileRow]:
    """The parts of the file of a letter, in their order."""
    found = select(LetterFileRow).where(LetterFileRow.letter_no == letter_no)
    return found.order_by(col(LetterFileRow.part))
