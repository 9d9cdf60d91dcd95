"""Libraries, ideas, trainings and articles: of which place, of which year, from and until when."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from services.disclosure.api.forms.library_sheets import ARTICLE_SHEET
from services.disclosure.domain.idea import DeclareIdea, DropIdea
from services.disclosure.domain.publicity import (
    AdoptArticle,
    Adoption,
    Article,
    FeatureArticle,
    WriteArticle,
)
from services.disclosure.domain.training import (
    Attendance,
    CallOffTraining,
    CloseTraining,
    CorrectTraining,
    HoldTraining,
    PlanTraining,
    Session,
)
from services.disclosure.domain.values import PressLevel, TrainingChannel
from shared.contracts.public_event import PublicEvent
from shared.documents.reading import read_workbook
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR, PUBLISHER
from tests.disclosure.library_acts import YEAR, Bureau
from tests.disclosure.world import AFTERWARDS, World, world

ELSEWHERE: Final = "652900"
ABOVE: Final = "650000"
WHO: Final[dict[str, Any]] = {"by": PUBLISHER, "now": AFTERWARDS}
FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
BEFORE, NEXT = date(2020, 12, 31), date(2022, 1, 1)


async def figure(here: World, name: str, region: str = KASHGAR, day: str = "") -> str:
    """One figure of 2021, or of the year of the day, as it was on a day."""
    year = day[:4] or "2021"
    more = f"&effective_at={day}" if day else ""
    items = f"/v1/annual-reports/{region}/{year}/figures/{name}/items?limit=100{more}"
    return str((await here.get(items))["value"])


def library(region: str, version: int, classes: int, day: date) -> PublicEvent:
    """A version of the library of industries comes into use on a day."""
    said = years.library(region, "XJ_INDUSTRY", classes, classes * 10, day.year)
    return said.model_copy(update={"library_version": version, "published_on": day})


async def test_the_nearest_library_serves_with_its_last_version_of_the_day(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(
            library(ABOVE, 9, 70, date(2021, 1, 5)),
            library(KASHGAR, 2, 5, LAST),
            library(KASHGAR, 1, 3, date(2021, 6, 1)),
            library(KASHGAR, 3, 9, NEXT),
            library(CITY, 1, 1, FIRST),
            library(ELSEWHERE, 1, 2, FIRST),
            years.library(ABOVE, "KS_CORE", 4, 11, 2021),
            years.library(ELSEWHERE, "XJ_MODEL_CASE", 6, 60, 2021),
        )
        days = ("2021-01-04", "2021-01-05", "2021-05-31", "2021-06-01", "2021-12-30", "2021-12-31")
        told = [await figure(here, "F11", KASHGAR, day) for day in (*days, "2022-01-01")]
        assert told == ["0", "70", "70", "3", "3", "5", "9"]
        assert [await figure(here, "F12", KASHGAR, day) for day in days[:3]] == ["0", "700", "700"]
        for region, classes in ((CITY, "1"), ("653121", "5"), ("652901", "2"), (ABOVE, "70")):
            assert await figure(here, "F11", region) == classes
            assert (await here.figures(region, 2021))["F11"] == classes
        figures = await here.figures(KASHGAR, 2021)
        assert [figures[one] for one in ("F11", "F12", "F13", "F15")] == ["5", "50", "0", "4"]
        path = f"/v1/libraries?{YEAR}"
        every = (await here.get(path))["items"]
        assert {(one["region_code"], one["library"], one["library_version"]) for one in every} == {
            (ABOVE, "XJ_INDUSTRY", 9),
            (KASHGAR, "XJ_INDUSTRY", 2),
            (KASHGAR, "XJ_INDUSTRY", 1),
            (ABOVE, "KS_CORE", 1),
        }
        core = (await here.get(f"{path}&library=KS_CORE"))["items"]
        assert [one["library"] for one in core] == ["KS_CORE"]


def ideas() -> list[Any]:
    """What was declared, in which words, where; and what was dropped."""

    def declared(number: int, day: date, text: str = "", region: str = KASHGAR) -> DeclareIdea:
        return DeclareIdea(
            idea_id=f"I{number}",
            region_code=region,
            text=text or f"理念{number}",
            text_en="",
            declared_on=day,
            **WHO,
        )

    june = date(2021, 6, 1)
    return [
        declared(1, june),
        declared(2, FIRST),
        DropIdea(idea_id="I2", dropped_on=june, **WHO),
        declared(3, FIRST),
        DropIdea(idea_id="I3", dropped_on=NEXT, **WHO),
        declared(4, LAST),
        declared(5, NEXT),
        declared(6, FIRST, "花钱必问效"),
        declared(7, FIRST, "花钱必问效", CITY),
        declared(8, FIRST, "无效必问责", CITY),
        declared(9, FIRST, "别处的理念", ELSEWHERE),
        declared(10, FIRST),
        DropIdea(idea_id="I10", dropped_on=date(2021, 2, 1), **WHO),
        declared(10, date(2021, 3, 1), "再次提出"),
    ]


async def test_an_idea_counts_once_from_its_day_until_the_day_before_it_is_dropped(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.given(*ideas())

        async def told(day: str, more: str = "") -> tuple[str, set[str]]:
            asked = f"region={KASHGAR}&fiscal_year={day[:4]}&effective_at={day}{more}"
            listed = (await here.get(f"/v1/policies/ideas?{asked}&limit=100"))["items"]
            figures = await here.get(
                f"/v1/annual-reports/{KASHGAR}/{day[:4]}/figures?effective_at={day}{more}"
            )
            (count,) = (one["value"] for one in figures["figures"] if one["id"] == "F43")
            return count, {one["idea_id"] for one in listed}

        since = {"I3", "I6", "I7", "I8", "I10"}
        assert await told("2020-12-31") == ("0", set())
        assert await told("2021-01-01") == ("4", {"I2", "I3", "I6", "I7", "I8"})
        assert await told("2021-02-28") == ("4", {"I2"} | since - {"I10"})
        assert await told("2021-03-01") == ("5", {"I2"} | since)
        assert await told("2021-05-31") == ("5", {"I2"} | since)
        assert await told("2021-06-01") == ("5", {"I1"} | since)
        assert await told("2021-12-30") == ("5", {"I1"} | since)
        assert await told("2021-12-31") == ("6", {"I1", "I4"} | since)
        assert await told("2022-01-01") == ("6", {"I1", "I4", "I5"} | since - {"I3"})
        assert await told("2021-12-31", "&scope=self") == ("5", {"I1", "I3", "I4", "I6", "I10"})
        assert await figure(here, "F43") == "6"
        assert await figure(here, "F43", CITY) == "2"
        assert await figure(here, "F43", ELSEWHERE) == "1"


def session(
    number: int,
    day: date | None,
    channel: TrainingChannel = TrainingChannel.ON_SITE,
    region: str = KASHGAR,
    closed: Attendance | None = None,
) -> list[Any]:
    """A session is planned; held on a day, with ten people of one unit; closed, or called off."""
    name = f"T{number}"
    plan = Session(
        session_id=name,
        region_code=region,
        topic="目标编制",
        channel=channel,
        trainer="专家",
        planned_on=day or FIRST,
    )
    done: list[Any] = [PlanTraining(session=plan, **WHO)]
    if day is not None:
        done.append(HoldTraining(session_id=name, held_on=day, units=1, person_times=10, **WHO))
    if closed is not None:
        done.append(CloseTraining(session_id=name, attendance=closed, **WHO))
    return done


def attended(units: int, people: int) -> Attendance:
    """Who came, by the sign-in sheet."""
    return Attendance(units=units, person_times=people, sheet_sha256="a" * 64)


async def test_sessions_of_the_year_count_by_channel_and_by_what_their_sheet_says(
    database: str, tmp_path: Path
) -> None:
    face, video = TrainingChannel.FACE_TO_FACE, TrainingChannel.VIDEO_CONFERENCE
    async with world(database, tmp_path) as here:
        await here.given(
            *session(1, FIRST, closed=attended(3, 33)),
            *session(2, LAST, region=CITY),
            *session(3, BEFORE, face, closed=attended(100, 1_000)),
            *session(4, NEXT, face, closed=attended(200, 2_000)),
            *session(5, FIRST, face, ELSEWHERE, attended(300, 3_000)),
            *session(6, None, face),
            *session(7, None, face),
            CallOffTraining(session_id="T7", reason="改期", **WHO),
            *session(8, date(2021, 5, 1), video, closed=attended(5, 55)),
            CorrectTraining(session_id="T8", attendance=attended(4, 44), reason="重复", **WHO),
            CorrectTraining(session_id="T1", attendance=attended(2, 22), reason="漏记", **WHO),
            CorrectTraining(session_id="T8", attendance=attended(6, 66), reason="再核", **WHO),
        )
        found = await here.get(f"/v1/trainings/statistics?{YEAR}")
        channels = [
            (one["channel"], one["sessions"], one["person_times"]) for one in found["channels"]
        ]
        assert channels == [("VIDEO_CONFERENCE", 1, 66), ("ON_SITE", 2, 32)]
        counted = ("session_count", "person_times", "unit_times", "closed")
        assert [found[one] for one in counted] == [3, 98, 9, 2]
        alone = await here.get(f"/v1/trainings/statistics?{YEAR}&scope=self")
        assert [alone[one] for one in counted] == [2, 88, 8, 2]
        early = await here.get(f"/v1/trainings/statistics?{YEAR}&effective_at=2021-04-30")
        assert [early[one] for one in counted] == [1, 22, 2, 1]
        path = f"/v1/trainings?{YEAR}"
        assert {one["session_id"] for one in (await here.get(path))["items"]} == {"T1", "T2", "T8"}
        at_places = (await here.get(f"{path}&channel=ON_SITE"))["items"]
        assert {one["session_id"] for one in at_places} == {"T1", "T2"}
        assert (await here.get(f"{path}&channel=FACE_TO_FACE"))["items"] == []
        told = await here.get("/v1/trainings/T8")
        assert [(one["units"], one["reason"]) for one in told["corrections"]] == [
            (4, "重复"),
            (6, "再核"),
        ]


def article(
    number: int, written: date, region: str = KASHGAR, *, featured: bool = False, **outlets: date
) -> list[Any]:
    """An article, adopted by outlets on their days; the region's own press, and the ministry."""
    name = f"A{number}"
    paper = Article(
        article_id=name, region_code=region, title="综述", author="通讯员", written_on=written
    )
    done: list[Any] = [WriteArticle(article=paper, **WHO)]
    for outlet, day in outlets.items():
        level = PressLevel.MINISTRY if outlet == "财政部" else PressLevel.LOCAL_MEDIA
        adoption = Adoption(outlet=outlet, level=level, adopted_on=day, link=f"https://{name}")
        done.append(AdoptArticle(article_id=name, adoption=adoption, **WHO))
    return [*done, FeatureArticle(article_id=name, **WHO)] if featured else done


