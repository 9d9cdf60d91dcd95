"""A month is composed from what was heard, told once, and corrected only openly."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from services.disclosure.domain import bulletin, refusals
from services.disclosure.domain.bulletin_words import (
    bulletin_content,
    bulletin_digest,
    edition_of,
    month_of,
    told_on,
)
from services.disclosure.domain.content import digest
from services.disclosure.domain.telling import Figure, Passage, check, read
from shared.contracts import monitoring, targets
from shared.domain.money import Money
from shared.http.policy import Role
from shared.testing.spec import Spec
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR, A, B, C, D
from tests.disclosure.stories import LATER, NOW, TODAY
from tests.disclosure.test_api import post
from tests.disclosure.test_report_files import (
    closed_up,
    file,
    rows_of_document,
    rows_of_page,
    text_of_print,
)
from tests.disclosure.world import World, world

APRIL: Final = f"/v1/bulletins/{KASHGAR}/2021/4"
TOLD: Final = f"/v1/bulletins/{KASHGAR}-2021-04"
MAY: Final = datetime(2021, 5, 8, 2, tzinfo=UTC)
MARCH: Final = bulletin.Month(region_code=KASHGAR, year=2021, month=3)
LINE: Final = bulletin.Line(work="预警", units=1, projects=1, result="已预警")
TWELVE: Final = Figure(id="B04N", label="预警", value="12", unit="cases", items="/v1/warnings")
TEXT: Final = Passage(heading="一、工作", paragraphs=("2021年3月发出“1+2”类预警{B04N}件。",))

issue = bulletin.IssueBulletin(
    month=MARCH, lines=(LINE,), by="iss|bureau", now=NOW, passages=(TEXT,), figures=(TWELVE,)
)
issued = bulletin.BulletinIssued(
    month=MARCH, lines=(LINE,), issued_on=TODAY, passages=(TEXT,), figures=(TWELVE,)
)
correct = bulletin.CorrectBulletin(
    month=MARCH,
    lines=(replace(LINE, projects=2),),
    reason="漏计一个项目",
    by="iss|bureau",
    now=LATER,
    passages=(TEXT,),
    figures=(TWELVE,),
)
corrected = bulletin.BulletinCorrected(
    month=MARCH,
    edition=2,
    reason="漏计一个项目",
    lines=(replace(LINE, projects=2),),
    corrected_on=date(2021, 4, 1),
    passages=(TEXT,),
    figures=(TWELVE,),
)
story = Spec(bulletin.decider)


def test_what_was_told_is_corrected_as_a_new_edition_with_its_reason() -> None:
    story.when(issue).then(issued)
    story.given(issued).when(correct).then(corrected)
    story.given(issued, corrected).when(correct).then_nothing()
    again = replace(correct, lines=(LINE,), reason="恢复原数")
    back = replace(corrected, edition=3, lines=(LINE,), reason="恢复原数")
    story.given(issued, corrected).when(again).then(back)
    story.given(issued, corrected).when(issue).then_nothing()


def test_an_edition_tells_all_that_it_was_told_with_and_has_its_own_digest() -> None:
    first: dict[str, Any] = {
        "region_code": KASHGAR,
        "year": 2021,
        "month": 3,
        "edition": 1,
        "reason": "",
        "lines": [
            {"work": "预警", "units": 1, "projects": 1, "result": "已预警", "items": "/v1/x"}
        ],
        "passages": [{"heading": "一、工作", "paragraphs": [*TEXT.paragraphs]}],
        "figures": [
            {
                "id": "B04N",
                "label": "预警",
                "value": "12",
                "unit": "cases",
                "shown": "",
                "items": "/v1/warnings",
            }
        ],
    }
    listed = replace(issued, lines=(replace(LINE, items="/v1/x"),))
    assert bulletin_content(listed) == first
    second = replace(corrected, lines=listed.lines)
    assert bulletin_content(second) == {**first, "edition": 2, "reason": "漏计一个项目"}
    assert bulletin_digest(listed) == digest(first) != bulletin_digest(second)
    assert [(edition_of(one), told_on(one)) for one in (listed, second)] == [
        (1, TODAY),
        (2, date(2021, 4, 1)),
    ]


def test_other_lines_other_text_or_other_figures_are_another_edition() -> None:
    same = replace(correct, lines=(LINE,))
    story.given(issued).when(same).then_nothing()
    other = replace(TEXT, heading="一、概况")
    more = (TWELVE, replace(TWELVE, id="B05N"))
    for changed in (replace(same, passages=(other,)), replace(same, figures=more)):
        (fact,) = story.given(issued).when(changed).facts
        told: Any = fact
        assert (told.passages, told.figures) == (changed.passages, changed.figures)
        story.given(issued, told).when(changed).then_nothing()
    bare = replace(correct, figures=())
    story.given(issued).when(bare).then_refused(refusals.FigureUnknown)


def test_only_what_was_told_can_be_corrected() -> None:
    story.when(correct).then_refused(refusals.BulletinNotIssued)
    empty = replace(correct, lines=())
    story.given(issued).when(empty).then_refused(refusals.BulletinEmpty)


def test_every_number_of_a_text_is_a_figure_that_is_told_with_it() -> None:
    assert read(TEXT.paragraphs[0], [TWELVE]) == "2021年3月发出“1+2”类预警12件。"
    check([TEXT], [TWELVE])
    typed = replace(TEXT, paragraphs=("发出预警13件。",))
    wrong = replace(issue, passages=(typed,))
    refused = story.when(wrong).then_refused(refusals.NumberWithoutItems)
    assert refused.pointer == "/passages/0/paragraphs/0"
    unknown = replace(issue, figures=())
    story.when(unknown).then_refused(refusals.FigureUnknown)


def test_the_number_of_a_bulletin_names_its_month() -> None:
    assert month_of("653100-2021-03") == MARCH
    for wrong in (
        "653100-2021-13",
        "653100-2021",
        "x",
        "653100-2021-3",
        "653100-2021-00",
        "6-2021-03",
    ):
        with pytest.raises(refusals.NoSuchBulletin) as refused:
            month_of(wrong)
        assert wrong in refused.value.detail
        assert refused.value.remedy
    for number in ("65-2021-12", "653100000000-2021-01"):
        assert month_of(number).id == number


def spring() -> list[Any]:
    """What was heard until May: four targets in February, three warnings in April, one letter."""
    return [
        targets.RegionRegistered(region_code=KASHGAR, name="喀什地区"),
        years.rules(KASHGAR, 2021),
        *(years.registered(one, 2021) for one in (A, B, C, D)),
        *(years.approved(one, 2021) for one in (A, B, C, D)),
        years.planned(KASHGAR, 2021, "M05", 5, 31),
        years.warned(C, 2021, "RED"),
        years.warned(A, 2021, "BLUE"),
        years.warned(D, 2021, "BLUE"),
        monitoring.LetterIssued(
            region_code=CITY,
            project_code="C",
            fiscal_year=2021,
            unit_code=C.unit,
            warning_id="W-C-RED",
            letter_no="喀财绩函〔2021〕1号",
            level="RED",
            content_sha256="0" * 64,
            issued_on=date(2021, 4, 30),
            finish_by=date(2021, 5, 28),
        ),
    ]


async def test_a_month_tells_what_was_done_what_is_late_and_what_comes_next(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, MAY) as here:
        await here.hear(*spring())
        draft = await here.get(f"{APRIL}/draft")
        assert [(one["work"], one["units"], one["projects"]) for one in draft["lines"]] == [
            ("蓝色一般预警", 2, 2),
            ("红色重要预警", 1, 1),
            ("预警纠偏告知函", 1, 1),
        ]
        figures = {one["id"]: one["value"] for one in draft["figures"]}
        # Four targets were to be told by 25 February; three bulletins fell due until April.
        assert (figures["B04N"], figures["B05N"], figures["B06N"]) == ("2", "1", "1")
        assert (figures["P13"], figures["P15"], figures["P02"]) == ("4", "3", "1")
        assert (figures["N02"], figures["N03"]) == ("1", "1")
        text = "".join(text for one in draft["passages"] for text in one["paragraphs"])
        assert "2021年5月有{N02}份告知函整改到期" in text
        assert "个单位的{P13}个事项逾期未公开；{P15}期月报逾期未发布" in text


async def test_every_number_of_a_month_leads_to_items_that_add_up(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, MAY) as here:
        await here.hear(*spring())
        for month in (2, 4):
            draft = await here.get(f"/v1/bulletins/{KASHGAR}/2021/{month}/draft")
            for figure in draft["figures"]:
                assert await added_up(here, figure["items"]) == figure["value"], figure
            for line in draft["lines"]:
                assert await added_up(here, line["items"]) == str(line["projects"])
        await here.get(f"{APRIL}/figures/B15U/items", 404)
        await here.get(f"{APRIL}/figures/B99N/items", 404)


async def added_up(here: World, path: str) -> str:
    """What the items of a list come to, by the rule that the list names."""
    items: list[dict[str, str]] = []
    cursor = ""
    while True:
        told = await here.get(f"{path}&limit=2{cursor}")
        items += told["items"]
        if not told.get("next"):
            break
        cursor = f"&cursor={told['next']}"
    if told["rule"] == "COUNT":
        return str(len({one["counts"] for one in items}))
    if told["unit"] == "CNY":
        return str(Money.total(Money.parse(one["value"]) for one in items))
    return str(sum(int(one["value"]) for one in items))


async def test_an_issued_month_stays_as_it_was_told_and_is_corrected_openly(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, MAY) as here:
        await here.hear(*spring())
        bureau = here.tokens.of(Role.FB_PERFORMANCE)
        draft = await here.get(f"{APRIL}/draft")
        await post(here, "/v1/bulletins", draft, bureau, 201)
        files = {
            form: await file(here, f"{TOLD}/editions/1", form) for form in ("html", "docx", "pdf")
        }
        await here.hear(years.warned(B, 2021, "RED"))
        anew = await here.get(f"{APRIL}/draft")
        body = {name: anew[name] for name in ("lines", "passages", "figures")}
        await post(here, f"{TOLD}/correct", body, bureau, 422)  # without a reason
        await post(here, f"{TOLD}/correct", {**body, "reason": "补计一项"}, bureau)
        await post(here, f"{TOLD}/correct", {**body, "reason": "补计一项"}, bureau)
        await post(here, "/v1/bulletins/x/correct", {**body, "reason": "补计"}, bureau, 404)
        told = await here.get(f"{TOLD}/editions")
        first, second = told["editions"]
        assert (first["lines"], first["figures"]) == (draft["lines"], draft["figures"])
        assert (second["lines"], second["reason"]) == (anew["lines"], "补计一项")
        for form, content in files.items():
            assert await file(here, f"{TOLD}/editions/1", form) == content
        assert (
            "第2版（更正），更正原因：补计一项"
            in (await file(here, f"{TOLD}/editions/2", "html")).decode()
        )
        now = await here.get(TOLD)
        assert (now["edition"], now["issued_on"]) == (2, "2021-05-08")
        assert now["content_sha256"] == second["content_sha256"] != first["content_sha256"]


async def test_a_month_in_page_document_and_print_says_the_same(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, MAY) as here:
        await here.hear(*spring())
        draft = await here.get(f"{APRIL}/draft")
        await post(here, "/v1/bulletins", draft, here.tokens.of(Role.FB_PERFORMANCE), 201)
        stated = [(one["id"], one["label"], one["value"]) for one in draft["figures"]]
        page = await file(here, f"{TOLD}/editions/1", "html")
        assert rows_of_page(page) == stated
        assert "月度绩效工作公开表" in page.decode()
        assert rows_of_document(await file(here, f"{TOLD}/editions/1", "docx")) == stated
        printed = text_of_print(await file(here, f"{TOLD}/editions/1", "pdf"))
        assert [row for row in stated if closed_up("".join(row)) not in printed] == []
        assert "喀什地区2021年4月预算绩效管理工作月报" in printed


async def test_a_month_ends_with_its_last_day_and_nothing_that_is_done_comes_next(
    database: str, tmp_path: Path
) -> None:
    verified = monitoring.RectificationVerified(
        region_code=CITY,
        project_code="C",
        fiscal_year=2021,
        unit_code=C.unit,
        warning_id="W-C-RED",
        verified_on=date(2021, 5, 1),
    )
    first_of_may = years.warned(B, 2021, "BLUE").model_copy(update={"issued_on": date(2021, 5, 1)})
    async with world(database, tmp_path, MAY) as here:
        await here.hear(*spring(), first_of_may, verified)
        april = await figures(here, APRIL)
        assert (april["B04N"], april["N02"]) == ("2", "0")
        assert (await figures(here, APRIL.replace("/4", "/5")))["B04N"] == "1"


async def figures(here: World, month: str) -> dict[str, str]:
    """What the draft of a month would tell, by the ids of its figures."""
    told = await here.get(f"{month}/draft")
    return {one["id"]: one["value"] for one in told["figures"]}
