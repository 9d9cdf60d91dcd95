"""三、存在的问题 and 四、下一步工作举措: what the registers admit, and what follows from it.

A problem that has no items is not mentioned; a step follows from a problem that has some.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.disclosure.domain.telling import Passage
from services.disclosure.projections.span import Span


@dataclass(frozen=True, slots=True)
class Admitted:
    """A problem in words, told where its figure is above nothing, and what is done about it."""

    figure: str
    text: str
    step: str


RESPONSIBILITY: Final = (
    Admitted(
        "P03",
        "{P03}份告知函超过时限仍未完成整改核实",
        "对超过整改时限的{P03}份告知函，约谈单位负责人，逐件提出处理措施。",
    ),
    Admitted(
        "P04",
        "监控节点{P04}份绩效监控报告未按时提交",
        "压实业务、财务和单位负责人责任，杜绝未按时提交监控报告。",
    ),
    Admitted(
        "P11",
        "{P11}个项目应设未设绩效目标",
        "对{P11}个未设绩效目标的项目，目标批复前不予安排预算。",
    ),
    Admitted("P12", "{P12}个项目尚未完成绩效自评", "督促{P12}个未开展自评的项目限期完成自评。"),
    Admitted(
        "P13",
        "{P14}个单位的{P13}个事项逾期未公开",
        "对{P13}个逾期未公开事项，限期补公开并说明原因。",
    ),
    Admitted("P15", "{P15}期月报逾期未发布", "补发{P15}期逾期月报，按月调度公开进度。"),
)
QUALITY: Final = (
    Admitted(
        "P09",
        "{P09}个项目绩效目标偏低，不能客观准确反映项目实施效果",
        "做“优”绩效目标，将目标审核结果与预算安排挂钩。",
    ),
    Admitted("P10", "{P10}个项目自评内容雷同", "对雷同自评逐项退回核实，列入重点复核范围。"),
    Admitted(
        "P07", "{P07}个项目自评对核心问题避而不谈", "做“真”绩效评价，核心问题未说明的自评不予受理。"
    ),
    Admitted(
        "P06",
        "{P06}个项目缺乏指标实际完成值的印证资料",
        "没有印证资料的实际完成值不予计分，{P06}个项目限期补正。",
    ),
    Admitted(
        "P05",
        "{P05}个项目自评打分虚高，自评得分高于审核得分",
        "对自评虚高的{P05}个项目加大抽查复核比例，结果计入单位实效评价。",
    ),
    Admitted(
        "P08",
        "{P08}个项目预算执行率低于八成",
        "做“实”绩效监控，对执行率低的{P08}个项目按月调度，减少资金闲置浪费。",
    ),
)
LOOP: Final = (
    Admitted(
        "P01",
        "尚有{P01}项预警未办结，其中红色重要预警{P02}项",
        "对{P01}项未办结预警逐项明确责任处室和办结时限，红色预警未办结的年度不予办结。",
    ),
    Admitted(
        "P16", "{P16}笔已批准收回的资金尚未入账", "督促{P16}笔已批准收回的资金尽快入账并统筹使用。"
    ),
    Admitted("P17", "{P17}项资金核查事项未办结", "逐项核实{P17}项资金核查事项，形成结论。"),
    Admitted("P18", "{P18}项资金与目标调整未办结", "推动{P18}项资金与目标调整同步办结。"),
    Admitted(
        "P19",
        "{P19}项预算调减尚未写入预算",
        "硬化结果应用，将{P19}项调减写入预算批复。",
    ),
)
_SECTIONS: Final[Sequence[tuple[str, str, Sequence[Admitted]]]] = (
    (
        "主体责任尚未压实，绩效意识有待提高",
        "进一步提高政治站位，坚决树牢绩效理念",
        RESPONSIBILITY,
    ),
    ("预算绩效管理质量和水平不高", "强化全面实施预算绩效全链条闭环管理成效", QUALITY),
    ("闭环管理尚有未了事项", "硬化激励约束，加强预算绩效管理结果应用", LOOP),
)
_NUMBERS: Final = "一二三四"
PROBLEMS_HEADING: Final = "三、推进预算绩效管理工作存在的问题"
STEPS_HEADING: Final = "四、下一步工作举措"
NOTHING_OPEN: Final = "各登记簿中没有未了事项和审核发现的问题。"


def problem_passages(found: Mapping[str, int]) -> tuple[Passage, ...]:
    """The problems that there are, in the sections of the source report."""
    sections: list[Passage] = []
    for heading, _, admitted in _SECTIONS:
        there = [one.text for one in admitted if found[one.figure]]
        if there:
            number = _NUMBERS[len(sections)]
            text = "；".join(there) + "。"
            sections.append(Passage(heading=f"（{number}）{heading}", paragraphs=(text,)))
    opening: tuple[str, ...] = () if sections else (NOTHING_OPEN,)
    return (Passage(heading=PROBLEMS_HEADING, paragraphs=opening), *sections)


def step_passages(found: Mapping[str, int], span: Span) -> tuple[Passage, ...]:
    """What follows from them, and what the coming year goes on with in any case."""
    sections: list[Passage] = []
    for _, heading, admitted in _SECTIONS:
        steps = tuple(one.step for one in admitted if found[one.figure])
        if steps:
            number = _NUMBERS[len(sections)]
            sections.append(Passage(heading=f"（{number}）{heading}", paragraphs=steps))
    going_on = (
        f"{span.fiscal_year}年度评价结果应用于{span.fiscal_year + 2}年预算安排；"
        "继续开展“双监控”，每月公开日常绩效工作。"
    )
    sections.append(
        Passage(
            heading=f"（{_NUMBERS[len(sections)]}）加强预算绩效管理宣传培训力度",
            paragraphs=(going_on, "在重要工作节点开展专题培训，广泛吸取宣传成功经验和典型做法。"),
        )
    )
    return (Passage(heading=STEPS_HEADING, paragraphs=()), *sections)
