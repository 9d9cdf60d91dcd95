"""The annual report in Chinese: the chapters of the source report, written from the figures.

Every number in the text is a figure in braces; a sentence whose figure is not known is left out.
A chapter says what was done this year, never what was done in another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.disclosure.api.report.figures import FIGURES, items_path
from services.disclosure.api.report.problems import problem_passages, step_passages
from services.disclosure.api.report.year import Year
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.telling import Figure, Passage
from services.disclosure.projections.span import Span
from services.disclosure.projections.year_problems import PROBLEMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything that a report is written from; `name` is the name of the region."""

    name: str
    span: Span
    year: Year
    problems: Mapping[str, int]
    figures: Sequence[Figure] = field(default_factory=tuple)

    def knows(self, figure_id: str) -> bool:
        """Whether the figure was ever told."""
        return any(one.id == figure_id and one.value for one in self.figures)


def title(name: str, span: Span) -> str:
    """As the source report is called; 本级 where the regions below are left out."""
    place = f"{name}{'' if span.tree else '本级'}"
    return f"{place}{span.fiscal_year}年度全面实施预算绩效管理情况报告"


def told_figures(whole: Whole) -> tuple[Figure, ...]:
    """The 43 figures and those of the problems, each with the way to its items."""
    span = whole.span
    own = [
        Figure(
            id=one.id,
            label=one.label,
            value=one.text(whole.year),
            unit=one.unit,
            shown=one.shown(whole.year) if one.text(whole.year) else "",
            items=items_path(one.id, span, span.as_of),
        )
        for one in FIGURES
    ]
    admitted = [
        Figure(
            id=number,
            label=problem.label,
            value=str(whole.problems[number]),
            unit=problem.unit,
            shown=str(whole.problems[number]),
            items=items_path(number, span, span.as_of),
        )
        for number, problem in PROBLEMS.items()
    ]
    return (*own, *admitted)


def chapters(whole: Whole) -> tuple[Passage, ...]:
    """All of them, the problems and the next steps last."""
    name, year, span = whole.name, whole.year, whole.span
    return (
        Passage(
            heading="一、提升政治站位，充分认识预算绩效管理的重大意义",
            paragraphs=_meaning(name, span),
        ),
        Passage(
            heading="二、强化组织领导，健全工作机制，确保预算绩效管理有序推进",
            paragraphs=_overview(whole),
        ),
        Passage(heading="（一）完善制度体系，统一工作标准", paragraphs=_policies(year)),
        Passage(heading="（二）审核关口前移，强化事前绩效评估", paragraphs=_ex_ante(name)),
        Passage(heading="（三）夯实指标体系，做优做准绩效目标", paragraphs=_targets(name)),
        Passage(heading="（四）加强监控分析，做好事中预警纠偏", paragraphs=_monitoring(year)),
        Passage(
            heading="（五）落实重点资金任务，持续强化绩效管理", paragraphs=_key_funds(whole)
        ),
        Passage(heading="（六）强化绩效结果应用，硬化绩效激励约束", paragraphs=_results(span)),
        Passage(heading="（七）“阳光操作”，实现绩效全公开", paragraphs=_disclosure()),
        Passage(heading="（八）加强宣传力度，实现绩效理念深入人心", paragraphs=_publicity(year)),
        *problem_passages(whole.problems),
        *step_passages(whole.problems, span),
        Passage(heading="Summary", paragraphs=_summary(whole)),
    )  # fmt: skip


def _meaning(name: str, span: Span) -> tuple[str, ...]:
    return (
        (
            f"{span.fiscal_year}年，{name}将全面实施预算绩效管理作为重要工作举措，从事前、事中、"
            "事后三个环节入手，打造“全方位、全过程、全覆盖”预算绩效闭环管理链条，持续推动预算和"
            "绩效管理深度融合，打好“铁算盘”，过好“紧日子”。"
        ),
    )


def _overview(whole: Whole) -> tuple[str, ...]:
    ranks = [
        "财政牵头、部门主责、社会广泛参与的预算绩效管理机制运行情况如下，数据均由业务事实逐项计算得出。"
    ]
    if whole.knows("F01"):
        ranks.append(f"在上级综合评价考核中，{whole.name}位列全疆第{{F01}}位。")
    if whole.year.counties_on_top:
        ranks.append("所属{F02}个县市位列全疆前二十。")
    return ("".join(ranks),)


