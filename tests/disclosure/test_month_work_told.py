"""A month has what was done from its first day to its last, and what falls due in the next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from services.disclosure.domain.item_words import PrepareDisclosure, PublishDisclosure
from services.disclosure.domain.publicity import AdoptArticle, Adoption, Article, WriteArticle
from services.disclosure.domain.training import HoldTraining, PlanTraining, Session
from services.disclosure.domain.values import PressLevel, TrainingChannel
from services.disclosure.projections.month_work import COMING, WORKS
from shared.contracts import monitoring
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR, PREPARER, PUBLISHER
from tests.disclosure.open_year import moved
from tests.disclosure.test_years_apart import ELSEWHERE
from tests.disclosure.world import World, world
from tests.disclosure.years import Project

APRIL, MAY, JUNE = (f"/v1/bulletins/{KASHGAR}/2021/{month}" for month in (4, 5, 6))
DAYS: Final = (date(2021, 4, 30), date(2021, 5, 1), date(2021, 5, 31), date(2021, 6, 1))
"""The day before May, its first, its last, and the day after."""
PROJECTS: Final = tuple(
    Project(code=code, region=region, unit=unit, yuan=yuan)
    for code, region, unit, yuan in (
        ("W1", KASHGAR, "653100001", 1),
        ("W2", CITY, "653101001", 20),
        ("W3", CITY, "653101001", 300),
        ("W4", KASHGAR, "653100001", 4_000),
    )
)
"""One for each of the days; the two of May are of one unit."""


def noon(day: date) -> datetime:
    """Noon of a day, there."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def about(one: Project) -> dict[str, Any]:
    """What a word says of its project."""
    return {
        "region_code": one.region,
        "project_code": one.code,
        "fiscal_year": 2021,
        "unit_code": one.unit,
    }


def changed(word: PublicEvent, **update: object) -> PublicEvent:
    """The word, otherwise."""
    return word.model_copy(update=update)


def letter(one: Project, day: date, until: date) -> PublicEvent:
    """The letter of the red warning."""
    return monitoring.LetterIssued(
        **about(one),
        warning_id=f"RED-{one.code}",
        letter_no=f"函{one.code}",
        level="RED",
        content_sha256="0" * 64,
        issued_on=day,
        finish_by=until,
    )


def done(one: Project, day: date) -> Sequence[PublicEvent]:
    """Every kind of work of others, all on one day."""
    code = one.code
    return [
        years.registered(one, 2021),
        changed(years.assessed(one, 2021, "GOOD"), assessed_on=day),
        changed(years.approved(one, 2021), approved_on=day),
        changed(years.warned(one, 2021, "BLUE"), issued_on=day),
        changed(years.warned(one, 2021, "RED"), issued_on=day, warning_id=f"RED-{code}"),
        letter(one, day, date(2021, 12, 1)),
        monitoring.RectificationVerified(
            **about(one), warning_id=f"RED-{code}", verified_on=day
        ),
        monitoring.WarningClosed(
            **about(one), warning_id=f"RED-{code}", level="RED", outcome="VERIFIED", closed_on=day
        ),
        monitoring.WarningEscalated(**about(one), warning_id=f"W-{code}-BLUE", level="RED"),
        changed(years.evaluated(one, 2021), accepted_on=day),
        changed(years.finance_evaluated(one, 2021), concluded_on=day),
        *(
            changed(said, **{name: day})
            for said, name in zip(
                years.recovered(one, 2021, one.yuan * 2), ("approved_on", "booked_on"), strict=True
            )
        ),
        changed(
            years.cut(one, 2022, 2020, one.yuan * 3), confirmed_on=day, project_code=one.code
        ),
        *(proposed(one, number) for number in ("TZ", "NO", "AGAIN")),
    ]  # fmt: skip


def proposed(one: Project, number: str) -> PublicEvent:
    """A change of its money is proposed."""
    return monitoring.AdjustmentProposed(
        **about(one),
        adjustment_id=f"{number}-{one.code}",
        kind="REDUCTION",
        change=Money(-1),
        budget=Money(99),
        reason="进度慢",
        proposed_by="iss|li",
        proposed_on=date(2021, 1, 5),
    )


def executed(one: Project) -> Sequence[PublicEvent]:
    """Two changes are executed, a third is refused; the day is that of the word."""
    change: dict[str, Any] = {**about(one), "kind": "REDUCTION"}
    money: dict[str, Any] = {"change": Money(-1), "budget": Money(99)}
    return [
        monitoring.AdjustmentExecuted(**change, **money, adjustment_id=f"TZ-{one.code}"),
        monitoring.AdjustmentExecuted(**change, **money, adjustment_id=f"AGAIN-{one.code}"),
        monitoring.AdjustmentCompensated(
            **change, adjustment_id=f"NO-{one.code}", outcome="REFUSED", reason="不同意"
        ),
    ]


