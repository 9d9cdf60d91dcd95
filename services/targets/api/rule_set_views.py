"""What a reader of the rule sets is shown: drafts, versions, what is wrong, what differs."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, Field

from services.targets.api.rule_values import Plain
from services.targets.api.rule_words import labels
from services.targets.api.views import Unfolded, View
from services.targets.domain.rule_differences import Difference, RuleChange
from services.targets.domain.sourced_rules import SourceTag
from services.targets.projections.rule_sets import RuleSetVersionRow
from shared.domain.refusals import Refusal


class ProvenanceView(View):
    """Where a value comes from."""

    source_tag: SourceTag
    legal_basis: str


class RuleSetView(View):
    """Where the rules of a region and fiscal year stand; version 0: none adopted yet."""

    region_code: str
    fiscal_year: int
    rule_set_version: int
    draft: Unfolded = Field(validation_alias="draft_json")
    drafted_by: str | None


class RuleSetVersionView(View):
    """An adopted version. It binds what is decided from one day until before the other."""

    region_code: str
    fiscal_year: int
    rule_set_version: int
    legal_basis: str
    adopted_on: date
    effective_from: date = Field(validation_alias="adopted_on")
    effective_to: date | None = Field(description="The day from which the next version binds.")
    rules: Unfolded = Field(validation_alias="rules_json")
    provenance: Mapping[str, ProvenanceView] = Field(description="By JSON Pointer into `rules`.")


class RulesInForce(RuleSetVersionView):
    """The version that binds a region, be it its own or its superior's."""

    asked_region: str = Field(validation_alias="asked_region")
    inherited_from: str | None = Field(description="The superior whose rules these are.")

    @classmethod
    def of(cls, region_code: str, row: RuleSetVersionRow) -> Self:
        """The nearest version, told to the region that asked."""
        shown = RuleSetVersionView.model_validate(row)
        inherited = row.region_code if row.region_code != region_code else None
        told = {name: getattr(shown, name) for name in type(shown).model_fields}
        return cls(**told, asked_region=region_code, inherited_from=inherited)


class RuleDifference(BaseModel):
    """One value that differs between two versions."""

    pointer: str
    label_zh: str
    label_en: str
    change: RuleChange
    before: Plain
    after: Plain
    source_before: ProvenanceView | None
    source_after: ProvenanceView | None

    @classmethod
    def of(cls, difference: Difference) -> Self:
        """What differs, with its labels."""
        label_zh, label_en = labels(difference.pointer)
        before, after = difference.source_before, difference.source_after
        return cls(
            pointer=difference.pointer,
            label_zh=label_zh,
            label_en=label_en,
            change=difference.change,
            before=difference.before,
            after=difference.after,
            source_before=ProvenanceView.model_validate(before) if before else None,
            source_after=ProvenanceView.model_validate(after) if after else None,
        )


class RuleDefect(BaseModel):
    """One thing that is wrong with a draft."""

    rule: str = Field(examples=["value-uncovered"])
    title: str
    title_zh: str
    pointer: str | None
    detail: str
    remedy: str | None

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        """The refusal that would be given, told beforehand."""
        return cls(
            rule=refusal.slug(),
            title=refusal.title(),
            title_zh=refusal.title_zh,
            pointer=refusal.pointer,
            detail=refusal.detail,
            remedy=refusal.remedy,
        )


class RuleSetCheck(BaseModel):
    """Everything that is wrong with rules, told at once."""

    can_be_drafted: bool
    can_be_adopted: bool
    sources_stated: bool = Field(
        description="Without any source, every value is adopted as a default (D)."
    )
    defects: list[RuleDefect]


class RuleSetDraftView(BaseModel):
    """What waits to be adopted, what is wrong with it, and what it would change."""

    region_code: str
    fiscal_year: int
    drafted_by: str | None
    rules: Any
    provenance: Mapping[str, ProvenanceView]
    check: RuleSetCheck
    differences: list[RuleDifference] = Field(description="From the version in force, if any.")
