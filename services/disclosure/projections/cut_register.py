"""New applications that were cut because a similar project was badly judged.

The results of a year bind the budget of the year after next; the report of the year between
tells of the cuts that were made in it.
"""

from collections.abc import Iterable
from datetime import date

from sqlmodel import BigInteger, Field, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import evaluation
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class CutRow(Table, table=True):
    """A cut: the application, the project it resembles, and the amount."""

    __tablename__ = "cut_register"

    cut_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    project_code: str
    basis_project_code: str
    basis_fiscal_year: int
    budget_year: int = Field(index=True)
    grade: str
    requested_fen: int = Field(sa_type=BigInteger)
    amount_fen: int = Field(sa_type=BigInteger)
    confirmed_on: date


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.BudgetCutConfirmed() as said:
            yield Put(
                CutRow,
                {
                    "cut_id": said.cut_id,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "project_code": said.project_code,
                    "basis_project_code": said.basis_project_code,
                    "basis_fiscal_year": said.basis_fiscal_year,
                    "budget_year": said.budget_year,
                    "grade": said.grade,
                    "requested_fen": said.requested.fen,
                    "amount_fen": said.amount.fen,
                    "confirmed_on": said.confirmed_on,
                },
            )
        case _:
            return


cut_register = Projection(name="cut_register", tables=(CutRow,), hear=_hear, money=True)


def cuts(span: Span) -> SelectOfScalar[CutRow]:
    """The cuts in the coming budget, on the results of the year before."""
    return select(CutRow).where(
        span.regions(CutRow.region_code),
        CutRow.budget_year == span.fiscal_year + 1,
        CutRow.basis_fiscal_year == span.fiscal_year - 1,
        span.told(CutRow.confirmed_on),
    )


def cut(span: Span) -> Select[int, int, int]:
    """Units, projects and the amount cut."""
    return select(
        func.count(func.distinct(CutRow.unit_code)),
        func.count(func.distinct(CutRow.project_code)),
        func.coalesce(func.sum(CutRow.amount_fen), 0),
    ).where(
        span.regions(CutRow.region_code),
        CutRow.budget_year == span.fiscal_year + 1,
        CutRow.basis_fiscal_year == span.fiscal_year - 1,
        span.told(CutRow.confirmed_on),
    )
