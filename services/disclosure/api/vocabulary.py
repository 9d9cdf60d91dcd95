"""Every code of disclosure with its label in both languages."""

from collections.abc import Mapping
from typing import Final

from services.disclosure.api.library_words import LIBRARY_VOCABULARY

type Labels = Mapping[str, tuple[str, str]]

VOCABULARY: Final[Mapping[str, Labels]] = {
    "Channel": {
        "WITH_BUDGET": ("随部门预算同步公开", "With the departmental budget"),
        "WITH_FINAL_ACCOUNTS": ("随部门决算同步公开", "With the final accounts"),
        "KEY_EVALUATION": ("财政重点评价单独公开", "Key evaluations, by themselves"),
        "MONTHLY": ("日常绩效工作每月一公开", "Daily work, every month"),
    },
    "ItemKind": {
        "TARGET": ("绩效目标", "Performance target"),
        "SELF_EVALUATION": ("绩效自评结果", "Self-evaluation"),
        "FINANCE_REPORT": ("财政评价报告", "Report of a finance evaluation"),
        "EX_ANTE_REPORT": ("事前评估报告", "Ex-ante report"),
        "DEPARTMENT_REPORT": ("部门评价报告", "Report of a department evaluation"),
        "MONITORING_SUMMARY": ("绩效运行监控情况", "Summary of a monitoring round"),
        "RECOVERY_SUMMARY": ("资金收回情况", "Summary of recoveries"),
        "CUT_SUMMARY": ("预算调减情况", "Summary of budget cuts"),
        "CIRCULAR": ("绩效管理通报", "Circular"),
        "RANKING": ("实效评价排名", "Ranking"),
        "BENEFICIARIES": ("惠民惠企受益情况", "What reached beneficiaries"),
    },
    "ItemStatus": {
        "OWED": ("应公开", "Owed"),
        "PREPARED": ("已编制", "Prepared"),
        "REVIEWED": ("已通过保密审查", "Secrecy reviewed"),
        "PUBLISHED": ("已公开", "Published"),
        "WITHHELD": ("依法不予公开", "Withheld"),
        "ARCHIVED": ("已归档", "On file"),
    },
    "Protection": {
        "STATE_SECRET": ("国家秘密", "State secrets"),
        "STATE_SECURITY": ("国家安全、公共安全、经济安全、社会稳定", "Security and stability"),
        "COMMERCIAL_SECRET": ("商业秘密", "Commercial secrets"),
        "PERSONAL_PRIVACY": ("个人隐私", "Privacy"),
    },
    "ReplyKind": {
        "BUDGET": ("部门预算批复", "Reply to the budget"),
        "FINAL_ACCOUNTS": ("部门决算批复", "Reply to the final accounts"),
    },
    "RepliedBy": {
        "FINANCE": ("财政部门批复部门", "Finance to the department"),
        "DEPARTMENT": ("部门批复所属单位", "The department to its units"),
    },
    "Trace": {
        "IDENTITY_NUMBER": ("居民身份证号码", "Identity number"),
        "MOBILE_NUMBER": ("手机号码", "Mobile number"),
        "BANK_ACCOUNT": ("银行账号", "Bank account"),
    },
    "Layer": {
        "ONE": ("“1”：总纲", "1: the general document"),
        "TWO": ("“2”：两大范畴", "2: the two fields"),
        "N": ("“N”：配套办法", "N: the rules of the steps"),
    },
    "Step": {
        "EX_ANTE": ("事前绩效评估", "Ex-ante assessment"),
        "TARGET": ("绩效目标管理", "Performance targets"),
        "EXECUTION": ("预算执行", "Budget execution"),
        "MONITORING": ("绩效运行监控", "Monitoring"),
        "RECTIFICATION": ("预警纠偏", "Warning and correction"),
        "ADJUSTMENT": ("资金与目标调整", "Adjustment of money and targets"),
        "KEY_FUND": ("重点资金绩效管理", "Key funds"),
        "EVALUATION": ("绩效评价", "Evaluation"),
        "EFFECTIVENESS": ("实效评价", "Effectiveness evaluation"),
        "RESULT_APPLICATION": ("结果应用", "Application of results"),
        "DISCLOSURE": ("绩效信息公开", "Disclosure"),
        "ACCOUNTABILITY": ("绩效问责", "Accountability"),
    },
    "TrainingChannel": {
        "FACE_TO_FACE": ("面对面", "Face to face"),
        "VIDEO_CONFERENCE": ("视频会议", "Video conference"),
        "TENCENT_MEETING": ("腾讯会议", "Tencent Meeting"),
        "ON_SITE": ("上门服务", "On-site service"),
        "LIVE_STREAM": ("网络直播", "Live stream"),
        "ONLINE_COURSE": ("网络课程", "Online course"),
        "OTHER": ("其他", "Other"),
    },
    "PressLevel": {
        "MINISTRY": ("财政部及中国财经报", "Ministry of Finance and its newspaper"),
        "REGION": ("财政厅", "Finance department of the region"),
        "LOCAL_MEDIA": ("地方媒体", "Local media"),
    },
    "OpenItem": {
        "WARNING_OPEN": ("未办结预警", "Warning without an end"),
        "LETTER_OPEN": ("未核实整改的告知函", "Letter whose cure was not verified"),
        "FINDING_OPEN": ("未办结的资金核查", "Finding without an end"),
        "CUT_NOT_WRITTEN": ("尚未写入预算的调减", "Cut not written into a budget"),
        "ADJUSTMENT_OPEN": ("未办结的资金调整", "Adjustment without an end"),
        "DISCLOSURE_OWED": ("未到期未公开", "Disclosure owed, not due yet"),
        "RECOVERY_NOT_BOOKED": ("未入账收回", "Recovery not booked"),
        "DISCLOSURE_OVERDUE": ("逾期未公开", "Disclosure overdue"),
        "BULLETIN_OVERDUE": ("月报逾期", "Monthly bulletin overdue"),
        "TARGET_MISSING": ("未设绩效目标", "Project without a target"),
        "SELF_EVALUATION_MISSING": ("未开展自评", "Project without a self-evaluation"),
    },
    **LIBRARY_VOCABULARY,
}
