"""Regions, units, and the rules and libraries that hold for them."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.fields import AnyJson
from shared.contracts.targets.said import TargetsEvent

type Origin = Literal["OFFICIAL", "SYNTHETIC"]


class RegionRegistered(TargetsEvent):
    """A region with a finance bureau of its own joined the system."""

    name: str
    parent_code: str | None = None


class UnitRegistered(TargetsEvent):
    """A budget unit and its department were registered."""

    unit_code: str
    name: str
    department_code: str
    department_name: str
    origin: Origin = "OFFICIAL"


class RuleSetAdopted(TargetsEvent):
    """A version of the rule set binds a region and a fiscal year from now on."""

    rule_set_id: str
    rule_set_version: int
    fiscal_year: int
    legal_basis: str
    rules: AnyJson = Field(description="The whole rule set: weights, bands, thresholds, deadlines.")
    provenance: AnyJson = Field(
        default_factory=dict,
        description="By JSON Pointer into `rules`: `source_tag` (S, R1, R2, R3, F, D) and "
        "`legal_basis` of the values at and below it.",
    )


class LibraryPublished(TargetsEvent):
    """A version of a library came into use."""

    library: Literal["XJ_INDUSTRY", "XJ_MODEL_CASE", "KS_CORE"]
    library_version: int
    classes: int = Field(description="Industries, case classes or core classes.")
    entries: int = Field(description="Level-3 indicators, cases or core indicators.")
    published_on: date
