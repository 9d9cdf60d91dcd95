"""What a request about evaluations, third parties, samples and feedback may look like."""

from collections.abc import Mapping
from typing import Any, Final

_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_PROJECT: Final = "65312121T000000000042"
_EVALUATION: Final = f"FINANCE-{_PROJECT}-2021"
_CREDIT_CODE: Final = "91653101MA77777777"
_MATERIAL: Final = {"number": "E1", "name": "竣工验收报告", "sha256": _PROOF, "source": "实施单位"}
_STEPS: Final[Mapping[str, Any]] = {
    "select_for_evaluation": {
        "evaluation_id": _EVALUATION,
        "kind": "FINANCE",
        "project_code": _PROJECT,
        "fiscal_year": 2021,
        "evaluator": "喀什某会计师事务所",
    },
    "issue_notice": {"notice_no": "喀财绩〔2022〕3号", "materials_wanted": "合同、验收、支付凭证"},
    "propose_plan": {
        "stage": "FINISHED",
        "methods": ["COMPARISON", "COST_BENEFIT"],
        "standards": ["PLAN"],
    },
    "collect_data": {"materials": [_MATERIAL]},
    "record_site_visit": {
        "visited_on": "2022-04-12",
        "place": "疏附县兰干乡中学",
        "visitors": ["阿不都", "李华"],
        "findings": "竣工8所，1所在建",
        "materials": [{"number": "E2", "name": "现场照片", "sha256": _PROOF}],
    },
    "score_evaluation": {
        "received": "2300000.00",
        "paid": "2180000.00",
        "scores": [
            {
                "item_id": "D11",
                "score": "18",
                "basis": "就学条件改善，1所未完工",
                "deduction": "1所未完工",
                "evidence": ["E1"],
            }
        ],
        "figures": [
            {"item_id": "C11", "planned": "9", "actual": "8", "evidence": ["E1"]},
            {"item_id": "C21", "actual": "8", "qualified": "8"},
            {"item_id": "C41", "planned_cost": "2300000.00", "actual_cost": "2180000.00"},
        ],
    },
    "answer_draft": {"agrees": False, "text": "第9所因疫情结转，请酌情计分"},
    "conclude_evaluation": {
        "corrections": [{"item_id": "D11", "score": "19", "basis": "疫情影响属实"}],
        "reply": "采纳，实施效益调增1分",
    },
    "submit_report": {
        "report_no": "喀财绩〔2022〕18号",
        "agency": "疏附县财政局",
        "lead_evaluator": "李华",
        "chapters": {
            "overview": "维修农村校舍9所，预算230万元。",
            "goals": "改善9所学校就学条件。",
            "purpose": "评价2021年度资金使用和绩效目标实现情况，范围为全部230万元。",
            "principles": "坚持科学公正、统筹兼顾、激励约束、公开透明。",
            "process": "前期准备、现场核查、分析评分、交换意见、形成报告。",
            "decision": "立项依据充分，绩效指标明确。",
            "implementation": "资金足额到位，制度执行基本有效。",
            "output": "完成8所，质量合格。",
            "benefit": "受益学生满意度高。",
            "experience": "提前开展招标，冬季备料。",
            "problems": "1所未完工，原因是疫情期间运输受阻。",
            "advice": "结转资金专款专用，于次年六月底前完工。",
        },
    },
    "file_report": {"archive_no": "疏财档2022-018"},
    "recheck_evaluation": {
        "score": "81.50",
        "reason": "复核发现1所校舍质量不达标",
        "document_no": "喀财绩〔2022〕6号",
    },
    "object_to_evaluation": {"text": "质量检测报告已于六月补齐"},
    "decide_evaluation_objection": {"score": "84.00", "reason": "检测报告属实"},
}
_THIRD: Final[Mapping[str, Any]] = {
    "register_third_party": {
        "unified_credit_code": _CREDIT_CODE,
        "name": "喀什某会计师事务所有限公司",
        "kind": "ACCOUNTING_FIRM",
        "credit_platform_no": "PJ653100-0018",
        "credit_level": "A",
        "lead_evaluators": [
            {"account": "zhu-ping-ren", "name": "李华", "certificate_no": "ZPR-21"}
        ],
    },
    "exclude_third_party": {"reason": "出具虚假报告", "document_no": "喀财监〔2022〕2号"},
    "commission_third_party": {
        "evaluation_id": _EVALUATION,
        "unified_credit_code": _CREDIT_CODE,
        "contract_no": "HT-2022-018",
        "fee": "60000.00",
        "works": ["DATA_COLLECTION", "SITE_VISIT", "PLAN", "SCORING", "REPORT"],
        "lead_evaluator": "zhu-ping-ren",
        "declaration": {"sha256": _PROOF},
    },
    "submit_draft_report": {
        "report_sha256": _PROOF,
        "seal_sha256": _PROOF,
        "working_papers": [{"name": "访谈记录", "sha256": _PROOF}],
    },
    "review_assignment": {"quality_score": "92", "passed": True, "findings": "依据充分，结论清楚"},
    "reject_assignment": {"reason": "底稿不完整，逾期未补正"},
    "pay_assignment": {"amount": "60000.00", "document_no": "支付令2022-311"},
}
_AFTER: Final[Mapping[str, Any]] = {
    "find_recheck_population": {"fiscal_year": 2021},
    "draw_recheck_sample": {"round": 1},
    "issue_feedback": {
        "feedback_id": _EVALUATION,
        "document_no": "喀财绩〔2022〕21号",
        "problems": [{"number": "W1", "text": "1所校舍未完工", "demand": "六月底前完工"}],
    },
    "plan_rectification": {
        "steps": [
            {
                "number": "W1",
                "measure": "加派施工队，五月底完成主体",
                "responsible": "阿不都",
                "due_on": "2022-06-20",
            }
        ]
    },
    "report_rectification": {
        "cures": [{"number": "W1", "text": "已竣工验收", "evidence": [_PROOF]}]
    },
    "verify_rectification": {"finding": "现场核实已竣工", "on_site": True},
    "fail_rectification": {"reason": "验收报告缺少质检签章"},
    "close_feedback": {"measure": ""},
}
EVALUATION_EXAMPLES: Final[Mapping[str, Any]] = {**_STEPS, **_THIRD, **_AFTER}
