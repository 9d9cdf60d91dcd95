"""The ideas that are declared."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.idea import IdeaDeclared, IdeaDropped
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class IdeaRow(Table, table=True):
    """An idea in the region's words; holds until the day before `dropped_on`."""

    __tablename__ = "idea_register"

    idea_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    text: str
    text_en: str
    declared_on: date
    dropped_on: date | None = None
    version: int


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case IdeaDeclared() as said:
            yield Put(
                IdeaRow,
                {
                    "idea_id": recorded.id,
                    "region_code": said.region_code,
                    "text": said.text,
                    "text_en": said.text_en,
                    "declared_on": said.declared_on,
                    "version": recorded.version,
                },
            )
        case IdeaDropped(dropped_on=dropped_on):
            values = {"dropped_on": dropped_on, "version": recorded.version}
            yield Set(IdeaRow, {"idea_id": recorded.id}, values)
        case _:
            return


idea_register = Projection(name="idea_register", tables=(IdeaRow,), project=_project)


def ideas(span: Span) -> SelectOfScalar[IdeaRow]:
    """The ideas that are declared at the end of the year."""
    day = min(span.as_of, span.year_end)
    return select(IdeaRow).where(
        span.regions(IdeaRow.region_code),
        col(IdeaRow.declared_on) <= day,
        or_(col(IdeaRow.dropped_on).is_(None), col(IdeaRow.dropped_on) > day),
    )


def idea_count(span: Span) -> SelectOfScalar[int]:
    """How many different ideas are declared."""
    day = min(span.as_of, span.year_end)
    return select(func.count(func.distinct(IdeaRow.text))).where(
        span.regions(IdeaRow.region_code),
        col(IdeaRow.declared_on) <= day,
        or_(col(IdeaRow.dropped_on).is_(None), col(IdeaRow.dropped_on) > day),
    )
