"""项目支出绩效目标申报表: the application form of one target on paper (`domain` §8.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.targets.api.forms.figures import day, period, signed, term, terms, wan
from services.targets.api.forms.target_lines import Registered, Stated, attribute
from services.targets.api.forms.target_sheet import MILESTONES, SIGNS
from services.targets.projections.ex_ante_register import ExAnteRow
from services.targets.projections.target_opinions import TargetOpinionRow
from shared.documents.paper import Block, Facts, Grid, Heading, Paper

TITLE: Final = "项目支出绩效目标申报表"
HEADINGS: Final = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "计量单位",
    "分值(权重)",
    "指标方向",
    "评（扣）分标准",
    "取值方式",
    "数据来源",
    *MILESTONES.values(),
    "是否核心指标",
    "备注",
)
type Pairs = Sequence[tuple[str, str]]
_SIGNS: Final = {code: sign for sign, code in SIGNS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetForm:
    """Everything the form of one target is made of."""

    stated: Stated
    registered: Registered
    opinions: TargetOpinionRow | None = None
    assessment: ExAnteRow | None = None

    @property
    def application(self) -> Mapping[str, Any]:
        """What the unit applied with; amounts are stored in fen."""
        found: Mapping[str, Any] = self.stated.notes.get("application", {})
        return found


def paper(form: TargetForm) -> Paper:
    """The whole form."""
    row, unit = form.stated.row, form.registered.unit
    filled = day(form.opinions.drafted_on) if form.opinions else ""
    head = (
        f"年度：{row.fiscal_year}",
        f"填报单位：{unit.name if unit else row.unit_code}",
        f"填报日期：{filled}",
        "单位：万元",
    )
    blocks: Sequence[Block] = (
        Heading("一、基本信息"),
        Facts(pairs=_basics(form)),
        Heading("二、项目资金"),
        Facts(pairs=_midterm(form.application)),
        Facts(pairs=_annual(form)),
        Heading("三、立项依据"),
        Facts(pairs=_grounds(form)),
        Heading("四、总体目标"),
        Facts(pairs=_goals(form)),
        Heading("五、绩效指标"),
        Grid(headings=HEADINGS, rows=[_indicator(one) for one in form.stated.indicators]),
        Heading("六、审核"),
        Facts(pairs=_review(form)),
    )
    return Paper(title=TITLE, note="　　".join(head), blocks=blocks, landscape=True)


def _basics(form: TargetForm) -> Pairs:
    row, project, unit = form.stated.row, form.registered.project, form.registered.unit
    said = form.application
    department = f"{unit.department_name}（{unit.department_code}）" if unit else ""
    return (
        ("项目名称", row.project_name),
        ("项目代码", row.project_code),
        ("项目类别", term("ProjectKind", project.kind) if project else ""),
        ("主管部门及代码", department or row.department_code),
        ("实施单位", unit.name if unit else row.unit_code),
        ("项目属性", attribute(project) if project else ""),
        ("项目起止时间", period(said.get("starts_on"), said.get("ends_on"))),
        ("项目负责人", project.business if project else ""),
        ("联系电话", said.get("phone", "")),
    )


def _fen(funds: Mapping[str, Any] | None, source: str) -> int | None:
    return funds[source]["fen"] if funds else None


def _midterm(said: Mapping[str, Any]) -> Pairs:
    funds = said.get("midterm_funds")
    return (
        ("中期资金总额", wan(_fen(funds, "total"))),
        ("其中：财政拨款", wan(_fen(funds, "fiscal"))),
        ("其他资金", wan(_fen(funds, "other"))),
    )


def _annual(form: TargetForm) -> Pairs:
    """The year's money; where its sources were not stated, what the project was registered with."""
    row, project, funds = (
        form.stated.row,
        form.registered.project,
        form.application.get("annual_funds"),
    )
    asked = project.requested_fen if project and project.fiscal_year == row.fiscal_year else None
    return (
        ("年度资金总额", wan(_fen(funds, "total") if funds else asked)),
        ("其中：财政拨款", wan(_fen(funds, "fiscal"))),
        ("上年结转", wan(_fen(funds, "carried_over"))),
        ("其他资金", wan(_fen(funds, "other"))),
        ("批复预算", wan(row.budget_fen)),
    )


def _grounds(form: TargetForm) -> Pairs:
    said, found = form.application, form.assessment
    concluded = ""
    if found is not None and found.conclusion:
        grade = term("Grade", found.grade)
        concluded = f"{term('Conclusion', found.conclusion)}（{found.score}分，{grade}）"
    return (
        ("立项依据", said.get("grounds", "")),
        ("实施方案要点", said.get("plan", "")),
        ("事前评估结论及得分", concluded),
    )


def _goals(form: TargetForm) -> Pairs:
    said = form.application
    years = [text[:4] for text in (said.get("starts_on"), said.get("ends_on")) if text]
    span = f"（{years[0]}年—{years[-1]}年）" if years else ""
    return (
        (f"中期目标{span}", said.get("midterm_goal", "")),
        ("年度目标", form.stated.draft.annual_goal),
    )


def _indicator(said: Mapping[str, Any]) -> Sequence[str]:
    milestones = said.get("milestones", {})
    met = said.get("levels", {}).get("MET", "")
    return (
        term("Level1", said["level1"]),
        term("Level2", said["level2"]),
        said["name"],
        _SIGNS[said["operator"]],
        said.get("target_value", met),
        said.get("unit", ""),
        said["weight"],
        "反向" if said["lower_is_better"] else "正向",
        said.get("standard", ""),
        term("ObtainMethod", said.get("obtain_method")),
        _source(said),
        *(milestones.get(node, "") for node in MILESTONES),
        "是" if said["is_core"] else "否",
        said.get("remark", ""),
    )


def _source(said: Mapping[str, Any]) -> str:
    """Where the value comes from, and what will prove it."""
    proofs = terms("EvidenceKind", said.get("evidence", []))
    source = term("DataSource", said.get("data_source"))
    return f"{source}（{proofs}）" if proofs else source


def _review(form: TargetForm) -> Pairs:
    row, found = form.stated.row, form.opinions
    names = ("单位意见(签字盖章)", "主管部门意见", "财政业务科室意见", "绩效科意见及等级")
    if found is None:
        return [(name, "") for name in names]
    graded = f"{row.score}分，{term('Grade', row.grade)}" if row.grade else ""
    said = (
        signed("同意申报", found.submitted_by, found.submitted_on),
        signed(found.review_opinion or "同意", found.reviewed_by, found.reviewed_on),
        signed(found.check_opinion or "同意", found.checked_by, found.checked_on),
        signed(graded, found.graded_by, found.graded_on),
    )
    return list(zip(names, said, strict=True))
