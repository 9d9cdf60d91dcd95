"""English of the lists: titles, leads, columns and filters."""

from collections.abc import Mapping
from typing import Final

LISTS: Final[Mapping[str, str]] = {
    "本年度全部项目；已批复绩效目标的项目构成“绩效目标设置”各项数字。": (
        "Every project of the year; those with an approved target make up the figures of targets."
    ),
    "本年度完成的事前绩效评估：评为“中”“差”的不予安排预算。": (
        "Assessments concluded in the year; fair and poor ones are not budgeted."
    ),
    "各项目在每个监控节点的“双监控”结果：预算执行进度与绩效目标实现程度。": (
        "Each project at each node: how far the money is, and how far the goals."
    ),
    "本年度的监控节点、提前分析日与完成情况。": (
        "The nodes of the year, the analyses before them, and what was done."
    ),
    "本年度推送的预警，自发出至销号。": "Warnings of the year, from issue to end.",
    "预警纠偏告知函": "Warning and correction letters",
    "《预警纠偏告知函》及其整改期限；到期未办结的列为逾期。": (
        "Letters with the day by which to cure; past that day without an end, they are overdue."
    ),
    "单位自评得分经系统重算、财政审核后的结果。": (
        "What units said of themselves, recomputed and reviewed."
    ),
    "部门与财政评价": "Department and finance evaluations",
    "部门评价与财政重点评价的结论。": "Conclusions of evaluations by others.",
    "本年度已入账的低效、无效资金收回。": "Idle and ineffective money, booked in the year.",
    "预算调减": "Budget cuts",
    "依据上一年度评价结果，对申请下一年度预算的同类型项目作出的调减。": (
        "Cuts of similar projects in the next budget, on the results of the year before."
    ),
    "本年度应公开的全部事项：已公开、依法不予公开与尚未公开的，一项不漏。": (
        "Everything owed to the public for the year: published, withheld and not yet told."
    ),
    "已举办的培训场次；人次不去重。": "Sessions held; who comes twice counts twice.",
    "本年度撰写的宣传稿件。": "Articles written in the year.",
    "宣传稿件被各级媒体采用的篇次；同一稿件被多家采用计多次。": (
        "Article-times: one article adopted by several outlets counts several times."
    ),
    "现行的绩效管理理念。": "Ideas that are declared.",
    "适用于本地区的指标库与案例库版本。": "Versions of the libraries that serve the region.",
    "上级考核位次": "Ranks given by superiors",
    "上级考核公布的位次，附来源文件；本系统只记录，不计算。": (
        "Ranks published by superiors, with their document; recorded, never computed."
    ),
    "上级对重点资金的审核得分，附来源文件。": (
        "Review scores of key funds given by superiors, with their document."
    ),
    "只看已设绩效目标": "Only with a target",
    "只看逾期未公开": "Only overdue",
    "只看重点稿件": "Only featured",
    "预警等级": "Level",
    "评价主体": "By whom",
    "媒体级别": "Level of the outlet",
    "库": "Library",
    "数据来源": "Origin",
    "自评得分": "Own score",
    "截止日": "Cut-off",
    "提前分析日": "Analysed before",
    "已审核": "Reviewed",
    "逾期未报": "Missed",
    "来源": "Source",
    "发出日": "Issued",
    "办结日": "Closed",
    "收回金额（元）": "Recovered (CNY)",
    "方式": "Way",
    "原因": "Reason",
    "入账日": "Booked",
    "申请项目": "Application",
    "其等级": "Its grade",
    "调减金额（元）": "Cut (CNY)",
    "确认日": "Confirmed",
    "主题": "Topic",
    "形式": "Channel",
    "日期": "Day",
    "单位数": "Units",
    "人次": "Person-times",
    "标题": "Title",
    "作者": "Author",
    "重点稿件": "Featured",
    "稿件": "Article",
    "媒体": "Outlet",
    "采用日": "Adopted",
    "理念": "Idea",
    "英文": "English",
    "提出日": "Declared",
    "类别数": "Classes",
    "条目数": "Entries",
    "位次不低于": "Rank at most",
    "审核": "Review",
    "资金": "Fund",
    "资金年度": "Year of the fund",
    "范围": "Scope",
    "全地区": "With all below",
    "仅本级": "Own level only",
    "（仅本级）": " (own level only)",
    "筛选": "Filter",
    "共 {n} 条": "{n} rows",
    "{n} 个单位": "{n} units",
    "{n} 个项目": "{n} projects",
    "合计 {money}": "{money} in all",
    "没有符合条件的记录。": "Nothing matches.",
}
