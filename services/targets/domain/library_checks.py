"""What an entry must be before it may enter a library. Every refusal points at its field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from services.targets.domain.library_entry import PARTS, CaseIndicator, Details, Entry, Nature
from services.targets.domain.refusals import (
    CaseOutsideCaseLibrary,
    CaseWeightsWrong,
    LibraryClassEmpty,
    LibraryCodeTaken,
    LibraryEntryRepeated,
    LibraryLevelsDisagree,
    LibraryNatureContradicted,
    LibraryTermReversed,
)
from services.targets.domain.values import Level1, Library, Operator

TARGET_WEIGHT: Final = Decimal(90)
"""Points of a target; the 10 of execution are not set when it is drafted (财预〔2021〕101号)."""
WEIGHT_MIN: Final = Decimal(1)
"""Points of one indicator at least (`domain` §6.2, L03)."""


type Places = Callable[[int, int | None], str]
"""Where an entry, or one of its indicators, stands in what was sent: a JSON Pointer."""


def in_entries(entry: int, indicator: int | None) -> str:
    """The place in a class that was sent entry by entry."""
    inside = "" if indicator is None else f"/indicators/{indicator}"
    return f"/entries/{entry}{inside}"


def check_entries(
    library: Library, entries: Sequence[Entry], taken: Mapping[str, str], at: Places = in_entries
) -> None:
    """The first thing that is wrong, as a refusal. `taken`: code → another class that has it."""
    if not entries:
        raise LibraryClassEmpty(pointer="/entries")
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        pointer = at(index, None)
        if entry.code in seen:
            raise LibraryEntryRepeated(pointer=f"{pointer}/code", code=entry.code)
        if entry.code in taken:
            raise LibraryCodeTaken(
                pointer=f"{pointer}/code", code=entry.code, class_code=taken[entry.code]
            )
        seen.add(entry.code)
        _check_level(entry.level1, entry.level2, pointer)
        if entry.details is not None:
            _check_details(entry.details, pointer)
            _check_case(library, entry.details.indicators, partial(at, index))


def _check_level(level1: Level1 | None, level2: str, pointer: str) -> None:
    parts: Iterable[str] = PARTS[level1] if level1 else ()
    if level2 and level2 not in parts:
        raise LibraryLevelsDisagree(
            pointer=f"{pointer}/level2",
            remedy=f"One of {', '.join(parts)}." if level1 else "State level1, too.",
            level2=level2,
        )


def _check_details(details: Details, pointer: str) -> None:
    numeric = details.operator is not None and details.operator is not Operator.QUALITATIVE
    if details.nature is Nature.QUAL and (numeric or details.reference_value is not None):
        raise LibraryNatureContradicted(pointer=f"{pointer}/nature")
    if details.nature is Nature.QUANT and details.operator is Operator.QUALITATIVE:
        raise LibraryNatureContradicted(pointer=f"{pointer}/operator")
    start_on, end_on = details.start_on, details.end_on
    if start_on is not None and end_on is not None and end_on < start_on:
        raise LibraryTermReversed(pointer=f"{pointer}/end_on")


def _check_case(
    library: Library, indicators: Sequence[CaseIndicator], at: Callable[[int], str]
) -> None:
    if not indicators:
        return
    if library is not Library.XJ_MODEL_CASE:
        raise CaseOutsideCaseLibrary(pointer=at(0))
    for index, indicator in enumerate(indicators):
        _check_level(indicator.level1, indicator.level2, at(index))
        if indicator.weight < WEIGHT_MIN:
            raise CaseWeightsWrong(pointer=f"{at(index)}/weight")
    total = sum((indicator.weight for indicator in indicators), Decimal(0))
    if total != TARGET_WEIGHT:
        raise CaseWeightsWrong(pointer=f"{at(0)}/weight", total=str(total))
