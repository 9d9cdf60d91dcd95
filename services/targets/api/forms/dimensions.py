"""What scorers of an ex-ante report look at, by dimension (`domain` §1.3, §4.8: 34号 §(七))."""

from typing import Final

DIMENSIONS: Final = {
    "NECESSITY": (
        "立项必要性",
        "立项目的明确；符合政策、规划和职责；与其他项目不重复；经过可行性研究、专家论证和集体决策",
    ),
    "ECONOMY": ("投入经济性", "内容与职责匹配；明细清晰；厉行节约；测算依据和标准充分"),
    "TARGET_REASONABLENESS": (
        "绩效目标合理性",
        "形式完整准确；目标明确并能代表项目；指标量化且有依据；与资金匹配",
    ),
    "FEASIBILITY": (
        "实施方案可行性",
        "计划和进度合理；组织和人员落实；管理制度健全；风险和措施明确",
    ),
    "FUNDING_COMPLIANCE": (
        "筹资合规性",
        "资金来源合法；符合事权与支出责任；不形成隐性债务；财力可承受且其他资金落实",
    ),
}


def called(dimension: str) -> str:
    """The name of a dimension; a rule set may have others than those of the ministry."""
    return DIMENSIONS.get(dimension, (dimension, ""))[0]


def points_of_review(dimension: str) -> str:
    """What is looked at."""
    return DIMENSIONS.get(dimension, ("", ""))[1]
