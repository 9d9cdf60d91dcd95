"""A target whose application form is filled in to the last cell."""

from collections.abc import Mapping
from typing import Any, Final

from tests.targets.town import INDICATORS, target_body

APPLICATION: Final[Mapping[str, Any]] = {
    "starts_on": "2021-01-01",
    "ends_on": "2023-12-31",
    "phone": "0998-2820001",
    "grounds": "《义务教育薄弱环节改善与能力提升工作方案》",
    "plan": "分三年维修六十所学校。\n先检测，后施工。",
    "midterm_goal": "三年完成六十所学校校舍维修。",
    "midterm_funds": {"total": "24000000.00", "fiscal": "20000000.00", "other": "4000000.00"},
    "annual_funds": {
        "total": "8000000.00",
        "fiscal": "6500000.01",
        "carried_over": "500000.00",
        "other": "999999.99",
    },
}
FULL: Final[list[Mapping[str, Any]]] = [
    {
        **INDICATORS[0],
        "standard": "每少一所扣1分",
        "due_on": "2021-11-30",
        "last_actual": "95.5",
        "remark": "=SUM(A1:A2)",
    },
    *INDICATORS[1:3],
    {**INDICATORS[3], "lower_is_better": True},
    *INDICATORS[4:],
]


def full_body(code: str = "P1") -> Mapping[str, Any]:
    """Every field of the form is filled in."""
    return {
        **target_body(code),
        "indicators": FULL,
        "application": APPLICATION,
        "waivers": {"L09": "本类别没有核心指标"},
        "answers": {"L10/indicators/0/target_value": "上年受疫情影响：停工三个月"},
    }
