"""Which version of the rules binds a region and a year: every figure is told with it."""

from collections.abc import Iterable

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.values import lineage
from services.disclosure.projections import Table
from shared.contracts import targets
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class RuleSetRow(Table, table=True):
    """A version of the rule set as it was adopted."""

    __tablename__ = "report_rule_sets"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    rule_set_version: int = Field(primary_key=True)
    rule_set_id: str
    legal_basis: str


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.RuleSetAdopted() as said:
            yield Put(
                RuleSetRow,
                {
                    "region_code": said.region_code,
                    "fiscal_year": said.fiscal_year,
                    "rule_set_version": said.rule_set_version,
                    "rule_set_id": said.rule_set_id,
                    "legal_basis": said.legal_basis,
                },
            )
        case _:
            return


report_rule_sets = Projection(name="report_rule_sets", tables=(RuleSetRow,), hear=_hear)


def rule_set(region_code: str, fiscal_year: int) -> SelectOfScalar[RuleSetRow]:
    """The newest version of the nearest region that has one: its own before its superiors'."""
    return (
        select(RuleSetRow)
        .where(
            col(RuleSetRow.region_code).in_(lineage(region_code)),
            RuleSetRow.fiscal_year == fiscal_year,
        )
        .order_by(col(RuleSetRow.region_code).desc(), col(RuleSetRow.rule_set_version).desc())
    )
