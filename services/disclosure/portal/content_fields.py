"""What the fields of a told content are called, and how each value is shown.

The closed list of fields is `domain/allowed.py`; a field that is new there is found by a test.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from shared.http.language import Language

TEXT, MONEY, RATE, UNIT, SUBJECT, PROJECT, LINK, HASH = (
    "text", "money", "rate", "unit", "subject", "project", "link", "hash",
)  # fmt: skip


class Shown(NamedTuple):
    """A field: Chinese name, English name, kind of value; a kind in capitals is a vocabulary."""

    chinese: str
    english: str
    kind: str = TEXT


FIELDS: Final[Mapping[str, Shown]] = {
    # What every kind may say
    "unit_code": Shown("单位", "Unit", UNIT),
    "project_name": Shown("项目名称", "Project"),
    "origin": Shown("数据来源", "Origin", "Origin"),
    "grade": Shown("等级", "Grade", "Grade"),
    "score": Shown("得分", "Score"),
    "rule_set_version": Shown("规则集版本", "Rule set version"),
    "month": Shown("月份", "Month"),
    "amount": Shown("金额（元）", "Amount (CNY)", MONEY),
    "units": Shown("涉及单位数", "Units"),
    "projects": Shown("项目数", "Projects"),
    "name": Shown("名称", "Name"),
    "subject": Shown("对象", "Subject", SUBJECT),
    "document_no": Shown("文号", "Document"),
    "published_on": Shown("公布日", "Published"),
    # Targets
    "budget": Shown("预算金额（元）", "Budget (CNY)", MONEY),
    "annual_goal": Shown("年度目标", "Goal of the year"),
    "target_version": Shown("目标版本", "Version of the target"),
    "indicators": Shown("绩效指标", "Indicators"),
    "level1": Shown("一级指标", "Level 1", "Level1"),
    "level2": Shown("二级指标", "Level 2", "Level2"),
    "operator": Shown("符号", "Operator", "Operator"),
    "target_value": Shown("指标值", "Target value"),
    "unit": Shown("计量单位", "Measured in"),
    # Ex-ante reports
    "requested": Shown("申请金额（元）", "Requested (CNY)", MONEY),
    "accepted": Shown("核定金额（元）", "Accepted (CNY)", MONEY),
    "reduced": Shown("核减金额（元）", "Cut (CNY)", MONEY),
    "conclusion": Shown("结论", "Conclusion", "Conclusion"),
    "assessed_on": Shown("评估日", "Assessed"),
    # Self-evaluations and evaluations
    "execution_rate": Shown("预算执行率", "Budget execution", RATE),
    "self_score": Shown("自评得分", "Own score"),
    "final_score": Shown("最终得分", "Final score"),
    "findings": Shown("发现问题", "Findings", "Finding"),
    "settlement": Shown("问题处理", "What became of them", "Settlement"),
    "core_problems": Shown("核心问题", "Core problems"),
    "deviation": Shown("偏差", "Deviation"),
    "lost": Shown("扣分", "Points lost"),
    "cause": Shown("原因类别", "Kind of cause", "CauseCode"),
    "text": Shown("原因说明", "Cause"),
    "measure": Shown("改进措施", "Measure"),
    "objective": Shown("客观原因占比（%）", "Objective share (%)"),
    "subjective": Shown("主观原因占比（%）", "Subjective share (%)"),
    "due_on": Shown("完成期限", "Due"),
    "evaluation_id": Shown("评价编号", "Evaluation"),
    "concluded_on": Shown("结论日", "Concluded"),
    "report_no": Shown("报告编号", "Report"),
    "report_content_sha256": Shown("报告内容摘要", "Digest of the report", HASH),
    "report_pdf_sha256": Shown("报告文件摘要（PDF）", "Digest of the file (PDF)", HASH),
    # Monthly work
    "node": Shown("监控节点", "Node"),
    "cut_off_on": Shown("截止日", "Cut-off"),
    "reviewed": Shown("已审核", "Reviewed"),
    "missed": Shown("逾期未报", "Missed"),
    "exempted": Shown("豁免", "Exempted"),
    "mean_score": Shown("平均得分", "Mean score"),
    "goal_rate": Shown("目标实现程度", "Goals reached", RATE),
    "levels": Shown("预警等级", "Levels"),
    "NORMAL": Shown("正常", "Normal"),
    "BLUE": Shown("蓝色一般预警", "Blue: ordinary warning"),
    "RED": Shown("红色重要预警", "Red: important warning"),
    "case_id": Shown("案件编号", "Case"),
    "issued_on": Shown("印发日", "Issued"),
    "ranking_id": Shown("排名编号", "Ranking"),
    "period": Shown("期间", "Period"),
    "ranked": Shown("排名对象", "Ranked", "RankedKind"),
    "corrects": Shown("所更正的排名", "Corrects"),
    "rows": Shown("位次", "Ranks"),
    "rank": Shown("位次", "Rank"),
    "previous_rank": Shown("更正前位次", "Rank before"),
    "places": Shown("按乡镇汇总", "By township"),
    "place_code": Shown("地方代码", "Place"),
    "payees": Shown("受益人次", "Payees"),
    "households": Shown("户数", "Households"),
    "persons": Shown("人数", "Persons"),
    "enterprises": Shown("企业数", "Enterprises"),
    # What a unit may say beside the facts
    "note": Shown("备注", "Note"),
    "explanation": Shown("说明", "Explanation"),
    "problems": Shown("主要问题", "Problems"),
    "rectification": Shown("整改情况", "What was put right"),
    "link": Shown("链接", "Link", LINK),
    "report_url": Shown("报告链接", "Report", LINK),
    "report_sha256": Shown("报告摘要", "Digest of the report", HASH),
    "agency": Shown("评价机构", "Agency"),
    "attachments": Shown("附件", "Attachments"),
    "url": Shown("链接", "Link", LINK),
    "sha256": Shown("摘要", "Digest", HASH),
}


def field_of(name: str) -> Shown:
    """How a field is shown; one that is not known here, by its own name."""
    return FIELDS.get(name, Shown(name, name))


def field_name(name: str, language: Language) -> str:
    """What a field is called."""
    return field_of(name)[language is Language.EN]


def place_of(pointer: str, language: Language) -> str:
    """A JSON pointer in words: `/indicators/0/unit` is the unit of indicator 1."""
    steps = [step for step in pointer.split("/") if step]
    return " ".join(
        str(int(step) + 1) if step.isdigit() else field_name(step, language) for step in steps
    )


def columns_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The fields of several rows, in the order in which they first come; empty ones are left."""
    return list(dict.fromkeys(k for row in rows for k, v in row.items() if v not in {None, ""}))


def told_title(row: Any, projects: Mapping[tuple[str, int], str]) -> str:  # noqa: ANN401 - an item
    """The title of an item, with the name of its project for the code."""
    title: str = row.title
    name = projects.get((row.project_code, row.fiscal_year))
    return title.replace(row.project_code, name) if name and row.project_code else title


def subjects_in(content: Mapping[str, Any] | None) -> set[str]:
    """The codes of units and regions that the rows of a content name."""
    rows = (content or {}).get("rows", ())
    codes = {row.get("subject") for row in rows if isinstance(row, dict)}
    own = (content or {}).get("unit_code")
    return {code for code in (*codes, own) if isinstance(code, str) and code}
