"""The columns of the disclosure tables (`domain` §8.7).

What is said beside the decided facts is read back: causes and measures, problems, what was put
right, links. Everything else stands under `/shown/` and is for people. An item is one row; several
indicators stand below each other in their cells.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.values import ItemKind
from shared.documents.sheet import Column, Kind, Sheet

OPERATION: Final = "prepare_disclosure"


class Table(StrEnum):
    """The six tables."""

    TARGETS = "targets"
    EX_ANTE = "ex-ante"
    SELF_EVALUATIONS = "self-evaluations"
    FINANCE_REPORTS = "finance-reports"
    MONTHLY_WORK = "monthly-work"
    COVERAGE = "coverage"


class ItemTable(StrEnum):
    """The tables whose rows are items, which are prepared in them."""

    TARGETS = "targets"
    EX_ANTE = "ex-ante"
    SELF_EVALUATIONS = "self-evaluations"
    FINANCE_REPORTS = "finance-reports"


KIND_OF: Final[Mapping[str, ItemKind]] = {
    "targets": ItemKind.TARGET,
    "ex-ante": ItemKind.EX_ANTE_REPORT,
    "self-evaluations": ItemKind.SELF_EVALUATION,
    "finance-reports": ItemKind.FINANCE_REPORT,
}


def _shown(title: str, name: str, kind: Kind = Kind.TEXT, width: int = 14) -> Column:
    return Column(title=title, pointer=f"/shown/{name}", kind=kind, width=width)


def _said(title: str, name: str, width: int = 24) -> Column:
    return Column(title=title, pointer=f"/body/supplement/{name}", width=width)


_GRADES: Final = {"优": "EXCELLENT", "良": "GOOD", "中": "FAIR", "差": "POOR"}
_GRADE: Final = Column(title="等级", pointer="/shown/grade", codes=_GRADES, width=8)
_NUMBER: Final = _shown("序号", "number", Kind.WHOLE, 6)
_ITEM: Final = Column(title="公开事项编号", pointer="/path/item_id", required=True, width=28)
_LINK: Final = _said("链接", "link")
_REPORT_LINK: Final = _said("报告链接", "report_url")
_EXPLAINED: Final = _said("偏差原因及改进措施", "explanation", 40)
_PROBLEMS: Final = _said("主要问题", "problems", 40)
_RECTIFIED: Final = _said("整改情况", "rectification", 40)
_AGENCY: Final = _said("评价机构", "agency")
_WHOSE: Final = (
    _shown("部门", "department", width=24),
    _shown("单位", "unit", width=24),
)

TARGET_TABLE: Final = Sheet(
    operation=OPERATION,
    title="绩效目标公开表",
    columns=(
        _NUMBER,
        *_WHOSE,
        _shown("项目名称", "project", width=28),
        _shown("年度资金(万元)", "budget", Kind.WAN),
        _shown("年度目标", "goal", width=40),
        _shown("一级指标", "level1"),
        _shown("二级指标", "level2"),
        _shown("三级指标", "level3", width=24),
        _shown("指标值", "value"),
        _shown("公开日期", "published_on", Kind.DAY),
        _LINK,
        _ITEM,
    ),
)
EX_ANTE_TABLE: Final = Sheet(
    operation=OPERATION,
    title="事前评估公开表",
    columns=(
        _NUMBER,
        _shown("单位", "unit", width=24),
        _shown("项目", "project", width=28),
        _shown("申请金额(万元)", "requested", Kind.WAN),
        _shown("评估得分", "score"),
        _GRADE,
        _shown("结论", "conclusion"),
        _shown("核减金额(万元)", "reduced", Kind.WAN),
        _REPORT_LINK,
        _ITEM,
    ),
)
SELF_EVALUATION_TABLE: Final = Sheet(
    operation=OPERATION,
    title="绩效自评公开表",
    columns=(
        _NUMBER,
        *_WHOSE,
        _shown("项目", "project", width=28),
        _shown("全年预算数(万元)", "budget", Kind.WAN),
        _shown("执行数(万元)", "executed", Kind.WAN),
        _shown("执行率", "execution_rate"),
        _shown("自评得分", "score"),
        _GRADE,
        _EXPLAINED,
        _LINK,
        _ITEM,
    ),
)
FINANCE_TABLE: Final = Sheet(
    operation=OPERATION,
    title="财政重点评价公开表",
    columns=(
        _NUMBER,
        _shown("项目/政策", "project", width=28),
        _shown("金额(万元)", "budget", Kind.WAN),
        _AGENCY,
        _shown("得分", "score"),
        _GRADE,
        _PROBLEMS,
        _RECTIFIED,
        _REPORT_LINK,
        _ITEM,
    ),
)
MONTHLY_TABLE: Final = Sheet(
    operation="",
    title="月度绩效工作公开表",
    columns=(
        _shown("月份", "month"),
        _shown("工作事项", "work", width=28),
        _shown("涉及单位数", "units", Kind.WHOLE),
        _shown("项目数", "projects", Kind.WHOLE),
        _shown("结果", "result", width=28),
        _shown("附件", "attachment", width=28),
    ),
)
COVERAGE_TABLE: Final = Sheet(
    operation="",
    title="公开覆盖率统计表",
    columns=(
        Column(
            title="类别",
            pointer="/shown/kind",
            codes={labels[0]: code for code, labels in VOCABULARY["ItemKind"].items()},
            width=20,
        ),
        _shown("应公开", "owed", Kind.WHOLE),
        _shown("豁免", "withheld", Kind.WHOLE),
        _shown("已公开", "published", Kind.WHOLE),
        _shown("覆盖率", "coverage"),
        _shown("逾期数", "overdue", Kind.WHOLE),
    ),
)
SHEET_OF: Final[Mapping[str, Sheet]] = {
    Table.TARGETS.value: TARGET_TABLE,
    Table.EX_ANTE.value: EX_ANTE_TABLE,
    Table.SELF_EVALUATIONS.value: SELF_EVALUATION_TABLE,
    Table.FINANCE_REPORTS.value: FINANCE_TABLE,
    Table.MONTHLY_WORK.value: MONTHLY_TABLE,
    Table.COVERAGE.value: COVERAGE_TABLE,
}
PREPARE_SHEET: Final = Sheet(
    operation=OPERATION,
    title="公开事项编制表",
    columns=(
        _ITEM,
        _said("公开说明", "note"),
        _EXPLAINED,
        _PROBLEMS,
        _RECTIFIED,
        _AGENCY,
        _LINK,
        _REPORT_LINK,
    ),
)
"""What is read of any of the item tables: its number, and what is said beside the facts."""

SHEETS: Final = (PREPARE_SHEET,)
