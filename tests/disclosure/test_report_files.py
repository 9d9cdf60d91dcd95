"""The 43 figures stand in the report as page, as document and as print; an edition is for ever."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdfium2
from docx import Document

from shared.contracts import targets
from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, E, first_year, first_year_here
from tests.disclosure.test_api import post
from tests.disclosure.world import World, world

FIGURES: Final = 43
REPORT: Final = f"/v1/annual-reports/{KASHGAR}/2021"
EDITIONS: Final = f"/v1/annual-reports/{KASHGAR}-2021/editions"
PLACES: Final = re.compile(r"\{([A-Z][A-Z0-9]+)\}")

type Row = tuple[str, str, str]


async def test_the_figures_in_page_document_and_print_are_the_computed_ones(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        told = (await here.get(f"{REPORT}/figures"))["figures"]
        computed = [(one["id"], one["label"], one["value"]) for one in told]
        assert len(computed) == FIGURES
        assert rows_of_page(await file(here, REPORT, "html"))[:FIGURES] == computed
        assert rows_of_document(await file(here, REPORT, "docx"))[:FIGURES] == computed
        printed = text_of_print(await file(here, REPORT, "pdf"))
        lacking = [row for row in computed if closed_up("".join(row)) not in printed]
        assert lacking == []


async def test_every_figure_stands_in_the_text_as_it_is_said(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        draft = await here.get(f"{REPORT}/draft")
        prose = [text for one in draft["passages"] for text in one["paragraphs"]]
        named = {name for text in prose for name in PLACES.findall(text)}
        told = {one["id"]: one["shown"] for one in draft["figures"]}
        assert {f"F{n:02d}" for n in range(1, FIGURES + 1)} <= named <= told.keys()
        said = [PLACES.sub(lambda place: told[place[1]], text) for text in prose]
        document = [
            one.text for one in Document(BytesIO(await file(here, REPORT, "docx"))).paragraphs
        ]
        assert [text for text in said if text not in document] == []
        printed = text_of_print(await file(here, REPORT, "pdf"))
        assert [text for text in said if closed_up(text) not in printed] == []
        page = (await file(here, REPORT, "html")).decode()
        assert [one for one in told if f'data-figure="{one}"' not in page and one in named] == []


async def test_the_report_has_the_chapters_of_the_source_with_its_problems_and_steps(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        draft = await here.get(f"{REPORT}/draft")
        headings = [one["heading"] for one in draft["passages"]]
        assert headings[2:10] == [
            "（一）完善制度体系，统一工作标准",
            "（二）审核关口前移，强化事前绩效评估",
            "（三）夯实指标体系，做优做准绩效目标",
            "（四）加强监控分析，做好事中预警纠偏",
            "（五）落实重点资金任务，持续强化绩效管理",
            "（六）强化绩效结果应用，硬化绩效激励约束",
            "（七）“阳光操作”，实现绩效全公开",
            "（八）加强宣传力度，实现绩效理念深入人心",
        ]
        assert "三、推进预算绩效管理工作存在的问题" in headings
        assert "四、下一步工作举措" in headings
        found = {one["id"]: one["value"] for one in draft["figures"]}
        # Three warnings, one of them red; all four said 95.00 where 92.00 was found.
        assert (found["P01"], found["P02"], found["P05"]) == ("3", "1", "4")
        assert (found["P13"], found["P14"], found["P15"]) == ("5", "3", "9")
        text = "".join(text for one in draft["passages"] for text in one["paragraphs"])
        assert "{P01}项预警未办结，其中红色重要预警{P02}项" in text
        assert "对自评虚高的{P05}个项目加大抽查复核比例" in text
        assert "{P11}" not in text  # no project lacks a target, so nothing is said of it


async def test_an_issued_edition_keeps_its_text_and_figures_for_ever(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        leader = here.tokens.of(Role.FB_LEADER)
        await here.hear(*first_year())
        draft = await here.get(f"{REPORT}/draft")
        await post(here, "/v1/annual-reports", draft, leader, 201)
        await post(here, "/v1/annual-reports", draft, leader, 201)
        files = {form: await file(here, f"{EDITIONS}/1", form) for form in ("html", "docx", "pdf")}
        await here.given(*first_year_here())
        await here.hear(years.approved(E, 2021))
        later = await here.get(f"{REPORT}/draft")
        await post(here, "/v1/annual-reports", later, leader, 201)
        issued = await here.get(f"/v1/annual-reports/{KASHGAR}-2021")
        first, second = issued["editions"]
        assert (first["figures"], first["passages"]) == (draft["figures"], draft["passages"])
        assert first["content_sha256"] != second["content_sha256"]
        assert first["content_sha256"] in files["html"].decode()
        for form, content in files.items():
            assert await file(here, f"{EDITIONS}/1", form) == content
        answer = await here.client.get(f"{EDITIONS}/1")
        assert "immutable" in answer.headers["cache-control"]
        assert (await here.client.get(f"{EDITIONS}/3")).status_code == 404


async def test_a_number_typed_by_hand_is_refused_with_its_place(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        leader = here.tokens.of(Role.FB_LEADER)
        await here.hear(targets.RegionRegistered(region_code=KASHGAR, name="喀什地区"))
        await here.hear(years.registered(A, 2021))
        draft = await here.get(f"{REPORT}/draft")
        draft["passages"][3]["paragraphs"] = ["{F06}个项目，核减2.5亿元。"]
        refused = await post(here, "/v1/annual-reports", draft, leader, 422)
        assert str(refused["type"]).endswith("/number-without-items")
        assert "/passages/3/paragraphs/0" in str(refused["errors"])
        draft["passages"][3]["paragraphs"] = ["{F99}个项目。"]
        refused = await post(here, "/v1/annual-reports", draft, leader, 422)
        assert str(refused["type"]).endswith("/figure-unknown")


async def file(here: World, path: str, form: str) -> bytes:
    """The report in this form."""
    answer = await here.client.get(path, params={"format": form})
    assert answer.status_code == 200, answer.text
    return answer.content


def rows_of_page(page: bytes) -> list[Row]:
    """Number, name and value of every row of the appendix of a page."""
    cells = re.findall(r'<tr id="(\w+)"><td>\w+</td><td>(.*?)</td><td>(.*?)</td>', page.decode())
    return [(number, plain(label), plain(value)) for number, label, value in cells]


def plain(text: str) -> str:
    """HTML's own signs as they are read."""
    return text.replace("&quot;", '"').replace("&amp;", "&")


def rows_of_document(content: bytes) -> list[Row]:
    """The same of the last table of a document."""
    table: Any = Document(BytesIO(content)).tables[-1]
    return [(row.cells[0].text, row.cells[1].text, row.cells[2].text) for row in table.rows[1:]]


def text_of_print(content: bytes) -> str:
    """All that stands on the pages of a print but their numbers, without spaces and line breaks."""
    pages = pypdfium2.PdfDocument(content)
    text = closed_up("".join(page.get_textpage().get_text_range() for page in pages))
    return re.sub(r"—\d+—", "", text)


def closed_up(text: str) -> str:
    """Without spaces and line breaks: a print breaks lines where they are full."""
    return re.sub(r"[\s\ufffe]", "", text)