def done_here(one: Project, day: date) -> Sequence[Any]:
    """A target is told, a session held, an article adopted by two, all on one day."""
    item: dict[str, Any] = {"item_id": f"TARGET-{one.code}-2021", "now": noon(day)}
    session = Session(
        session_id=f"T-{one.code}",
        region_code=one.region,
        topic="目标编制",
        channel=TrainingChannel.ON_SITE,
        trainer="专家",
        planned_on=day,
    )
    return [
        PrepareDisclosure(supplement={}, by=PREPARER, **item),
        PublishDisclosure(opinion="可公开", by=PUBLISHER, **item),
        PlanTraining(session=session, by=PUBLISHER, now=noon(day)),
        HoldTraining(
            session_id=session.session_id,
            held_on=day,
            units=1,
            person_times=one.yuan,
            by=PUBLISHER,
            now=noon(day),
        ),
        WriteArticle(
            article=Article(
                article_id=f"A-{one.code}",
                region_code=one.region,
                title="综述",
                author="通讯员",
                written_on=date(2021, 1, 5),
            ),
            by=PUBLISHER,
            now=noon(day),
        ),
        *(
            AdoptArticle(
                article_id=f"A-{one.code}",
                adoption=Adoption(outlet=outlet, level=PressLevel.LOCAL_MEDIA, adopted_on=day),
                by=PUBLISHER,
                now=noon(day),
            )
            for outlet in ("甲报", "乙报")
        ),
    ]


async def played(here: World) -> None:
    """Each project has its day of work, in May or next to it; another region has the same."""
    await here.hear(years.rules(KASHGAR, 2021), years.rules(ELSEWHERE, 2021))
    for one, day in zip(PROJECTS, DAYS, strict=True):
        said = done(one, day)
        await here.hear(*said, *moved(said, "AWAY", region=ELSEWHERE), at=noon(day))
        await here.hear(*executed(one), at=noon(day))
        await here.hear(*moved(executed(one), "AWAY", region=ELSEWHERE), at=noon(day))
        away = replace(one, code=f"{one.code}-AWAY", region=ELSEWHERE)
        await here.given(*done_here(one, day), *done_here(away, day))


YUAN: Final = {APRIL: 1, MAY: 320, JUNE: 4_000}


def work_of(month: str) -> dict[str, str]:
    """Units, projects, cases and amounts of a month in which each project worked a day."""
    projects = 2 if month == MAY else 1
    figures = {}
    for code in WORKS:
        cases = projects * 2 if code in {"B03", "B15"} else projects
        figures[f"{code}N"] = str(cases)
        if code not in {"B14", "B15"}:
            figures |= {f"{code}U": "1", f"{code}P": str(projects)}
    for code, times in (("B01", 1), ("B02", 1), ("B11", 2), ("B12", 3)):
        figures[f"{code}M"] = f"{YUAN[month] * times}.00"
    return {**figures, "B14M": str(YUAN[month])}


async def drafted(here: World, month: str, letter: str) -> dict[str, dict[str, str]]:
    """The figures of a month that begin with a letter, by their ids."""
    told = (await here.get(f"{month}/draft"))["figures"]
    return {one["id"]: one for one in told if one["id"].startswith(letter)}


