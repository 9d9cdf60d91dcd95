"""The life of a project's year has all that is its own, in order, and nothing of another."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from shared.contracts import evaluation, monitoring
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.clean_year import begun, judged, put_right
from tests.disclosure.first_year import CITY, KASHGAR, A, C, told_items
from tests.disclosure.test_orders_told import turned_over
from tests.disclosure.test_years_apart import ELSEWHERE
from tests.disclosure.world import World, world
from tests.disclosure.years import GradeCode, Project
from tests.portal.reading import page

LIVES: Final[dict[tuple[Project, int], GradeCode]] = {
    (C, 2021): "EXCELLENT",
    (A, 2021): "GOOD",
    (C, 2020): "FAIR",
    (C, 2022): "POOR",
}
LISTS: Final = {
    "warnings": "warning_id",
    "letters": "letter_no",
    "adjustments": "adjustment_id",
    "evaluations": "evaluation_id",
    "recoveries": "recovery_id",
    "cuts": "cut_id",
}


def lived(one: Project, year: int, grade: GradeCode) -> Sequence[PublicEvent]:
    """All that a project's year can have: single things by their grade, others three times.

    The first comes first by number and by day, the others on one day.
    """
    about: dict[str, Any] = {
        "region_code": one.region,
        "project_code": one.code,
        "fiscal_year": year,
        "unit_code": one.unit,
    }
    said: list[PublicEvent] = [
        years.registered(one, year),
        years.assessed(one, year, grade),
        years.evaluated(one, year).model_copy(update={"grade": grade}),
        monitoring.QuotaIssued(**about, amount=Money(year * one.yuan), issued_on=date(year, 1, 1)),
        evaluation.BudgetLinkageDecided(
            region_code=one.region,
            unit_code=one.unit,
            basis_fiscal_year=year,
            budget_year=year + 2,
            grade=grade,
            previous_budget=Money(1),
            rule_set_version=1,
        ),
    ]
    for number in (3, 2, 1):
        name, day = f"{one.code}{year}-{number}", date(year, 1 if number == 1 else 2, 9)
        named = dict.fromkeys(LISTS.values(), name)
        warning = monitoring.WarningIssued(
            **about, warning_id=name, node="M05", level="BLUE", reasons=(), source="DAILY",
            issued_on=day,
        )  # fmt: skip
        letter = monitoring.LetterIssued(
            **about, warning_id=name, letter_no=name, level="BLUE", content_sha256="",
            issued_on=day, finish_by=day,
        )  # fmt: skip
        change = monitoring.AdjustmentProposed(
            **about, adjustment_id=name, kind="INCREASE", change=Money(1), budget=Money(2),
            reason="", proposed_by="", proposed_on=day,
        )  # fmt: skip
        claim, booking = years.recovered(one, year, 5)
        others = [
            years.finance_evaluated(one, year), claim, booking, years.cut(one, year + 2, year, 7),
        ]  # fmt: skip
        said += [warning, letter, change]
        said += [word.model_copy(update=_named(word, named)) for word in others]
    return said


def _named(word: PublicEvent, named: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in named.items() if hasattr(word, name)}


async def test_a_life_has_its_own_things_and_the_first_one_first(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        for (one, year), grade in LIVES.items():
            await here.hear(*lived(one, year, grade))
    await turned_over(database)
    async with world(database, tmp_path) as here:
        for (one, year), grade in LIVES.items():
            life = await here.get(f"/v1/loop/projects/{one.code}/{year}")
            own = [f"{one.code}{year}-{number}" for number in (1, 2, 3)]
            told = {name: [row[key] for row in life[name]] for name, key in LISTS.items()}
            assert told == dict.fromkeys(LISTS, own), (one.code, year)
            single = [life[name]["grade"] for name in ("ex_ante", "self_evaluation", "next_budget")]
            assert single == [grade] * 3
            assert life["money"]["quota"] == str(Money(year * one.yuan))
            items = [row["item_id"] for row in life["disclosures"]]
            assert items == sorted(items)
            assert {row.rpartition("-")[0].rpartition("-")[2] for row in items} == {one.code}
            assert {row.rpartition("-")[2] for row in items} == {str(year)}
        lives = await here.get("/v1/loop/projects/C")
        assert [one["project"]["fiscal_year"] for one in lives["years"]] == [2020, 2021, 2022]


async def test_evaluations_are_listed_by_who_evaluated(database: str, tmp_path: Path) -> None:
    finance, own = years.finance_evaluated(A, 2021), years.finance_evaluated(C, 2021)
    async with world(database, tmp_path) as here:
        await here.hear(finance, own.model_copy(update={"kind": "DEPARTMENT"}))
        asked = f"/v1/evaluations?region={KASHGAR}&fiscal_year=2021"
        listed = {
            kind: [one["evaluation_id"] for one in (await here.get(asked + kind))["items"]]
            for kind in ("", "&kind=FINANCE", "&kind=DEPARTMENT")
        }
        assert listed == {
            "": ["E-A", "E-C"],
            "&kind=FINANCE": ["E-A"],
            "&kind=DEPARTMENT": ["E-C"],
        }


async def missing(here: World, day: str) -> dict[str, set[str]]:
    """The links that projects of each unit lack on a day."""
    asked = f"/v1/loop/closure-rates?region={KASHGAR}&fiscal_year=2021&by=unit&effective_at={day}"
    return {one["code"]: set(one["missing"]) for one in (await here.get(asked))["rates"]}


def needing(one: Project) -> PublicEvent:
    """A project that has to be assessed before."""
    return years.registered(one, 2021).model_copy(update={"needs_ex_ante": True})


async def test_a_link_is_missing_until_the_day_that_closes_it(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*begun(), *put_right(), *judged())
        await here.hear(needing(C), years.assessed(C, 2021, "GOOD"), years.approved(C, 2021))
        await here.given(*told_items("TARGET-C-2021", "EX_ANTE_REPORT-C-2021"))
        found = {
            day: (await missing(here, day))[C.unit] & {"EX_ANTE", "DISCLOSURE"}
            for day in (
                "2021-01-19", "2021-01-20", "2021-02-25", "2021-02-26", "2022-07-01",
            )
        }  # fmt: skip
        assert found == {
            "2021-01-19": {"EX_ANTE"},
            "2021-01-20": set(),
            "2021-02-25": set(),
            "2021-02-26": {"DISCLOSURE"},
            "2022-07-01": {"DISCLOSURE"},
        }
        await here.given(*told_items("SELF_EVALUATION-C-2021"))
        ended = {day: (await missing(here, day))[C.unit] for day in ("2022-06-30", "2022-07-01")}
        assert ended == {"2022-06-30": {"DISCLOSURE"}, "2022-07-01": set()}


async def test_what_one_project_has_is_missing_of_another(database: str, tmp_path: Path) -> None:
    unpaid = Project(code="B", region=A.region, unit="U-B", yuan=1)
    bare = Project(code="X", region=A.region, unit="U-X", yuan=1)
    funded = monitoring.QuotaIssued(
        region_code=A.region,
        project_code="B",
        fiscal_year=2021,
        unit_code="U-B",
        amount=Money(100),
        issued_on=date(2021, 3, 1),
    )
    async with world(database, tmp_path) as here:
        await here.hear(*begun(), *judged(), needing(C), years.assessed(C, 2021, "GOOD"))
        await here.hear(
            years.registered(unpaid, 2021), years.approved(unpaid, 2021), funded,
            years.evaluated(unpaid, 2021), needing(bare), years.approved(bare, 2021),
        )  # fmt: skip
        last, over = [await missing(here, day) for day in ("2021-12-31", "2022-01-01")]
        assert ("PAYMENTS" in last["U-B"], "PAYMENTS" in over["U-B"]) == (False, True)
        assert not {"EX_ANTE", "PAYMENTS"} & over[C.unit]
        assert last["U-X"] == {"EX_ANTE", "DISCLOSURE"}
        assert over["U-X"] == {"EX_ANTE", "PAYMENTS", "SELF_EVALUATION", "DISCLOSURE"}


async def test_a_warning_that_rose_is_counted_with_its_new_level(
    database: str, tmp_path: Path
) -> None:
    about: dict[str, Any] = {
        "region_code": CITY,
        "project_code": "C",
        "fiscal_year": 2021,
        "unit_code": C.unit,
    }
    risen = monitoring.WarningEscalated(**about, warning_id="W-C-BLUE", level="RED")
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.warned(C, 2021, "BLUE"), risen)
        asked = f"/v1/loop/open-items?region={KASHGAR}&fiscal_year=2021&kind=WARNING_OPEN"
        found = await here.get(asked)
        assert [one["level"] for one in found["items"]] == ["RED"]
        [row] = (await here.get(f"/v1/warnings?region={KASHGAR}&fiscal_year=2021"))["items"]
        assert (row["issued_level"], row["level"]) == ("BLUE", "RED")


async def test_the_nodes_of_the_year_are_shown_project_by_project(
    database: str, tmp_path: Path
) -> None:
    abroad = Project(code="Z", region=ELSEWHERE, unit="652900001", yuan=1)
    scores = {(C, 2021, "M05"): "71.50", (C, 2021, "M08"): "82.50", (A, 2021, "M05"): "93.50"}
    others = {(C, 2020, "M05"): "64.50", (abroad, 2021, "M05"): "55.50"}
    async with world(database, tmp_path) as here:
        await here.hear(*begun()[:2])
        for (one, year, node), score in (scores | others).items():
            await here.hear(
                monitoring.MonitoringScored(
                    region_code=one.region,
                    project_code=one.code,
                    fiscal_year=year,
                    unit_code=one.unit,
                    node=node,
                    score=Decimal(score),
                    level="BLUE",
                    execution_rate=Decimal("0.4100"),
                )
            )
        asked = f"/portal/monitoring?region={KASHGAR}&fiscal_year=2021"
        shown = (await page(here.client, asked)).text
        assert {score for score in scores.values() if score in shown} == set(scores.values())
        assert not [score for score in others.values() if score in shown]
        alone = (await page(here.client, f"{asked}&scope=self")).text
        assert ("93.50" in alone, "71.50" in alone) == (True, False)
