"""What stands in a library: an indicator with how it is measured, or a model case.

Names of the national table `BAS_PERF_INDICATOR` (`domain` §7.1) are given where they differ.
What few entries say is kept apart in `Details`, because events are kept for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from services.targets.domain.values import Level1, Level2, Library, Operator

PARTS: Final[Mapping[Level1, tuple[Level2, ...]]] = {
    Level1.COST: (Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST),
    Level1.OUTPUT: (Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS, Level2.COST),
    Level1.BENEFIT: (
        Level2.ECONOMIC,
        Level2.SOCIAL,
        Level2.ECOLOGICAL,
        Level2.SUSTAINABILITY,
    ),
    Level1.SATISFACTION: (Level2.RECIPIENTS,),
}
"""The level-2 parts of each level-1 part, of both weight schemes (`domain` §4.2)."""


class Nature(StrEnum):
    """Whether an indicator is a number or a described standard."""

    QUANT = "QUANT"
    QUAL = "QUAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseIndicator:
    """An indicator of a model case. The weights of a case sum to 90, as those of a target."""

    level1: Level1
    level2: Level2
    name: str
    operator: Operator
    target_value: Decimal | None = None
    unit: str = ""
    weight: Decimal
    lower_is_better: bool = False
    standard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """How an indicator is measured and since when it may be used, or what a case consists of.

    `reference_value` is the number other projects reached, `value_desc` the same in words;
    `standard` is the scoring standard (`kpi_evalstd`), `is_common` marks a common indicator
    (`is_common_ind`), `start_on` and `end_on` are the first and the last day of use.
    """

    operator: Operator | None = None
    nature: Nature | None = None
    reference_value: Decimal | None = None
    value_desc: str = ""
    standard: str = ""
    obtain_method: str = ""
    data_source: str = ""
    is_common: bool = False
    lower_is_better: bool = False
    start_on: date | None = None
    end_on: date | None = None
    indicators: tuple[CaseIndicator, ...] = ()


PLAIN: Final = Details()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A level-3 indicator or a model case; the `text` of a case is its goal."""

    code: str
    name: str
    level1: Level1 | None = None
    level2: str = ""
    unit: str = ""
    text: str = ""
    details: Details | None = None

    @property
    def told(self) -> Details:
        """The details; those of an entry that has none say nothing."""
        return self.details or PLAIN


def entry(said: Mapping[str, Any]) -> Entry:
    """An entry from its sheet: fields of entry and details side by side."""
    own = {name: value for name, value in said.items() if name in _OWN}
    more = {name: value for name, value in said.items() if name not in _OWN}
    rows = tuple(CaseIndicator(**row) for row in more.pop("indicators", ()))
    details = Details(**more, indicators=rows)
    return Entry(**own, details=None if details == PLAIN else details)


def sheet(entry: Entry) -> dict[str, object]:
    """The fields of an entry side by side, without those that say nothing."""
    told = _said(entry) | _said(entry.told)
    told.pop("details", None)
    if entry.told.indicators:
        told["indicators"] = [_said(row) for row in entry.told.indicators]
    return told


def _said(part: Entry | Details | CaseIndicator) -> dict[str, object]:
    told = ((field, getattr(part, field.name)) for field in fields(part))
    return {field.name: value for field, value in told if value != field.default}


_OWN: Final = frozenset(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPin:
    """Which entry of which published version an indicator was taken from."""

    library: Library
    class_code: str
    code: str
    library_version: int
