"""The libraries as forms: one sheet for the two indicator libraries, one for the model cases.

Headings are those of the offices; the field names of the national table `BAS_PERF_INDICATOR`
(`domain` §7.1) are known as well.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.targets.api.vocabulary import VOCABULARY
from services.targets.domain.values import Library
from shared.documents.sheet import Column, Kind, Sheet


def _codes(enumeration: str) -> Mapping[str, str]:
    """What is shown → what is stored."""
    return {zh: code for code, (zh, _) in VOCABULARY[enumeration].items()}


_REGION: Final = Column(
    title="财政区划", pointer="/body/region_code", also=("mof_div_code",), required=True
)
_CLASS: Final = (
    Column(title="类别编码", pointer="/body/class_code", required=True),
    Column(title="类别名称", pointer="/body/class_name", required=True),
)
INDICATORS: Final = Sheet(
    operation="import_library_class",
    title="绩效指标库",
    note="每行一个三级指标；类别的内容填在该类第一行。",
    columns=(
        Column(title="库", pointer="/body/library", codes=_codes("Library"), required=True),
        _REGION,
        *_CLASS,
    ),
    lines_pointer="/body/entries",
    lines=(
        Column(title="指标编码", pointer="/code", also=("perf_ind_code",), required=True),
        Column(title="指标名称", pointer="/name", also=("perf_ind_name",), required=True, width=30),
        Column(title="一级指标", pointer="/level1", codes=_codes("Level1")),
        Column(title="二级指标", pointer="/level2", codes=_codes("Level2")),
        Column(title="计量单位", pointer="/unit"),
        Column(title="说明", pointer="/text", width=30),
        Column(title="计算符号", pointer="/operator", codes=_codes("Operator")),
        Column(title="指标性质", pointer="/nature", codes=_codes("Nature")),
        Column(title="参考值", pointer="/reference_value", kind=Kind.NUMBER),
        Column(title="参考值说明", pointer="/value_desc", also=("value_desc",), width=20),
        Column(title="评分标准", pointer="/standard", also=("kpi_evalstd",), width=30),
        Column(title="取值方式", pointer="/obtain_method", width=20),
        Column(title="数据来源", pointer="/data_source", width=20),
        Column(title="共性指标", pointer="/is_common", also=("is_common_ind",), kind=Kind.FLAG),
        Column(title="反向指标", pointer="/lower_is_better", kind=Kind.FLAG),
        Column(title="启用日期", pointer="/start_on", also=("start_date",), kind=Kind.DAY),
        Column(title="停用日期", pointer="/end_on", also=("end_date",), kind=Kind.DAY),
    ),
)
CASES: Final = Sheet(
    operation="import_model_cases",
    title="优质绩效目标案例库",
    note="每行一个指标；案例的编码、名称和总体目标填在该案例第一行，各指标权重合计90。",
    columns=(_REGION, *_CLASS),
    lines_pointer="/body/rows",
    lines=(
        Column(title="案例编码", pointer="/code", required=True),
        Column(title="案例名称", pointer="/name", required=True, width=30),
        Column(title="总体目标", pointer="/text", width=40),
        Column(title="一级指标", pointer="/indicator/level1", codes=_codes("Level1")),
        Column(title="二级指标", pointer="/indicator/level2", codes=_codes("Level2")),
        Column(title="三级指标", pointer="/indicator/name", width=30),
        Column(title="计算符号", pointer="/indicator/operator", codes=_codes("Operator")),
        Column(title="指标值", pointer="/indicator/target_value", kind=Kind.NUMBER),
        Column(title="计量单位", pointer="/indicator/unit"),
        Column(title="权重", pointer="/indicator/weight", kind=Kind.NUMBER),
        Column(title="反向指标", pointer="/indicator/lower_is_better", kind=Kind.FLAG),
        Column(title="评分标准", pointer="/indicator/standard", width=30),
    ),
)
LIBRARY_SHEETS: Final = (INDICATORS, CASES)


def sheet_of(library: Library) -> Sheet:
    """The form of a library."""
    return CASES if library is Library.XJ_MODEL_CASE else INDICATORS


def case_lines(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Classes of cases as the command of the form has them: row by row."""
    return [{"path": {}, "body": _rows(line["body"])} for line in lines]


def _rows(body: Mapping[str, Any]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for entry in body["entries"]:
        case = {name: entry[name] for name in ("code", "name", "text") if name in entry}
        first, *others = entry.get("indicators") or [None]
        rows.append(case if first is None else {**case, "indicator": first})
        rows += [{"indicator": one} for one in others]
    kept = {name: value for name, value in body.items() if name not in {"library", "entries"}}
    return {**kept, "rows": rows}