async def test_work_belongs_to_the_month_of_its_day(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await played(here)
        for month in (APRIL, MAY, JUNE):
            found = await drafted(here, month, "B")
            assert {number: one["value"] for number, one in found.items()} == work_of(month)
        assert {one["unit"] for one in found.values()} == {
            "units", "projects", "cases", "CNY", "person-times"
        }  # fmt: skip
        alone = await here.get(f"{MAY}/draft?scope=self")
        assert {one["value"] for one in alone["figures"] if one["id"][0] == "B"} == {"0", "0.00"}


CASES: Final = {
    "B01": ("W2", "W3"),
    "B02": ("W2", "W3"),
    "B03": ("AGAIN-W2", "AGAIN-W3", "TZ-W2", "TZ-W3"),
    "B04": ("W-W2-BLUE", "W-W3-BLUE"),
    "B05": ("RED-W2", "RED-W3"),
    "B06": ("函W2", "函W3"),
    "B07": ("函W2", "函W3"),
    "B08": ("RED-W2", "RED-W3"),
    "B09": ("W2", "W3"),
    "B10": ("E-W2", "E-W3"),
    "B11": ("R-W2", "R-W3"),
    "B12": ("C-W2-2022", "C-W3-2022"),
    "B13": ("TARGET-W2-2021", "TARGET-W3-2021"),
    "B14": ("T-W2", "T-W3"),
    "B15": ("A-W2", "A-W2", "A-W3", "A-W3"),
}
ADDED: Final = {"B01": 1, "B02": 1, "B11": 2, "B12": 3, "B14": 1}
"""How many times its budget a project adds; a session adds so many people."""


async def test_each_figure_of_work_has_its_cases_with_their_days_and_amounts(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await played(here)
        for code, cases in CASES.items():
            found = await here.get(f"{MAY}/figures/{code}N/items")
            assert tuple(sorted(one["id"] for one in found["items"])) == cases, code
            days = {one["id"]: one["day"] for one in found["items"]}
            assert {name: day for name, day in days.items() if "W2" in name} == dict.fromkeys(
                (name for name in days if "W2" in name), "2021-05-01"
            )
            assert set(days.values()) == {"2021-05-01", "2021-05-31"}, code
            each = code == "B15"  # the same article counts once for every outlet
            assert found["rule"] == ("SUM" if each else "COUNT"), code
            assert {one["value"] for one in found["items"]} == {"1" if each else ""}, code
        for code, times in ADDED.items():
            found = await here.get(f"{MAY}/figures/{code}M/items")
            added = {Decimal(one["value"]) for one in found["items"]}
            assert found["rule"] == "SUM"
            assert added == {Decimal(20 * times), Decimal(300 * times)}, code
        for measure, named in (("U", {"653101001"}), ("P", {"W2", "W3"})):
            for code in CASES:
                if code not in {"B14", "B15"}:
                    found = await here.get(f"{MAY}/figures/{code}{measure}/items")
                    assert {one["counts"] for one in found["items"]} == named, (code, measure)


async def test_a_summary_that_is_told_is_of_no_unit_and_no_project(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.cut(PROJECTS[0], 2022, 2020, 5))
        item: dict[str, Any] = {
            "item_id": f"CUT_SUMMARY-{KASHGAR}-2021-11",
            "now": noon(DAYS[1]),
        }
        await here.given(
            PrepareDisclosure(supplement={}, by=PREPARER, **item),
            PublishDisclosure(opinion="可公开", by=PUBLISHER, **item),
        )
        found = await drafted(here, MAY, "B13")
        assert {number: one["value"] for number, one in found.items()} == {
            "B13U": "0", "B13P": "0", "B13N": "1"
        }  # fmt: skip
        for number, one in found.items():
            items = (await here.get(one["items"]))["items"]
            assert len(items) == int(one["value"]), number


def falling_due(one: Project, day: date) -> Sequence[PublicEvent]:
    """An item, a letter, a round and an analysis on that day; two more letters that ended."""
    verified, cured = (replace(one, code=f"{one.code}-{end}") for end in ("VERIFIED", "CLOSED"))
    node = f"N{one.code}"
    planned = years.planned(one.region, 2021, f"C{node}", 9, 30)
    analysed = years.planned(one.region, 2021, f"A{node}", 9, 30)
    return [
        changed(years.approved(one, 2021), approved_on=day - timedelta(days=15)),
        *(letter(each, date(2021, 2, 1), day) for each in (one, verified, cured)),
        monitoring.RectificationVerified(
            **about(verified), warning_id=f"RED-{verified.code}", verified_on=date(2021, 3, 1)
        ),
        monitoring.WarningClosed(
            **about(cured),
            warning_id=f"RED-{cured.code}",
            level="RED",
            outcome="CANCELLED",
            closed_on=date(2021, 3, 1),
        ),
        changed(planned, cut_off_on=day),
        changed(analysed, pre_analysis_on=day),
    ]


async def test_what_falls_due_in_the_next_month_is_told_with_its_items(
    database: str, tmp_path: Path
) -> None:
    told = PROJECTS[1]
    second = replace(told, code="W5")
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.rules(ELSEWHERE, 2021))
        for one, day in zip((*PROJECTS, second), (*DAYS, DAYS[1]), strict=True):
            said = falling_due(one, day)
            await here.hear(*said, *moved(said, "AWAY", region=ELSEWHERE))
        item: dict[str, Any] = {"item_id": "TARGET-W5-2021", "now": noon(DAYS[0])}
        await here.given(
            PrepareDisclosure(supplement={}, by=PREPARER, **item),
            PublishDisclosure(opinion="可公开", by=PUBLISHER, **item),
        )
        expected = {
            "N01": ("items", ["TARGET-W2-2021", "TARGET-W3-2021"]),
            "N02": ("letters", ["函W2", "函W3", "函W5"]),
            "N03": ("rounds", ["CNW2", "CNW3", "CNW5"]),
            "N04": ("rounds", ["ANW2", "ANW3", "ANW5"]),
        }
        figures = await drafted(here, APRIL, "N")
        for number, (unit, names) in expected.items():
            assert (figures[number]["unit"], figures[number]["value"]) == (unit, str(len(names)))
            found = await here.get(f"{APRIL}/figures/{number}/items")
            assert sorted(one["id"] for one in found["items"]) == names
            assert {one["day"] for one in found["items"]} == {"2021-05-01", "2021-05-31"}
        assert set(expected) == set(COMING)
        following = await drafted(here, MAY, "N")
        assert {one["value"] for one in following.values()} == {"1"}


async def test_after_december_comes_january(database: str, tmp_path: Path) -> None:
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 31), date(2022, 2, 1))
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021))
        for one, day in zip(PROJECTS, days, strict=True):
            await here.hear(letter(one, day, day))
        december = f"/v1/bulletins/{KASHGAR}/2021/12"
        assert (await drafted(here, december, "N"))["N02"]["value"] == "2"
        assert (await drafted(here, december, "B"))["B06N"]["value"] == "1"
