"""The sums of the portal are those of the region, the year and the day that are asked for."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from services.disclosure.projections import portal_sums as sums
from services.disclosure.projections.span import Span
from shared.contracts import monitoring
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.asking import LAST, rows_of, span
from tests.disclosure.first_year import CITY, KASHGAR, A, B, C, D, E, first_year
from tests.disclosure.test_years_apart import ELSEWHERE, strangers
from tests.disclosure.world import World, world
from tests.disclosure.years import Project
from tests.portal.year import HOSTILE, JOKER, named, unit, units

UNWATCHED: Final = Project(code="N", region="653121", unit="653121001", yuan=9)
"""Of a region of which nothing was heard but that there is a project."""


async def sums_of(
    here: World, question: Callable[[Span], Any], asked: Span | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a sum, in an order of their own."""
    return sorted(await rows_of(here, question(asked or span())))


def money_of(one: Project, year: int, quota: int, paid: int, withdrawn: int) -> list[PublicEvent]:
    """Quota is issued, some of it paid, some of it withdrawn; in fen."""
    about: dict[str, Any] = {
        "region_code": one.region,
        "project_code": one.code,
        "fiscal_year": year,
        "unit_code": one.unit,
    }
    day = date(year, 3, 1)
    said: list[PublicEvent] = [
        monitoring.QuotaIssued(**about, amount=Money(quota), issued_on=day),
        monitoring.PaymentSettled(
            **about,
            payment_id=f"P-{one.code}-{year}",
            amount=Money(paid),
            paid_total=Money(paid),
            settled_on=day,
        ),
    ]
    if withdrawn:
        taken = monitoring.QuotaWithdrawn(
            **about,
            recovery_id=f"R-{one.code}-{year}",
            amount=Money(withdrawn),
            quota=Money(quota - withdrawn),
            document_no="〔2021〕1号",
            withdrawn_on=day,
        )
        said.append(taken)
    return said


async def test_what_is_promised_stands_by_region_with_its_money(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year(), years.registered(UNWATCHED, 2021))
        rest = [(CITY, 2, 2, 700_000_000, 0, 0, 0), (UNWATCHED.region, 1, 0, 0, 0, 0, 0)]
        assert await sums_of(here, sums.promised_by_region) == [
            (KASHGAR, 2, 2, 300_000_000, 0, 0, 0),
            *rest,
        ]
        await here.hear(
            *strangers(),
            *money_of(A, 2021, 1_000, 300, 200),
            *money_of(B, 2021, 70, 5, 0),
            *money_of(A, 2020, 90_000, 80_000, 7_000),
        )
        assert await sums_of(here, sums.promised_by_region) == [
            (KASHGAR, 2, 2, 300_000_000, 870, 305, 200),
            *rest,
        ]
        eve = span(date(2021, 2, 9))
        assert await sums_of(here, sums.promised_by_region, eve) == [
            (KASHGAR, 2, 0, 0, 870, 305, 200),
            (CITY, 2, 0, 0, 0, 0, 0),
            rest[1],
        ]
        above = await sums_of(here, sums.promised_by_region, span(region="650000"))
        assert [code for code, *_ in above] == [ELSEWHERE, KASHGAR, CITY, UNWATCHED.region]
        assert await sums_of(here, sums.promised_by_region, span(region="65")) == []  # no region
        [(code, needing, told, *_)] = await sums_of(
            here, sums.promised_by_region, span(date(2021, 2, 10), tree=False)
        )
        assert (code, needing, told) == (KASHGAR, 2, 2)


def warned_on(number: str, level: monitoring.Level, day: date) -> PublicEvent:
    """A warning of a day."""
    update = {"warning_id": number, "issued_on": day}
    return years.warned(A, 2021, level).model_copy(update=update)


def ended(one: Project, number: str, day: date) -> PublicEvent:
    """A warning has its end."""
    return monitoring.WarningClosed(
        region_code=one.region,
        project_code=one.code,
        fiscal_year=2021,
        unit_code=one.unit,
        warning_id=number,
        level="RED",
        outcome="VERIFIED",
        closed_on=day,
    )


async def test_warnings_stand_by_month_and_by_the_level_that_was_issued(
    database: str, tmp_path: Path
) -> None:
    raised = monitoring.WarningEscalated(
        region_code=KASHGAR,
        project_code="A",
        fiscal_year=2021,
        unit_code=A.unit,
        warning_id="W-A-BLUE",
        level="RED",
    )
    async with world(database, tmp_path) as here:
        await here.hear(
            *first_year(),
            *strangers(),
            raised,
            warned_on("W-1", "BLUE", date(2020, 12, 31)),
            warned_on("W-2", "BLUE", date(2021, 1, 1)),
            warned_on("W-3", "BLUE", date(2021, 12, 31)),
            warned_on("W-4", "BLUE", date(2022, 1, 1)),
            ended(A, "W-2", date(2021, 5, 25)),
            ended(C, "W-C-RED", date(2021, 5, 26)),
        )
        found = {
            day: await sums_of(here, sums.warned_by_region, span(day))
            for day in (date(2021, 4, 29), date(2021, 4, 30), date(2021, 5, 25), LAST)
        }
        issued = (KASHGAR, 1, "BLUE", 1)
        assert found[date(2021, 4, 29)] == [(*issued, 0)]
        assert found[date(2021, 4, 30)] == [
            (*issued, 0),
            (KASHGAR, 4, "BLUE", 1, 0),
            (CITY, 4, "BLUE", 1, 0),
            (CITY, 4, "RED", 1, 0),
        ]
        closed = [row[:4] for row in found[date(2021, 5, 25)] if row[4]]
        assert closed == [issued]
        assert found[LAST] == [
            (*issued, 1),
            (KASHGAR, 4, "BLUE", 1, 0),
            (KASHGAR, 12, "BLUE", 1, 0),
            (CITY, 4, "BLUE", 1, 0),
            (CITY, 4, "RED", 1, 1),
        ]
        alone = await sums_of(here, sums.warned_by_region, span(tree=False))
        assert {row[0] for row in alone} == {KASHGAR}


