"""The six official tables as workbooks: out for everybody, in for who prepares, unchanged."""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
import python_calamine

from services.disclosure.api.forms.public_sheets import SHEET_OF, Table
from shared.http.policy import Role
from shared.http.workbooks import XLSX
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, B, first_year, first_year_here
from tests.disclosure.settled import settle
from tests.disclosure.test_api import post
from tests.disclosure.world import World, world

QUERY: Final = f"region={KASHGAR}&fiscal_year=2021"
OFFICIAL: Final = {
    Table.TARGETS: "序号 部门 单位 项目名称 年度资金(万元) 年度目标 一级指标 二级指标 三级指标 "
    "指标值 公开日期 链接",
    Table.EX_ANTE: "序号 单位 项目 申请金额(万元) 评估得分 等级 结论 核减金额(万元) 报告链接",
    Table.SELF_EVALUATIONS: "序号 部门 单位 项目 全年预算数(万元) 执行数(万元) 执行率 自评得分 "
    "等级 偏差原因及改进措施 链接",
    Table.FINANCE_REPORTS: "序号 项目/政策 金额(万元) 评价机构 得分 等级 主要问题 整改情况 "
    "报告链接",
    Table.MONTHLY_WORK: "月份 工作事项 涉及单位数 项目数 结果 附件",
    Table.COVERAGE: "类别 应公开 豁免 已公开 覆盖率 逾期数",
}
"""The columns of `domain` §8.7, with the unit of amounts where one is stated."""


def rows_of(content: bytes) -> list[list[Any]]:
    """The first sheet."""
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


async def table(here: World, path: str, who: dict[str, str] | None = None) -> bytes:
    """A table as it is downloaded."""
    answer = await here.client.get(f"/v1/disclosures/tables/{path}", headers=who or {})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith((XLSX, "application/x-ndjson"))
    return answer.content


async def imported(here: World, content: bytes, who: dict[str, str]) -> dict[str, Any]:
    """What an import of the file came to."""
    answer = await here.client.post(
        "/v1/imports?operation=prepare_disclosure&accept=true",
        content=content,
        headers={**who, "content-type": XLSX},
    )
    assert answer.status_code in {200, 201}, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("kind", Table)
def test_the_columns_are_the_official_ones(kind: Table) -> None:
    titles = [column.title for column in SHEET_OF[kind.value].columns]
    assert titles[: len(OFFICIAL[kind].split())] == OFFICIAL[kind].split()
    assert titles[len(OFFICIAL[kind].split()) :] in ([], ["公开事项编号"])


async def test_the_six_tables_say_what_was_told(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        told = {kind: rows_of(await table(here, f"{kind.value}?{QUERY}")) for kind in Table}
        listed = await here.get(f"/v1/disclosures?{QUERY}&kind=TARGET&status=PUBLISHED")
        numbers = [row[-1] for row in told[Table.TARGETS][1:]]
        assert numbers == [one["item_id"] for one in listed["items"]]
        assert told[Table.TARGETS][1][3:10] == [
            "项目A", "100", "修渠10公里", "产出", "数量指标", "修渠长度", "≥10公里",
        ]  # fmt: skip
        assert len(told[Table.SELF_EVALUATIONS]) == 1 + 3
        assert told[Table.SELF_EVALUATIONS][1][8] == "优"
        assert told[Table.FINANCE_REPORTS][1][4] == "88.00"
        assert told[Table.EX_ANTE][1][2:6] == ["项目A", "100", "91.50", "优"]
        assert [row[0] for row in told[Table.COVERAGE][1:]] == [
            "绩效目标", "绩效自评结果", "财政评价报告",
        ]  # fmt: skip
        assert [int(cell) for cell in told[Table.COVERAGE][1][1:4]] == [4, 1, 3]
        assert told[Table.MONTHLY_WORK][1][:4] == ["2021年1月", "绩效目标批复", 1, 2]


async def test_what_is_prepared_goes_out_and_in_and_comes_in_again_unchanged(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(
            years.rules(KASHGAR, 2021), years.registered(A, 2021), years.registered(B, 2021),
            years.evaluated(A, 2021), years.evaluated(B, 2021),
        )  # fmt: skip
        await settle(here)
        unit = here.tokens.of(Role.UNIT_FINANCE, unit=A.unit, subject="li")
        path = f"self-evaluations/preparation?{QUERY}"
        await here.get(f"/v1/disclosures/tables/{path}", 401)
        first = await imported(here, await table(here, path, unit), unit)
        assert (first["rows"], first["refused_rows"]) == (2, 0)
        item = "/v1/disclosures/SELF_EVALUATION-A-2021"
        said = {"explanation": "招标周期较长；已提前开展前期工作", "link": "https://x.gov.cn/1"}
        await post(here, f"{item}/prepare", {"supplement": said}, unit)
        await settle(here)
        filled = await table(here, path, unit)
        [row] = [row for row in rows_of(filled)[1:] if row[-1] == "SELF_EVALUATION-A-2021"]
        assert (row[9], row[10]) == (said["explanation"], said["link"])
        before = (await here.get(item))["version"]
        again = await imported(here, filled, unit)
        assert (again["rows"], again["refused_rows"]) == (2, 0)
        assert (await here.get(item))["version"] == before
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        await post(here, f"{item}/publish", {"opinion": "可公开"}, bureau)
        public = await table(here, f"self-evaluations?{QUERY}")
        told = await imported(here, public, unit)
        assert (told["rows"], told["refused_rows"]) == (1, 0)
        assert (await here.get(item))["status"] == "PUBLISHED"


async def test_nobody_sees_what_others_prepare(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        await settle(here)
        stranger = here.tokens.of(Role.UNIT_FINANCE, unit="653100999", subject="qian")
        found = await table(here, f"targets/preparation?{QUERY}", stranger)
        assert len(rows_of(found)) == 1
        assert len(rows_of(await table(here, f"targets?{QUERY}"))) == 1
