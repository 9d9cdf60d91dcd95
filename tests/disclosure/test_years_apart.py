"""What happens in another region or another year changes nothing of what is told of this one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from services.disclosure.domain.item_words import WithholdDisclosure
from services.disclosure.domain.values import PressLevel, Step, TrainingChannel
from shared.contracts import evaluation, targets
from shared.contracts.public_event import PublicEvent
from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.first_year import (
    CITY,
    KASHGAR,
    PUBLISHER,
    A,
    C,
    article,
    bulletin,
    first_year,
    first_year_here,
    idea,
    policy,
    told_items,
    training,
)
from tests.disclosure.settled import settle
from tests.disclosure.test_api import ITEM, post
from tests.disclosure.world import AFTERWARDS, World, world
from tests.disclosure.years import Project
from tests.portal.reading import page

ELSEWHERE: Final = "652900"
ABROAD: Final = Project(code="Z", region=ELSEWHERE, unit="652900001", yuan=7_000_000)
"""A project of a region that is neither above nor below."""
QUESTIONS_MIN: Final = 25
PLACES: Final = (
    f"/v1/annual-reports/{KASHGAR}/2021/figures",
    f"/v1/annual-reports/{KASHGAR}/2021/figures?scope=self",
    f"/v1/annual-reports/{CITY}/2021/figures",
    f"/v1/annual-reports/{KASHGAR}/2021/draft",
    *(f"/v1/bulletins/{KASHGAR}/2021/{month}/draft" for month in (4, 11)),
    *(f"/v1/loop/projects/{code}/2021" for code in "ABCDE"),
    *(
        f"/v1/loop/closure-rates?region={KASHGAR}&fiscal_year=2021&by={by}"
        for by in ("unit", "department", "region")
    ),
    *(
        f"/v1/disclosures/balance?region={KASHGAR}&fiscal_year=2021&by={by}"
        for by in ("unit", "department", "region")
    ),
)
UNASKED: Final = ("/v1/loop/closure-rates", "/v1/disclosures/balance")


def strangers() -> Sequence[PublicEvent]:
    """The same kinds of things elsewhere in 2021, and here in the years around it."""
    said: list[PublicEvent] = [
        targets.RegionRegistered(region_code=ELSEWHERE, name="阿克苏地区"),
        years.rules(ELSEWHERE, 2021),
        *(years.rules(KASHGAR, year) for year in (2020, 2022)),
    ]
    for one, year in ((ABROAD, 2021), (A, 2020), (C, 2020), (C, 2022)):
        number = f"{one.code}-{year}"
        named = {"warning_id": f"W-{number}"}
        rounds = years.planned(one.region, year, "M09", 9, 30)
        said += [
            years.registered(one, year),
            years.assessed(one, year, "EXCELLENT", cut=900),
            years.approved(one, year),
            rounds,
            years.warned(one, year, "RED").model_copy(update=named),
            years.evaluated(one, year),
            years.finance_evaluated(one, year).model_copy(update={"evaluation_id": f"E-{number}"}),
            *(
                word.model_copy(update={"recovery_id": f"R-{number}"})
                for word in years.recovered(one, year, 5_000)
            ),
            years.cut(one, year + 1, year - 2 + (one is ABROAD), 400).model_copy(
                update={"cut_id": f"X-{number}"}
            ),
            *ranked(one.region, year),
        ]
    return [*said, *ranked(KASHGAR, 2021, scheme="KS_OTHER")]


def ranked(region: str, year: int, scheme: str = "XJ_COMPREHENSIVE") -> list[PublicEvent]:
    """A region and one of its counties were ranked first, and a score was given."""
    about: dict[str, Any] = {"region_code": region, "document_no": f"〔{year}〕9号"}
    where: dict[str, Any] = {**about, "scheme": scheme, "period": f"{year}H2", "rank": 1}
    ranks: list[PublicEvent] = [
        evaluation.ExternalRankingRecorded(subject=region, level="region", **where),
        evaluation.ExternalRankingRecorded(
            subject=f"{region[:4]}21", level="county", parent=region, **where
        ),
    ]
    if scheme != "XJ_COMPREHENSIVE" or region == KASHGAR:
        return ranks
    score = evaluation.ExternalScoreRecorded(
        fund="RURAL_LINKAGE",
        kind="TARGET_REVIEW",
        fund_year=2019 if year == 2020 else year,  # a year tells of the year before, too
        subject=region,
        score=Decimal("99.00"),
        rank=1,
        **about,
    )
    return [*ranks, score]


def strangers_here() -> Sequence[Any]:
    """What is done here of other regions and of other years."""
    local = PressLevel.LOCAL_MEDIA
    hidden = WithholdDisclosure(
        item_id="TARGET-A-2020",
        legal_basis="STATE_SECRET",
        authority="保密局",
        expires_on=date(2031, 1, 1),
        by=PUBLISHER,
        now=AFTERWARDS,
    )
    return [
        hidden,
        *told_items("TARGET-Z-2021", "SELF_EVALUATION-Z-2021", "TARGET-C-2020"),
        *(bulletin(KASHGAR, 2020, month) for month in (4, 5)),
        bulletin(ELSEWHERE, 2021, 6),
        *policy(9, *list(Step), region=ELSEWHERE),
        idea(9, ELSEWHERE, 2021),
        *training(8, TrainingChannel.LIVE_STREAM, 99, ELSEWHERE, 2021),
        *training(9, TrainingChannel.LIVE_STREAM, 77, KASHGAR, 2020),
        *article(8, ELSEWHERE, 2021, 阿克苏日报=local),
        *article(9, KASHGAR, 2020, 喀什日报=local),
    ]


def questions(here: World) -> list[str]:
    """Every list and statistic that is asked for by region and year, and some more."""
    asked = []
    for path, about in here.app.openapi()["paths"].items():
        named = {one["name"] for one in about.get("get", {}).get("parameters", ())}
        if "{" not in path and {"region", "fiscal_year"} <= named and path not in UNASKED:
            limit = "&limit=1000" if "limit" in named else ""
            asked.append(f"{path}?region={KASHGAR}&fiscal_year=2021{limit}")
            if "scope" in named:
                asked.append(f"{path}?region={CITY}&fiscal_year=2021&scope=self{limit}")
    return [*asked, *PLACES]


async def answers(here: World) -> dict[str, Any]:
    """What is told to everybody who asks; files and what needs a token are left out."""
    told = {}
    for path in questions(here):
        answer = await here.client.get(path)
        if answer.status_code == 200 and "json" in answer.headers["content-type"]:
            told[path] = answer.json()
    return told


def plain(value: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    """Without what says when something was known, which grows with every word."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items() if name != "event_position"}
    return [plain(one) for one in value] if isinstance(value, list) else value


