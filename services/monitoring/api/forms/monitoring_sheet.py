"""项目支出绩效目标执行监控表 as a table (`domain` §8.3): a row per indicator.

The business office fills it and sends it back: what it states is entered, what stands under
`/shown/` is for people, because registers and ledger know it.
"""

from typing import Final

from services.monitoring.api.vocabulary import VOCABULARY
from shared.documents.sheet import Column, Kind, Sheet

TITLE: Final = "项目支出绩效目标执行监控表"
NOTE: Final = "每个指标一行；项目各栏只在第一行填写。金额单位：万元。偏差原因在相应栏打√。"
NODES: Final = {"5月底": "M05", "8月底": "M08"}
TICK: Final = {"√": "是", "—": "否"}


def _labels(enum: str) -> dict[str, str]:
    return {zh: code for code, (zh, _) in VOCABULARY[enum].items()}


def node_name(node: str) -> str:
    """5月底 for M05; a node of other rules by its own code."""
    return next((name for name, code in NODES.items() if code == node), node)


MONEY: Final = ("年初预算数", "全年预算数", "截至节点执行数", "执行率", "全年预计执行数")
_AMOUNTS: Final = ("initial_budget", "budget", "paid", "execution_rate", "expected_year_end")
CAUSES: Final = _labels("DeviationCause")
HEAD: Final = (
    Column(title="年度", pointer="/path/fiscal_year", kind=Kind.WHOLE, required=True, width=8),
    Column(title="项目代码", pointer="/path/project_code", required=True, width=24),
    Column(title="监控节点", pointer="/path/node", codes=NODES, required=True, width=10),
    Column(title="项目名称", pointer="/shown/project_name", width=28),
    Column(title="主管部门及代码", pointer="/shown/department", width=24),
    Column(title="实施单位", pointer="/shown/unit", width=20),
    *(
        Column(
            title=title,
            pointer=f"/shown/{name}",
            kind=Kind.TEXT if name == "execution_rate" else Kind.WAN,
        )
        for title, name in zip(MONEY, _AMOUNTS, strict=True)
    ),
    Column(title="年度总体目标", pointer="/shown/annual_goal", width=40),
    Column(title="总体目标截至节点完成情况", pointer="/body/summary", width=40),
    Column(title="填表人", pointer="/body/person"),
    Column(title="财务负责人", pointer="/shown/finance"),
    Column(title="业务负责人", pointer="/shown/business"),
    Column(title="单位负责人", pointer="/shown/head"),
    Column(title="监控得分", pointer="/shown/score"),
    Column(title="预警等级", pointer="/shown/level"),
    Column(title="处理意见", pointer="/shown/opinion", width=20),
)
INDICATORS: Final = (
    Column(title="指标编号", pointer="/indicator_id", required=True, width=10),
    Column(title="一级指标", pointer="/shown/level1"),
    Column(title="二级指标", pointer="/shown/level2"),
    Column(title="三级指标", pointer="/shown/name", width=28),
    Column(title="年度指标值", pointer="/shown/target"),
    Column(title="节点指标值", pointer="/shown/milestone"),
    Column(title="截至节点完成情况", pointer="/actual", kind=Kind.NUMBER),
    Column(title="截至节点完成比例（定性）", pointer="/completion", kind=Kind.NUMBER),
    Column(title="全年预计完成情况", pointer="/expected"),
    *(
        Column(title=title, pointer=f"/causes/{code}", kind=Kind.FLAG, codes=TICK, width=10)
        for title, code in CAUSES.items()
    ),
    Column(title="原因说明", pointer="/cause_text", width=30),
    Column(title="完成目标可能性", pointer="/likelihood", codes=_labels("Likelihood")),
    Column(title="佐证材料", pointer="/evidence", kind=Kind.LIST, width=40),
    Column(title="备注", pointer="/remark", width=20),
)
MONITORING_SHEET: Final = Sheet(
    operation="enter_monitoring",
    title=TITLE,
    columns=HEAD,
    lines=INDICATORS,
    lines_pointer="/body/values",
    note=NOTE,
)
