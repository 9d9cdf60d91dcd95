"""A state that holds everybody of a region is not copied for each of them.

Every state on the way to a few thousand members is kept: together they are hardly more than the
last one. As copies, the next member of a region of 20,000 would cost 0.1 to 1 ms, and folding all
of them again after a restart up to 12 s.
"""

import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

import pytest

from services.disclosure.domain import year_closing
from services.disclosure.domain.year_closing_words import (
    ClosedYearCorrected,
    RedItem,
    RedItemEnded,
    RedItemNoted,
    RedKind,
)
from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.deviation import Deviation, DeviationNoted, deviation_decider
from services.evaluation.domain.sampling.roster import UnitEntered, unit_roster_decider
from services.monitoring.domain.roster import ProjectEntered, roster_decider
from shared.domain.decider import AnyDecider

REGION: Final = "653100"
MEMBERS: Final = 3_000
BYTES_MAX: Final = 40_000_000
"""Of all states: 1 to 15 MB as they are, 123 MB and more as copies."""


def entered(name: str) -> object:
    return ProjectEntered(region_code=REGION, fiscal_year=2026, project_code=name)


def registered(name: str) -> object:
    return UnitEntered(region_code=REGION, unit_code=name)


def rechecked(name: str) -> object:
    score, inflation = Decimal(90), Inflation.NONE
    found = Deviation(unit_code="U1", self_score=score, score=score, inflation=inflation)
    return DeviationNoted(project_code=name, deviation=found)


def item(name: str) -> RedItem:
    return RedItem(item_id=name, kind=RedKind.WARNING, region_code=REGION, since=date(2026, 6, 1))


def noted(name: str) -> object:
    return RedItemNoted(region_code=REGION, fiscal_year=2026, item=item(name))


def ended(name: str) -> object:
    return RedItemEnded(item_id=name)


def corrected(name: str, *, over: bool) -> object:
    return ClosedYearCorrected(
        region_code=REGION,
        fiscal_year=2026,
        item=item(name),
        ended=over,
        carried=False,
        corrected_on=date(2027, 3, 1),
    )


@pytest.mark.parametrize(
    ("decider", "told"),
    [
        (roster_decider, [entered]),
        (unit_roster_decider, [registered]),
        (deviation_decider, [rechecked]),
        (year_closing.decider, [noted, ended]),
        (year_closing.decider, [partial(corrected, over=False), partial(corrected, over=True)]),
    ],
    ids=["roster", "unit_roster", "deviation", "fiscal_year", "fiscal_year, closed"],
)
def test_a_member_of_a_region_is_no_copy_of_all_the_others(
    decider: AnyDecider, told: Sequence[Callable[[str], object]]
) -> None:
    facts = [say(f"{REGION}{nth:07d}") for say in told for nth in range(MEMBERS)]
    states = [decider.initial]
    tracemalloc.start()
    try:
        for fact in facts:
            states.append(decider.evolve(states[-1], fact))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(states) == 1 + len(facts)
    assert kept < BYTES_MAX, f"{kept / 1e6:.0f} MB"
