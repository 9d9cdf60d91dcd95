"""When finance replied to departments and departments to their units."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.budget_reply import BudgetReplyRecorded
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class ReplyRow(Table, table=True):
    """The reply that counts."""

    __tablename__ = "reply_register"

    reply_id: str = Field(primary_key=True)
    replied_by: str = Field(primary_key=True)
    kind: str
    region_code: str = Field(index=True)
    department_code: str
    fiscal_year: int = Field(index=True)
    replied_on: date
    document_no: str
    version: int


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case BudgetReplyRecorded(reply=reply):
            yield Put(
                ReplyRow,
                {
                    "reply_id": recorded.id,
                    "replied_by": reply.replied_by.value,
                    "kind": reply.kind.value,
                    "region_code": reply.region_code,
                    "department_code": reply.department_code,
                    "fiscal_year": reply.fiscal_year,
                    "replied_on": reply.replied_on,
                    "document_no": reply.document_no,
                    "version": recorded.version,
                },
            )
        case _:
            return


reply_register = Projection(name="reply_register", tables=(ReplyRow,), project=_project)


def replies(span: Span) -> SelectOfScalar[ReplyRow]:
    """The replies for the year."""
    return select(ReplyRow).where(
        span.regions(ReplyRow.region_code), ReplyRow.fiscal_year == span.fiscal_year
    )
