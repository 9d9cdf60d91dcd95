"""A year told word by word becomes 43 figures; another year becomes other figures."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from services.disclosure.domain.values import Step, TrainingChannel
from shared.contracts import evaluation, monitoring
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.first_year import (
    CITY,
    FIRST,
    KASHGAR,
    A,
    B,
    C,
    E,
    bulletin,
    first_year,
    first_year_here,
    policy,
    training,
)
from tests.disclosure.world import World, world
from tests.disclosure.years import Project


async def test_a_year_told_word_by_word_becomes_its_figures(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        assert await here.figures(KASHGAR, 2021) == FIRST


async def test_the_region_alone_is_less_than_the_region_with_its_counties(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        alone = await here.figures(KASHGAR, 2021, "self")
        assert (alone["F06"], alone["F17"], alone["F18"]) == ("1", "2", "3000000.00")
        assert (alone["F22"], alone["F28"], alone["F41"]) == (["BLUE"], "0.00", "30")
        city = await here.figures(CITY, 2021)
        assert (city["F06"], city["F17"], city["F28"]) == ("3", "2", "3000.00")
        assert (city["F12"], city["F01"]) == ("40", "")


async def test_figures_as_of_an_earlier_day_know_nothing_later(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        path = f"/v1/annual-reports/{KASHGAR}/2021/figures?effective_at=2021-06-30"
        found = {f["id"]: f["value"] for f in (await here.get(path))["figures"]}
        assert (found["F17"], found["F26"], found["F28"]) == ("4", "0", "0.00")
        assert (found["F29"], found["F03"]) == ("0", "3")
        assert found["F33"] == '["0.0000", "0.0000", "0.0000"]'


async def test_an_unarranged_project_needs_no_target_but_a_forgotten_one_does(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        said = [years.registered(one, 2021) for one in (A, B, C, E)]
        await here.hear(*said, years.assessed(E, 2021, "POOR"), years.approved(A, 2021))
        assert (await here.figures(KASHGAR, 2021))["F19"] == "0.3333"


async def test_another_year_in_another_region_has_other_figures(
    database: str, tmp_path: Path
) -> None:
    region, county, year = "440500", "440507", 2023
    one = Project(code="X-1", region=region, unit="440500009", yuan=70)
    two = Project(code="X-2", region=county, unit="440507001", yuan=35)
    async with world(database, tmp_path, datetime.fromisoformat("2024-09-01T00:00:00Z")) as here:
        await here.hear(
            years.rules(region, year),
            years.registered(one, year),
            years.registered(two, year),
            years.approved(one, year),
            years.approved(two, year),
            years.planned(region, year, "M06", 6, 30),
            *years.recovered(one, year, 7),
        )
        await here.given(
            *(bulletin(region, year, month) for month in range(1, 13)),
            *training(1, TrainingChannel.LIVE_STREAM, 5, county, year),
            *policy(1, Step.TARGET, region=region, year=year),
            now=datetime.fromisoformat("2024-09-01T00:00:00Z"),
        )
        figures = await here.figures(region, year)
        expected = {
            "F03": "1",
            "F04": "0.0833",
            "F17": "2",
            "F18": "105.00",
            "F19": "1.0000",
            "F20": ["2023-06-30"],
            "F22": [],
            "F28": "7.00",
            "F34": "12",
            "F41": "5",
            "F42": ["网络直播"],
            "F32": "1",
        }
        assert {key: figures[key] for key in expected} == expected


async def test_every_figure_drills_down_to_items_that_add_up(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        path = f"/v1/annual-reports/{KASHGAR}/2021/figures?scope=tree"
        figures = {f["id"]: f for f in (await here.get(path))["figures"]}
        for figure in figures.values():
            await here.get(figure["rows"])
            await here.get(figure["drill_down"])
        assert await _items(here, figures["F06"], len) == 4
        assert await _items(here, figures["F08"], len) == 2
        assert await _items(here, figures["F03"], len) == 2
        assert await _items(here, figures["F36"], len) == 1
        assert await _sum(here, figures["F07"], "requested") == "13000000.00"
        assert await _sum(here, figures["F10"], "reduced") == "750.00"
        assert await _sum(here, figures["F18"], "approved") == "10000000.00"
        assert await _sum(here, figures["F28"], "amount") == "3000.00"
        assert await _sum(here, figures["F31"], "amount") == "1000.00"


async def _items(here: World, figure: dict[str, str], measure: Any) -> Any:  # noqa: ANN401
    assert urlsplit(figure["rows"]).path.startswith("/v1/")
    return measure((await here.get(figure["rows"]))["items"])


async def _sum(here: World, figure: dict[str, str], amount: str) -> str:
    def total(items: Sequence[dict[str, str]]) -> str:
        return str(Money.total(Money.parse(item[amount]) for item in items))

    found: str = await _items(here, figure, total)
    assert found == figure["value"]
    return found


async def test_payments_and_returns_are_sums_whatever_comes_first(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        about: dict[str, Any] = {
            "region_code": KASHGAR,
            "project_code": "A",
            "fiscal_year": 2021,
            "unit_code": A.unit,
        }
        await here.hear(
            monitoring.PaymentSettled(
                **about,
                payment_id="p1",
                amount=Money(500),
                paid_total=Money(500),
                settled_on=date(2021, 4, 1),
            ),
            monitoring.PaymentReturned(
                **about,
                payment_id="p1",
                return_id="r1",
                amount=Money(200),
                paid_total=Money(300),
                returned_on=date(2021, 4, 2),
            ),
            monitoring.PaymentsBooked(
                **about,
                paid=Money(900),
                returned=Money(100),
                paid_total=Money(1_100),
                payments=3,
                returns=1,
                first_on=date(2021, 5, 1),
                last_on=date(2021, 5, 2),
            ),
            years.registered(A, 2021),
        )
        life = await here.get("/v1/loop/projects/A/2021")
        assert life["money"] == {
            "quota": "0.00",
            "paid": "11.00",
            "returned": "3.00",
            "withdrawn": "0.00",
            "payments": 4,
        }
        assert life["missing"] == ["TARGET"]


async def test_figures_are_told_with_the_newest_rules_of_the_nearest_region(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year(), years.rules(KASHGAR, 2021, 2), years.rules(KASHGAR, 2022, 3))
        path = "/v1/annual-reports/{}/2021/figures"
        assert (await here.get(path.format(KASHGAR)))["rule_set_version"] == 2
        assert (await here.get(path.format(CITY)))["rule_set_version"] == 2
        await here.hear(years.rules(CITY, 2021))
        assert (await here.get(path.format(CITY)))["rule_set_version"] == 1


async def test_a_score_that_a_recheck_corrected_is_told_as_corrected(
    database: str, tmp_path: Path
) -> None:
    corrected = evaluation.ScoreCorrected(
        region_code=KASHGAR,
        project_code="A",
        fiscal_year=2021,
        unit_code=A.unit,
        before=Decimal("92.00"),
        after=Decimal("71.50"),
        grade="FAIR",
        finding="印证资料不足",
        corrected_on=date(2022, 5, 9),
    )
    async with world(database, tmp_path) as here:
        await here.hear(years.evaluated(A, 2021), corrected)
        [told] = (await here.get(f"/v1/self-evaluations?region={KASHGAR}&fiscal_year=2021"))[
            "items"
        ]
        assert (told["self_score"], told["final_score"]) == ("95.00", "71.50")
        assert (told["grade"], told["corrected_on"]) == ("FAIR", "2022-05-09")
