"""Warning and correction letters from their issue to the cure that was verified."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field

from services.disclosure.projections import Table
from shared.contracts import monitoring
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set


class LetterRow(Table, table=True):
    """The letter of a warning that is in force; a corrected one takes the place of the other."""

    __tablename__ = "loop_letters"

    warning_id: str = Field(primary_key=True)
    letter_no: str
    level: str
    region_code: str = Field(index=True)
    unit_code: str
    project_code: str = Field(index=True)
    fiscal_year: int = Field(index=True)
    issued_on: date
    finish_by: date
    verified_on: date | None = None
    closed_on: date | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case monitoring.LetterIssued() as said:
            yield Put(
                LetterRow,
                {
                    "warning_id": said.warning_id,
                    "letter_no": said.letter_no,
                    "level": said.level,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "issued_on": said.issued_on,
                    "finish_by": said.finish_by,
                },
            )
        case monitoring.RectificationVerified() as said:
            key = {"warning_id": said.warning_id}
            yield Set(LetterRow, key, {"verified_on": said.verified_on})
        case monitoring.WarningClosed() as said:
            yield Set(LetterRow, {"warning_id": said.warning_id}, {"closed_on": said.closed_on})
        case _:
            return


loop_letters = Projection(name="loop_letters", tables=(LetterRow,), hear=_hear)
