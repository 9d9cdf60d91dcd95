"""What is not told, why, by whom and until when; kept when it has ended."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.item_words import ItemWithheld, WithholdingExpired
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class WithholdingRow(Table, table=True):
    """The last withholding of an item; earlier ones are in its history."""

    __tablename__ = "withholding_register"

    item_id: str = Field(primary_key=True)
    version: int
    kind: str
    channel: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str | None = None
    unit_code: str
    project_code: str
    title: str
    protects: str
    legal_basis: str
    authority: str
    withheld_on: date
    expires_on: date
    ended_on: date | None = None


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case ItemWithheld(item=item) as fact:
            yield Put(
                WithholdingRow,
                {
                    "item_id": item.item_id,
                    "version": recorded.version,
                    "kind": item.kind.value,
                    "channel": item.channel.value,
                    "fiscal_year": item.fiscal_year,
                    "region_code": item.region_code,
                    "department_code": item.department_code,
                    "unit_code": item.unit_code,
                    "project_code": item.project_code,
                    "title": item.title,
                    "protects": fact.protects,
                    "legal_basis": fact.legal_basis,
                    "authority": fact.authority,
                    "withheld_on": business_date(recorded.occurred_at),
                    "expires_on": fact.expires_on,
                    "ended_on": None,
                },
            )
        case WithholdingExpired(item=item, expired_on=day):
            yield Set(WithholdingRow, {"item_id": item.item_id}, {"ended_on": day})
        case _:
            return


withholding_register = Projection(
    name="withholding_register", tables=(WithholdingRow,), project=_project
)


def withholdings(span: Span, *, ended: bool) -> SelectOfScalar[WithholdingRow]:
    """What is withheld of the year's items, and on request what no longer is."""
    rows = select(WithholdingRow).where(
        span.regions(WithholdingRow.region_code),
        WithholdingRow.fiscal_year == span.fiscal_year,
    )
    return rows if ended else rows.where(col(WithholdingRow.ended_on).is_(None))


def withholding(item_id: str) -> SelectOfScalar[WithholdingRow]:
    """One withholding."""
    return select(WithholdingRow).where(WithholdingRow.item_id == item_id)