async def test_scores_stand_by_region_and_grade_from_the_day_of_their_acceptance(
    database: str, tmp_path: Path
) -> None:
    fair: Any = years.evaluated(D, 2021, "71.50").model_copy(update={"grade": "FAIR"})
    async with world(database, tmp_path) as here:
        await here.hear(*first_year(), *strangers(), years.evaluated(B, 2021, "90.25"), fair)
        told = [
            (KASHGAR, "EXCELLENT", 2, Decimal("182.25")),
            (CITY, "EXCELLENT", 1, Decimal("92.00")),
            (CITY, "FAIR", 1, Decimal("71.50")),
        ]
        first = date(2022, 3, 1)
        assert await sums_of(here, sums.graded_by_region, span(first)) == told
        assert await sums_of(here, sums.graded_by_region, span(first, CITY)) == told[1:]
        eve = span(first - timedelta(days=1))
        assert await sums_of(here, sums.graded_by_region, eve) == []


def booked(number: str, one: Project, yuan: int, day: date, year: int = 2021) -> list[PublicEvent]:
    """Money was taken back on a day; `year` is that of the money."""
    said = years.recovered(one, year, yuan)
    return [
        said[0].model_copy(update={"recovery_id": number, "approved_on": day}),
        said[1].model_copy(update={"recovery_id": number, "booked_on": day}),
    ]


async def test_money_comes_back_in_the_year_and_the_month_of_its_booking(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(
            *first_year(),
            *strangers(),
            *booked("R-1", C, 1, date(2020, 12, 31)),
            *booked("R-2", C, 20, date(2021, 1, 1)),
            *booked("R-3", E, 300, date(2021, 12, 31), 2020),
            *booked("R-4", C, 4_000, date(2022, 1, 1)),
            *booked("R-5", A, 50_000, date(2021, 1, 31)),
        )
        # C 1000, 20; D 2000; E, of the unit of D, 300; and A 50000 of the region itself.
        assert await sums_of(here, sums.recovered_by_region) == [
            (KASHGAR, 1, 1, 5_000_000),
            (CITY, 2, 3, 332_000),
        ]
        eve = span(date(2021, 12, 19))
        assert await sums_of(here, sums.recovered_by_region, eve) == [
            (KASHGAR, 1, 1, 5_000_000),
            (CITY, 1, 1, 2_000),
        ]
        assert await sums_of(here, sums.recovered_by_month) == [(1, 2, 5_002_000), (12, 3, 330_000)]
        assert await sums_of(here, sums.recovered_by_month, span(region=CITY)) == [
            (1, 1, 2_000),
            (12, 3, 330_000),
        ]
        assert await sums_of(here, sums.recovered_by_month, eve) == [(1, 2, 5_002_000)]


async def test_units_stand_by_the_money_of_their_targets_the_richest_first(
    database: str, tmp_path: Path
) -> None:
    poor = [
        Project(code=f"U-{number}", region=KASHGAR, unit=f"65310000{number}", yuan=70)
        for number in (9, 7, 8)
    ]
    async with world(database, tmp_path) as here:
        await here.hear(
            *units(),
            *(unit(one.unit, KASHGAR, f"单位{one.unit[-1]}") for one in poor),
            *first_year(),
            *strangers(),
            *(years.registered(one, 2021) for one in poor),
            *(years.approved(one, 2021) for one in poor),
        )
        rich = [
            ("653101002", "喀什市卫生健康委员会", 1, 400_000_000),
            ("653100001", "喀什地区教育局", 2, 300_000_000),
            ("653101001", "喀什市水利局", 1, 300_000_000),
        ]
        told = [*rich, *((f"65310000{n}", f"单位{n}", 1, 7_000) for n in (7, 8, 9))]
        found = await rows_of(here, sums.promised_by_unit(span(date(2021, 2, 10))))
        assert found == told
        assert await rows_of(here, sums.promised_by_unit(span(date(2021, 2, 9)))) == []
        city = await rows_of(here, sums.promised_by_unit(span(region=CITY)))
        assert city == [rich[0], rich[2]]


async def test_years_are_told_in_their_order_with_how_many_targets_they_have(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        asked = (2023, 2019, 2021, 2025, 2020)
        await here.hear(*(years.registered(one, year) for year in asked for one in (A, B)))
        await here.hear(*(years.approved(A, year) for year in (2025, 2020)))
        told = [(2019, 0), (2020, 1), (2021, 0), (2023, 0), (2025, 1)]
        assert await rows_of(here, sums.years_known()) == told
        assert await rows_of(here, sums.generated_origins()) == []
        await here.hear(*named(JOKER, HOSTILE))
        assert await rows_of(here, sums.generated_origins()) == [("SYNTHETIC",)]
