"""What a request may look like, by operation, where its endpoint does not say it itself.

A school repair in Shufu County (疏附县) and the places and people around it.
"""

from collections.abc import Mapping
from typing import Any, Final

_UNIT: Final = "653121101001"
_PROJECT: Final = {"project_code": "65312121T000000000042", "fiscal_year": 2021}
_PERSONS: Final = {"business": "阿依古丽", "finance": "王芳", "head": "李强"}
_REPORT: Final = {
    "name": "事前绩效评估报告.pdf",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
_PLACES: Final[Mapping[str, Any]] = {
    "register_region": {
        "region_code": "653121",
        "name": "疏附县",
        "parent_code": "653100",
        "level": "COUNTY",
        "leaders": [{"leader": "艾力", "from_on": "2020-03-01"}],
    },
    "appoint_region_leader": {"leader": "艾力", "from_on": "2021-07-01"},
    "register_unit": {
        "unit_code": _UNIT,
        "name": "疏附县第一小学",
        "region_code": "653121",
        "department_code": "653121101",
        "department_name": "疏附县教育局",
        "persons": [{"responsible": _PERSONS, "from_on": "2021-01-01"}],
    },
    "name_responsible_persons": {"responsible": _PERSONS, "from_on": "2021-01-01"},
    "register_project": {
        **_PROJECT,
        "name": "农村学校校舍维修改造",
        "region_code": "653121",
        "unit_code": _UNIT,
        "requested": "2300000.00",
        "responsible": _PERSONS,
        "kind": "REPAIR",
        "is_new": True,
    },
    "change_responsible": {"responsible": _PERSONS, "reason": "岗位调整"},
    "suspend_project": {"reason": "施工合同存在争议"},
    "terminate_project": {"reason": "政策取消，不再实施"},
}
_EX_ANTE: Final[Mapping[str, Any]] = {
    "submit_ex_ante_report": {
        **_PROJECT,
        "goal": "改善9所农村小学的就学条件",
        "statements": {
            "NECESSITY": "校舍鉴定为C级危房",
            "ECONOMY": "单价低于上年同类工程",
            "TARGET_REASONABLENESS": "维修数量与鉴定结果一致",
            "FEASIBILITY": "施工图纸和招标文件齐备",
            "FUNDING_COMPLIANCE": "属于本级财政支出责任",
        },
        "evidence": [_REPORT],
    },
    "review_ex_ante_report": {"opinion": "立项必要，测算有据"},
    "return_ex_ante_report": {
        "reasons": ["未附设备询价单"],
        "codes": ["AMOUNT_UNFOUNDED"],
    },
    "reduce_ex_ante_amount": {
        "kind": "PARTIAL_CUT",
        "lines": [{"line": "操场绿化", "amount": "300000.00", "reason": "不属于校舍维修"}],
    },
    "file_ex_ante_objection": {"grounds": "设备单价有三家询价单为据", "evidence": [_REPORT]},
    "decide_ex_ante_objection": {
        "upheld": True,
        "score": "88.50",
        "reason": "询价单属实，重新计分",
    },
}
_CONTENT: Final = {
    "annual_goal": "年底前完成9所农村小学校舍维修，受益学生3200人",
    "indicators": [
        {
            "indicator_id": "I1",
            "level1": "OUTPUT",
            "level2": "QUANTITY",
            "name": "维修校舍数量",
            "operator": ">=",
            "target_value": "9",
            "unit": "所",
            "weight": "50",
            "milestones": {"M05": "3", "M08": "7"},
            "evidence": ["OFFICIAL_DOCUMENT"],
            "due_on": "2021-12-31",
        },
        {
            "indicator_id": "I2",
            "level1": "SATISFACTION",
            "level2": "RECIPIENTS",
            "name": "师生满意度",
            "operator": ">=",
            "target_value": "90",
            "unit": "%",
            "weight": "40",
        },
    ],
}
_ITEMS: Final = (
    "FORM_COMPLETE",
    "CLEAR",
    "FITS_DUTY",
    "INDICATORS_SCIENTIFIC",
    "PERFORMANCE_REASONABLE",
    "MONEY_MATCHES",
    "ATTAINABLE",
    "CONDITIONS_SUFFICIENT",
)
_TARGETS: Final[Mapping[str, Any]] = {
    "draft_target": {**_PROJECT, **_CONTENT},
    "revise_target": {
        **_CONTENT,
        "answers": {"L10/indicators/0/target_value": "上年受疫情影响，停工三个月"},
    },
    "review_target": {"opinion": "目标与部门职责相符"},
    "check_target": {"opinion": "满意度指标缺少调查方式", "failed": ["COMPLETENESS"]},
    "grade_target": {"points": dict.fromkeys(_ITEMS, "11.5")},
    "complete_target": {**_CONTENT, "amended": ["indicators/1/standard"]},
    "approve_target": {"budget": "2300000.00"},
}
_BUDGET: Final[Mapping[str, Any]] = {
    "request_budget": {
        "unit_code": _UNIT,
        "budget_year": 2022,
        "project_code": "65312121T000000000042",
        "amount": "2000000.00",
        "at_cap": True,
    },
    "approve_budget_request": {"amount": "1800000.00"},
    "reject_budget_request": {"reason": "上年评价为差，本年不再安排"},
}
EXAMPLES: Final[Mapping[str, Any]] = {**_PLACES, **_EX_ANTE, **_TARGETS, **_BUDGET}
