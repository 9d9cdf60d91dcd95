"""What the invented projects promise: a target of scheme A, eight indicators, 90 points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from deploy.demo.cast import Project

NODE_SHARES: Final[Mapping[str, str]] = {"M05": "5/12", "M08": "8/12"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One indicator every invented target has. `target` None: qualitative."""

    id: str
    level1: str
    level2: str
    name: str
    operator: str
    target: int | None
    unit: str
    weight: int
    lower_is_better: bool = False
    cumulative: bool = False
    library_code: str = ""
    method: str = "STATISTICS"
    source: str = "DEPARTMENT_RECORDS"
    evidence: tuple[str, ...] = ("WORKING_PAPER",)

    @property
    def is_core(self) -> bool:
        """Whether it was taken from the core library."""
        return bool(self.library_code)


PROMISES: Final = (
    Promise(id="I1", level1="OUTPUT", level2="QUANTITY", name="完成任务数量", operator=">=",
            target=120, unit="件", weight=15, cumulative=True, library_code="KS_CORE-01-0003"),
    Promise(id="I2", level1="OUTPUT", level2="QUALITY", name="验收合格率", operator=">=",
            target=95, unit="%", weight=15, library_code="KS_CORE-01-0001",
            method="DIRECT_PROOF", evidence=("OFFICIAL_DOCUMENT",)),
    Promise(id="I3", level1="OUTPUT", level2="TIMELINESS", name="按期完成率", operator="=",
            target=100, unit="%", weight=10),
    Promise(id="I4", level1="OUTPUT", level2="COST", name="单位成本", operator="<=",
            target=25, unit="万元/件", weight=10, lower_is_better=True,
            method="DIRECT_PROOF", evidence=("ORIGINAL_VOUCHER",)),
    Promise(id="I5", level1="BENEFIT", level2="ECONOMIC", name="带动增收金额", operator=">=",
            target=1200, unit="元", weight=10, cumulative=True,
            source="DEPARTMENT_STATISTICS"),
    Promise(id="I6", level1="BENEFIT", level2="SOCIAL", name="受益群众人数", operator=">=",
            target=2400, unit="人", weight=10, cumulative=True),
    Promise(id="I7", level1="BENEFIT", level2="SUSTAINABILITY", name="后续管护年限", operator=">=",
            target=5, unit="年", weight=10, method="STATEMENT", evidence=("STATEMENT",)),
    Promise(id="I8", level1="SATISFACTION", level2="RECIPIENTS", name="服务对象满意度",
            operator=">=", target=90, unit="%", weight=10, method="QUESTIONNAIRE",
            source="SURVEY_REPORT"),
)  # fmt: skip


# Whom a project is for and how it goes about it. The projects of a unit follow one another, so
# no two of them are for the same people: L13 asks that no two promise the same.
SERVED: Final = (
    "面向城区社区，先安排常住人口密集的片区",
    "面向沿河乡镇，重点照顾汛期易受灾的村庄",
    "面向山区牧业村，随牲畜转场季节分两批组织",
    "面向易地搬迁安置点，与后续扶持措施一并落实",
    "面向边境乡镇，兼顾护边员家庭的日常需要",
    "面向国省道沿线村镇，避开农忙时节分段组织",
    "面向产业园区周边，服务外来务工人员及其子女",
    "面向沙漠边缘村，由驻村工作队逐户核实需求",
    "面向脱贫村，按防返贫监测名册确定受助对象",
    "面向县城老旧小区，同居民委员会逐楼商定方案",
    "面向中心镇集市，兼顾赶集日的人流与车流",
    "面向农村学校周边，赶在秋季开学以前完成",
)


def goal(project: Project) -> str:
    """The annual goal: total task, whom it is for, total output, total effect."""
    return (
        f"完成{project.name}全年任务120件，{SERVED[project.serial % len(SERVED)]}，"
        "验收合格率达到95%以上，受益群众不少于2400人，服务对象满意度达到90%以上。"
    )


def milestone(promise: Promise, node: str) -> str:
    """The value a cumulative indicator should have at a node: its share of the year."""
    assert promise.target is not None
    twelfths = int(NODE_SHARES[node].partition("/")[0])
    return str(promise.target * twelfths // 12)


def indicators(year: int) -> list[dict[str, object]]:
    """The indicators as the API takes them."""
    return [
        {
            "indicator_id": promise.id,
            "level1": promise.level1,
            "level2": promise.level2,
            "name": promise.name,
            "operator": promise.operator,
            "target_value": str(promise.target),
            "unit": promise.unit,
            "weight": str(promise.weight),
            "lower_is_better": promise.lower_is_better,
            "cumulative": promise.cumulative,
            "is_core": promise.is_core,
            "library_code": promise.library_code,
            "obtain_method": promise.method,
            "data_source": promise.source,
            "evidence": list(promise.evidence),
            "due_on": f"{year}-12-31",
            "milestones": {node: milestone(promise, node) for node in NODE_SHARES}
            if promise.cumulative
            else {},
        }
        for promise in PROMISES
    ]


def reached(promise: Promise, share: float, node: str | None) -> str:
    """The value reported when `share` of what is due was reached; never better than due."""
    assert promise.target is not None
    if promise.cumulative:
        due = int(milestone(promise, node)) if node else promise.target
        return str(int(due * share))
    if promise.lower_is_better:
        return str(promise.target) if share >= 1 else str(int(promise.target / share))
    return str(int(promise.target * share))
