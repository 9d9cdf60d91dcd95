"""The values of a rule set with their sources, as every explanation shows them."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, Field

from services.targets.api.rule_words import labels
from services.targets.domain.sourced_rules import SourcedRules, SourceTag, upwards
from services.targets.projections.rule_sets import RuleSetVersionRow


def _plain(value: object) -> object:
    """An exact number as JSON writes it, like the rules themselves."""
    return json.loads(str(value)) if isinstance(value, Decimal) else value


Plain = Annotated[Any, BeforeValidator(_plain)]


class RuleValue(BaseModel):
    """One value of a rule set: what it is called, what it is, and why."""

    pointer: str = Field(examples=["/grades/GOOD"])
    label_zh: str = Field(examples=["等级下限 · 良"])
    label_en: str = Field(examples=["Lower bounds of the grades · Good"])
    value: Plain = Field(examples=[80])
    source_tag: SourceTag | None
    legal_basis: str | None


class AppliedRules(BaseModel):
    """The rules by which something was decided, and the values that mattered."""

    rule_set_id: str
    rule_set_version: int
    legal_basis: str
    effective_from: date
    effective_to: date | None
    values: list[RuleValue]

    @classmethod
    def of(cls, row: RuleSetVersionRow, places: Sequence[str]) -> Self:
        """The values at and below these places."""
        return cls(
            rule_set_id=f"{row.region_code}-{row.fiscal_year}",
            rule_set_version=row.rule_set_version,
            legal_basis=row.legal_basis,
            effective_from=row.adopted_on,
            effective_to=row.effective_to,
            values=rule_values(row.stated, places),
        )


def rule_values(stated: SourcedRules, places: Sequence[str]) -> list[RuleValue]:
    """The values at and below these places, with their sources."""
    return [_value(stated, pointer) for pointer in _below(stated.values, places)]


def _below(pointers: Iterable[str], places: Sequence[str]) -> Iterable[str]:
    wanted = set(places)
    return (p for p in pointers if not wanted.isdisjoint(upwards(p)))


def _value(stated: SourcedRules, pointer: str) -> RuleValue:
    label_zh, label_en = labels(pointer)
    source = stated.source(pointer)
    return RuleValue(
        pointer=pointer,
        label_zh=label_zh,
        label_en=label_en,
        value=stated.values[pointer],
        source_tag=source.source_tag if source else None,
        legal_basis=source.legal_basis if source else None,
    )
