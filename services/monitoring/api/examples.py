"""What a request may look like, by operation: a school repair in Shufu County (疏附县), 2021."""

from collections.abc import Mapping
from typing import Any, Final

from services.monitoring.api.intake_commands import INTAKE_EXAMPLES
from services.monitoring.api.ledger_examples import LEDGER_EXAMPLES
from services.monitoring.api.order_examples import ORDER_EXAMPLES

_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_PROJECT: Final = {"project_code": "65312121T000000000042", "fiscal_year": 2021}
_MONEY: Final[Mapping[str, Any]] = {
    "issue_quota": {
        "document_no": "喀财预〔2021〕15号",
        "amount": "2300000.00",
        "issued_on": "2021-03-01",
    },
    "settle_payment": {
        "payment_id": "ZF20210415000123",
        "amount": "860000.00",
        "settled_on": "2021-04-15",
        "purpose": "校舍维修改造首期工程款",
    },
    "return_payment": {
        "payment_id": "ZF20210415000123",
        "return_id": "TH20210601000007",
        "amount": "60000.00",
        "returned_on": "2021-06-01",
    },
    "freeze_quota": {
        "freeze_id": "DJ-2021-003",
        "amount": "400000.00",
        "reason": "施工合同存在争议，暂缓支付",
    },
    "release_quota": {"freeze_id": "DJ-2021-003"},
    "resolve_break": {
        "break_id": "ZF20210415000124",
        "resolution": "REJECTED",
        "note": "国库更正：该笔支付属于其他项目",
    },
    "propose_adjustment": {
        "adjustment_id": "TZ-2021-011",
        **_PROJECT,
        "kind": "REDUCTION",
        "amount": "300000.00",
        "reason": "招标节约，绩效目标同步调减",
    },
}
_VALUE: Final = {"indicator_id": "I1", "actual": "7", "evidence": [_PROOF]}
_WATCHING: Final[Mapping[str, Any]] = {
    "close_round": {"reviewed": 652, "missed": 3},
    "file_forecast": {
        "planned_payments": "1600000.00",
        "values": [{"indicator_id": "I1", "actual": "7", "likelihood": "POSSIBLE"}],
    },
    "submit_monitoring": {
        "values": [
            {**_VALUE, "cause": "HARDWARE", "cause_text": "建材供应推迟，两所学校七月开工"},
        ],
        "summary": "已开工7所，其余2所七月开工",
    },
    "return_monitoring": {"reason": "产出指标缺少佐证材料"},
    "review_monitoring": {"opinion": "进度与支付基本相符", "completeness": "90"},
}
_WARNING: Final[Mapping[str, Any]] = {
    "raise_warning": {
        **_PROJECT,
        "node": "M08",
        "level": "BLUE",
        "reasons": ["EXECUTION_SLOW"],
        "source": "DAILY",
        "finding": "八月底支出进度32%，低于序时进度",
    },
    "dismiss_warning": {"reason": "支付凭证已补录，进度正常"},
    "draft_letter": {
        "demands": "九月底前完成两所学校的开工和首期支付",
        "evidence_wanted": "开工令、支付凭证",
        "contact": "阿依古丽",
        "phone": "0998-2820001",
    },
    "acknowledge_letter": {"received_by": "李强"},
    "submit_plan": {
        "steps": [
            {
                "reason": "EXECUTION_SLOW",
                "cause": "建材供应推迟",
                "measure": "更换供应商，增加施工班组",
                "owner": "李强",
                "finance_owner": "古丽",
                "due_on": "2021-09-30",
            }
        ]
    },
    "submit_evidence": {
        "result": "两所学校已开工，支付进度达到68%",
        "items": [
            {
                "sha256": _PROOF,
                "kind": "ORIGINAL_VOUCHER",
                "name": "首期工程款支付凭证",
                "source": "国库集中支付系统",
            }
        ],
        "values": [{"indicator_id": "I1", "actual": "9", "evidence": [_PROOF]}],
    },
    "answer_objection": {"kept": True, "answer": "支付数据已与国库核对一致，维持原函"},
    "draft_correction": {
        "demands": "十月底前完成两所学校的开工和首期支付",
        "evidence_wanted": "开工令、支付凭证",
        "contact": "阿依古丽",
        "phone": "0998-2820001",
        "reason": "原函所列完成时限有误",
    },
    "review_rectification": {"opinion": "整改措施已落实，建议核验通过", "agrees": True},
    "propose_measure": {
        "measure": "SUSPEND_PAYMENT",
        "reason": "红色预警逾期未整改，资金存在损失风险",
    },
    "approve_measure": {"measure": "SUSPEND_PAYMENT"},
    "release_suspension": {"reason": "单位已恢复施工，恢复拨付"},
    "verify_rectification": {
        "finding": "现场核实两所学校均已开工",
        "on_site": True,
        "execution_rate": "0.68",
        "goal_rate": "0.78",
    },
    "fail_rectification": {"reason": "仅一所学校开工，支付凭证不全", "escalate": True},
    "take_measure": {
        "measure": "TALK",
        "document_no": "喀财绩〔2021〕21号",
        "decided_on": "2021-10-12",
    },
    "close_warning": {
        "answers": {"EXECUTION_SLOW": "支付进度恢复到68%"},
        "fund_effect": "收回结余12万元",
        "target_effect": "none",
    },
}
EXAMPLES: Final[Mapping[str, Any]] = {
    **_MONEY,
    **LEDGER_EXAMPLES,
    **_WATCHING,
    **_WARNING,
    **INTAKE_EXAMPLES,
    **ORDER_EXAMPLES,
}
