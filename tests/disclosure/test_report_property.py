"""Whatever happens: figures are the sums of their lists, and a fixed day is answered for ever."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from shared.domain.money import Money
from tests.disclosure.histories import YEAR, invented
from tests.disclosure.world import World, world

FIGURES: Final = 43
FIRST_DAY: Final = "2022-07-01"
NEXT_DAY: Final = datetime(2022, 7, 2, 2, tzinfo=UTC)
COVERED: Final = ("TARGET", "SELF_EVALUATION", "FINANCE_REPORT")

type Items = Sequence[dict[str, str]]


SEEDS: Final = (11, 12, 13)


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_figure_is_the_sum_of_its_list_and_stays_so(
    seed: int, database: str, tmp_path: Path
) -> None:
    history = invented(seed)
    asked = question(history.region)
    on_the_first_day = f"{asked}?as_of={FIRST_DAY}"
    async with world(database, tmp_path) as here:
        await here.hear(*history.first)
        await here.given(*history.here)
        here.clock.moment = NEXT_DAY
        before = await answers(here, on_the_first_day)
        await here.hear(*history.later)
        assert await answers(here, on_the_first_day) == before
        assert await answers(here, asked) != before


def question(region: str) -> str:
    """The figures of a region."""
    return f"/v1/annual-reports/{region}/{YEAR}/figures"


async def answers(here: World, path: str) -> list[bytes]:
    """The figures and every list of theirs, byte for byte; each is the sum of its list."""
    found = await here.client.get(path)
    told = found.json()
    assert len(told["figures"]) == FIGURES
    for name in ("as_of", "effective_at", "event_position", "rule_set_version"):
        assert told[name] is not None, name
    lists = []
    for figure in told["figures"]:
        answer = await here.client.get(figure["drill_down"])
        items = answer.json()
        value = figure.get("values", {}).get(figure["id"], figure["value"])
        assert come_to(items["rule"], items["items"], figure) == value, (figure, items)
        assert items["value"] == figure["value"]
        lists.append(answer.content)
    return [found.content, *lists]


def come_to(rule: str, items: Items, figure: dict[str, Any]) -> str | list[str]:
    """What the items add up to."""
    match rule:
        case "COUNT":
            return str(len({one["counts"] for one in items}))
        case "SUM" if figure["unit"] == "CNY":
            return str(Money.total(Money.parse(one["value"]) for one in items))
        case "SUM":
            return str(sum(int(one["value"]) for one in items))
        case "VALUE":
            nothing = "" if figure["unit"] in {"rank", "points"} else "0"
            return items[0]["value"] if items else nothing
        case "LIST":
            found = {one["value"] for one in items}
            known: list[str] = figure["values"][figure["id"]]
            return known if found == set(known) else sorted(found)
        case _:
            return shares(items, grouped="values" in figure)


def shares(items: Items, *, grouped: bool) -> str | list[str]:
    """The share of those with value 1 among those with a value, group by group."""
    if not grouped:
        return share([one["value"] for one in items])
    return [share([one["value"] for one in items if one["group"] == kind]) for kind in COVERED]


def share(values: Sequence[str]) -> str:
    """Ones among ones and noughts, told with four places."""
    counted = [value for value in values if value]
    whole = Decimal(len(counted) or 1)
    return str((counted.count("1") / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP))
