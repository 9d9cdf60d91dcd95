"""From a library to the draft of a target: a translation, nothing is decided here.

An indicator gives one row of the least weight, a case its goal and all its rows. Nothing is
said of milestones, so no row accumulates until its writer says so.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from services.targets.api.target_schemas import DraftTargetBody, IndicatorBody
from services.targets.domain.library_checks import WEIGHT_MIN
from services.targets.domain.library_entry import PARTS, CaseIndicator, Entry, Nature
from services.targets.domain.values import Level1, Level2, Library, Operator

UNPLACED = Level1.OUTPUT
"""Where an indicator stands whose entry names no level: the part every target has (101号)."""


def draft_of(
    library: Library, entry: Entry, project_code: str, fiscal_year: int
) -> DraftTargetBody:
    """The body of a new target that is taken from an entry."""
    rows = entry.told.indicators or [_alone(entry)]
    return DraftTargetBody(
        project_code=project_code,
        fiscal_year=fiscal_year,
        annual_goal=entry.text if entry.told.indicators else "",
        indicators=tuple(_indicators(library, entry, rows, date(fiscal_year, 12, 31))),
        waivers={},
        answers={},
    )


def _indicators(
    library: Library, entry: Entry, rows: Iterable[CaseIndicator], due_on: date
) -> Iterable[IndicatorBody]:
    for number, row in enumerate(rows, start=1):
        yield IndicatorBody(
            indicator_id=f"I{number}",
            level1=row.level1,
            level2=row.level2,
            name=row.name,
            operator=row.operator,
            target_value=row.target_value,
            unit=row.unit,
            weight=row.weight,
            lower_is_better=row.lower_is_better,
            is_core=library is Library.KS_CORE,
            cumulative=False,
            milestones={},
            levels={},
            standard=row.standard,
            due_on=due_on,
            library_code=entry.code,
            library=library,
        )


def _alone(entry: Entry) -> CaseIndicator:
    level1 = entry.level1 or UNPLACED
    parts = PARTS[level1]
    told = entry.told
    return CaseIndicator(
        level1=level1,
        level2=Level2(entry.level2) if entry.level2 in parts else parts[0],
        name=entry.name,
        operator=told.operator or _operator(entry),
        target_value=told.reference_value,
        unit=entry.unit,
        weight=Decimal(WEIGHT_MIN),
        lower_is_better=told.lower_is_better,
        standard=told.standard,
    )


def _operator(entry: Entry) -> Operator:
    if entry.told.nature is Nature.QUAL:
        return Operator.QUALITATIVE
    return Operator.AT_MOST if entry.told.lower_is_better else Operator.AT_LEAST
