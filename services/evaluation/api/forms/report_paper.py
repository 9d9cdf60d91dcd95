"""绩效评价报告 on paper, from the report as it is stored and from nothing else (`domain` §8.6).

Seven chapters of annex 3 of 10号, the score sheet with its ten columns, the foot with total, grade,
signature, seal, number and day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.evaluation.api.evaluation_vocabulary import EVALUATION_VOCABULARY
from shared.documents.paper import Block, Closing, Facts, Grid, Heading, NewPage, Paper, Text

YUAN_PER_WAN: Final = 10_000
PERCENT: Final = Decimal(100)
NONE: Final = "无"
GRADES: Final = {"EXCELLENT": "优", "GOOD": "良", "FAIR": "中", "POOR": "差"}
SHEET_TITLE: Final = "绩效评价评分表"
COLUMNS: Final = (
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "指标解释",
    "评价要点",
    "评分标准",
    "得分",
    "扣分原因",
    "证据编号",
)
SHARES: Final = (4, 4, 5, 5, 7, 7, 6, 5, 6, 4)
PARTS: Final = ("DECISION", "PROCESS", "OUTPUT", "BENEFIT")

type Said = Mapping[str, Any]


def report_paper(said: Said) -> Paper:
    """The report as it was submitted."""
    return Paper(
        title=said["title"],
        note=f"报告编号：{said['report_no']}　　年度：{said['fiscal_year']}　　单位：万元",
        blocks=(*_chapters(said), *_sheet(said)),
    )


def _chapters(said: Said) -> Iterator[Block]:
    text: Said = said["chapters"]
    yield Heading("一、基本情况")
    yield Facts(pairs=_facts(said))
    yield Text(f"（一）项目概况：{text['overview']}")
    yield Text(f"（二）绩效目标：{text['goals']}")
    yield Heading("二、绩效评价工作开展情况")
    yield Text(f"（一）绩效评价目的、对象和范围：{text['purpose']}")
    methods, standards = _listed(said, "methods"), _listed(said, "standards")
    yield Text(
        f"（二）绩效评价原则、评价指标体系、评价方法、评价标准：{text['principles']}"
        f"评价方法为{methods}；评价标准为{standards}；评价指标体系见评分表。"
    )
    yield Text(f"（三）绩效评价工作过程：{text['process']}")
    yield Heading("三、综合评价情况及评价结论（附评分表）")
    grade, score = GRADES[said["grade"]], plain(Decimal(said["score"]))
    yield Text(f"综合评价得分{score}分，评价等级为“{grade}”。{said['opinion']}")
    yield Grid(headings=("一级指标", "分值", "得分"), rows=_parts(said))
    yield Heading("四、绩效评价指标分析")
    for place, (name, chapter) in enumerate(
        (("决策", "decision"), ("过程", "implementation"), ("产出", "output"), ("效益", "benefit"))
    ):
        yield Text(f"（{'一二三四'[place]}）项目{name}情况：{text[chapter]}")
    yield Heading("五、主要经验及做法、存在的问题及原因分析")
    yield Text(f"（一）主要经验及做法：{text['experience']}")
    yield Text(f"（二）存在的问题及原因分析：{text['problems']}")
    yield Heading("六、有关建议")
    yield Text(text["advice"])
    yield Heading("七、其他需要说明的问题")
    yield Text(text["other"] or NONE)
    basis = said["legal_basis"] or NONE
    yield Text(f"评分依据：{basis}；规则集第{said['rule_set_version']}版。")
    yield Closing(
        agency=said["agency"],
        day=day(said["submitted_on"]),
        signed=f"主评人：{said['lead_evaluator']}",
    )


def _facts(said: Said) -> Sequence[tuple[str, str]]:
    return (
        ("项目名称", said["project_name"]),
        ("项目代码", said["project_code"]),
        ("实施单位", said["unit"]),
        ("主管部门", said["department"]),
        ("预算资金", wan(said["budget"])),
        ("到位资金", wan(said["received"])),
        ("实际支出", wan(said["paid"])),
        ("预算执行率（支出÷到位）", _rate(said["paid"], said["received"])),
        ("评价机构", said["evaluator"]),
        ("评价通知书", said["notice_no"] or NONE),
    )


def _parts(said: Said) -> Sequence[Sequence[str]]:
    rows = []
    for part in PARTS:
        mine = [line for line in said["lines"] if line["part"] == part]
        points = sum((Decimal(line["points"]) for line in mine), Decimal(0))
        score = sum((Decimal(line["score"]) for line in mine), Decimal(0))
        rows.append((label("Part", part), plain(points), plain(score)))
    return rows


def _sheet(said: Said) -> Iterator[Block]:
    yield NewPage(SHEET_TITLE)
    yield Grid(headings=COLUMNS, rows=[_row(line) for line in said["lines"]], shares=SHARES)
    yield Facts(
        pairs=(
            ("总分", plain(Decimal(said["score"]))),
            ("等级", GRADES[said["grade"]]),
            ("主评人签名", said["lead_evaluator"]),
            ("机构盖章", f"{said['sealed_by']}（盖章）"),
            ("报告编号", said["report_no"]),
            ("日期", day(said["submitted_on"])),
        )
    )


def _row(line: Said) -> Sequence[str]:
    return (
        label("Part", line["part"]),
        line["level2"],
        line["name"],
        plain(Decimal(line["points"])),
        line["explanation"],
        line["key_points"],
        line["standard"],
        plain(Decimal(line["score"])),
        line["deduction"],
        "、".join(line["evidence"]),
    )


def _listed(said: Said, field: str) -> str:
    enum = {"methods": "Method", "standards": "Standard"}[field]
    return "、".join(label(enum, code) for code in said[field]) or NONE


def label(enum: str, code: str) -> str:
    """What a code is called in Chinese."""
    return EVALUATION_VOCABULARY[enum][code][0]


def day(on: date | str) -> str:
    """2022年4月15日."""
    found = date.fromisoformat(on) if isinstance(on, str) else on
    return f"{found.year}年{found.month}月{found.day}日"


def wan(yuan: str) -> str:
    """An amount in 万元, exact to the fen."""
    exact = Decimal(yuan) / YUAN_PER_WAN
    short = exact.quantize(Decimal("0.01"))
    return format(short if short == exact else exact.normalize(), "f")


def _rate(part: str, whole: str) -> str:
    divisor = Decimal(whole)
    return f"{Decimal(part) / divisor * PERCENT:.2f}%" if divisor else NONE


def plain(points: Decimal) -> str:
    """Two decimals at most, and none where there are none."""
    exact = points.quantize(Decimal("0.01"))
    return format(exact.to_integral_value() if exact == exact.to_integral_value() else exact, "f")
