"""English of what stands around every page, of refusals, and of words that many pages use."""

from collections.abc import Mapping
from typing import Final

SHELL: Final[Mapping[str, str]] = {
    "预算绩效公开专栏": " Budget Performance, in the Open",
    "预算绩效全过程公开：每个数字都能追溯到明细，每条记录都能核验。": (
        "The whole life of public budgets: every number leads to its items, every record can be"
        " checked."
    ),
    "打好“铁算盘”，让每一笔钱看得见": "The iron abacus: every yuan can be seen",
    "跳到正文": "Skip to content",
    "栏目": "Sections",
    "搜索项目、单位、制度": "Search projects, units, rules",
    "搜索": "Search",
    "本站含为演示而生成的数据，不是喀什地区的真实数据。": (
        "This site holds data generated for demonstration, not real data of Kashgar."
    ),
    "数据截至": "Data as of",
    "读取于": "read at",
    "数据滞后 {n} 秒": "{n} s behind",
    "数据滞后：未知": "age unknown",
    "位置": "position",
    "公开为常态，不公开为例外。": "Openness is the rule, secrecy the exception.",
    "如何核验": "How to verify",
    "本站不使用 Cookie，不跟踪访问者，不加载任何外部内容；无需脚本即可使用。": (
        "No cookies, no tracking, nothing loaded from elsewhere; works without scripts."
    ),
    "概览": "Overview",
    "地区与单位": "Regions and units",
    "项目": "Projects",
    "排名": "Rankings",
    "公开日历": "Calendar",
    "预警函": "Letters",
    "资金收回": "Recoveries",
    "制度库": "Policies",
    "月报": "Bulletins",
    "年报": "Annual reports",
    "订阅与下载": "Feeds and downloads",
    "核验": "Verify",
    "所在位置": "You are here",
    "年度": "Year",
    "分页": "Pages",
    "首页": "First page",
    "上一页": "Previous",
    "下一页": "Next",
    "数据表": "Table",
    "机器可读数据（JSON）": "Machine-readable (JSON)",
    "全部": "All",
    "全部 {n} 条": "All {n}",
    "合计": "Total",
    "无": "None",
    "元": "yuan",
    "个": " ",
    "次": " ",
    "项": " ",
    "分": "points",
    "环形图：比例为 {share}": "A ring that is filled to {share}",
    "{year}年度": "Fiscal year {year}",
    "{n}月": "Month {n}",
    "本级": "(own level)",
    "没有这个页面": "There is no such page",
    "地址可能有误，或该内容从未存在。": ("The address may be wrong, or this has never existed."),
    "已经失效": "No longer in force",
    "该页面所载内容已不再有效。": "What this page told of is no longer in force.",
    "地址中的条件有误": "Something in this address is wrong",
    "请检查年度、地区和筛选条件。": "Please check year, region and filters.",
    "暂时无法读取数据": "The data cannot be read right now",
    "服务正在恢复，请稍后再试。": "The service is recovering. Please try again soon.",
    "出错了": "Something went wrong",
    "问题在我们这边，已经记录。": "The fault is ours, and it has been noted.",
    "回到首页": "Back to the first page",
}