async def test_another_region_and_other_years_change_nothing_of_this_one(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        before = await answers(here)
        assert len(before) >= QUESTIONS_MIN
        await here.hear(*strangers())
        await here.given(*strangers_here())
        after = await answers(here)
        changed = [path for path in before if plain(before[path]) != plain(after.get(path))]
        assert changed == []
        theirs = await here.figures(ELSEWHERE, 2021)
        assert (theirs["F06"], theirs["F17"], theirs["F28"], theirs["F35"]) == (
            "1",
            "1",
            "5000.00",
            "1",
        )
        assert (await here.figures(KASHGAR, 2020))["F17"] == "2"


async def test_an_item_is_found_once_and_by_the_name_of_its_own_year(
    database: str, tmp_path: Path
) -> None:
    renamed: Any = years.registered(A, 2020).model_copy(update={"name": "旧名水渠"})
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), renamed, years.registered(A, 2021))
        await here.hear(*(years.approved(A, year) for year in (2020, 2021)))
        await settle(here)

        async def items(query: str) -> list[str]:
            read = await page(here.client, f"/portal/search?q={query}&kind=ITEM")
            hits = [link.partition("/items/")[2] for link in read.links if "/items/" in link]
            return sorted(hit.partition("?")[0] for hit in hits)

        assert await items("项目A") == ["TARGET-A-2021"]
        assert await items("旧名") == ["TARGET-A-2020"]


async def test_a_unit_and_a_project_are_counted_once_however_often_they_come(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        first = await here.figures(KASHGAR, 2021)
        again = years.cut(C, 2022, 2020, 100).model_copy(update={"cut_id": "C-AGAIN"})
        booked = [
            word.model_copy(update={"recovery_id": "R-AGAIN"})
            for word in years.recovered(C, 2021, 500)
        ]
        other_basis = years.cut(C, 2022, 2019, 9_999).model_copy(update={"cut_id": "C-2019"})
        await here.hear(again, other_basis, *booked)
        second = await here.figures(KASHGAR, 2021)
        kept = ("F26", "F27", "F29", "F30")
        assert [second[one] for one in kept] == [first[one] for one in kept] == ["2"] * 4
        assert (second["F28"], second["F31"]) == ("3500.00", "1100.00")


async def test_what_is_no_longer_withheld_is_listed_for_those_who_ask(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        body = {"legal_basis": "STATE_SECRET", "authority": "某局", "expires_on": "2022-07-02"}
        await post(here, f"{ITEM}/withhold", body, bureau)
        path = f"/v1/disclosures/withheld?region={KASHGAR}&fiscal_year=2021"
        assert len((await here.get(path))["items"]) == 1
        here.clock.moment = datetime(2022, 7, 3, tzinfo=UTC)
        await settle(here)
        assert (await here.get(path))["items"] == []
        [over] = (await here.get(f"{path}&ended=true"))["items"]
        assert over["ended_on"] == "2022-07-02"


async def test_the_first_edition_of_a_month_is_told_first(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021))
        bureau = here.tokens.of(Role.FB_PERFORMANCE)
        await here.given(bulletin(KASHGAR, 2021, 3))
        line = {"work": "批复", "units": 1, "projects": 1, "result": "r"}
        path = f"/v1/bulletins/{KASHGAR}-2021-03"
        for count in range(2, 5):
            body = {"lines": [{**line, "projects": count}], "reason": f"更正{count}"}
            await post(here, f"{path}/correct", body, bureau)
        told = (await here.get(f"{path}/editions"))["editions"]
        assert [one["edition"] for one in told] == list(range(1, 5))
        assert told[0]["lines"][0]["work"] == bulletin(KASHGAR, 2021, 3).lines[0].work
