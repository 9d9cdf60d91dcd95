"""Every code of this service with its label in both languages."""

from typing import Final

from services.monitoring.api.key_fund_vocabulary import KEY_FUND_VOCABULARY

VOCABULARY: Final = {
    **KEY_FUND_VOCABULARY,
    "Level": {
        "NORMAL": ("正常", "Normal"),
        "BLUE": ("蓝色一般预警", "Blue: ordinary warning"),
        "RED": ("红色重要预警", "Red: important warning"),
    },
    "Reason": {
        "COMPLIANCE": ("疑似违规或虚假佐证", "Suspected misuse or falsified evidence"),
        "NOT_REPORTED": ("未按时填报", "Not reported in time"),
        "TARGET_UNREACHABLE": ("核心指标无法完成", "A core indicator cannot be reached"),
        "EXECUTION_SLOW": ("执行进度严重滞后", "Execution far behind"),
        "GOAL_SLOW": ("目标实现严重滞后", "Goals far behind"),
        "MISMATCH": ("执行与目标严重不匹配", "Money and goals far apart"),
        "IDLE": ("资金闲置", "Money lies idle"),
        "EXECUTION_BEHIND": ("执行进度滞后", "Execution behind"),
        "GOAL_BEHIND": ("目标实现滞后", "Goals behind"),
        "MISMATCH_MINOR": ("执行与目标不够匹配", "Money and goals apart"),
        "UNCERTAIN": ("核心指标可能无法完成", "A core indicator is uncertain"),
    },
    "Likelihood": {
        "CERTAIN": ("确定能", "Certain"),
        "POSSIBLE": ("有可能", "Possible"),
        "IMPOSSIBLE": ("完全不可能", "Impossible"),
    },
    "DeviationCause": {
        "FUNDING": ("经费保障", "Funding"),
        "INSTITUTION": ("制度保障", "Institutions"),
        "STAFF": ("人员保障", "Staff"),
        "HARDWARE": ("硬件条件保障", "Equipment"),
        "OTHER": ("其他", "Other"),
    },
    "Source": {
        "PRE_ANALYSIS": ("提前分析", "Pre-analysis"),
        "NODE": ("监控节点", "Monitoring node"),
        "DAILY": ("日常监控", "Daily monitoring"),
        "AUDIT": ("审计", "Audit"),
        "PUBLIC": ("社会监督", "The public"),
    },
    "Stage": {
        "PLANNED": ("已安排", "Planned"),
        "PRE_ANALYSIS": ("提前分析", "Pre-analysis"),
        "COLLECTING": ("填报中", "Collecting"),
        "REVIEWING": ("审核中", "Reviewing"),
        "SCORED": ("已评分", "Scored"),
        "CLOSED": ("已结束", "Closed"),
    },
    "RecordStatus": {
        "AWAITED": ("待填报", "Awaited"),
        "SUBMITTED": ("已提交", "Submitted"),
        "RETURNED": ("已退回", "Returned"),
        "SCORED": ("已评分", "Scored"),
        "MISSED": ("逾期未报", "Missed"),
    },
    "WarningStatus": {
        "RAISED": ("已生成", "Raised"),
        "PUSHED": ("已推送", "Pushed"),
        "LETTER_DRAFT": ("告知函拟稿", "Letter drafted"),
        "ISSUED": ("告知函已发", "Letter issued"),
        "ACKNOWLEDGED": ("已签收", "Acknowledged"),
        "RECTIFYING": ("整改中", "Rectifying"),
        "VERIFYING": ("核验中", "Verifying"),
        "VERIFIED": ("核验通过", "Verified"),
        "ESCALATED": ("已升级", "Escalated"),
        "MEASURED": ("已采取措施", "Measured"),
        "CLOSED": ("已销号", "Closed"),
        "CANCELLED": ("已撤销", "Cancelled"),
    },
    "WarningOutcome": {
        "VERIFIED": ("整改核验通过", "Verified"),
        "MEASURED": ("已采取措施", "Measures taken"),
        "CANCELLED": ("撤销", "Cancelled"),
    },
    "Step": {
        "ACKNOWLEDGE": ("签收", "Acknowledge"),
        "PLAN": ("整改方案", "Plan"),
        "FINISH": ("完成整改", "Finish"),
    },
    "Measure": {
        "TALK": ("约谈", "Formal talk"),
        "CIRCULAR": ("通报", "Circular"),
        "SUSPEND_PAYMENT": ("暂停拨付", "Suspend payment"),
        "FUND_ADJUSTMENT": ("资金调整", "Fund adjustment"),
        "ACCOUNTABILITY": ("问责", "Accountability"),
    },
    "AdjustmentKind": {
        "INTERNAL_TRANSFER": ("调剂", "Transfer inside a unit"),
        "REDUCTION": ("调减", "Reduction"),
        "INCREASE": ("追加", "Increase"),
        "SUSPENSION": ("暂停拨付", "Suspension"),
        "RECALL_IN_YEAR": ("当年收回", "Recall in the year"),
    },
    "AdjustmentStatus": {
        "PROPOSED": ("已提出", "Proposed"),
        "EXECUTED": ("已执行", "Executed"),
        "REFUSED": ("未同意", "Refused"),
    },
    "Account": {
        "TREASURY": ("国库", "Treasury"),
        "APPROPRIATED": ("可用指标", "Available quota"),
        "FROZEN": ("冻结", "Frozen"),
        "PAID": ("已支付", "Paid"),
        "RETURNED": ("已退回", "Returned"),
        "WITHDRAWN": ("已收回", "Withdrawn"),
    },
    "BreakKind": {
        "BEYOND_AVAILABLE": ("超可用指标支付", "Payment beyond available quota"),
        "AMOUNT_MISMATCH": ("金额不符", "Amount differs"),
        "UNMATCHED_EXTERNAL": ("无对应支付", "No such payment"),
        "LATE_RETURN": ("跨年退回", "Return after the year"),
        "BUDGET_BELOW_QUOTA": ("预算低于已下达指标", "Budget below issued quota"),
    },
    "BreakResolution": {
        "BOOKED": ("补记", "Booked"),
        "REJECTED": ("退回", "Rejected"),
    },
}
