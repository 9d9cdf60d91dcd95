"""English of the pages of a project, of an item, and of search."""

from collections.abc import Mapping
from typing import Final

PROJECTS: Final[Mapping[str, str]] = {
    "项目全过程": "The life of the project",
    "事前评估": "Ex-ante",
    "绩效目标": "Target",
    "监控预警": "Watching",
    "绩效评价": "Evaluation",
    "结果应用": "Results",
    "已完成": "done",
    "办理中": "open",
    "缺失": "missing",
    "链条缺失": "Missing links:",
    "为什么": "Why",
    "规则来源": "Source of the rule",
    "规则集版本": "Version of the rule set",
    "未注明": "not told",
    "一、事前评估": "1. Ex-ante assessment",
    "得分": "Score",
    "等级": "Grade",
    "结论": "Conclusion",
    "申请金额（元）": "Requested (CNY)",
    "核减金额（元）": "Cut (CNY)",
    "核定金额（元）": "Accepted (CNY)",
    "评估日": "Assessed",
    "本项目没有事前绩效评估记录（仅新增、重大项目需要）。": (
        "No ex-ante assessment (only new and major projects need one)."
    ),
    "二、绩效目标": "2. Performance target",
    "目标版本": "Version of the target",
    "最近调整": "Last adjusted",
    "绩效指标": "Indicators",
    "一级指标": "Level 1",
    "二级指标": "Level 2",
    "三级指标": "Indicator",
    "指标值": "Target value",
    "绩效指标在该事项公开后显示。": "The indicators are shown when the target is published.",
    "尚未批复绩效目标。": "No target has been approved.",
    "未安排预算，不需要绩效目标。": "Not in the budget, so no target is needed.",
    "项目已终止，不再需要绩效目标。": "Given up, so no target is needed any more.",
    "终止日": "Given up on",
    "三、资金执行": "3. Money",
    "现行指标": "Quota",
    "退回（元）": "Returned (CNY)",
    "收回指标（元）": "Quota withdrawn (CNY)",
    "支付笔数": "Payments",
    "尚无指标或支付记录。": "No quota and no payment yet.",
    "四、监控预警": "4. Monitoring and warnings",
    "监控结果": "Monitoring",
    "监控节点": "Node",
    "执行进度": "Money progress",
    "目标实现程度": "Goal progress",
    "尚无监控结果。": "Not monitored yet.",
    "预警与告知函": "Warnings and letters",
    "整改期限": "To be cured by",
    "未办结": "open",
    "五、绩效评价": "5. Evaluation",
    "单位自评得分": "Score by the unit",
    "系统重算得分": "Score recomputed",
    "最终得分": "Final score",
    "认定日": "Accepted",
    "更正日": "Corrected",
    "发现问题": "Findings",
    "尚无绩效自评。": "No self-evaluation yet.",
    "结论日": "Concluded",
    "六、结果应用": "6. Use of results",
    "收回": "Recovered",
    "同类型项目": "Similar project",
    "调减": "cut by",
    "没有收回资金，也没有因本项目调减的预算。": (
        "No money was recovered, and no budget was cut because of it."
    ),
    "七、信息公开": "7. Disclosure",
    "事项": "Item",
    "应公开日": "Due",
    "公开日": "Published",
    "尚无应公开事项。": "Nothing is owed to the public yet.",
    "依法不予公开": "Lawfully withheld.",
    "依据": "Basis",
    "决定机关": "Authority",
    "至": "until",
    "事项编号": "Item",
    "内容摘要（SHA-256）": "Digest of the content (SHA-256)",
    "在公开日志中的序号": "Numbers in the public log",
    "点击序号核验该条记录是否在签名日志之内。": "follow one to verify it.",
    "公开内容": "What is told",
    "该事项尚未公开，或依法不予公开。": "Not published yet, or lawfully withheld.",
    "更正记录": "Corrections",
    "字段": "Field",
    "更正前": "Before",
    "更正后": "After",
    "没有找到": "Nothing was found for",
    "搜索结果": "Results for",
    "输入项目、单位、地区、制度的名称或编号；多个词以空格分开，两个字即可。": (
        "Name or code of a project, unit, region or rule; spaces between words, two characters"
        " are enough."
    ),
    "可以减少字数，或改用编号、单位名称。": "Try fewer characters, a code, or the unit's name.",
    "制度": "Policies",
    # Explanations
    "事前评估等级": "Ex-ante grade",
    "核定金额": "Amount accepted",
    "自评最终得分": "Final score",
    "自评等级": "Grade of the self-evaluation",
    "下一年度预算调减": "Cut in the next budget",
    "得分四舍五入到两位小数，90、80、60 分为优、良、中的下限；“中”“差”不予安排预算。": (
        "The score is rounded half up to two decimals; 90, 80 and 60 are the inclusive lower"
        " bounds of excellent, good and fair. Fair and poor are not budgeted."
    ),
    "得分四舍五入到两位小数，90、80、60 分为优、良、中的下限（含）。": (
        "The score is rounded half up to two decimals; 90, 80 and 60 are the inclusive lower"
        " bounds of excellent, good and fair."
    ),
    "核定金额 = 申请金额－核减金额": "Accepted = requested less cut",
    "指标执行率": "Quota execution",
    "实际支付（扣除退回）÷ 现行指标；收回的指标不计入，自评以批复预算为分母。": (
        "Paid (less returned) ÷ quota in force, without what was withdrawn; self-evaluations"
        " divide by the budget approved."
    ),
    "系统按指标权重和实际完成值重算自评得分；复核得分替代自评得分。": (
        "The score is recomputed from weights and actual values; a re-checked score replaces the"
        " unit's own."
    ),
    "评价结果较差的，对申请下一年度预算的同类型项目按等级调减。": (
        "Similar projects that apply for the next budget are cut by the grade of this one."
    ),
    "财预〔2020〕10号 第十八条": "Cai Yu [2020] No. 10, art. 18",
    "财预〔2020〕10号": "Cai Yu [2020] No. 10",
    "本地区规则集": "Rule set of the region",
    "其中已扣退回（元）": "less returned (CNY)",
    "调减比例": "Share cut",
}
