"""Projects that were given up: what they had not got by then, they need no more.

Source: `domain` §3.2 (TERMINATED). The word names the project, not a year; so does the row.
"""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import targets
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class ProjectEndingRow(Table, table=True):
    """A project that was given up, for good."""

    __tablename__ = "project_endings"

    project_code: str = Field(primary_key=True)
    region_code: str
    given_up_on: date


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.ProjectTerminated() as said:
            yield Put(
                ProjectEndingRow,
                {
                    "project_code": said.project_code,
                    "region_code": said.region_code,
                    "given_up_on": said.terminated_on,
                },
            )
        case _:
            return


project_endings = Projection(name="project_endings", tables=(ProjectEndingRow,), hear=_hear)


def given_up(span: Span) -> SelectOfScalar[str]:
    """The codes of those that were given up by then."""
    return select(ProjectEndingRow.project_code).where(span.told(ProjectEndingRow.given_up_on))


def ending(project_code: str) -> SelectOfScalar[ProjectEndingRow]:
    """How one project ended, if it was given up."""
    return select(ProjectEndingRow).where(col(ProjectEndingRow.project_code) == project_code)
