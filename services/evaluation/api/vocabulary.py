"""Every code of this service in both languages."""

from typing import Final

from services.evaluation.api.evaluation_vocabulary import EVALUATION_VOCABULARY
from services.evaluation.api.self_evaluation_vocabulary import SELF_EVALUATION_VOCABULARY
from services.evaluation.api.standing_vocabulary import STANDING_VOCABULARY

VOCABULARY: Final = {
    **EVALUATION_VOCABULARY,
    **STANDING_VOCABULARY,
    "Grade": {
        "EXCELLENT": ("优", "excellent"),
        "GOOD": ("良", "good"),
        "FAIR": ("中", "fair"),
        "POOR": ("差", "poor"),
    },
    "Kind": {"DEPARTMENT": ("部门评价", "department"), "FINANCE": ("财政评价", "finance")},
    "Subject": {"BUDGET_UNIT": ("预算单位", "budget unit"), "COUNTY": ("县市", "county")},
    "Attainment": {
        "MET": ("达成年度指标", "met"),
        "PARTLY": ("部分达成", "partly met"),
        "NOT": ("未达成", "not met"),
    },
    "CauseCode": {
        "FUNDING": ("经费保障", "funding"),
        "INSTITUTION": ("制度保障", "institution"),
        "STAFF": ("人员保障", "staff"),
        "HARDWARE": ("硬件条件保障", "hardware"),
        "MANAGEMENT": ("管理原因", "management"),
        "TARGET_TOO_LOW": ("目标值偏低", "target too low"),
        "POLICY_EXPANSION": ("政策扩面", "policy expansion"),
        "PRICE_FALL": ("价格下降", "price fall"),
        "EXTRA_FUNDING": ("追加资金", "extra funding"),
        "FORCE_MAJEURE": ("不可抗力", "force majeure"),
        "OTHER": ("其他", "other"),
    },
    "Finding": {
        "ARITHMETIC": ("计算不符", "arithmetic"),
        "GOAL_OVER_EXECUTION": ("目标完成高于执行", "goals claimed over money spent"),
        "LOW_EXECUTION": ("执行率偏低", "low execution"),
        "PERFECT_SCORE": ("全部满分", "perfect score"),
        "LOW_TARGET": ("目标值偏低", "low target"),
        "MISSING_EVIDENCE": ("缺少印证资料", "missing evidence"),
        "DODGED_CAUSE": ("回避核心问题", "dodged cause"),
        "COPY_PASTE": ("文字雷同", "copied text"),
        "MAGNITUDE": ("数值量级异常", "off by ten thousand"),
        "NO_BUDGET": ("无预算（数据错误）", "no budget (data error)"),
        "PAID_OVER_BUDGET": ("支付超预算（完整性告警）", "paid over budget (integrity alarm)"),
    },
    "Inflation": {
        "NONE": ("无虚高", "none"),
        "ATTENTION": ("关注", "attention"),
        "INFLATED": ("虚高", "inflated"),
        "SERIOUS": ("严重虚高", "serious"),
    },
    "Route": {
        "QUOTA_WITHDRAWAL": ("收回指标", "quota withdrawal"),
        "CURRENT_YEAR_REFUND": ("当年支出退回", "current-year refund"),
        "PRIOR_YEAR_PAYMENT": ("缴回结余资金", "prior-year payment"),
    },
    "LinkageStatus": {
        "COMPUTED": ("已测算", "computed"),
        "NOTIFIED": ("已告知", "notified"),
        "ANSWERED": ("已答复", "answered"),
        "UNANSWERED": ("逾期未答复", "unanswered"),
        "CONFIRMED": ("已确认", "confirmed"),
        "APPLIED": ("已用于预算", "applied to the budget"),
        "VERIFIED": ("已核对", "verified"),
        "BREACHED": ("超出上限", "breached"),
        "CLOSED": ("已办结", "closed"),
    },
    "Exemption": {
        "STATUTORY": ("法定支出", "statutory spending"),
        "EMERGENCY": ("应急支出", "emergency spending"),
        "ASSIGNED_FROM_ABOVE": ("上级指定项目", "assigned from above"),
    },
    "DuplicateKind": {
        "OVERLAP": ("交叉重复", "overlap"),
        "FRAGMENTED": ("碎片化", "fragmented"),
    },
    "Disposition": {
        "PRIORITISE": ("优先保障", "guaranteed first"),
        "RECTIFY": ("督促整改", "to be put right"),
        "RESTRUCTURE": ("调整归并", "adjusted or merged"),
        "CUT_OR_CANCEL": ("削减或取消", "cut or cancelled"),
    },
    "RecoveryReason": {
        "RED_NOT_CURED": ("红色预警未纠偏", "red warning not cured"),
        "LOW_EXECUTION": ("执行率偏低", "low execution"),
        "UNSPENT_WITHOUT_CONTRACT": ("未支出且无合同", "unspent without contract"),
        "INEFFECTIVE": ("无效", "ineffective"),
        "SURPLUS": ("结余", "surplus"),
    },
    "Rung": {
        "REMINDER": ("提醒函", "reminder"),
        "TALK": ("约谈", "talk"),
        "CIRCULAR": ("通报", "circular"),
        "BUDGET_MEASURE": ("预算措施", "budget measure"),
        "PRIORITY_LOST": ("取消优先", "priority lost"),
        "TRANSFER": ("移送", "transfer"),
    },
    **SELF_EVALUATION_VOCABULARY,
}
