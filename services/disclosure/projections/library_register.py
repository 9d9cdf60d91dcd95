"""Libraries of indicators and cases, by version."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.values import lineage
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import targets
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class LibraryRow(Table, table=True):
    """A version of a library: its classes and its entries."""

    __tablename__ = "library_register"

    region_code: str = Field(primary_key=True)
    library: str = Field(primary_key=True)
    library_version: int = Field(primary_key=True)
    classes: int
    entries: int
    published_on: date


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.LibraryPublished() as said:
            yield Put(
                LibraryRow,
                {
                    "region_code": said.region_code,
                    "library": said.library,
                    "library_version": said.library_version,
                    "classes": said.classes,
                    "entries": said.entries,
                    "published_on": said.published_on,
                },
            )
        case _:
            return


library_register = Projection(name="library_register", tables=(LibraryRow,), hear=_hear)


def libraries(span: Span, library: str | None = None) -> SelectOfScalar[LibraryRow]:
    """The versions that serve the region at the end of the year: its own and its superiors'."""
    last = min(span.as_of, span.year_end)
    rows = select(LibraryRow).where(
        col(LibraryRow.region_code).in_(lineage(span.region_code)), LibraryRow.published_on <= last
    )
    if library is not None:
        rows = rows.where(LibraryRow.library == library)
    return rows.order_by(col(LibraryRow.region_code).desc(), col(LibraryRow.library_version).desc())
