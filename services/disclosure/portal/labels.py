"""Codes of all four services as readers know them, in both languages.

Disclosure's own are those of its vocabulary; the others came with the words it heard, and
their names are those that their service gives them in `GET /v1/vocabulary`.
"""

from collections.abc import Mapping
from typing import Final

from services.disclosure.api.vocabulary import VOCABULARY, Labels
from shared.http.language import Language

HEARD: Final[Mapping[str, Labels]] = {
    "Grade": {
        "EXCELLENT": ("优", "Excellent"),
        "GOOD": ("良", "Good"),
        "FAIR": ("中", "Fair"),
        "POOR": ("差", "Poor"),
    },
    "Level": {
        "NORMAL": ("正常", "Normal"),
        "BLUE": ("蓝色一般预警", "Blue: ordinary warning"),
        "RED": ("红色重要预警", "Red: important warning"),
    },
    "Source": {
        "PRE_ANALYSIS": ("提前分析", "Pre-analysis"),
        "NODE": ("监控节点", "Monitoring node"),
        "DAILY": ("日常监控", "Daily monitoring"),
        "AUDIT": ("审计", "Audit"),
        "PUBLIC": ("社会监督", "The public"),
    },
    "WarningOutcome": {
        "VERIFIED": ("整改核验通过", "Verified"),
        "MEASURED": ("已采取措施", "Measures taken"),
        "CANCELLED": ("撤销", "Cancelled"),
    },
    "Conclusion": {
        "INCLUDED": ("纳入预算安排", "Included in the budget"),
        "NOT_ARRANGED": ("不予安排", "Not arranged"),
    },
    "ReductionKind": {
        "NONE": ("未核减", "Nothing cut"),
        "PARTIAL_CUT": ("部分核减", "Partial cut"),
        "REJECTED_PROJECT": ("不予立项", "Project rejected"),
    },
    "EvaluationKind": {
        "DEPARTMENT": ("部门评价", "Department evaluation"),
        "FINANCE": ("财政评价", "Finance evaluation"),
    },
    "Route": {
        "QUOTA_WITHDRAWAL": ("收回指标", "Quota withdrawal"),
        "CURRENT_YEAR_REFUND": ("当年支出退回", "Refund of this year's spending"),
        "PRIOR_YEAR_PAYMENT": ("缴回结余资金", "Return of a surplus"),
    },
    "RecoveryReason": {
        "RED_NOT_CURED": ("红色预警未纠偏", "Red warning not cured"),
        "LOW_EXECUTION": ("执行率偏低", "Low execution"),
        "UNSPENT_WITHOUT_CONTRACT": ("未支出且无合同", "Unspent, without a contract"),
        "INEFFECTIVE": ("无效", "Ineffective"),
        "SURPLUS": ("结余", "Surplus"),
    },
    "RecoveryStatus": {
        "APPROVED": ("已批准，待入账", "Approved, not yet booked"),
        "BOOKED": ("已入账", "Booked"),
        "FAILED": ("未能收回", "Failed"),
    },
    "Level1": {
        "COST": ("成本指标", "Cost"),
        "OUTPUT": ("产出指标", "Output"),
        "BENEFIT": ("效益指标", "Benefit"),
        "SATISFACTION": ("满意度指标", "Satisfaction"),
    },
    "Level2": {
        "QUANTITY": ("数量指标", "Quantity"),
        "QUALITY": ("质量指标", "Quality"),
        "TIMELINESS": ("时效指标", "Timeliness"),
        "COST": ("成本指标", "Cost"),
        "ECONOMIC_COST": ("经济成本指标", "Economic cost"),
        "SOCIAL_COST": ("社会成本指标", "Social cost"),
        "ECOLOGICAL_COST": ("生态环境成本指标", "Ecological cost"),
        "ECONOMIC": ("经济效益指标", "Economic benefit"),
        "SOCIAL": ("社会效益指标", "Social benefit"),
        "ECOLOGICAL": ("生态效益指标", "Ecological benefit"),
        "SUSTAINABILITY": ("可持续影响指标", "Sustainability"),
        "RECIPIENTS": ("服务对象满意度指标", "Satisfaction of recipients"),
    },
    "Finding": {
        "ARITHMETIC": ("计算不符", "Arithmetic"),
        "GOAL_OVER_EXECUTION": ("目标完成高于执行", "Goals claimed over money spent"),
        "LOW_EXECUTION": ("执行率偏低", "Low execution"),
        "PERFECT_SCORE": ("全部满分", "Perfect score"),
        "LOW_TARGET": ("目标值偏低", "Low target"),
        "MISSING_EVIDENCE": ("缺少印证资料", "Missing evidence"),
        "DODGED_CAUSE": ("回避核心问题", "Dodged cause"),
        "COPY_PASTE": ("文字雷同", "Copied text"),
        "MAGNITUDE": ("数值量级异常", "Magnitude"),
        "NO_BUDGET": ("无预算（数据错误）", "No budget (data error)"),
        "PAID_OVER_BUDGET": ("支付超预算（完整性告警）", "Paid over budget (integrity alarm)"),
    },
    "CauseCode": {
        "FUNDING": ("经费保障", "Funding"),
        "INSTITUTION": ("制度保障", "Institution"),
        "STAFF": ("人员保障", "Staff"),
        "HARDWARE": ("硬件条件保障", "Hardware"),
        "MANAGEMENT": ("管理原因", "Management"),
        "TARGET_TOO_LOW": ("目标值偏低", "Target too low"),
        "POLICY_EXPANSION": ("政策扩面", "Policy expansion"),
        "PRICE_FALL": ("价格下降", "Price fall"),
        "EXTRA_FUNDING": ("追加资金", "Extra funding"),
        "FORCE_MAJEURE": ("不可抗力", "Force majeure"),
        "OTHER": ("其他", "Other"),
    },
    "Settlement": {
        "CORRECTED": ("已更正", "Corrected"),
        "KEPT_WITH_FINDING": ("保留，注明问题", "Kept, with the finding"),
    },
    "Operator": {
        ">=": ("≥", "≥"),
        "<=": ("≤", "≤"),
        "=": ("=", "="),
    },
    "Missing": {
        "EX_ANTE": ("缺少事前绩效评估", "No assessment before"),
        "TARGET": ("缺少绩效目标", "No performance target"),
        "PAYMENTS": ("尚无资金支付", "Nothing was paid"),
        "WARNINGS": ("预警尚未办结", "A warning is open"),
        "NEXT_BUDGET": ("结果尚未应用于预算", "No budget follows the result"),
        "SELF_EVALUATION": ("缺少绩效自评", "No self-evaluation"),
        "DISCLOSURE": ("尚有应公开未公开事项", "Something is owed to the public"),
    },
    "Library": {
        "XJ_INDUSTRY": ("自治区行业指标库", "Indicators by industry"),
        "XJ_MODEL_CASE": ("自治区优质案例库", "Model cases"),
        "KS_CORE": ("喀什核心指标库", "Core indicators"),
    },
    "Scheme": {"XJ_COMPREHENSIVE": ("全疆综合评价考核", "Comprehensive appraisal of Xinjiang")},
    "RankedKind": {
        "BUDGET_UNIT": ("预算单位", "Budget units"),
        "COUNTY": ("县市", "Counties"),
    },
    "RankedLevel": {
        "region": ("地区", "Prefecture"),
        "county": ("县市", "County"),
    },
    "Fund": {"RURAL_LINKAGE": ("乡村振兴衔接资金", "Rural linkage fund")},
    "ScoreKind": {
        "SELF_EVAL_REVIEW": ("自评审核", "Review of self-evaluations"),
        "TARGET_REVIEW": ("绩效目标审核", "Review of targets"),
    },
    "Origin": {
        "OFFICIAL": ("正式数据", "Official"),
        "SYNTHETIC": ("演示数据 SYNTHETIC", "Generated, SYNTHETIC"),
    },
    "LetterState": {
        "OVERDUE": ("逾期未办结", "Overdue"),
        "RUNNING": ("整改期内", "Term running"),
        "CLOSED": ("已办结", "Closed"),
    },
    "Only": {"true": ("是", "Yes")},
    "Truth": {"True": ("是", "Yes"), "False": ("否", "No")},
    "FigureUnit": {
        "rank": ("位", "rank"),
        "counties": ("个县市", "counties"),
        "documents": ("项", "documents"),
        "ratio": ("", ""),
        "units": ("个单位", "units"),
        "projects": ("个项目", "projects"),
        "CNY": ("", ""),
        "industries": ("个行业", "industries"),
        "indicators": ("条", "indicators"),
        "cases": ("个案例", "cases"),
        "classes": ("类", "classes"),
        "nodes": ("", ""),
        "dates": ("", ""),
        "levels": ("", ""),
        "points": ("分", "points"),
        "channels": ("", ""),
        "months": ("个月", "months"),
        "article-times": ("篇次", "article-times"),
        "articles": ("篇", "articles"),
        "sessions": ("场", "sessions"),
        "person-times": ("人次", "person-times"),
        "ideas": ("个", "ideas"),
    },
}
ALL: Final[Mapping[str, Labels]] = {**HEARD, **VOCABULARY}


def renamed(kind: str, chinese: str, language: Language) -> str:
    """What is told by its Chinese name, in the reader's language."""
    names = (one for one in ALL.get(kind, {}).values() if one[0] == chinese)
    return next(names, (chinese, chinese))[language is Language.EN]


def label_of(kind: str, code: str | None, language: Language) -> str:
    """What a code is called; a dash for none, and the code itself where it is new."""
    if code is None or code == "":
        return "—"
    names = ALL.get(kind, {}).get(code)
    return code if names is None else names[language is Language.EN]
