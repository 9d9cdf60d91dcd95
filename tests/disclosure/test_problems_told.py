"""What a year has to admit: each figure with its unit, its items and its days."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from services.disclosure.projections.year_problems import PROBLEMS
from shared.contracts import evaluation, monitoring
from tests.disclosure import years
from tests.disclosure.asking import rows_of, span
from tests.disclosure.clean_year import IN_MARCH, RED
from tests.disclosure.first_year import CITY, KASHGAR, A, B, C, D
from tests.disclosure.open_year import BLUE, LETTER, moved, opened
from tests.disclosure.test_years_apart import ELSEWHERE
from tests.disclosure.world import World, world
from tests.disclosure.years import Project

OTHER_LETTER: Final = "喀财绩函〔2021〕2号"
FIGURES: Final = f"/v1/annual-reports/{KASHGAR}/2021/figures"
MONTHS: Final = [date(2021 + n // 12, n % 12 + 1, 10) for n in range(1, 13)]


def scored(project: Project, own: str, final: str, rate: str, *findings: str) -> Any:  # noqa: ANN401
    """A self-evaluation with what the machine noticed of it."""
    said = years.evaluated(project, 2021, final)
    return said.model_copy(
        update={
            "self_score": Decimal(own), "execution_rate": Decimal(rate), "findings": findings,
        }
    )  # fmt: skip


def judged() -> list[Any]:
    """A and C are noticed, each for something else; B is in order."""
    return [
        scored(A, "95.00", "92.00", "0.8000", "MISSING_EVIDENCE", "LOW_TARGET"),
        scored(B, "92.00", "92.00", "0.7999"),
        scored(C, "91.00", "91.01", "0.9000", "DODGED_CAUSE", "COPY_PASTE"),
    ]


def watched() -> list[Any]:
    """Two rounds missed reports, one of them on a later day; one missed none."""
    said: list[Any] = []
    for region, node, day, missed in (
        (KASHGAR, "M05", date(2021, 5, 31), 2),
        (CITY, "M08", date(2021, 8, 31), 3),
        (KASHGAR, "M10", date(2021, 10, 31), 0),
    ):
        planned = years.planned(region, 2021, node, day.month, day.day - 1)
        closed = monitoring.RoundClosed(
            region_code=region,
            fiscal_year=2021,
            node=node,
            cut_off_on=day,
            reviewed=9,
            missed=missed,
            levels={},
            mean_score=None,
        )
        said += [planned.model_copy(update={"cut_off_on": day}), closed]
    return said


def of_project(code: str, day: str = "2022-03-01") -> tuple[str, str, str, str]:
    """An item that is a project."""
    return code, code, "", day


LATE: Final = (
    ("TARGET-A-2021", A.unit, "2021-02-25"),
    ("TARGET-C-2021", C.unit, "2021-02-25"),
    (f"CUT_SUMMARY-{KASHGAR}-2021-11", "", "2021-12-10"),
    (f"CUT_SUMMARY-{CITY}-2021-11", "", "2021-12-10"),
    ("TARGET-D-2021", D.unit, "2022-01-20"),
    (f"MONITORING_SUMMARY-{KASHGAR}-2021-M05", "", "2021-04-10"),
    (f"MONITORING_SUMMARY-{KASHGAR}-2021-M10", "", "2021-04-10"),
    (f"MONITORING_SUMMARY-{CITY}-2021-M08", "", "2021-04-10"),
)
TOLD: Final[Mapping[str, tuple[str, str, str, list[tuple[str, str, str, str]]]]] = {
    "P01": (
        "warnings", "COUNT", "2",
        [(BLUE, BLUE, "", "2021-04-30"), (RED, RED, "", "2021-04-30")],
    ),
    "P02": ("warnings", "COUNT", "1", [(RED, RED, "", "2021-04-30")]),
    "P03": (
        "letters", "COUNT", "2",
        [
            (LETTER, LETTER, "", "2021-05-06"),
            (OTHER_LETTER, OTHER_LETTER, "", "2021-05-07"),
        ],
    ),
    "P04": (
        "reports", "SUM", "5",
        [("M05", "M05", "2", "2021-05-31"), ("M08", "M08", "3", "2021-08-31")],
    ),
    "P05": ("projects", "COUNT", "1", [of_project("A")]),
    "P06": ("projects", "COUNT", "1", [of_project("A")]),
    "P07": ("projects", "COUNT", "1", [of_project("C")]),
    "P08": ("projects", "COUNT", "1", [of_project("B")]),
    "P09": ("projects", "COUNT", "1", [of_project("A")]),
    "P10": ("projects", "COUNT", "1", [of_project("C")]),
    "P11": ("projects", "COUNT", "1", [of_project("B", "2021-03-01")]),
    "P12": ("projects", "COUNT", "1", [("D", "D", "", "")]),
    "P13": ("items", "COUNT", "8", [(name, name, "", day) for name, _, day in LATE]),
    "P14": ("units", "COUNT", "4", [(name, unit, "", day) for name, unit, day in LATE]),
    "P15": (
        "bulletins", "COUNT", "12",
        [
            (name, name, "", day.isoformat())
            for name, day in (
                (f"{KASHGAR}-2021-{n:02d}", day) for n, day in enumerate(MONTHS, 1)
            )
        ],
    ),
    "P16": (
        "recoveries", "COUNT", "2",
        [("R-C", "R-C", "", "2021-12-01"), ("R-D", "R-D", "", "2021-12-01")],
    ),
    "P17": (
        "findings", "COUNT", "2",
        [("BR1", "BR1", "", "2021-08-01"), ("FF1", "FF1", "", "2021-07-01")],
    ),
    "P18": (
        "adjustments", "COUNT", "2",
        [("TZ1", "TZ1", "", "2021-06-01"), ("TZ2", "TZ2", "", "2021-06-02")],
    ),
    "P19": (
        "cuts", "COUNT", "2",
        [
            ("C-A-2022", "C-A-2022", "", "2021-11-05"),
            ("C-C-2022", "C-C-2022", "", "2021-11-05"),
        ],
    ),
}  # fmt: skip
"""Unit, rule, figure; name, what counts once, what it adds, and day of each item."""


async def told_of(here: World, number: str) -> tuple[Any, ...]:
    """A figure with its items."""
    found = await here.get(f"{FIGURES}/{number}/items?limit=100")
    items = sorted(
        (one["id"], one["counts"], one["value"], one["day"] or "") for one in found["items"]
    )
    return found["unit"], found["rule"], found["value"], items


async def test_each_problem_has_a_unit_a_figure_and_items_that_add_up_to_it(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*opened(), *judged(), *watched())
        expected = {number: (*told[:3], sorted(told[3])) for number, told in TOLD.items()}
        assert {number: await told_of(here, number) for number in PROBLEMS} == expected
        said = [*judged(), *watched()]
        await here.hear(
            *moved(said, "AWAY", region=ELSEWHERE),
            *moved(said, "2020", year=2020),
            *moved(said, "2022", year=2022),
        )
        assert {number: await told_of(here, number) for number in PROBLEMS} == expected
        draft = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/draft")
        figures = {one["id"]: (one["value"], one["unit"]) for one in draft["figures"]}
        for number, (unit, _, value, _) in TOLD.items():
            assert figures[number] == (value, unit)


async def figure(here: World, number: str, day: date, region: str = KASHGAR) -> int:
    """A figure as on a day."""
    [(found,)] = await rows_of(here, PROBLEMS[number].counted.figure(span(day, region)))
    return int(found)


async def test_a_problem_is_there_from_the_day_on_which_it_is_known(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*opened(), *judged(), *watched())
        noticed = ("P05", "P06", "P07", "P08", "P09", "P10")
        for number in noticed:
            assert await figure(here, number, date(2022, 2, 28)) == 0, number
            assert await figure(here, number, date(2022, 3, 1)) == 1, number
        last = date(2022, 3, 1)
        city = {number: await figure(here, number, last, CITY) for number in noticed}
        assert city == {"P05": 0, "P06": 0, "P07": 1, "P08": 0, "P09": 0, "P10": 1}
        missed = {
            day: await figure(here, "P04", date(2021, *day))
            for day in ((5, 30), (5, 31), (8, 30), (8, 31))
        }
        assert missed == {(5, 30): 0, (5, 31): 2, (8, 30): 2, (8, 31): 5}
        assert await figure(here, "P04", last, CITY) == 3
        late = {day: await figure(here, "P03", date(2021, 6, day)) for day in (3, 4, 5)}
        assert late == {3: 0, 4: 1, 5: 2}
        corrected = evaluation.ScoreCorrected(
            region_code=CITY,
            project_code="C",
            fiscal_year=2021,
            unit_code=C.unit,
            before=Decimal("91.01"),
            after=Decimal("90.99"),
            grade="EXCELLENT",
            finding="印证资料不足",
            corrected_on=date(2022, 3, 9),
        )
        await here.hear(corrected)
        assert await figure(here, "P05", last) == 2
