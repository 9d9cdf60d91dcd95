"""What a request may look like, by operation: projects of Kashgar Prefecture, judged for 2021."""

from collections.abc import Mapping
from typing import Any, Final

from services.evaluation.api.cut_commands import CUT_EXAMPLES
from services.evaluation.api.duplicate_commands import DUPLICATE_EXAMPLES
from services.evaluation.api.linkage_commands import LINKAGE_EXAMPLES
from services.evaluation.api.recovery_commands import RECOVERY_EXAMPLES

_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_UNIT: Final = "653121101001"
_PROJECT: Final = {"project_code": "65312121T000000000042", "fiscal_year": 2021}
_CAUSE: Final = {"code": "HARDWARE", "text": "建材供应推迟", "measure": "更换供应商"}
_OWN: Final[Mapping[str, Any]] = {
    "submit_self_evaluation": {
        "reports": [
            {"indicator_id": "I1", "value": "8", "evidence": [_PROOF], "cause": _CAUSE},
            {"indicator_id": "I2", "attainment": "MET", "evidence": [_PROOF]},
        ],
        "prepared_by_business": "阿依古丽",
        "prepared_by_finance": "王芳",
        "self_score": "93.25",
        "summary": "维修校舍8所，一所结转下年",
    },
    "audit_self_evaluation": {"opinion": "数据与佐证材料一致"},
    "return_self_evaluation": {"reason": "满意度指标缺少调查问卷"},
    "accept_self_evaluation": {"judged_low": ["I2"]},
    "recheck_self_evaluation": {
        "score": "81.50",
        "reason": "现场核实维修校舍7所",
        "document_no": "喀财绩〔2022〕6号",
    },
    "file_objection": {"text": "第8所校舍已于十二月竣工，附验收报告"},
    "decide_objection": {"score": "84.00", "reason": "验收报告属实，按8所计分"},
}
_EVALUATING: Final[Mapping[str, Any]] = {
    "select_for_evaluation": {
        "evaluation_id": "PJ-2021-007",
        "kind": "FINANCE",
        **_PROJECT,
        "notice_no": "喀财绩〔2022〕3号",
        "evaluator": "喀什某会计师事务所",
    },
    "propose_plan": {
        "items": [
            {"item_id": "A1", "part": "DECISION", "name": "立项依据充分性", "points": "15"},
            {
                "item_id": "B1",
                "part": "PROCESS",
                "name": "预算执行率",
                "points": "20",
                "measure": "EXECUTION",
            },
            {"item_id": "C1", "part": "OUTPUT", "name": "维修校舍数量", "points": "35"},
            {"item_id": "D1", "part": "BENEFIT", "name": "就学条件改善", "points": "30"},
        ]
    },
    "score_evaluation": {
        "received": "2300000.00",
        "paid": "2180000.00",
        "scores": [{"item_id": "C1", "score": "31", "basis": "竣工8所，计划9所"}],
        "answer_by": "2022-05-20",
    },
    "answer_draft": {"agrees": False, "text": "第9所因疫情结转，请酌情计分"},
    "conclude_evaluation": {
        "corrections": [{"item_id": "C1", "score": "33", "basis": "疫情影响属实"}]
    },
    "file_report": {"report_no": "喀财绩〔2022〕18号", "report_sha256": _PROOF},
    "record_prior_result": {
        "project_code": "65312119T000000000017",
        "name": "农村安居工程",
        "fiscal_year": 2019,
        "unit_code": _UNIT,
        "score": "78.50",
        "grade": "FAIR",
        "document_no": "喀财绩〔2020〕9号",
        "told_on": "2020-06-30",
    },
    "score_appraisal": {
        "subject_code": _UNIT,
        "fiscal_year": 2021,
        "subject": "BUDGET_UNIT",
        "links": [
            {"link": "targets", "score": "10", "basis": "目标全部按时批复"},
            {"link": "monitoring", "score": "8", "basis": "一次监控报告逾期"},
        ],
        "bonus": "1",
        "reason": "绩效典型案例被自治区采用",
    },
    "record_prior_appraisal": {
        "subject_code": _UNIT,
        "fiscal_year": 2019,
        "grade": "GOOD",
        "document_no": "喀财绩〔2020〕11号",
        "score": "86.00",
    },
}
_RECORD: Final[Mapping[str, Any]] = {
    "publish_ranking": {
        "ranking_id": "PM-2021-COUNTY",
        "subject": "COUNTY",
        "fiscal_year": 2021,
        "period": "2021",
        "subjects": ["653101", "653121", "653130"],
    },
    "record_external_ranking": {
        "scheme": "XJ_COMPREHENSIVE",
        "period": "2021H1",
        "subject": "653100",
        "subject_name": "喀什地区",
        "level": "region",
        "rank": 3,
        "document_no": "新财绩〔2021〕1号",
        "told_on": "2021-08-20",
    },
    "record_external_score": {
        "fund": "RURAL_LINKAGE",
        "kind": "TARGET_REVIEW",
        "fund_year": 2021,
        "subject": "653100",
        "score": "95.94",
        "rank": 2,
        "band": "优秀",
        "document_no": "新财农〔2021〕2号",
        "told_on": "2021-06-10",
    },
    "open_case": {
        "case_id": "WZ-2021-002",
        "unit_code": _UNIT,
        "subject": "自评结果虚高",
        "clue": "抽查得分低于自评得分15分",
        "opened_on": "2022-04-12",
    },
    "record_measure": {
        "rung": "TALK",
        "authority": "疏附县财政局",
        "document_no": "疏财绩〔2022〕4号",
        "measured_on": "2022-05-06",
        "text": "约谈单位负责人",
    },
    "close_case": {"outcome": "单位已整改，重新报送自评"},
    "reopen_case": {"reason": "整改材料与现场不符"},
}
EXAMPLES: Final[Mapping[str, Any]] = {
    **_OWN,
    **_EVALUATING,
    **_RECORD,
    **LINKAGE_EXAMPLES,
    **RECOVERY_EXAMPLES,
    **CUT_EXAMPLES,
    **DUPLICATE_EXAMPLES,
}
