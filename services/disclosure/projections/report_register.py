"""The annual reports that were issued, edition by edition."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.report import ReportIssued, report_digest
from services.disclosure.domain.telling import figures_as_json, passages_as_json
from services.disclosure.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class ReportRow(Table, table=True):
    """An edition of the report of a year, with the figures as they were told."""

    __tablename__ = "report_register"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    edition: int = Field(primary_key=True)
    figures: list[dict[str, str]] = Field(sa_type=JSON)
    issued_on: date
    title: str = ""
    passages: list[dict[str, object]] = Field(default_factory=list, sa_type=JSON)
    reason: str = ""
    content_sha256: str = ""


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case ReportIssued() as issued:
            yield Put(
                ReportRow,
                {
                    "region_code": issued.region_code,
                    "fiscal_year": issued.fiscal_year,
                    "edition": issued.edition,
                    "figures": figures_as_json(issued.figures),
                    "issued_on": issued.issued_on,
                    "title": issued.title,
                    "passages": passages_as_json(issued.passages),
                    "reason": issued.reason,
                    "content_sha256": report_digest(issued),
                },
            )
        case _:
            return


report_register = Projection(name="report_register", tables=(ReportRow,), project=_project)


def editions(report_id: str) -> SelectOfScalar[ReportRow]:
    """The editions of a report by its number, `653100-2021`, the first one first."""
    region_code, fiscal_year = report_id.rsplit("-", 1)
    return (
        select(ReportRow)
        .where(ReportRow.region_code == region_code, ReportRow.fiscal_year == int(fiscal_year))
        .order_by(col(ReportRow.edition))
    )
