"""Replies, reports, bulletins and closings: of their own region and year, in their own order."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from services.disclosure.domain.budget_reply import RecordBudgetReply, RepliedBy, Reply, ReplyKind
from services.disclosure.domain.bulletin_words import (
    CorrectBulletin,
    IssueBulletin,
    Line,
    MarkBulletinOverdue,
    Month,
    OweBulletin,
)
from services.disclosure.domain.report import IssueAnnualReport
from services.disclosure.domain.telling import Figure
from services.disclosure.domain.year_closing_words import (
    Carried,
    CloseFiscalYear,
    EndRedItem,
    NoteRedItem,
    RedItem,
    RedKind,
)
from shared.contracts import targets
from tests.disclosure.first_year import CITY, KASHGAR, PUBLISHER
from tests.disclosure.library_acts import YEAR
from tests.disclosure.world import AFTERWARDS, World, world

ELSEWHERE: Final = "652900"
WHO: Final[dict[str, Any]] = {"by": PUBLISHER, "now": AFTERWARDS}


def at(year: int, month: int, day: int) -> dict[str, Any]:
    """Somebody acts on a day."""
    return {"by": PUBLISHER, "now": datetime(year, month, day, 2, tzinfo=UTC)}


def replied(
    department: str, region: str, year: int, day: date, by: RepliedBy = RepliedBy.FINANCE
) -> RecordBudgetReply:
    """The budget of a department was replied to."""
    reply = Reply(
        kind=ReplyKind.BUDGET,
        replied_by=by,
        region_code=region,
        department_code=department,
        fiscal_year=year,
        replied_on=day,
        document_no=f"{department}号",
    )
    return RecordBudgetReply(reply=reply, by_bureau=True, **WHO)


async def test_the_replies_of_a_year_are_those_that_count(database: str, tmp_path: Path) -> None:
    march, april = date(2021, 3, 1), date(2021, 4, 1)
    async with world(database, tmp_path) as here:
        await here.given(
            replied("D1", KASHGAR, 2021, date(2021, 2, 1)),
            replied("D1", KASHGAR, 2021, march),
            replied("D1", KASHGAR, 2021, april, RepliedBy.DEPARTMENT),
            replied("D1", KASHGAR, 2020, date(2020, 3, 1)),
            replied("D2", CITY, 2021, april),
            replied("D3", ELSEWHERE, 2021, april),
        )

        async def told(asked: str) -> set[tuple[str, str, str]]:
            found = (await here.get(f"/v1/budget-replies?{asked}"))["items"]
            return {(one["reply_id"], one["replied_by"], one["replied_on"]) for one in found}

        own = {
            ("BUDGET-D1-2021", "FINANCE", "2021-03-01"),
            ("BUDGET-D1-2021", "DEPARTMENT", "2021-04-01"),
        }
        city = {("BUDGET-D2-2021", "FINANCE", "2021-04-01")}
        assert await told(YEAR) == own | city
        assert await told(f"{YEAR}&scope=self") == own
        assert await told(f"region={CITY}&fiscal_year=2021") == city
        assert await told(f"region={KASHGAR}&fiscal_year=2020") == {
            ("BUDGET-D1-2020", "FINANCE", "2020-03-01")
        }


def issued(region: str, year: int, value: int) -> IssueAnnualReport:
    """An edition of a report; what it says tells it apart."""
    figure = Figure(id="F06", label="项目数", value=str(value), unit="projects")
    reason = f"第{value}次"
    said: dict[str, Any] = {"figures": (figure,), "title": f"{region}年报", "reason": reason}
    return IssueAnnualReport(region_code=region, fiscal_year=year, **said, **WHO)


async def test_a_report_has_the_editions_of_its_region_and_year(
    database: str, tmp_path: Path
) -> None:
    reports = {
        (KASHGAR, 2021): (1, 2, 3),
        (KASHGAR, 2020): (4, 5),
        (CITY, 2021): (6,),
        ("KS-1", 2021): (7, 8),
        ("KS", 2021): (9,),
    }
    async with world(database, tmp_path) as here:
        for (region, year), values in reports.items():
            await here.given(*(issued(region, year, value) for value in values))
        for (region, year), values in reports.items():
            told = await here.get(f"/v1/annual-reports/{region}-{year}")
            assert (told["region_code"], told["fiscal_year"]) == (region, year)
            editions = [(one["edition"], one["reason"]) for one in told["editions"]]
            assert editions == [(n, f"第{value}次") for n, value in enumerate(values, 1)]
        for missing in (f"{CITY}-2020", f"{ELSEWHERE}-2021"):
            await here.get(f"/v1/annual-reports/{missing}", 404)
        await here.get(f"/v1/annual-reports/{KASHGAR}-2021/editions/4", 404)


def month(number: int, region: str = KASHGAR, year: int = 2021) -> Month:
    """A month of a region."""
    return Month(region_code=region, year=year, month=number)


def told(of: Month) -> IssueBulletin:
    """A month is told on the fifth of the next one."""
    line = Line(work="批复", units=1, projects=of.month, result="已批复")
    return IssueBulletin(month=of, lines=(line,), **at(of.year, of.month + 1, 5))


async def test_a_month_counts_once_and_from_the_day_on_which_it_was_told(
    database: str, tmp_path: Path
) -> None:
    line = Line(work="批复", units=9, projects=9, result="已批复")
    late = OweBulletin(month=month(4), due_on=date(2021, 5, 10), **at(2021, 5, 1))
    async with world(database, tmp_path) as here:
        await here.given(
            *(told(month(number)) for number in (1, 2)),
            *(told(month(number, CITY)) for number in (2, 3)),
            late,
            MarkBulletinOverdue(month=month(4), **at(2021, 5, 11)),
            OweBulletin(month=month(5), due_on=date(2021, 6, 10), **at(2021, 6, 1)),
            told(month(5, year=2020)),
            told(month(6, ELSEWHERE)),
            CorrectBulletin(month=month(1), lines=(line,), reason="更正", **at(2021, 4, 1)),
        )
        figures = f"/v1/annual-reports/{KASHGAR}/2021/figures/F34/items"

        async def months(more: str = "") -> tuple[str, list[str]]:
            found = await here.get(f"{figures}?limit=100{more}")
            whole = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/figures?{more}")
            (value,) = (one["value"] for one in whole["figures"] if one["id"] == "F34")
            assert found["value"] == value
            return value, sorted(one["id"] for one in found["items"])

        own = [f"{KASHGAR}-2021-0{number}" for number in (1, 2)]
        city = [f"{CITY}-2021-0{number}" for number in (2, 3)]
        assert await months() == ("3", own + city)
        assert await months("&scope=self") == ("2", own)
        assert await months("&effective_at=2021-02-04") == ("0", [])
        assert await months("&effective_at=2021-02-05") == ("1", own[:1])
        assert await months("&effective_at=2021-04-04") == ("2", [*own, city[0]])
        listed = (await here.get(f"/v1/bulletins?{YEAR}&limit=100"))["items"]
        names = ("region_code", "month", "due_on", "issued_on", "overdue")
        assert sorted(tuple(str(one[name]) for name in names) for one in listed) == [
            (KASHGAR, "1", "None", "2021-02-05", "False"),
            (KASHGAR, "2", "None", "2021-03-05", "False"),
            (KASHGAR, "4", "2021-05-10", "None", "True"),
            (KASHGAR, "5", "2021-06-10", "None", "False"),
            (CITY, "2", "None", "2021-03-05", "False"),
            (CITY, "3", "None", "2021-04-05", "False"),
        ]
        whole = await here.get(f"/v1/bulletins/{own[0]}")
        assert (whole["edition"], whole["lines"][0]["projects"]) == (2, 9)
        editions = (await here.get(f"/v1/bulletins/{own[0]}/editions"))["editions"]
        assert [(one["issued_on"], one["reason"]) for one in editions] == [
            ("2021-02-05", ""),
            ("2021-04-01", "更正"),
        ]
        assert len((await here.get(f"/v1/bulletins/{own[1]}/editions"))["editions"]) == 1


def red(item_id: str, region: str = KASHGAR) -> RedItem:
    """Something red of a region."""
    return RedItem(
        item_id=item_id,
        kind=RedKind.WARNING if item_id.startswith("W") else RedKind.FUND_FINDING,
        region_code=region,
        project_code=f"P-{item_id}",
        since=date(2021, 4, 30),
    )


def closed(region: str, year: int, day: int, *later: str) -> list[Any]:
    """A year is closed over one red item; it ends afterwards, and others come and go."""
    of: dict[str, Any] = {"region_code": region, "fiscal_year": year}
    carried = f"W-{region}-{year}"
    return [
        NoteRedItem(item=red(carried, region), **of, **at(2022, 3, 1)),
        CloseFiscalYear(
            carried=(Carried(item_id=carried, reason=f"{year}年合同跨年"),),
            leader=True,
            **of,
            **at(2022, 3, day),
        ),
        *(NoteRedItem(item=red(one, region), **of, **at(2022, 4, 1)) for one in later),
        EndRedItem(item_id=carried, **of, **at(2022, 4, 2)),
        *(EndRedItem(item_id=one, **of, **at(2022, 4, 3)) for one in later[:1]),
    ]


def ended(item: str, day: int, *, carried: bool) -> tuple[object, ...]:
    """A red item ended after the closing."""
    return (item, "ENDED", carried, f"2022-04-0{day}")


def opened(item: str) -> tuple[object, ...]:
    """A red item came up after the closing."""
    return (item, "OPENED", False, "2022-04-01")


OWN, BEFORE, OF_CITY = f"W-{KASHGAR}-2021", f"W-{KASHGAR}-2020", f"W-{CITY}-2021"
CLOSED: Final = {
    (KASHGAR, 2021): (
        "2022-03-20",
        [OWN],
        [
            opened("W-9"),
            opened("F-1"),
            opened("W-5"),
            ended(OWN, 2, carried=True),
            ended("W-9", 3, carried=False),
        ],
    ),
    (KASHGAR, 2020): (
        "2022-03-19",
        [BEFORE],
        [opened("F-9"), ended(BEFORE, 2, carried=True), ended("F-9", 3, carried=False)],
    ),
    (CITY, 2021): ("2022-03-21", [OF_CITY], [ended(OF_CITY, 2, carried=True)]),
    (CITY, 2020): (None, [], []),
    (KASHGAR, 2022): (None, [], []),
    (ELSEWHERE, 2021): (None, [], []),
}


async def test_a_closed_year_tells_what_came_to_it_later_in_the_order_in_which_it_came(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.given(
            *closed(KASHGAR, 2020, 19, "F-9"),
            *closed(KASHGAR, 2021, 20, "W-9", "F-1", "W-5"),
            *closed(CITY, 2021, 21),
        )
        told = {}
        for region, year in CLOSED:
            found = await here.get(f"/v1/fiscal-years/{region}/{year}")
            corrected = [
                (one["item_id"], one["change"], one["carried"], one["corrected_on"])
                for one in found["corrected_items"]
            ]
            carried = [one["item_id"] for one in found["carried"]]
            told[region, year] = (found["closed_on"], carried, corrected)
        assert told == CLOSED
        found = await here.get(f"/v1/fiscal-years/{KASHGAR}/2021")
        assert found["carried"] == [
            {
                "item_id": OWN,
                "kind": "WARNING",
                "region_code": KASHGAR,
                "project_code": f"P-{OWN}",
                "since": "2021-04-30",
                "reason": "2021年合同跨年",
            }
        ]
        first, second, *_ = found["corrected_items"]
        assert (first["kind"], first["project_code"]) == ("WARNING", "P-W-9")
        assert (second["kind"], second["project_code"]) == ("FUND_FINDING", "P-F-1")
        figures = f"/v1/annual-reports/{CITY}/2021/figures"
        assert (await here.get(figures))["closed_on"] == "2022-03-21"


async def test_a_paper_has_the_last_name_of_its_own_region(database: str, tmp_path: Path) -> None:
    names = {KASHGAR: "喀什旧名", CITY: "喀什市", ELSEWHERE: "阿克苏地区"}

    async def titled(here: World, region: str) -> str:
        return str((await here.get(f"/v1/annual-reports/{region}/2021/draft"))["title"])

    async with world(database, tmp_path) as here:
        for code, name in (*names.items(), (KASHGAR, "喀什地区")):
            await here.hear(targets.RegionRegistered(region_code=code, name=name))
        names[KASHGAR] = "喀什地区"
        for code, name in names.items():
            assert (await titled(here, code)).startswith(name)
        assert (await titled(here, "653121")).startswith("653121")
