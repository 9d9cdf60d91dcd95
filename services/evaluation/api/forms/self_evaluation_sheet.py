"""项目支出绩效自评表 as a table (`domain` §8.4): a row per indicator.

The business office fills it and sends it back: what it states is filled in, what stands under
`/shown/` is for people, because the target and monitoring know it. The execution is among that:
whatever somebody types into it is not read.
"""

from typing import Final

from services.evaluation.api.vocabulary import VOCABULARY
from shared.documents.sheet import Column, Kind, Sheet

TITLE: Final = "项目支出绩效自评表"
NOTE: Final = (
    "每个指标一行；项目各栏只在第一行填写。金额单位：万元。资金各栏由监控系统带出，填写无效。"
)


def _labels(enum: str) -> dict[str, str]:
    return {zh: code for code, (zh, _) in VOCABULARY[enum].items()}


MONEY: Final = ("年初预算数", "全年预算数", "全年执行数")
_AMOUNTS: Final = ("initial_budget", "budget", "paid")


def _cause(pointer: str, before: str = "") -> tuple[Column, ...]:
    """The columns of a cause and its cure."""
    codes = _labels("CauseCode")
    return (
        Column(title=f"{before}偏差原因", pointer=f"{pointer}/code", codes=codes, width=12),
        Column(title=f"{before}原因说明", pointer=f"{pointer}/text", width=40),
        _share(f"{before}客观占比%", f"{pointer}/objective"),
        _share(f"{before}主观占比%", f"{pointer}/subjective"),
        Column(title=f"{before}改进措施", pointer=f"{pointer}/measure", width=30),
        Column(title=f"{before}完成时限", pointer=f"{pointer}/due_on", kind=Kind.DAY, width=12),
        Column(title=f"{before}责任人", pointer=f"{pointer}/owner"),
    )


def _share(title: str, pointer: str) -> Column:
    return Column(title=title, pointer=pointer, kind=Kind.NUMBER, width=8)


HEAD: Final = (
    Column(title="自评编号", pointer="/path/self_evaluation_id", required=True, width=28),
    Column(title="项目名称", pointer="/shown/project_name", width=28),
    Column(title="主管部门", pointer="/shown/department", width=16),
    Column(title="实施单位", pointer="/shown/unit", width=16),
    Column(title="年度", pointer="/shown/fiscal_year", kind=Kind.WHOLE, width=8),
    *(
        Column(title=title, pointer=f"/shown/{name}", kind=Kind.WAN)
        for title, name in zip(MONEY, _AMOUNTS, strict=True)
    ),
    Column(title="执行率", pointer="/shown/execution_rate", width=10),
    Column(title="执行得分", pointer="/shown/execution_score", width=10),
    Column(title="预期目标", pointer="/shown/annual_goal", width=40),
    Column(title="实际完成情况", pointer="/body/summary", width=40),
    Column(title="项目是否完成", pointer="/body/finished", kind=Kind.FLAG, width=10),
    Column(title="自评得分", pointer="/body/self_score", kind=Kind.NUMBER, width=10),
    *_cause("/body/execution_cause", "执行率"),
    Column(title="填表人", pointer="/body/person"),
    Column(title="系统复算分", pointer="/shown/machine_score", width=10),
    Column(title="等级", pointer="/shown/grade", width=8),
)
LINES: Final = (
    Column(title="指标编号", pointer="/indicator_id", required=True, width=10),
    Column(title="一级指标", pointer="/shown/level1"),
    Column(title="二级指标", pointer="/shown/level2"),
    Column(title="三级指标", pointer="/shown/name", width=28),
    Column(title="年度指标值", pointer="/shown/target"),
    Column(title="实际完成值", pointer="/value", kind=Kind.NUMBER),
    Column(title="定性达成等级", pointer="/attainment", codes=_labels("Attainment")),
    Column(title="定性达成比例", pointer="/share", kind=Kind.NUMBER),
    Column(title="分值", pointer="/shown/weight", width=8),
    Column(title="得分", pointer="/shown/score", width=8),
    *_cause("/cause"),
    Column(title="佐证材料编号", pointer="/evidence", kind=Kind.LIST, width=60),
)
SELF_EVALUATION_SHEET: Final = Sheet(
    operation="enter_self_evaluation",
    title=TITLE,
    columns=HEAD,
    lines=LINES,
    lines_pointer="/body/reports",
    note=NOTE,
)
