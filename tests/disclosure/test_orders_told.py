"""What comes first is told first, however its rows lie in the database and are read from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import asyncpg

from services.disclosure.domain.policy import AmendPolicy, MapPolicyStep
from services.disclosure.domain.values import PressLevel, Step
from shared.contracts import evaluation, monitoring
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.clean_year import ABOUT_C
from tests.disclosure.first_year import (
    CITY,
    KASHGAR,
    PUBLISHER,
    A,
    C,
    article,
    first_year,
    first_year_here,
)
from tests.disclosure.library_acts import Bureau
from tests.disclosure.settled import settle
from tests.disclosure.test_api import ITEM, post
from tests.disclosure.test_comment_http import ANSWER, REASON, filed, reopened
from tests.disclosure.test_years_apart import answers, plain
from tests.disclosure.world import AFTERWARDS, World, world
from tests.portal.reading import page
from tests.portal.year import ranking, units

MONTH: Final = f"/v1/bulletins/{KASHGAR}-2021-03"
PAPERS: Final = (
    "/v1/loop/projects/C",
    f"/v1/publicity/articles/{KASHGAR}-A5",
    "/v1/trainings/653100-T1",
    "/v1/policies/653100-P1",
    f"{MONTH}/editions",
    f"/v1/annual-reports/{KASHGAR}-2021",
    ITEM,
    f"{ITEM}/history",
    f"/v1/annual-reports/{CITY}/2021/figures",
    f"/v1/policies/step-coverage?region={KASHGAR}&fiscal_year=2021",
)
LIVES: Final = tuple(f"/v1/loop/projects/{code}/2021" for code in "ABCDE")
PAGES: Final = ("/portal/units/653101001", "/portal/search?q=项目", "/portal/calendar", "/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What everybody may read, and one case of a comment."""

    plain: Any
    pages: Sequence[str]


async def turned_over(database: str) -> None:
    """The rows of every read model lie the other way round, and no index says how they stood."""
    connection = await asyncpg.connect(database)
    try:
        tables = await connection.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'"
        )
        for name in [one["name"] for one in tables]:
            async with connection.transaction():
                await connection.execute(
                    f"CREATE TEMP TABLE lying ON COMMIT DROP AS SELECT * FROM {name} ORDER BY ctid;"  # noqa: S608 - names of the catalogue
                    f" TRUNCATE {name};"
                    f" INSERT INTO {name} SELECT * FROM lying ORDER BY ctid DESC"
                )
        name = await connection.fetchval("SELECT current_database()")
        for way in ("indexscan", "bitmapscan", "indexonlyscan", "hashagg"):
            await connection.execute(f'ALTER DATABASE "{name}" SET enable_{way} = off')
    finally:
        await connection.close()


def of_another_year(year: int) -> Sequence[PublicEvent]:
    """The project of the city had a life in another year, too."""
    return [
        years.registered(C, year),
        years.approved(C, year),
        years.warned(C, year, "BLUE").model_copy(update={"warning_id": f"W-{year}"}),
    ]


def twice() -> Sequence[PublicEvent]:
    """What comes more than once, the later first; by number it stands otherwise than by day."""
    said: list[PublicEvent] = []
    for number, month in (("B", 9), ("A", 7), ("C", 8)):
        warning = f"W-{number}"
        said += [
            years.warned(C, 2021, "BLUE").model_copy(
                update={"warning_id": warning, "issued_on": date(2021, month, 1)}
            ),
            monitoring.LetterIssued(
                **ABOUT_C,
                warning_id=warning,
                letter_no=f"函{number}",
                level="BLUE",
                content_sha256="0" * 64,
                issued_on=date(2021, month, 2),
                finish_by=date(2021, month, 20),
            ),
            monitoring.AdjustmentProposed(
                **ABOUT_C,
                adjustment_id=f"TZ-{number}",
                kind="REDUCTION",
                change=Money(-100),
                budget=Money(900),
                reason="进度慢",
                proposed_by="iss|li",
                proposed_on=date(2021, month, 3),
            ),
        ]
    return said


def newer() -> Sequence[PublicEvent]:
    """Newer versions, ranks and rules stand beside the older ones."""
    library = years.library(KASHGAR, "XJ_INDUSTRY", 5, 50, 2021)
    rank = next(one for one in first_year() if isinstance(one, evaluation.ExternalRankingRecorded))
    return [
        library.model_copy(update={"library_version": 2}),
        years.library(CITY, "KS_CORE", 1, 1, 2021),
        rank.model_copy(update={"period": "2021H2", "rank": 3}),
        years.rules(KASHGAR, 2021, 3),
        years.rules(KASHGAR, 2021, 2),
        years.rules(CITY, 2021),
        *of_another_year(2022),
        *of_another_year(2020),
        ranking("R-Z", {"653101001": "70.00"}),
        ranking("R-A", {"653101001": "95.00"}),
    ]


