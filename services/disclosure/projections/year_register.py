"""Fiscal years: what is red in them, when they were closed, what was corrected afterwards."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.year_closing_words import (
    CarriedItem,
    ClosedYearCorrected,
    FiscalYearClosed,
)
from services.disclosure.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class YearRow(Table, table=True):
    """A fiscal year of a region that is closed, with what was carried over."""

    __tablename__ = "year_register"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    closed_on: date
    carried: list[dict[str, str]] = Field(sa_type=JSON)
    version: int


class YearCorrectionRow(Table, table=True):
    """Something that came after the closing."""

    __tablename__ = "year_corrections"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    item_id: str
    kind: str
    project_code: str
    change: str
    carried: bool
    corrected_on: date


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case FiscalYearClosed() as closed:
            yield Put(
                YearRow,
                {
                    "region_code": closed.region_code,
                    "fiscal_year": closed.fiscal_year,
                    "closed_on": closed.closed_on,
                    "carried": [_carried(one) for one in closed.carried],
                    "version": recorded.version,
                },
            )
        case ClosedYearCorrected() as corrected:
            yield Put(
                YearCorrectionRow,
                {
                    "region_code": corrected.region_code,
                    "fiscal_year": corrected.fiscal_year,
                    "version": recorded.version,
                    "item_id": corrected.item.item_id,
                    "kind": corrected.item.kind.value,
                    "project_code": corrected.item.project_code,
                    "change": "ENDED" if corrected.ended else "OPENED",
                    "carried": corrected.carried,
                    "corrected_on": corrected.corrected_on,
                },
            )
        case _:
            return


def _carried(one: CarriedItem) -> dict[str, str]:
    return {
        "item_id": one.item.item_id,
        "kind": one.item.kind.value,
        "region_code": one.item.region_code,
        "project_code": one.item.project_code,
        "since": one.item.since.isoformat(),
        "reason": one.reason,
    }


year_register = Projection(
    name="year_register", tables=(YearRow, YearCorrectionRow), project=_project
)


def closed_year(region_code: str, fiscal_year: int) -> SelectOfScalar[YearRow]:
    """The year, if it is closed."""
    return select(YearRow).where(
        YearRow.region_code == region_code, YearRow.fiscal_year == fiscal_year
    )


def corrections(region_code: str, fiscal_year: int) -> SelectOfScalar[YearCorrectionRow]:
    """What came after the closing, in its order."""
    return (
        select(YearCorrectionRow)
        .where(
            YearCorrectionRow.region_code == region_code,
            YearCorrectionRow.fiscal_year == fiscal_year,
        )
        .order_by(col(YearCorrectionRow.version))
    )
