"""The codes of key funds with their labels in both languages."""

from typing import Final

KEY_FUND_VOCABULARY: Final = {
    "DirectFundFlag": {
        "01": ("中央直达资金", "Central direct funds"),
        "02": ("中央参照直达资金", "Treated as central direct funds"),
        "09": ("其他", "Other"),
    },
    "FundKind": {
        "GENERAL": ("一般性转移支付（30日）", "General transfer (30 days)"),
        "SPECIAL": ("专项转移支付（60日）", "Special transfer (60 days)"),
    },
    "RecipientKind": {"COUNTY": ("县市", "County"), "UNIT": ("预算单位", "Budget unit")},
    "FundStep": {"ALLOCATE": ("分配", "Allocate"), "ISSUE": ("下达", "Issue")},
    "BatchStatus": {
        "RECEIVED": ("已接收", "Received"),
        "ALLOCATING": ("分配中", "Partly allocated"),
        "ALLOCATED": ("已分配", "Allocated"),
        "ISSUED": ("已下达", "Issued"),
    },
    "FindingLevel": {
        "RED": ("红色", "Red"),
        "YELLOW": ("黄色", "Yellow"),
        "BLUE": ("蓝色", "Blue"),
    },
    "FindingKind": {
        "NOT_ALLOCATED": ("超期未分配", "Not allocated in time"),
        "NOT_ISSUED": ("超期未下达", "Not issued in time"),
        "PAID_TWICE": ("疑似重复发放", "Suspected double payment"),
        "MISUSED": ("疑似挤占挪用", "Suspected misuse"),
        "NOT_PROVED": ("受益对象未佐证", "Beneficiaries not proved"),
        "OTHER": ("其他", "Other"),
    },
    "FindingStatus": {
        "SUSPECTED": ("疑点", "Suspected"),
        "JUDGED_NORMAL": ("认定正常", "Judged normal"),
        "JUDGED_VIOLATION": ("认定违规", "Judged a violation"),
        "RECTIFIED": ("已整改", "Rectified"),
        "CLOSED": ("已销号", "Closed"),
    },
    "Judgement": {"NORMAL": ("正常", "Normal"), "VIOLATION": ("违规", "Violation")},
    "PayeeKind": {"PERSON": ("个人", "Person"), "ENTERPRISE": ("企业", "Enterprise")},
    "Counting": {"HOUSEHOLD": ("按户", "By household"), "PERSON": ("按人", "By person")},
    "RevealPurpose": {
        "AUDIT": ("审计核查", "Audit"),
        "FINDING": ("疑点核实", "Checking a finding"),
        "COMPLAINT": ("群众申诉", "Complaint"),
        "RECOVERY": ("资金追回", "Recovery"),
    },
    "LinkageKind": {
        "INDUSTRY": ("产业", "Industry"),
        "INFRASTRUCTURE": ("基础设施", "Infrastructure"),
        "EMPLOYMENT": ("就业", "Employment"),
        "RESETTLEMENT": ("易地搬迁后扶", "After resettlement"),
        "OTHER": ("其他", "Other"),
    },
    "IndustryStage": {
        "PLAN": ("计划", "Plan"),
        "APPLICATION": ("申报", "Application"),
        "REVIEW": ("评审", "Review"),
        "PUBLICITY": ("公示", "Public notice"),
        "ALLOCATION": ("分配", "Allocation"),
        "PAYMENT": ("拨付企业", "Payment to the enterprise"),
        "INSPECTION": ("使用检查", "Inspection of use"),
        "EFFECT": ("效益", "Effect"),
        "EVALUATION": ("评价", "Evaluation"),
        "RECOVERY": ("收回", "Recovery"),
    },
    "IndustryOutcome": {
        "OPEN": ("办理中", "Open"),
        "REFUSED": ("未通过评审", "Not passed"),
        "ACHIEVED": ("达到条件", "Conditions met"),
        "RECOVERED": ("已收回", "Recovered"),
    },
}
