"""Official forms on paper, read back cell by cell from what a real service printed."""

from collections.abc import Mapping
from typing import Final

from services.targets.api.forms.ex_ante_paper import COLUMNS, SCORE_SHEET
from services.targets.domain.ex_ante_items import ITEMS, ExAnteItem
from shared.http.policy import Role
from tests.targets.applications import APPLICATION, full_body
from tests.targets.files import facts, fetched, rows, tables, texts
from tests.targets.town import Town, target_body

FORM: Final[list[Mapping[str, str]]] = [
    {
        "项目名称": "校舍维修改造",
        "项目代码": "P1",
        "项目类别": "大型修缮",
        "主管部门及代码": "教育局（653101）",
        "实施单位": "教育局",
        "项目属性": "新增",
        "项目起止时间": "2021年1月1日—2023年12月31日",
        "项目负责人": "阿依古丽",
        "联系电话": "0998-2820001",
    },
    {"中期资金总额": "2400.00", "其中：财政拨款": "2000.00", "其他资金": "400.00"},
    {
        "年度资金总额": "800.00",
        "其中：财政拨款": "650.000001",
        "上年结转": "50.00",
        "其他资金": "99.999999",
        "批复预算": "",
    },
    {
        "立项依据": "《义务教育薄弱环节改善与能力提升工作方案》",
        "实施方案要点": "分三年维修六十所学校。\n先检测，后施工。",
        "事前评估结论及得分": "纳入预算安排（92.10分，优）",
    },
    {
        "中期目标（2021年—2023年）": "三年完成六十所学校校舍维修。",
        "年度目标": full_body()["annual_goal"],
    },
]
HEADINGS: Final = [
    *("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位", "分值(权重)"),
    *("指标方向", "评（扣）分标准", "取值方式", "数据来源", "5月底节点值", "8月底节点值"),
    *("是否核心指标", "备注"),
]
FIRST: Final = [
    *("产出指标", "数量指标", "指标I1", "≥", "100", "件", "20"),
    *("正向", "每少一所扣1分", "直接证明法", "部门业务记录（正式资料、工作资料）"),
    *("40", "65", "是", "=SUM(A1:A2)"),
]
BLOCKS: Final = ["基本信息", "项目资金", "立项依据", "总体目标", "绩效指标", "审核"]
CHAPTERS: Final = [
    "一、评估对象基本情况",
    "二、评估工作开展情况",
    "三、综合评估情况与结论",
    "四、相关建议",
    "五、其他需要说明的问题",
]


