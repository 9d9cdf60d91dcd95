"""Rules of department and finance evaluations: the framework of items, terms, re-checks.

Source: `domain` §3.7, §4.7; 财预〔2020〕10号 art. 9, 14, 22, annex (names R2, points D). Each value
has a default, so that rule sets from before still hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

PARTS: Final = ("DECISION", "PROCESS", "OUTPUT", "BENEFIT")
STAGES: Final = ("GENERAL", "ONGOING", "FINISHED")
MEASURES: Final = (
    "JUDGED",
    "FUNDS_IN_PLACE",
    "EXECUTION",
    "COMPLETION",
    "QUALITY",
    "SAVING",
)
FULL: Final = Decimal(100)
_CENT: Final = Decimal("0.01")

type Weights = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkItem:
    """A level-3 item of the framework with its full points and what is looked at."""

    item_id: str
    part: str
    level2: str
    name: str
    points: Decimal
    measure: str = "JUDGED"
    explanation: str = ""
    key_points: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """The items, and the points of the four level-1 parts by the stage of the project."""

    items: Sequence[FrameworkItem]
    weights: Mapping[str, Weights]
    result_points_min: Decimal = Decimal(60)

    def at(self, stage: str) -> Sequence[tuple[FrameworkItem, Decimal]]:
        """Every item with its points: in each part they sum to the weight of that stage."""
        weights = self.weights[stage]
        found: list[tuple[FrameworkItem, Decimal]] = []
        for part in PARTS:
            mine = [item for item in self.items if item.part == part]
            whole = sum((item.points for item in mine), Decimal(0))
            left = weights[part]
            for item in mine[:-1]:
                share = (item.points * weights[part] / whole).quantize(_CENT)
                found.append((item, share))
                left -= share
            found += [(item, left) for item in mine[-1:]]
        return found


def _item(row: tuple[str, str, str, str, str, str, str, str]) -> FrameworkItem:
    item_id, level2, name, points, measure, explanation, key_points, standard = row
    part = {"A": "DECISION", "B": "PROCESS", "C": "OUTPUT", "D": "BENEFIT"}[item_id[0]]
    return FrameworkItem(
        item_id=item_id,
        part=part,
        level2=level2,
        name=name,
        points=Decimal(points),
        measure=measure,
        explanation=explanation,
        key_points=key_points,
        standard=standard,
    )


_W: Final = "全部符合得满分，部分符合按比例得分，不符合不得分"
_R: Final = "得分=比率×分值，比率高于100%按100%计"
_ROWS: Final = (
    ("A11", "项目立项", "立项依据充分性", "3", "JUDGED",
     "立项符合法律法规、政策规划和职责", "法律法规；政策规划；部门职责；不重复", _W),
    ("A12", "项目立项", "立项程序规范性", "2", "JUDGED",
     "申请、论证、审批和集体决策程序", "申请设立；可行性论证；集体决策", _W),
    ("A21", "绩效目标", "绩效目标合理性", "3", "JUDGED",
     "目标与内容相关、与投资额匹配", "目标与内容相关；与投资额匹配", _W),
    ("A22", "绩效目标", "绩效指标明确性", "2", "JUDGED",
     "指标细化、量化、可衡量", "细化；清晰可衡量；与任务数对应", _W),
    ("A31", "资金投入", "预算编制科学性", "3", "JUDGED",
     "预算经过论证、有标准、测算充分", "论证；与内容匹配；测算依据；标准", _W),
    ("A32", "资金投入", "资金分配合理性", "2", "JUDGED",
     "分配有依据、与实际相适应", "分配依据；与地方实际适应", _W),
    ("B11", "资金管理", "资金到位率", "4", "FUNDS_IN_PLACE",
     "实际到位资金÷预算资金", "到位文件；到位时间", _R),
    ("B12", "资金管理", "预算执行率", "7", "EXECUTION",
     "实际支出资金÷实际到位资金", "支付凭证；以到位资金为分母", _R),
    ("B13", "资金管理", "资金使用合规性", "5", "JUDGED",
     "符合财务制度，无截留、挤占、挪用", "审批手续；用途；有无虚列", _W),
    ("B21", "组织实施", "管理制度健全性", "4", "JUDGED",
     "财务和业务管理制度合法、完整", "制度是否制定；是否合规完整", _W),
    ("B22", "组织实施", "制度执行有效性", "5", "JUDGED",
     "手续完备、资料齐全、条件落实", "手续；合同；验收；档案", _W),
    ("C11", "产出数量", "实际完成率", "10", "COMPLETION",
     "实际产出数÷计划产出数", "工程量或服务量清单", _R),
    ("C21", "产出质量", "质量达标率", "8", "QUALITY",
     "质量达标产出数÷实际产出数", "验收标准；检测报告", _R),
    ("C31", "产出时效", "完成及时性", "6", "JUDGED",
     "实际完成时间与计划完成时间比较", "计划工期；实际工期", _W),
    ("C41", "产出成本", "成本节约率", "6", "SAVING",
     "（计划成本－实际成本）÷计划成本", "预算与决算对比", "不超支得满分，超支按比例扣分"),
    ("D11", "项目效益", "实施效益", "20", "JUDGED",
     "经济、社会、生态效益和可持续影响", "与目标相关的效益指标逐项核实", _W),
    ("D12", "项目效益", "满意度", "10", "JUDGED",
     "社会公众或服务对象满意程度", "问卷样本；有效率；满意比例", _W),
)  # fmt: skip


def _weights(decision: int, process: int, output: int, benefit: int) -> Weights:
    points = (decision, process, output, benefit)
    return {part: Decimal(value) for part, value in zip(PARTS, points, strict=True)}


USUAL_FRAMEWORK: Final = Framework(
    items=tuple(_item(row) for row in _ROWS),
    # Art. 14: what goes on is judged more by decision, process and output, what is finished more
    # by output and benefit; together these have at least 60 (the points D).
    weights={
        "GENERAL": _weights(15, 25, 30, 30),
        "ONGOING": _weights(15, 25, 40, 20),
        "FINISHED": _weights(10, 20, 35, 35),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingRules:
    """What an evaluation is held to. `cycle_years` is R2 (10号 art. 9); the others are D.

    `rectify_days` and `verify_days` are working days after the feedback; `high_score` with an
    execution below `low_execution` is always re-checked (`domain` §3.7 d).
    """

    framework: Framework = USUAL_FRAMEWORK
    rectify_days: int = 30
    verify_days: int = 10
    cycle_years: int = 5
    high_score: Decimal = Decimal(98)
    low_execution: Decimal = Decimal("0.60")
    full_when_flagged: bool = True
