"""The annual report as a page: the chapters of the source report, written from the figures.

Every number in the text is a computed figure; a chapter says what was done this year, never
what was done in another. The page needs no script, no font and no address outside itself.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import Final

from services.disclosure.api.figures import FIGURES, drill_down
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.api.year import Year
from services.disclosure.projections.span import Span
from shared.domain.money import Money

_YI: Final = Money(100_000_000 * 100)  # 亿元, the unit in which the source report tells amounts
_TWO_PLACES: Final = Decimal("0.01")

type Chapter = tuple[str, Sequence[str]]

_STYLE: Final = """
body{font-family:serif;line-height:1.8;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{text-align:center}h2{font-size:1.15rem}p{text-indent:2em}table{border-collapse:collapse;
width:100%}th,td{border:1px solid #999;padding:.2rem .5rem;text-align:left}
.note{color:#555;font-size:.9rem;text-indent:0}
"""


def report_page(name: str, span: Span, year: Year) -> str:
    """The whole page."""
    place = f"{name}{'' if span.tree else '本级'}"
    title = f"{place}{span.fiscal_year}年度全面实施预算绩效管理情况报告"
    chapters = "\n".join(_chapter(chapter) for chapter in _chapters(name, span, year))
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>
<body><main><h1>{escape(title)}</h1>
<p class="note">数据截至{span.as_of.isoformat()}，由业务事实逐项计算得出。</p>
{chapters}
{_appendix(span, year)}
</main></body></html>
"""


def _chapter(chapter: Chapter) -> str:
    heading, paragraphs = chapter
    text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"<section><h2>{escape(heading)}</h2>\n{text}</section>"


def _chapters(name: str, span: Span, year: Year) -> Sequence[Chapter]:
    told = _texts(year)
    return (
        ("一、总体情况", _overview(name, span, year)),
        ("（一）完善制度体系，统一工作标准", _policies(year, told)),
        ("（二）审核关口前移，强化事前绩效评估", _ex_ante(name, year, told)),
        ("（三）夯实指标体系，做优做准绩效目标", _targets(name, year, told)),
        ("（四）加强监控分析，做好事中预警纠偏", _monitoring(year)),
        ("（五）落实重点资金任务，持续强化绩效管理", _key_funds(span, told)),
        ("（六）强化绩效结果应用，硬化绩效激励约束", _results(span, year, told)),
        ("（七）“阳光操作”，实现绩效全公开", _disclosure(year, told)),
        ("（八）加强宣传力度，实现绩效理念深入人心", _publicity(year, told)),
    )


def _texts(year: Year) -> Mapping[str, str]:
    return {figure.id: figure.text(year) for figure in FIGURES}


def _overview(name: str, span: Span, year: Year) -> Sequence[str]:
    ranks = []
    if year.rank is not None:
        ranks.append(f"在上级综合评价考核中，{name}位列全疆第{year.rank}位。")
    if year.counties_on_top:
        ranks.append(f"所属{year.counties_on_top}个县市位列全疆前二十。")
    opening = f"{span.fiscal_year}年，{name}全面实施预算绩效管理，打好“铁算盘”，过好“紧日子”。"
    return [opening + "".join(ranks)]


def _policies(year: Year, told: Mapping[str, str]) -> Sequence[str]:
    labels = VOCABULARY["Step"]
    gaps = "、".join(labels[step.value][0] for step in year.steps_without_policy)
    closing = f"尚无制度规定的环节：{gaps}。" if gaps else "各管理环节均有明确政策规定和工作要求。"
    return [f"持续完善“1+2+N”制度体系，现行有效制度办法和工作规程{told['F03']}项。{closing}"]


def _ex_ante(name: str, year: Year, told: Mapping[str, str]) -> Sequence[str]:
    return [
        (
            f"{name}{told['F05']}个单位的{told['F06']}个项目开展了事前绩效评估，申请资金"
            f"{_yi(year.assessed.fen)}。评为“优”的项目{told['F08']}个，评为“良”的项目{told['F09']}个；"
            f"评为“中”“差”的项目不予安排预算。共核减财政资金{_yi(year.reduced_fen)}。"
        )
    ]


def _targets(name: str, year: Year, told: Mapping[str, str]) -> Sequence[str]:
    return [
        (
            f"指标库覆盖{told['F11']}个行业类型、{told['F12']}条三级指标；案例库收录{told['F13']}类"
            f"{told['F14']}个优质绩效目标案例；核心指标库{told['F15']}类{told['F16']}条。"
        ),
        (
            f"{name}{told['F17']}个项目设置了绩效目标，涉及资金{_yi(year.approved_fen)}，"
            f"覆盖率{_percent(told['F19'])}，做到“一项目一绩效”。"
        ),
    ]


def _monitoring(year: Year) -> Sequence[str]:
    nodes = "、".join(f"{day.month}月{day.day}日" for day in year.cut_offs) or "（未设）"
    early = "、".join(f"{day.month}月{day.day}日" for day in year.pre_analyses) or "（未设）"
    names = {"BLUE": "蓝色一般预警", "RED": "红色重要预警"}
    levels = "、".join(f"“{names.get(level, level)}”" for level in year.warning_levels)
    pushed = f"推送{levels}，下达《预警纠偏告知函》。" if levels else "本年度未发出预警。"
    return [
        (
            f"在{nodes}的监控节点，对绩效目标实现程度和预算执行进度实行“双监控”；"
            f"提前于{early}分析项目推进情况。{pushed}"
        )
    ]


def _key_funds(span: Span, told: Mapping[str, str]) -> Sequence[str]:
    year = span.fiscal_year
    known = []
    if told["F23"]:
        known.append(f"{year - 1}年乡村振兴资金项目绩效自评审核得分{told['F23']}分。")
    if told["F24"]:
        rank = f"，位列全疆第{told['F25']}位" if told["F25"] else ""
        known.append(f"{year}年衔接资金绩效目标审核得分{told['F24']}分{rank}。")
    return ["".join(known) or "本年度没有上级审核通报的得分记录。"]


def _results(span: Span, year: Year, told: Mapping[str, str]) -> Sequence[str]:
    return [
        (
            f"收回{told['F26']}个单位{told['F27']}个项目的低效、无效资金{_yi(year.recovered.fen)}，"
            "均已入账。"
        ),
        (
            f"在申请{span.fiscal_year + 1}年部门预算项目时，"
            f"依据{span.fiscal_year - 1}年度绩效评价结果，"
            f"对{told['F29']}个单位申请的{told['F30']}个同类型项目调减预算{_yi(year.cut.fen)}。"
        ),
    ]


def _disclosure(year: Year, told: Mapping[str, str]) -> Sequence[str]:
    labels = VOCABULARY["ItemKind"]
    shares = [
        f"{labels[kind][0]}公开覆盖率{_percent(str(told_of.ratio))}"
        for kind, told_of in year.coverage.items()
    ]
    return [
        (
            f"推动“四公开”，{told['F32']}个渠道已有公开内容；日常绩效工作公开{told['F34']}个月。"
            f"{'；'.join(shares)}。"
        )
    ]


def _publicity(year: Year, told: Mapping[str, str]) -> Sequence[str]:
    labels = VOCABULARY["TrainingChannel"]
    forms = "、".join(labels[channel][0] for channel in year.trainings) or "各种"
    return [
        (
            f"宣传稿件被各级媒体累计采用{told['F35']}篇次，其中财政部及中国财经报{told['F36']}篇次、"
            f"财政厅{told['F37']}篇次、其他媒体{told['F38']}篇次；重点稿件{told['F39']}篇。"
        ),
        (
            f"通过{forms}等形式组织培训{told['F40']}场次，累计{told['F41']}人次。"
            f"秉持绩效管理“{told['F43']}个理念”。"
        ),
    ]


def _appendix(span: Span, year: Year) -> str:
    rows = "\n".join(
        f"<tr><td>{figure.id}</td><td>{escape(figure.label)}</td>"
        f"<td>{escape(figure.text(year))}</td><td>{escape(figure.unit)}</td>"
        f'<td><a href="{escape(drill_down(figure, span))}">明细</a></td></tr>'
        for figure in FIGURES
    )
    head = "<tr><th>编号</th><th>指标</th><th>数值</th><th>单位</th><th>明细</th></tr>"
    return f"<section><h2>附：数据表</h2><table>{head}\n{rows}</table></section>"


def _yi(fen: int) -> str:
    amount = Money(fen).ratio_to(_YI).quantize(_TWO_PLACES, ROUND_HALF_UP)
    return f"{amount.normalize():f}亿元"


def _percent(share: str) -> str:
    points = (Decimal(share) * 100).quantize(_TWO_PLACES, ROUND_HALF_UP)
    return f"{points.normalize():f}%"
