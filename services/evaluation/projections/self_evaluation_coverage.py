"""What self-evaluations are held against: the money that left, and the day they are due.

A project that spent money and has no self-evaluation is visible here, and nowhere else.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.adopted_rules import Rules, RulesAdopted
from services.evaluation.domain.self_evaluation.terms import terms_of
from services.evaluation.domain.watched import PaidNoted
from services.evaluation.projections import Table
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class MoneyRow(Table, table=True):
    """What was paid for a project in a year, as monitoring said it last."""

    __tablename__ = "self_evaluation_money"

    self_evaluation_id: str = Field(primary_key=True)
    fiscal_year: int = Field(index=True)
    region_code: str = Field(default="", index=True)
    unit_code: str = ""
    paid_fen: int = Field(sa_type=BigInteger)


class TermRow(Table, table=True):
    """The day on which the reports of a region and year are due."""

    __tablename__ = "self_evaluation_terms"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    due_on: date


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    whose, _, year = recorded.id.rpartition("-")
    if not year.isdecimal():
        return
    match recorded.event:
        case PaidNoted() as event:
            yield Put(
                MoneyRow,
                {
                    "self_evaluation_id": recorded.id,
                    "fiscal_year": int(year),
                    "region_code": event.region_code,
                    "unit_code": event.unit_code,
                    "paid_fen": event.paid.fen,
                },
            )
        case RulesAdopted() as event:
            yield Put(
                TermRow,
                {"region_code": whose, "fiscal_year": int(year), "due_on": _due_on(event, year)},
            )
        case _:
            return


def _due_on(event: RulesAdopted, year: str) -> date:
    """Rules that nobody can read are a problem of whoever needs them: the usual day holds."""
    rules = Rules(version=event.version, legal_basis=event.legal_basis, text=event.text)
    try:
        return terms_of(rules).due_on(int(year))
    except (ValueError, json.JSONDecodeError):
        return terms_of(None).due_on(int(year))


self_evaluation_coverage: Final = Projection(
    name="self_evaluation_coverage",
    streams=frozenset({"rules", "watched"}),
    tables=(MoneyRow, TermRow),
    project=_fold,
)


def paid_of(self_evaluation_ids: Iterable[str]) -> SelectOfScalar[MoneyRow]:
    """The money of some projects' years."""
    return select(MoneyRow).where(col(MoneyRow.self_evaluation_id).in_(list(self_evaluation_ids)))


def terms(fiscal_year: int) -> SelectOfScalar[TermRow]:
    """The days of a year, region by region."""
    return select(TermRow).where(TermRow.fiscal_year == fiscal_year)


def without(fiscal_year: int) -> SelectOfScalar[MoneyRow]:
    """Projects that spent money in a year and have no self-evaluation."""
    known = select(SelfEvaluationRow.self_evaluation_id)
    return select(MoneyRow).where(
        MoneyRow.fiscal_year == fiscal_year, col(MoneyRow.self_evaluation_id).not_in(known)
    )


def of_year(fiscal_year: int) -> SelectOfScalar[SelfEvaluationRow]:
    """Every self-evaluation of a year."""
    return select(SelfEvaluationRow).where(SelfEvaluationRow.fiscal_year == fiscal_year)
