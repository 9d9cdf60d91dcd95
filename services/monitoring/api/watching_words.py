"""The codes of forecasts, exemptions, returns, judgements and dismissals in both languages."""

from typing import Final

from shared.http.vocabulary import Vocabulary

WATCHING_WORDS: Final[Vocabulary] = {
    "ForecastMethod": {
        "FILED": ("按单位支付计划", "By the unit's plan of payments"),
        "CONTRACTS": ("按合同应付款", "By what contracts make due"),
        "HISTORY": ("按同类项目往年进度", "By like projects of earlier years"),
        "LINEAR": ("按已支付线性外推", "In a straight line"),
    },
    "NodeExemption": {
        "RESEARCH": ("科研项目不作年中监控", "Research project left out for the year"),
        "SUSPENDED": ("项目暂停", "Project suspended"),
        "TERMINATED": ("项目终止", "Project given up"),
        "BEGAN_AFTER_CUT_OFF": ("节点后启动", "Began after the cut-off"),
    },
    "ReturnCode": {
        "INCOMPLETE": ("填报不完整", "Not complete"),
        "VALUE_DOUBTFUL": ("完成值存疑", "A value is doubtful"),
        "EVIDENCE_MISSING": ("缺少佐证材料", "Evidence missing"),
        "EVIDENCE_DOUBTFUL": ("佐证材料不符", "Evidence does not prove it"),
        "CAUSE_UNEXPLAINED": ("偏差原因不清", "A deviation is not explained"),
        "EXECUTION_DOUBTFUL": ("执行数存疑", "The money is doubtful"),
        "SIGNATURE_WRONG": ("签字不符合要求", "Signature not in order"),
    },
    "Aspect": {
        "TIMELINESS": ("及时性", "Timeliness"),
        "COMPLIANCE": ("合规性", "Compliance"),
        "EFFECTIVENESS": ("有效性", "Effectiveness"),
    },
    "Check": {
        "PROCUREMENT": ("政府采购", "Procurement"),
        "TENDERING": ("工程招投标", "Tendering"),
        "ACCEPTANCE": ("监理和验收", "Acceptance"),
        "ASSET": ("资产管理", "Assets"),
        "ACCOUNTING": ("会计核算", "Accounts"),
    },
    "Part": {
        "BUSINESS": ("业务科室", "Business office"),
        "FINANCE": ("财务科室", "Finance office"),
        "HEAD": ("单位负责人", "Head of the unit"),
    },
    "DismissalCode": {
        "DATA_WRONG": ("数据有误", "The data were wrong"),
        "RULE_UNFIT": ("规则不适用", "The rule does not fit"),
        "CURED_BEFORE": ("已自行整改", "Put right before any letter"),
        "DUPLICATE": ("重复预警", "Warned already"),
    },
}
