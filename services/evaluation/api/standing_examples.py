"""What requests about standing may look like."""

from collections.abc import Mapping
from typing import Any, Final

_UNIT: Final = "653121101001"
_RECORD: Final[Mapping[str, Any]] = {
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
        "issuing_body": "新疆维吾尔自治区财政厅",
        "scope": "全面实施预算绩效管理综合评价考核",
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
        "issuing_body": "新疆维吾尔自治区财政厅",
        "scope": "衔接资金绩效目标审核",
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
        "posts": ["单位主要负责人"],
    },
    "start_investigation": {"office": "疏附县财政局财政监督科", "started_on": "2022-04-18"},
    "record_no_action": {
        "authority": "疏附县财政局",
        "document_no": "疏财监〔2022〕3号",
        "decided_on": "2022-05-06",
        "reason": "虚高系统计口径变化所致，单位已主动更正",
    },
    "close_case": {"outcome": "单位已整改，重新报送自评"},
    "reopen_case": {"reason": "整改材料与现场不符"},
}
_PLAN_DOCUMENT: Final = {"document_no": "喀地财绩〔2022〕21号"}
_JUDGED: Final = {
    "aspect": "POLICY_MAPPED",
    "score": "4",
    "basis": "七个环节均有制度依据",
    "document_no": "喀地财绩〔2022〕15号",
}
_EFFECTIVENESS: Final[Mapping[str, Any]] = {
    "issue_effectiveness_plan": {
        "subject": "COUNTY",
        "fiscal_year": 2022,
        "period": "H1",
        "subjects": ["653101", "653121", "653130"],
        "cut_off_on": "2022-06-30",
        "document_no": "喀地财绩〔2021〕40号",
    },
    "score_effectiveness": {
        "judged": [_JUDGED],
        "bonuses": [
            {"points": "1", "basis": "典型案例被自治区采用", "document_no": "新财绩〔2022〕6号"}
        ],
        "penalties": [],
    },
    "open_objection_window": _PLAN_DOCUMENT,
    "object_to_effectiveness": {"text": "六月的月报已按期公开，附网页截图"},
    "decide_effectiveness_objection": {
        "reason": "网页截图属实，按公开六个月计分",
        "document_no": "喀地财绩〔2022〕24号",
        "corrections": [{**_JUDGED, "aspect": "MONTHS", "score": "3"}],
    },
    "correct_effectiveness": {
        "reason": "复核发现监控得分漏计一个项目",
        "document_no": "喀地财绩〔2022〕31号",
        "corrections": [{**_JUDGED, "aspect": "MONITORING_SCORE", "score": "5.20"}],
    },
    "publish_effectiveness": _PLAN_DOCUMENT,
    "apply_effectiveness": {**_PLAN_DOCUMENT, "use": "作为下一年度绩效管理工作经费分配因素"},
}
_SUPERSEDED: Final = {
    "supersede_external_ranking": {
        **_RECORD["record_external_ranking"],
        "rank": 2,
        "document_no": "新财绩〔2021〕9号",
        "told_on": "2021-10-12",
        "replaces": "新财绩〔2021〕1号",
        "reason": "自治区更正通报",
    },
    "supersede_external_score": {
        **_RECORD["record_external_score"],
        "score": "96.10",
        "document_no": "新财农〔2021〕7号",
        "told_on": "2021-07-15",
        "replaces": "新财农〔2021〕2号",
        "reason": "自治区复核后调整",
    },
}
STANDING_EXAMPLES: Final[Mapping[str, Any]] = {**_RECORD, **_EFFECTIVENESS, **_SUPERSEDED}