def _policies(year: Year) -> tuple[str, ...]:
    labels = VOCABULARY["Step"]
    gaps = "、".join(labels[step.value][0] for step in year.steps_without_policy)
    closing = (
        f"尚无制度规定的环节：{gaps}。" if gaps else "做到各管理环节均有明确政策规定和工作要求。"
    )
    return (
        (
            "持续完善“1+2+N”制度体系，现行有效制度办法和工作规程{F03}项，"
            f"管理环节制度覆盖率{{F04}}。{closing}"
        ),
    )


def _ex_ante(name: str) -> tuple[str, ...]:
    return (
        (
            f"{name}{{F05}}个单位的{{F06}}个项目开展了事前绩效评估，申请资金{{F07}}。"
            "评为“优”的项目{F08}个，评为“良”的项目{F09}个；评为“中”“差”的项目不予安排预算。"
            "共核减财政资金{F10}。"
        ),
    )


def _targets(name: str) -> tuple[str, ...]:
    return (
        (
            "指标库覆盖{F11}个行业类型、{F12}条三级指标；案例库收录{F13}类{F14}个优质绩效目标案例；"
            "核心指标库{F15}类{F16}条。"
        ),
        (
            f"{name}{{F17}}个项目设置了绩效目标，涉及资金{{F18}}，覆盖率{{F19}}，"
            "做到“一项目一绩效”。"
        ),
    )


def _monitoring(year: Year) -> tuple[str, ...]:
    if not year.cut_offs:
        return ("本年度未设监控节点。",)
    levels = year.warning_levels
    pushed = "推送{F22}，下达《预警纠偏告知函》。" if levels else "本年度未发出预警。"
    return (
        (
            "在{F20}的监控节点，对绩效目标实现程度和预算执行进度实行“双监控”；"
            f"提前于{{F21}}分析项目推进情况。{pushed}"
        ),
    )


def _key_funds(whole: Whole) -> tuple[str, ...]:
    year = whole.span.fiscal_year
    known = []
    if whole.knows("F23"):
        known.append(f"{year - 1}年乡村振兴资金项目绩效自评审核得分{{F23}}分。")
    if whole.knows("F24"):
        rank = "，位列全疆第{F25}位" if whole.knows("F25") else ""
        known.append(f"{year}年衔接资金绩效目标审核得分{{F24}}分{rank}。")
    return ("".join(known) or "本年度没有上级审核通报的得分记录。",)


def _results(span: Span) -> tuple[str, ...]:
    return (
        "收回{F26}个单位{F27}个项目的低效、无效资金{F28}，均已入账。",
        (
            f"在申请{span.fiscal_year + 1}年部门预算项目时，依据{span.fiscal_year - 1}年度绩效评价"
            "结果，对{F29}个单位申请的{F30}个同类型项目调减预算{F31}。"
        ),
    )


def _disclosure() -> tuple[str, ...]:
    return (
        (
            "推动“四公开”，{F32}个渠道已有公开内容；日常绩效工作每月一公开，已公开{F34}个月。"
            "推动“三覆盖”，绩效目标、绩效自评结果、财政评价报告公开覆盖率依次为{F33}。"
        ),
    )


def _publicity(year: Year) -> tuple[str, ...]:
    forms = "通过{F42}等形式" if year.trainings else ""
    return (
        (
            "宣传稿件被各级媒体累计采用{F35}篇次，其中财政部及中国财经报{F36}篇次、财政厅{F37}篇次、"
            "其他媒体{F38}篇次；重点稿件{F39}篇。"
        ),
        f"{forms}组织培训{{F40}}场次，累计{{F41}}人次。秉持绩效管理{{F43}}个理念。",
    )


def _summary(whole: Whole) -> tuple[str, ...]:
    """For readers of English: the same figures in five sentences."""
    return (
        (
            f"In fiscal year {whole.span.fiscal_year}, {{F06}} projects of {{F05}} units were "
            "assessed before they were funded. {F17} projects with {F18} have a performance target "
            "(coverage {F19}). {F28} of idle or ineffective money was taken back from {F27} "
            "projects of {F26} units, and {F30} new applications were cut by {F31}. Coverage of "
            "disclosure: {F33} (targets, self-evaluations, finance reports); monthly bulletins: "
            "{F34}. Still open: {P01} warnings, of which {P02} red, and {P13} overdue disclosures."
        ),
    )