async def test_articles_and_their_adoptions_count_in_their_own_years_and_places(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.given(
            *article(1, BEFORE, featured=True, 财政部=FIRST, 喀什日报=BEFORE),
            *article(2, FIRST, featured=True, 财政部=NEXT, 喀什日报=LAST),
            *article(3, LAST, CITY, featured=True, 喀什日报=NEXT),
            *article(4, LAST, CITY, 财政部=LAST, 喀什日报=LAST),
            *article(5, NEXT, featured=True, 财政部=NEXT),
            *article(6, BEFORE, CITY, 喀什日报=BEFORE),
            *article(7, FIRST, ELSEWHERE, featured=True, 财政部=FIRST, 阿克苏日报=LAST),
        )
        path = f"/v1/publicity/articles?{YEAR}"

        async def listed(more: str) -> set[str]:
            return {one["article_id"] for one in (await here.get(f"{path}{more}"))["items"]}

        assert await listed("") == {"A2", "A3", "A4"}
        assert await listed("&featured=true") == {"A2", "A3"}
        assert await listed("&featured=false") == {"A4"}
        assert await listed("&scope=self") == {"A2"}
        assert await listed("&effective_at=2021-12-30") == {"A2"}
        found = await here.get(f"/v1/publicity/statistics?{YEAR}")
        assert found["by_level"] == {"MINISTRY": 2, "REGION": 0, "LOCAL_MEDIA": 2}
        assert (found["total"], found["featured"]) == (4, 2)
        alone = await here.get(f"/v1/publicity/statistics?{YEAR}&scope=self")
        assert (alone["total"], alone["featured"]) == (2, 1)
        adopted = f"/v1/publicity/adoptions?{YEAR}&level="
        for level, who in (("MINISTRY", {"A1", "A4"}), ("LOCAL_MEDIA", {"A2", "A4"})):
            rows = (await here.get(f"{adopted}{level}"))["items"]
            assert {one["article_id"] for one in rows} == who
            assert {one["link"] for one in rows} == {f"https://{one}" for one in who}
        figures = await here.figures(KASHGAR, 2021)
        told = [figures[f"F{number}"] for number in (35, 36, 37, 38, 39)]
        assert told == ["4", "2", "0", "2", "2"]
        assert [await figure(here, f"F{number}") for number in (35, 36, 37, 38, 39)] == told
        steps = {
            name: (await here.get(f"/v1/publicity/articles/{name}"))["version"]
            for name in ("A2", "A4", "A5")
        }
        assert steps == {"A2": 4, "A4": 3, "A5": 3}, "every fact about an article is a version"
        lines = read_workbook(await Bureau(here).file("/v1/publicity/form"), ARTICLE_SHEET)
        told_of = [(one.fields["body"]["article_id"]) for one in lines]
        assert told_of == ["A1", "A1", "A2", "A2", "A3", "A4", "A4"]
