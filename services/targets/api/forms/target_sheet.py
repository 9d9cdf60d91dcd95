"""The application form as a table (`domain` §8.1): a row per indicator, the head in the first.

Headings are those of the official form; the field names of the national tables (`domain` §7.1)
are read as well. Columns under `/shown/` are for people: what they say is not read back, because
the registers know it.
"""

from typing import Final

from services.targets.api.written import labels
from shared.documents.sheet import Column, Kind, Sheet

TITLE: Final = "绩效目标申报表"
NOTE: Final = "每个指标一行；项目各栏只在第一行填写。金额单位：万元。"
MILESTONES: Final = {"M05": "5月底节点值", "M08": "8月底节点值"}
SIGNS: Final = {"≥": ">=", "≤": "<=", "=": "=", "定性": "QUALITATIVE"}
_ENDING: Final = "指标"


def _parts(enum: str) -> dict[str, str]:
    """The parts of an indicator tree, with or without 指标 behind; the full name is written."""
    full = labels(enum)
    return {**{name.removesuffix(_ENDING): code for name, code in full.items()}, **full}


HEAD: Final = (
    Column(
        title="年度",
        pointer="/body/fiscal_year",
        kind=Kind.WHOLE,
        also=("fiscal_year",),
        required=True,
        width=8,
    ),
    Column(title="填报单位", pointer="/shown/unit", width=20),
    Column(title="项目名称", pointer="/shown/project_name", width=28),
    Column(
        title="项目代码",
        pointer="/body/project_code",
        also=("pro_code",),
        required=True,
        width=24,
    ),
    Column(title="项目类别", pointer="/shown/kind"),
    Column(title="主管部门及代码", pointer="/shown/department", width=24),
    Column(title="项目属性", pointer="/shown/attribute", width=8),
    Column(title="项目起始时间", pointer="/body/application/starts_on", kind=Kind.DAY),
    Column(title="项目终止时间", pointer="/body/application/ends_on", kind=Kind.DAY),
    Column(title="项目负责人", pointer="/shown/person"),
    Column(title="联系电话", pointer="/body/application/phone"),
    Column(
        title="中期资金总额",
        pointer="/body/application/midterm_funds/total",
        kind=Kind.WAN,
    ),
    Column(
        title="中期财政拨款",
        pointer="/body/application/midterm_funds/fiscal",
        kind=Kind.WAN,
    ),
    Column(
        title="中期其他资金",
        pointer="/body/application/midterm_funds/other",
        kind=Kind.WAN,
    ),
    Column(
        title="年度资金总额",
        pointer="/body/application/annual_funds/total",
        kind=Kind.WAN,
    ),
    Column(
        title="年度财政拨款",
        pointer="/body/application/annual_funds/fiscal",
        kind=Kind.WAN,
    ),
    Column(
        title="上年结转",
        pointer="/body/application/annual_funds/carried_over",
        kind=Kind.WAN,
    ),
    Column(
        title="年度其他资金",
        pointer="/body/application/annual_funds/other",
        kind=Kind.WAN,
    ),
    Column(title="立项依据", pointer="/body/application/grounds", width=30),
    Column(title="实施方案要点", pointer="/body/application/plan", width=30),
    Column(title="中期目标", pointer="/body/application/midterm_goal", width=30),
    Column(title="年度目标", pointer="/body/annual_goal", also=("kpi_target",), width=40),
    Column(title="未设指标理由", pointer="/body/waivers", width=20),
    Column(title="对提示的说明", pointer="/body/answers", width=20),
)
INDICATORS: Final = (
    Column(title="指标编号", pointer="/indicator_id", also=("kpi_id",), width=10),
    Column(
        title="一级指标",
        pointer="/level1",
        codes=_parts("Level1"),
        also=("lv1_perf_ind_code",),
    ),
    Column(
        title="二级指标",
        pointer="/level2",
        codes=_parts("Level2"),
        also=("lv2_perf_ind_code",),
    ),
    Column(title="三级指标", pointer="/name", also=("kpi_content",), width=28),
    Column(title="指标性质", pointer="/operator", codes=SIGNS, also=("指标性质(≥/≤/=/定性)",)),
    Column(title="指标值", pointer="/target_value", also=("kpi_val",)),
    Column(title="计量单位", pointer="/unit", width=10),
    Column(title="分值(权重)", pointer="/weight", kind=Kind.NUMBER, also=("分值", "权重")),
    Column(
        title="指标方向",
        pointer="/lower_is_better",
        kind=Kind.FLAG,
        codes={"正向": "否", "反向": "是"},
        width=10,
    ),
    Column(title="评（扣）分标准", pointer="/standard", also=("kpi_evalstd",), width=28),
    Column(title="取值方式", pointer="/obtain_method", codes=labels("ObtainMethod")),
    Column(title="数据来源", pointer="/data_source", codes=labels("DataSource")),
    Column(
        title="佐证资料",
        pointer="/evidence",
        kind=Kind.LIST,
        codes=labels("EvidenceKind"),
        width=20,
    ),
    *(
        Column(title=title, pointer=f"/milestones/{node}", kind=Kind.NUMBER)
        for node, title in MILESTONES.items()
    ),
    Column(title="是否核心指标", pointer="/is_core", kind=Kind.FLAG),
    Column(title="是否累计", pointer="/cumulative", kind=Kind.FLAG),
    Column(title="完成时间", pointer="/due_on", kind=Kind.DAY),
    Column(title="指标库编码", pointer="/library_code", also=("lv3_perf_ind_code",)),
    Column(title="所属指标库", pointer="/library"),
    Column(title="达成标准", pointer="/levels/MET", width=20),
    Column(title="部分达成标准", pointer="/levels/PARTLY_MET", width=20),
    Column(title="未达成标准", pointer="/levels/NOT_MET", width=20),
    Column(title="上年实际值", pointer="/last_actual", kind=Kind.NUMBER),
    Column(title="单位成本(元)", pointer="/costing/unit_cost", kind=Kind.YUAN),
    Column(title="数量", pointer="/costing/quantity", kind=Kind.NUMBER),
    Column(title="备注", pointer="/remark", also=("kpi_remark",), width=20),
)
TARGET_SHEET: Final = Sheet(
    operation="draft_target",
    title=TITLE,
    columns=HEAD,
    lines=INDICATORS,
    lines_pointer="/body/indicators",
    note=NOTE,
)