def library_acts() -> Sequence[Any]:
    """Texts of a policy and steps that it rules from some days on."""
    about: dict[str, Any] = {"policy_id": "653100-P1", "by": PUBLISHER, "now": AFTERWARDS}
    return [
        AmendPolicy(steps=(Step.TARGET,), summary="先", effective_on=date(2021, 5, 1), **about),
        AmendPolicy(steps=tuple(Step)[:3], summary="后", effective_on=date(2021, 8, 1), **about),
        MapPolicyStep(step=list(Step)[4], from_on=date(2021, 10, 1), **about),
        MapPolicyStep(step=list(Step)[5], from_on=date(2021, 9, 1), **about),
        *article(5, KASHGAR, 2021),
    ]


async def acted(here: World) -> str:
    """Articles are adopted, figures corrected, a stranger asks twice; answers the case."""
    bureau = Bureau(here)
    paper = f"/v1/publicity/articles/{KASHGAR}-A5"
    for outlet, day in (("丙报", 9), ("甲报", 8), ("乙报", 7), ("丁报", 7)):
        adopted = {"outlet": outlet, "level": PressLevel.REGION.value}
        offered = {"outlet": outlet, "submitted_on": f"2021-05-0{day - 4}"}
        await bureau.post(f"{paper}/submit", offered)
        await bureau.post(f"{paper}/adopt", {**adopted, "adopted_on": f"2021-05-0{day}"})
    sheet = {"units": 2, "person_times": 31, "sheet_sha256": "0" * 64}
    await bureau.post("/v1/trainings/653100-T1/close", sheet)
    line = {"work": "批复", "units": 1, "projects": 1, "result": "r"}
    for number in (1, 2, 3):
        fix = {**sheet, "person_times": number, "reason": f"更正{number}"}
        await bureau.post("/v1/trainings/653100-T1/correct", fix)
        body = {"lines": [{**line, "projects": number}], "reason": f"更正{number}"}
        await bureau.post(f"{MONTH}/correct", body)
        goal = {"fields": {"annual_goal": f"修渠{number}公里"}, "reason": f"更正{number}"}
        await bureau.post(f"{ITEM}/correct", goal)
    leader = here.tokens.of(Role.FB_LEADER)
    draft = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/draft")
    for reason in ("", "补一", "补二"):
        draft["figures"][0]["label"] = reason or draft["figures"][0]["label"]
        await post(here, "/v1/annual-reports", {**draft, "reason": reason}, leader, 201)
    told = await filed(here)
    await bureau.post(f"/v1/comments/{told['case_number']}/publish", {})
    head = here.tokens.of(Role.UNIT_HEAD, unit=A.unit)
    await bureau.post(f"/v1/comments/{told['case_number']}/answer", ANSWER, who=head)
    await reopened(here, told, "哪一天公开的？")
    await bureau.post(f"/v1/comments/{told['case_number']}/reveal-contact", REASON)
    return str(told["case_number"])


async def read(here: World, case: str) -> Told:
    """Every list and statistic, every paper with an order of its own, and some pages."""
    found = await answers(here)
    for path in (*PAPERS, f"/v1/comments/{case}", "/v1/comments"):
        found[path] = await here.get(path)
    texts = [(await page(here.client, one)).text for one in PAGES]
    return Told(plain=plain(found), pages=texts)


async def test_how_rows_lie_changes_nothing_of_what_is_told(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*units(), *first_year(), *newer(), *twice())
        await here.given(*first_year_here(), *library_acts())
        case = await acted(here)
        await settle(here)
        before = await read(here, case)
    await turned_over(database)
    async with world(database, tmp_path) as here:
        after = await read(here, case)
    changed = [one for one in before.plain if before.plain[one] != after.plain[one]]
    assert changed == []
    assert after.pages == before.pages
    lived = after.plain["/v1/loop/projects/C"]["years"]
    assert [one["project"]["fiscal_year"] for one in lived] == [2020, 2021, 2022]
    [life] = [one for one in lived if one["project"]["fiscal_year"] == 2021]
    assert [one["letter_no"] for one in life["letters"]] == ["函A", "函C", "函B"]
    assert [one["adjustment_id"] for one in life["adjustments"]] == ["TZ-A", "TZ-C", "TZ-B"]
    paper = after.plain[PAPERS[1]]
    assert [one["outlet"] for one in paper["adoptions"]] == ["丁报", "乙报", "甲报", "丙报"]
    assert [one["outlet"] for one in paper["submissions"]] == ["丁报", "乙报", "甲报", "丙报"]
    spoken = [one["round"] for one in after.plain[f"/v1/comments/{case}"]["exchanges"]]
    assert spoken == [1, 2]
    figures = after.plain[f"/v1/annual-reports/{KASHGAR}/2021/figures"]["figures"]
    told = {one["id"]: one["value"] for one in figures}
    assert (told["F01"], told["F11"]) == ("3", "5")
