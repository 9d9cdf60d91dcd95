"""The codes of places, duties and clocks in Chinese and English."""

from typing import Final

from shared.http.vocabulary import Vocabulary

DUTY_WORDS: Final[Vocabulary] = {
    "Step": {
        "EX_ANTE": ("事前绩效评估", "Ex-ante assessment"),
        "TARGET": ("绩效目标", "Performance target"),
        "MONITOR_M05": ("5月绩效监控", "Monitoring at the end of May"),
        "MONITOR_M08": ("8月绩效监控", "Monitoring at the end of August"),
        "SELF_EVAL": ("单位自评", "Self-evaluation"),
        "RECTIFY": ("整改", "Rectification"),
        "DISCLOSE": ("公开", "Disclosure"),
    },
    "Desk": {
        "BUSINESS": ("业务科室", "Business office"),
        "FINANCE": ("财务科室", "Finance office"),
        "HEAD": ("单位负责人", "Head of the unit"),
        "DEPARTMENT": ("主管部门", "Department"),
        "BUREAU": ("财政部门", "Finance bureau"),
    },
    "Lateness": {
        "IN_TIME": ("正常", "In time"),
        "REMINDER": ("提醒", "Reminder to the head"),
        "LISTED": ("通报", "Listed in the monthly circular"),
    },
    "ReturnReason": {
        "COMPLETENESS": ("完整性不足", "Not complete"),
        "RELEVANCE": ("相关性不足", "Not relevant"),
        "APPROPRIATENESS": ("适当性不足", "Not appropriate"),
        "FEASIBILITY": ("可行性不足", "Not feasible"),
        "GRADED_FAIR": ("评级为中", "Graded fair"),
        "GOAL_UNCLEAR": ("目标不明确", "Goal unclear"),
        "INDICATOR_NOT_MEASURABLE": ("指标不可衡量", "Indicator cannot be measured"),
        "EVIDENCE_MISSING": ("缺少佐证材料", "Evidence missing"),
        "AMOUNT_UNFOUNDED": ("资金测算无依据", "Amount without a basis"),
        "AMOUNT_MISMATCH": ("资金与目标不匹配", "Amount does not match the target"),
        "COST_UNSTATED": ("成本指标缺失", "Cost not stated"),
        "SIGNATURE_WRONG": ("签字不符合要求", "Signature not in order"),
        "UNSTATED": ("未注明代码", "No code given"),
    },
    "TaskAction": {
        "WRITE": ("填报", "Write"),
        "CONFIRM": ("确认", "Confirm"),
        "SIGN": ("签字", "Sign"),
    },
    "RegionLevel": {
        "PROVINCE": ("省级", "Province level"),
        "PREFECTURE": ("地级", "Prefecture level"),
        "COUNTY": ("县级", "County level"),
        "SUBDISTRICT": ("街道", "Subdistrict"),
        "TOWN": ("镇", "Town"),
        "TOWNSHIP": ("乡", "Township"),
        "OTHER": ("其他乡级单位", "Other unit at township level"),
    },
    "OfficeHeld": {
        "REGION_LEADER": ("地区负责人", "Leader of a region"),
        "SECTION_CHIEF": ("科室负责人", "Chief of a section"),
        "BUSINESS": ("业务科室负责人", "Head of a unit's business office"),
        "FINANCE": ("财务科室负责人", "Head of a unit's finance office"),
        "HEAD": ("单位负责人", "Head of a unit"),
    },
}
