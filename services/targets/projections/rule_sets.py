"""The rule sets by region and fiscal year, and every version that was ever adopted."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.rule_set import (
    RuleSetAdopted,
    RuleSetDrafted,
    RuleSetSuperseded,
)
from services.targets.domain.rule_set import adopted_rules
from services.targets.domain.sourced_rules import (
    Provenance,
    Provenances,
    SourcedRules,
    SourceTag,
    by_default,
)
from services.targets.projections import Table
from services.targets.projections.stored_json import stored
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put, Set


class RuleSetRow(Table, table=True):
    """Where the rules of a region and fiscal year stand."""

    __tablename__ = "rule_sets"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rule_set_version: int = 0
    draft_json: str | None = None
    draft_provenance_json: str | None = None
    drafted_by: str | None = None
    version: int = 0

    @property
    def drafted(self) -> SourcedRules | None:
        """What waits to be adopted, with its sources as far as they are stated."""
        if self.draft_json is None:
            return None
        provenance = _read_provenance(self.draft_provenance_json)
        return SourcedRules(rules_json=self.draft_json, provenance=provenance)


class RuleSetVersionRow(Table, table=True):
    """A version as it was adopted. It never changes; only its end becomes known."""

    __tablename__ = "rule_set_versions"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rule_set_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    legal_basis: str
    rules_json: str
    provenance_json: str | None = None
    adopted_on: date
    effective_to: date | None = None

    @property
    def provenance(self) -> Provenances:
        """The sources; what was adopted before any were stated counts as a default."""
        return _read_provenance(self.provenance_json) or by_default(self.legal_basis)

    @property
    def stated(self) -> SourcedRules:
        """The rules with their sources."""
        return SourcedRules(rules_json=self.rules_json, provenance=self.provenance)


def _read_provenance(text: str | None) -> Provenances:
    sources: Mapping[str, Mapping[str, str]] = json.loads(text) if text else {}
    return {
        pointer: Provenance(
            source_tag=SourceTag(source["source_tag"]), legal_basis=source["legal_basis"]
        )
        for pointer, source in sources.items()
    }


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case RuleSetDrafted() as event:
            key = {"region_code": event.region_code, "fiscal_year": event.fiscal_year}
            yield Add(RuleSetRow, key, {"rule_set_version": 0})
            drafted = {
                "draft_json": event.rules_json,
                "draft_provenance_json": stored(event.provenance),
                "drafted_by": event.drafted_by,
                "version": recorded.version,
            }
            yield Set(RuleSetRow, key, drafted)
        case RuleSetAdopted() as event:
            yield from _adopted(event, recorded.version)
        case RuleSetSuperseded() as event:
            key = {"region_code": event.region_code, "fiscal_year": event.fiscal_year}
            yield Set(
                RuleSetVersionRow,
                {**key, "rule_set_version": event.rule_set_version},
                {"effective_to": event.superseded_on},
            )
        case _:
            return


def _adopted(event: RuleSetAdopted, version: int) -> Iterable[Change]:
    key = {"region_code": event.region_code, "fiscal_year": event.fiscal_year}
    in_force = {"rule_set_version": event.rule_set_version, "version": version}
    yield Put(RuleSetRow, {**key, **in_force})
    # Histories from before `RuleSetSuperseded` was recorded end the version before here.
    yield Set(
        RuleSetVersionRow,
        {**key, "rule_set_version": event.rule_set_version - 1},
        {"effective_to": event.adopted_on},
    )
    yield Put(
        RuleSetVersionRow,
        {
            **key,
            "rule_set_version": event.rule_set_version,
            "legal_basis": event.legal_basis,
            "rules_json": event.rules_json,
            "provenance_json": stored(adopted_rules(event).provenance),
            "adopted_on": event.adopted_on,
        },
    )


rule_sets = Projection(
    name="rule_sets",
    streams=frozenset({"rule_set"}),
    tables=(RuleSetRow, RuleSetVersionRow),
    project=project,
)


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


def current(region_codes: Sequence[str], fiscal_year: int) -> SelectOfScalar[RuleSetVersionRow]:
    """The version in force of each of these regions that has one."""
    return select(RuleSetVersionRow).where(
        col(RuleSetVersionRow.region_code).in_(region_codes),
        col(RuleSetVersionRow.fiscal_year) == fiscal_year,
        col(RuleSetVersionRow.effective_to).is_(None),
    )


def numbered(
    region_codes: Sequence[str], fiscal_years: Sequence[int], rule_set_version: int
) -> SelectOfScalar[RuleSetVersionRow]:
    """One version of every rule set of these regions and years."""
    return select(RuleSetVersionRow).where(
        col(RuleSetVersionRow.region_code).in_(region_codes),
        col(RuleSetVersionRow.fiscal_year).in_(fiscal_years),
        col(RuleSetVersionRow.rule_set_version) == rule_set_version,
    )
