"""What a request may look like, by operation: projects of Kashgar Prefecture, judged for 2021."""

from collections.abc import Mapping
from typing import Any, Final

from services.evaluation.api.evaluation_examples import EVALUATION_EXAMPLES
from services.evaluation.api.standing_examples import STANDING_EXAMPLES

_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_UNIT: Final = "653121101001"
_PROJECT: Final = {"project_code": "65312121T000000000042", "fiscal_year": 2021}
_OWN: Final[Mapping[str, Any]] = {
    "recheck_self_evaluation": {
        "score": "81.50",
        "reason": "现场核实维修校舍7所",
        "document_no": "喀财绩〔2022〕6号",
    },
    "file_objection": {"text": "第8所校舍已于十二月竣工，附验收报告"},
    "decide_objection": {"score": "84.00", "reason": "验收报告属实，按8所计分"},
}
_MONEY: Final[Mapping[str, Any]] = {
    "decide_linkage": {
        "unit_code": _UNIT,
        "basis_fiscal_year": 2021,
        "previous_budget": "2300000.00",
    },
    "identify_recovery": {
        "recovery_id": "SH-2021-042",
        **_PROJECT,
        "reason": "LOW_EXECUTION",
        "route": "QUOTA_WITHDRAWAL",
        "amount": "120000.00",
        "basis": "年底支出进度低于60%，工程已停",
    },
    "notify_recovery": {"document_no": "喀财绩〔2021〕30号", "answer_by": "2021-11-15"},
    "answer_recovery": {"agrees": True, "text": "同意收回"},
    "approve_recovery": {"document_no": "喀署办〔2021〕88号", "amount": "100000.00"},
    "book_recovery": {
        "entry": "JK20211201-01",
        "amount": "100000.00",
        "document_no": "缴款书0021号",
        "booked_on": "2021-12-01",
    },
    "withdraw_recovery": {"reason": "单位已补签合同，资金即将支付"},
    "propose_cut": {
        "cut_id": "XJ-2022-005",
        "project_code": "65312122T000000000008",
        "project_name": "乡村道路养护",
        "budget_year": 2022,
        "basis_project_code": "65312120T000000000031",
        "basis_fiscal_year": 2020,
        "requested": "5000000.00",
        "amount": "4000000.00",
        "similarity": "同一单位、同类养护内容，上年评价为差",
    },
    "notify_cut": {"document_no": "喀财预〔2021〕62号", "answer_by": "2021-11-30"},
    "answer_cut": {"agrees": False, "text": "养护里程增加一倍"},
    "withdraw_cut": {"reason": "两个项目内容不同"},
}
EXAMPLES: Final[Mapping[str, Any]] = {
    **_OWN,
    **_MONEY,
    **STANDING_EXAMPLES,
    **EVALUATION_EXAMPLES,
}