async def test_the_form_of_a_target_has_all_its_blocks(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed(target=full_body())
    one = "/targets/P1-2021"
    await town.confirmed(one)
    await town.done(Role.UNIT_HEAD, f"{one}/submit", {})
    await town.done(Role.DEPT_REVIEWER, f"{one}/review", {"opinion": "符合规划"})
    content = await fetched(town, f"{one}/form")
    assert await fetched(town, f"{one}/form") == content
    said = texts(content)
    assert said[0] == "项目支出绩效目标申报表"
    assert said[1].startswith("年度：2021　　填报单位：教育局　　填报日期：20")
    assert said[1].endswith("单位：万元")
    assert [text[2:] for text in said if text[1:2] == "、"] == BLOCKS
    *blocks, indicators, review = tables(content)
    assert [facts(block) for block in blocks] == FORM
    assert indicators[:2] == [HEADINGS, FIRST]
    assert indicators[5][3:5] == ["定性", "就学条件全部改善"]
    assert indicators[4][7] == "反向"
    assert len(indicators) == 7
    signed = facts(review)
    assert signed["单位意见(签字盖章)"].startswith("同意申报（unit_head，20")
    assert signed["主管部门意见"].startswith("符合规划（dept_reviewer，20")
    assert (signed["财政业务科室意见"], signed["绩效科意见及等级"]) == ("", "")


async def test_a_form_that_says_little_has_all_its_blocks(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered("P2")
    await town.graded("P2")
    await town.done(Role.FB_BUDGET, "/targets/P2-2021/approve", {"budget": "7400000.00"})
    found = tables(await fetched(town, "/targets/P2-2021/form"))
    annual, review = facts(found[2]), facts(found[-1])
    assert (annual["年度资金总额"], annual["批复预算"]) == ("800.00", "740.00")
    assert annual["其中：财政拨款"] == ""
    assert facts(found[4]) == {"中期目标": "", "年度目标": target_body("P2")["annual_goal"]}
    assert review["绩效科意见及等级"].startswith("92.00分，优（fb_performance，20")


async def scored(town: Town) -> None:
    """A new project with its application, assessed and included."""
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed(target=full_body())


async def test_the_score_sheet_by_scorer_and_dimension(real_town: Town) -> None:
    await scored(real_town)
    one = "/ex-ante-assessments/P1-2021/score-sheet"
    lines = rows(await fetched(real_town, one, form="xlsx"), SCORE_SHEET)
    assert len(lines) == 2 * 5 + 5
    first = lines[0]
    assert set(first) | {"扣分理由"} == set(COLUMNS)
    assert (first["维度"], first["分值"], first["评价"]) == ("立项必要性", "20", "优")
    assert first["审核要点"].startswith("立项目的明确；")
    assert first["日期"].startswith("20")
    assert {(line["评审人"], line["得分"]) for line in lines[:10]} >= {("expert", "18.60")}
    foot = {line["维度"]: line.get("审核要点", "") for line in lines[10:]}
    assert foot == {
        "总分": "92.10",
        "等级": "优",
        "建议金额": "740.00",
        "核减金额": "60.00",
        "核减理由": "设备费：超标准（60.00万元）",
    }
    content = await fetched(real_town, one, form="docx")
    head, grid, below = tables(content)
    assert grid[0] == list(COLUMNS)
    assert len(grid) == 11
    assert facts(below) == foot
    assert facts(head)["申请金额"] == "800.00"


async def test_the_score_sheet_says_why_points_were_lost(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    one = await town.reported()
    await town.done(Role.DEPT_REVIEWER, f"{one}/review", {})
    sheet = {
        "judgements": {
            **dict.fromkeys(ExAnteItem, "EXCELLENT"),
            **dict.fromkeys(ITEMS["ECONOMY"], "POOR"),
        },
        "remarks": {"THRIFT": "会议费过高"},
    }
    silent = await town.ask(Role.EXPERT, f"{one}/score", sheet)
    [error] = silent.json()["errors"]
    assert (silent.status_code, error["pointer"]) == (422, "/reasons/ECONOMY")
    said = {**sheet, "reasons": {"ECONOMY": "测算粗放"}}
    await town.done(Role.EXPERT, f"{one}/score", said)
    await town.done(Role.EXPERT, f"{one}/score", said)
    [score] = (await town.read(f"{one}/explanation"))["scores"]
    assert score["reasons"] == {"ECONOMY": "测算粗放"}
    lines = rows(await fetched(town, f"{one}/score-sheet", form="xlsx"), SCORE_SHEET)
    told = {line["维度"]: line.get("扣分理由", "") for line in lines[:5]}
    assert told["投入经济性"] == "测算粗放；厉行节约：会议费过高"
    assert told["立项必要性"] == ""
    _, grid, _ = tables(await fetched(town, f"{one}/score-sheet", form="docx"))
    [economy] = [row for row in grid if row[0] == "投入经济性"]
    assert economy[COLUMNS.index("扣分理由")] == told["投入经济性"]


async def test_the_report_in_its_five_chapters(real_town: Town) -> None:
    await scored(real_town)
    content = await fetched(real_town, "/ex-ante-assessments/P1-2021/report")
    said = texts(content)
    assert said[0] == "事前绩效评估报告"
    assert [text for text in said if text in CHAPTERS] == CHAPTERS
    assert f"（一）立项背景：{APPLICATION['grounds']}" in said
    assert "（三）绩效目标：改善就学条件" in said
    made_of = "申请800.00万元，财政拨款650.000001万元，上年结转50.00万元，其他资金99.999999万元"
    assert f"（四）资金构成：{made_of}。" in said
    assert "（二）思路及方法：2名评审人按五个维度独立评分，以平均分确定总分。" in said
    assert "总体结论：总分92.10分，等级为优，纳入预算安排。" in said
    found = tables(content)
    dimensions = found[1]
    assert dimensions[0] == ["维度", "分值", "平均得分", "评估情况"]
    assert dimensions[1] == ["立项必要性", "20", "18.42", "依据充分。"]
    assert len(dimensions) == 6
    assert facts(found[2])["核减理由"] == "设备费：超标准（60.00万元）"
    assert found[3][0] == list(COLUMNS)
    assert found[-1][0] == ["序号", "佐证材料", "SHA-256"]


async def test_a_report_nobody_has_scored_is_printed_as_far_as_it_is(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    evidence = [{"name": "可行性研究.pdf", "sha256": "a" * 64}]
    body = {
        "project_code": "P1",
        "fiscal_year": 2021,
        "goal": "改善",
        "statements": {
            "NECESSITY": "急需",
            "ECONOMY": "经济",
            "TARGET_REASONABLENESS": "合理",
            "FEASIBILITY": "可行",
            "FUNDING_COMPLIANCE": "合规",
        },
        "evidence": evidence,
    }
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))
    await town.done(Role.UNIT_HEAD, "/ex-ante-assessments", body)
    content = await fetched(town, "/ex-ante-assessments/P1-2021/report")
    assert "总体结论：尚未作出结论。" in texts(content)
    assert tables(content)[-1][1] == ["1", "可行性研究.pdf", "a" * 64]
    sheet = await fetched(town, "/ex-ante-assessments/P1-2021/score-sheet")
    assert [line["维度"] for line in rows(sheet, SCORE_SHEET)] == [
        *("总分", "等级", "建议金额", "核减金额", "核减理由")
    ]
    stranger = town.by(Role.UNIT_FINANCE, "653121")
    for path in ("report", "score-sheet"):
        place = f"/v1/ex-ante-assessments/P1-2021/{path}"
        assert (await town.client.get(place, headers=stranger)).status_code == 404
        admin = await town.client.get(place, headers=town.by(Role.SYS_ADMIN))
        assert admin.status_code == 403
