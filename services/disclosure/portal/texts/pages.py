"""English of the pages of places, rankings, the calendar, documents, feeds and verification."""

from collections.abc import Mapping
from typing import Final

PAGES: Final[Mapping[str, str]] = {
    "尚无数据：还没有登记任何地区。": "No data yet: no region has been registered.",
    "{year}年度预算绩效": "Budget performance in {year}",
    "从事前评估到结果应用，全过程公开；点击任一数字，查看构成它的明细。": (
        "From the assessment before to the use of results: follow any number to its items."
    ),
    "四公开": "Four disclosures",
    "三覆盖": "Three coverages",
    "覆盖率 = 已公开 ÷（应公开－依法不予公开）": "Published ÷ (owed less lawfully withheld)",
    "事前评估报告和绩效目标": "Ex-ante reports and performance targets",
    "绩效评价结果": "Results of evaluations",
    "财政重点绩效评价": "Key evaluations by the finance bureau",
    "日常绩效工作": "Daily performance work",
    "已有公开内容": "told",
    "尚无公开内容": "nothing told yet",
    "月报已公开 {n} 个月": "Bulletins of {n} months",
    "各地区": "By region",
    "设置绩效目标的项目": "Projects with a target",
    "批复资金 {money}": "{money} approved",
    "设置率 {share}": "{share} of those that need one",
    "事前绩效评估": "Ex-ante assessments",
    "核减 {money}": "{money} cut",
    "预警": "Warnings",
    "其中红色 {n} 次，已办结 {closed} 次": "{n} of them red, {closed} closed",
    "收回低效无效资金": "Idle money recovered",
    "涉及 {n} 个项目": "from {n} projects",
    "调减下一年度预算": "Cut in the next budget",
    "逾期未公开": "Overdue disclosures",
    "应公开 {owed} 项，已公开 {told} 项": "{owed} owed, {told} published",
    "依法不予公开 {n} 项": "{n} lawfully withheld",
    "资金执行": "Money spent",
    "各地区资金执行": "Money spent, by region",
    "横条长度为现行指标，深色部分为已支付；右侧为预算执行率。": (
        "The bar is the quota in force, its dark part was paid; at the right, the share."
    ),
    "已支付": "Paid",
    "未支付": "Not paid",
    "地区": "Region",
    "现行指标（元）": "Quota in force (CNY)",
    "实际支付（元）": "Paid (CNY)",
    "执行率": "Execution",
    "自评等级": "Grades of self-evaluations",
    "各地区自评等级": "Grades of self-evaluations, by region",
    "每条为该地区全部自评项目，按优、良、中、差分段；右侧为项目数。": (
        "Each bar is all self-evaluations of a region, by grade; at the right, their number."
    ),
    "平均得分": "Mean score",
    "逐月预警": "Warnings by month",
    "一月至十二月每月推送的预警次数，按等级堆叠。": "January to December, by level.",
    "红色": "Red",
    "蓝色": "Blue",
    "月份": "Month",
    "全部预警": "All warnings",
    "逐月收回资金": "Money recovered by month",
    "每月入账的收回金额；柱顶为笔数。": "Amount booked in each month; on top, the number.",
    "笔数": "Number",
    "金额（元）": "Amount (CNY)",
    "全部收回": "All recoveries",
    "逐月公开": "Published by month",
    "本年度事项按公开月份计数。": "Items of the year by the month they were published in.",
    "公开事项": "Disclosures",
    "全部公开事项": "All disclosures",
    "有目标的项目": "Projects with target",
    "批复资金": "Approved",
    "自评平均分": "Mean score",
    "收回资金": "Recovered",
    "公开覆盖率": "Disclosure coverage",
    "逾期": "Overdue",
    "选择一个地区，查看它的资金、预警、评价、公开情况和所属单位。": (
        "Choose a region to see its money, warnings, evaluations, disclosures and units."
    ),
    "含所属 {n} 个县市": "with its {n} counties",
    "所属地区": "Regions below",
    "单位": "Unit",
    "按批复资金排列的前 {n} 个单位；其余请用搜索。": (
        "The first {n} by money approved; search for the others."
    ),
    "批复金额（元）": "Approved (CNY)",
    "全部逾期事项": "All overdue items",
    "主管部门": "Department",
    "绩效自评": "Self-evaluations",
    "{n} 个项目的平均最终得分": "mean final score of {n} projects",
    "信息公开": "Disclosure",
    "现预算（元）": "Budget now (CNY)",
    "目标批复日": "Target approved",
    "全部项目": "All projects",
    "本年度没有项目。": "No projects in this year.",
    "上级公布的位次": "Ranks given by superiors",
    "由上级考核公布，附来源文件；本系统只记录，不计算。": (
        "Published by superiors, with their document; recorded here, never computed."
    ),
    "对象": "Subject",
    "考核": "Appraisal",
    "期间": "Period",
    "位次": "Rank",
    "来源文件": "Document",
    "前 {n}": "top {n}",
    "全部记录": "All records",
    "上级审核得分": "Review scores of superiors",
    "本年度没有上级公布的位次。": "No ranks were published for this year.",
    "各地区对比": "Regions compared",
    "由本站按已公开的事实计算，相同数值位次相同；不是上级考核结果。": (
        "Computed here from published facts; equals share a place. Not an official appraisal."
    ),
    "对比指标": "Compared by",
    "比例": "Share",
    "预算执行率": "Budget execution",
    "自评平均得分": "Mean score of self-evaluations",
    "自评优秀率": "Share graded excellent",
    "绩效目标设置率": "Share with a target",
    "每一项应公开的内容都有法定期限；到期未公开的，列在这里，直到公开为止。": (
        "Everything owed to the public has its legal term; what is late stays here until told."
    ),
    "没有逾期未公开的事项。": "Nothing is overdue.",
    "即将到期": "Due next",
    "没有即将到期的事项。": "Nothing is due next.",
    "渠道": "Channel",
    "应公开": "Owed",
    "已公开": "Published",
    "不予公开": "Withheld",
    "覆盖率": "Coverage",
    "类别": "Kind",
    "按到期月份": "By the month they fall due",
    "已公开 / 应公开": "published / owed",
    "全部公开": "all published",
    "本年度没有带期限的事项。": "Nothing has a term in this year.",
    "公开于": "published",
    "期限": "due",
    "“1+2+N”制度体系：现行有效 {n} 项，每个管理环节都应有明确规定。": (
        "The system 1+2+N: {n} documents in force; every step should have a rule of its own."
    ),
    "管理环节与依据": "Steps and their rules",
    "尚无制度规定的环节": "Steps without a rule",
    "{n} 项制度": "Documents: {n}",
    "名称": "Name",
    "文号": "Number",
    "发文单位": "Issuer",
    "施行日": "In force from",
    "状态": "State",
    "绩效管理理念": "Ideas",
    "宣传与培训": "Publicity and training",
    "培训": "Trainings",
    "宣传稿件": "Articles",
    "稿件采用": "Adoptions",
    "指标库与案例库": "Libraries",
    "编号": "No.",
    "层级": "Layer",
    "发文日": "Issued",
    "修订施行日": "Amended from",
    "失效日": "Ended",
    "替代文件": "Superseded by",
    "适用环节": "Rules these steps",
    "返回制度库": "Back to the policies",
    "日常绩效工作每月一公开：次月 10 日前公开。": (
        "Daily work, every month: by the 10th of the next one."
    ),
    "待公开": "still due",
    "本年度没有月报。": "No bulletins in this year.",
    "{year}年{month}月预算绩效工作月报": "Bulletin of budget performance, {year}-{month}",
    "工作事项": "Work",
    "涉及单位数": "Units",
    "项目数": "Projects",
    "结果": "Result",
    "本月月报尚未公开。": "This bulletin has not been published.",
    "全部月报": "All bulletins",
    "43 项指标由业务事实逐项计算，每项都能查到明细。": (
        "43 figures computed from single facts; each leads to its items."
    ),
    "按年度和地区": "By year and region",
    "已正式发布的版本": "Editions that were issued",
    "版本": "Edition",
    "发布日": "Issued",
    "尚未正式发布年报；上面的指标随时计算。": (
        "No edition was issued yet; the figures above are computed at any time."
    ),
    "{year}年度全面实施预算绩效管理": "Comprehensive budget performance management, {year}",
    "报告全文（中文）": "Full report (Chinese)",
    "下载全部指标（JSON）": "Download all figures (JSON)",
    "指标": "Figure",
    "数值": "Value",
    "第 {n} 版": "Edition {n}",
    "发布时的指标": "figures as issued",
    "所有公开内容都可订阅、可下载、可再利用，无需注册。": (
        "Everything can be followed, downloaded and used again, without an account."
    ),
    "订阅": "Feeds",
    "RFC 4287，历史分页 RFC 5005": "RFC 4287, archives by RFC 5005",
    "JSON Feed 1.1，逐页可达第一条": "JSON Feed 1.1, page by page to the very first",
    "实时推送，断线后从上一条继续": "As it is told; after a break it goes on where it was",
    "公开日志原文": "The log itself",
    "整体下载": "Everything at once",
    "全部登记：全量与每日增量，NDJSON、CSV、XLSX，附清单与散列": (
        "Every register, whole and by day: NDJSON, CSV, XLSX, with a manifest and hashes"
    ),
    "数据目录": "Catalogue",
    "数据包描述": "Descriptor of the tables",
    "逐条原文，可自行重算散列": "Word by word, for hashing anew",
    "下载": "Downloads",
    "年度 43 项指标": "43 figures of the year",
    "JSON，每项附明细地址": "JSON, each with the address of its items",
    "代码表": "Codes",
    "全部代码的中英文名称": "All codes in both languages",
    "接口说明": "API description",
    "每个列表页下方都有同一条件的数据：JSON、CSV、XLSX、NDJSON。": (
        "Below every list there is the same as data: JSON, CSV, XLSX, NDJSON."
    ),
    "接口文档": "API documentation",
    "公开日志中的每条记录有连续序号和 RFC 6962 叶散列：少一条、改一字都会被发现。": (
        "Every record has a dense number and a leaf hash (RFC 6962): nothing can be left out or"
        " changed unseen."
    ),
    "检查点是对整个日志根散列的签名；保存一份，以后可证明日志只增不改。": (
        "A checkpoint signs the root of the whole log: keep one, and prove later that the log"
        " was only continued."
    ),
    "包含证明说明某条记录在检查点之下；一致性证明说明新日志延续旧日志。": (
        "An inclusion proof shows that a record is under a checkpoint; a consistency proof, that"
        " a log continues an older one."
    ),
    "最新检查点": "Latest checkpoint",
    "C2SP 签名检查点": "Signed checkpoint (C2SP)",
    "包含证明": "Inclusion proof",
    "第 1 条记录在最新检查点之下": "Record 1 is under the latest checkpoint",
    "一致性证明": "Consistency proof",
    "从第 1 条到最新检查点": "From record 1 to the latest checkpoint",
    "在浏览器中核验": "Verify in the browser",
    "不必相信本站：用您自己的浏览器，核对任何一条公开记录是否在签名日志之内。": (
        "You need not trust this site: your own browser checks that a record is in the signed log."
    ),
    "记录数": "Records",
    "根散列": "Root hash",
    "签名原文": "Signed note",
    "下载检查点": "Download the checkpoint",
    "尚未签署检查点。": "No checkpoint has been signed yet.",
    "核验一条记录": "Verify a record",
    "序号": "Number",
    "在日志之内": "In the log.",
    "证明不成立": "The proof does not hold.",
    "第 {n} 条记录，检查点含 {size} 条。服务器计算所得。": (
        "Record {n} of the {size} under the checkpoint. Computed by the server."
    ),
    "您的浏览器重新计算了根散列，与检查点一致。": (
        "Your browser computed the root anew; it is that of the checkpoint."
    ),
    "您的浏览器算出的根散列与检查点不一致。": (
        "The root your browser computed is not that of the checkpoint."
    ),
    "查看事项": "See the item",
    "证明": "Proof",
    "叶散列 = SHA-256(0x00 ‖ 记录原文)": "Leaf hash = SHA-256(0x00 ‖ record)",
    "记录原文": "The record as it was said",
    "检查点之下没有这个序号。": "There is no such number under the checkpoint.",
    "最近公开的记录": "Latest records",
    "内容": "Content",
    "尚无公开记录。": "Nothing has been said yet.",
}
