"""The rule sets by region and fiscal year, and every version that was ever adopted."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.rule_set import RuleSetAdopted, RuleSetDrafted
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put, Set


class RuleSetRow(Table, table=True):
    """Where the rules of a region and fiscal year stand."""

    __tablename__ = "rule_sets"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rule_set_version: int = 0
    draft_json: str | None = None
    version: int = 0


class RuleSetVersionRow(Table, table=True):
    """A version as it was adopted; it never changes."""

    __tablename__ = "rule_set_versions"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rule_set_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    legal_basis: str
    rules_json: str
    adopted_on: date


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case RuleSetDrafted() as event:
            key = {"region_code": event.region_code, "fiscal_year": event.fiscal_year}
            yield Add(RuleSetRow, key, {"rule_set_version": 0})
            drafted = {"draft_json": event.rules_json, "version": recorded.version}
            yield Set(RuleSetRow, key, drafted)
        case RuleSetAdopted() as event:
            key = {"region_code": event.region_code, "fiscal_year": event.fiscal_year}
            in_force = {"rule_set_version": event.rule_set_version, "version": recorded.version}
            yield Put(RuleSetRow, {**key, **in_force})
            yield Put(
                RuleSetVersionRow,
                {
                    **key,
                    "rule_set_version": event.rule_set_version,
                    "legal_basis": event.legal_basis,
                    "rules_json": event.rules_json,
                    "adopted_on": event.adopted_on,
                },
            )
        case _:
            return


rule_sets = Projection(name="rule_sets", tables=(RuleSetRow, RuleSetVersionRow), project=project)


def rule_set(region_code: str, fiscal_year: int) -> SelectOfScalar[RuleSetRow]:
    """The rules of a region and fiscal year."""
    return select(RuleSetRow).where(
        col(RuleSetRow.region_code) == region_code, col(RuleSetRow.fiscal_year) == fiscal_year
    )


def versions(region_code: str, fiscal_year: int) -> SelectOfScalar[RuleSetVersionRow]:
    """Every adopted version, in order."""
    return (
        select(RuleSetVersionRow)
        .where(
            col(RuleSetVersionRow.region_code) == region_code,
            col(RuleSetVersionRow.fiscal_year) == fiscal_year,
        )
        .order_by(col(RuleSetVersionRow.rule_set_version))
    )


def version(
    region_code: str, fiscal_year: int, rule_set_version: int
) -> SelectOfScalar[RuleSetVersionRow]:
    """One adopted version."""
    found = col(RuleSetVersionRow.rule_set_version) == rule_set_version
    return versions(region_code, fiscal_year).where(found)
