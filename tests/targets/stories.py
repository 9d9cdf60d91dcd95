"""The people and things of the stories: one region, one unit, one project, one target."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from services.targets.domain.budget_request import BUDGET_REQUEST
from services.targets.domain.commands.project import Particulars, RegisterProject
from services.targets.domain.commands.region import RegisterRegion
from services.targets.domain.commands.responsibility import AssignResponsibility
from services.targets.domain.commands.rule_set import AdoptRuleSet, DraftRuleSet
from services.targets.domain.commands.target import (
    ApproveTarget,
    CheckTarget,
    ConfirmTarget,
    DraftTarget,
    GradeTarget,
    ReceiveAdjustment,
    ReviewTarget,
    SubmitTarget,
)
from services.targets.domain.commands.unit import RegisterUnit
from services.targets.domain.duties import EVERY_STEP
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.library import LIBRARY
from services.targets.domain.project import PROJECT
from services.targets.domain.proofs import (
    Attainment,
    Costing,
    DataSource,
    EvidenceKind,
    ObtainMethod,
    Proof,
)
from services.targets.domain.region import REGION
from services.targets.domain.responsibility import RESPONSIBILITY
from services.targets.domain.rule_set import RULE_SET, Rules
from services.targets.domain.sourced_rules import Provenance, SourceTag
from services.targets.domain.target import TARGET
from services.targets.domain.unit import UNIT
from services.targets.domain.unit_goals import NO_GOALS, UNIT_GOALS, UnitGoals
from services.targets.domain.values import (
    Content,
    Exemption,
    Indicator,
    Level1,
    Level2,
    Office,
    Operator,
    Origin,
    ProjectKind,
    Responsible,
    ReviewItem,
)
from shared.domain.money import Money
from shared.testing.spec import Spec

ROOT: Final = Path(__file__).parents[2]
RULES: Final[Mapping[str, Any]] = yaml.safe_load(
    (ROOT / "deploy/demo/rule-set-v1.yaml").read_text(encoding="utf-8")
)
NOW: Final = datetime(2021, 3, 1, 2, tzinfo=UTC)
LATE: Final = datetime(2021, 11, 30, 16, tzinfo=UTC)  # 1 December in Shanghai
REGION_CODE, UNIT_CODE, DEPARTMENT, CODE, YEAR = "653101", "653101001", "653101", "P1", 2021
WRITER, ACCOUNTANT, HEAD, DEPT = "w", "a", "h", "d"
FINANCE, GRADER, BUDGETER = "f", "g", "b"
LEADER = "l"

region, unit, rule_set = Spec(REGION), Spec(UNIT), Spec(RULE_SET)
matrix = Spec(RESPONSIBILITY)
project, ex_ante, target, request = Spec(PROJECT), Spec(EX_ANTE), Spec(TARGET), Spec(BUDGET_REQUEST)
unit_goals = Spec(UNIT_GOALS)


def yuan(text: str) -> Money:
    """Whole yuan."""
    return Money.parse(f"{text.replace('_', '')}.00")


register_region = RegisterRegion(
    region_code=REGION_CODE,
    name="喀什市",
    parent_code="653100",
    approval_authority="市人大常委会",
    by=GRADER,
    now=NOW,
)
a_superior = region.knowing().after(
    replace(register_region, region_code="653100", parent_code=None, name="喀什地区")
)
a_region = region.knowing(a_superior.state).after(register_region)
register_unit = RegisterUnit(
    unit_code=UNIT_CODE,
    name="喀什市教育局",
    region_code=REGION_CODE,
    department_code=DEPARTMENT,
    department_name="喀什市教育局",
    origin=Origin.OFFICIAL,
    by=GRADER,
    now=NOW,
)
a_unit = unit.knowing(a_region.state).after(register_unit)
_DEFAULT, _REPORT = Provenance(source_tag=SourceTag.D), "喀什地区2021年度预算绩效管理情况报告"
SOURCES: Final[dict[str, Provenance]] = {
    **{f"/{group}": _DEFAULT for group in RULES},
    **{
        f"/{group}": Provenance(source_tag=SourceTag.R2, legal_basis="财预〔2020〕10号")
        for group in ("grades", "weights", "qualitative_bands")
    },
    **{
        f"/{group}": Provenance(source_tag=SourceTag.R3, legal_basis="财预〔2021〕101号 附件1")
        for group in ("execution_score", "pass_line", "satisfaction")
    },
    **{
        place: Provenance(source_tag=SourceTag.S, legal_basis=_REPORT)
        for place in ("/ex_ante/included_grades", "/monitoring/nodes", "/linkage/GOOD")
    },
    "/monitoring/letter_on_blue": Provenance(source_tag=SourceTag.S, legal_basis=_REPORT),
    **{
        f"/disclosure/{term}": Provenance(source_tag=SourceTag.R1, legal_basis="预算法 第14条")
        for term in ("with_budget_days", "with_final_accounts_days")
    },
}
draft_rules = DraftRuleSet(
    region_code=REGION_CODE,
    fiscal_year=YEAR,
    rules_json=json.dumps(RULES, sort_keys=True),
    by=GRADER,
    now=NOW,
)
adopt_rules = AdoptRuleSet(
    region_code=REGION_CODE, fiscal_year=YEAR, legal_basis="喀财绩〔2021〕1号", by=LEADER, now=NOW
)
some_rules = rule_set.given().after(draft_rules, adopt_rules)
# What a decision of the county consults: its own rules, its prefecture's, its region's.
governed = (some_rules.state, Rules(), Rules())
ungoverned = (Rules(), Rules(), Rules())


def at_writing(
    *,
    assessment: object = EX_ANTE.initial,
    libraries: tuple[object, ...] = (LIBRARY.initial,),
    rules: tuple[object, ...] = governed,
    goals: UnitGoals = NO_GOALS,
) -> tuple[object, ...]:
    """What a writer of a target goes by besides the project."""
    return (assessment, *rules, *libraries, goals)


AT_WRITING: Final = at_writing()
# A unit that has no cap and asked for nothing: the first years, and every unit rated excellent.
UNBOUND: Final = BUDGET_REQUEST.initial

PERSONS: Final = Responsible(business="阿依古丽", finance="王芳", head="李强")
PARTICULARS: Final = Particulars(
    name="校舍维修改造",
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    unit_code=UNIT_CODE,
    requested=yuan("8_000_000"),
    kind=ProjectKind.REPAIR,
    function_code="2050203",
    fund_type_code="11",
    direct_fund_flag="",
    is_new=False,
    is_new_policy=False,
    is_renewed=False,
    exemption=Exemption.NONE,
    exemption_reason="",
    origin=Origin.OFFICIAL,
)
register_project = RegisterProject(
    project_code=CODE, particulars=PARTICULARS, responsible=PERSONS, by=WRITER, now=NOW
)
at_registration = project.knowing(a_unit.state, *governed)
a_project = at_registration.after(register_project)
a_new_project = at_registration.after(
    replace(register_project, particulars=replace(PARTICULARS, is_new=True))
)


assign_all = AssignResponsibility(
    project_code=CODE,
    fiscal_year=YEAR,
    steps=EVERY_STEP,
    responsible=None,
    by=WRITER,
    now=NOW,
)
a_matrix = matrix.knowing(a_project.state).after(assign_all)


def indicator(  # noqa: PLR0913 - the columns of the form
    indicator_id: str,
    level1: Level1,
    level2: Level2,
    weight: int,
    *,
    operator: Operator = Operator.AT_LEAST,
    value: str | None = "100",
    is_core: bool = False,
) -> Indicator:
    """An indicator that is due at the end of the year."""
    return Indicator(
        indicator_id=indicator_id,
        level1=level1,
        level2=level2,
        name=f"指标{indicator_id}",
        operator=operator,
        target_value=None if value is None else Decimal(value),
        unit="" if value is None else "件",
        weight=Decimal(weight),
        is_core=is_core,
        cumulative=level2 is Level2.QUANTITY,
        milestones=({"M05": Decimal(40), "M08": Decimal(65)} if level2 is Level2.QUANTITY else {}),
    )


RECORDED: Final = Proof(
    obtain_method=ObtainMethod.DIRECT_PROOF,
    data_source=DataSource.DEPARTMENT_RECORDS,
    evidence=(EvidenceKind.OFFICIAL_DOCUMENT, EvidenceKind.WORKING_PAPER),
)
CONTENT: Final = Content(
    annual_goal="完成二十所学校校舍维修改造，验收合格率达到百分之百，改善一万二千名学生就学条件。",
    indicators=(
        indicator("I1", Level1.OUTPUT, Level2.QUANTITY, 20, is_core=True),
        indicator("I2", Level1.OUTPUT, Level2.QUALITY, 10, is_core=True),
        indicator("I3", Level1.OUTPUT, Level2.TIMELINESS, 10, operator=Operator.EQUAL),
        indicator("I4", Level1.OUTPUT, Level2.COST, 10, operator=Operator.AT_MOST),
        indicator(
            "I5", Level1.BENEFIT, Level2.SOCIAL, 30, operator=Operator.QUALITATIVE, value=None
        ),
        indicator("I6", Level1.SATISFACTION, Level2.RECIPIENTS, 10, value="90"),
    ),
    levels={
        "I5": {
            Attainment.MET: "就学条件全部改善",
            Attainment.PARTLY_MET: "七成以上学校就学条件改善",
            Attainment.NOT_MET: "就学条件改善的学校不足七成",
        }
    },
    proofs={f"I{number}": RECORDED for number in range(1, 7)},
    costings={"I4": Costing(unit_cost=yuan("74_000"), quantity=Decimal(100))},
)
EXCELLENT_POINTS: Final = {
    item: Decimal(9) if item in {ReviewItem.FORM_COMPLETE, ReviewItem.CLEAR, ReviewItem.ATTAINABLE,
                                 ReviewItem.CONDITIONS_SUFFICIENT} else Decimal(14)
    for item in ReviewItem
}  # fmt: skip
_TARGET: Final = {"project_code": CODE, "fiscal_year": YEAR, "now": NOW}
draft_target = DraftTarget(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    content=CONTENT,
    by=WRITER,
    now=NOW,
)
confirm_goal = ConfirmTarget(
    project_code=CODE,
    fiscal_year=YEAR,
    office=Office.BUSINESS,
    offices=frozenset({Office.BUSINESS}),
    by=WRITER,
    now=NOW,
)
confirm_amounts = replace(
    confirm_goal, office=Office.FINANCE, offices=frozenset({Office.FINANCE}), by=ACCOUNTANT
)
submit_target = SubmitTarget(project_code=CODE, fiscal_year=YEAR, by=HEAD, now=NOW)
review_target = ReviewTarget(project_code=CODE, fiscal_year=YEAR, opinion="", by=DEPT, now=NOW)
check_target = CheckTarget(
    project_code=CODE, fiscal_year=YEAR, failed=(), opinion="", by=FINANCE, now=NOW
)
grade_target = GradeTarget(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    points=EXCELLENT_POINTS,
    by=GRADER,
    now=NOW,
)
approve_target = ApproveTarget(
    project_code=CODE, fiscal_year=YEAR, budget=yuan("7_400_000"), by=BUDGETER, now=NOW
)
receive_adjustment = ReceiveAdjustment(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    unit_code=UNIT_CODE,
    adjustment_id="A1",
    kind="REDUCTION",
    change=-yuan("3_700_000"),
    budget=yuan("3_700_000"),
    reason="部分学校撤并",
    proposed_by="m",
    proposed_on=NOW.date(),
    by="monitoring|A1",
    now=NOW,
)


# What an approval goes by: no assessment was needed, and this is the project.
AT_APPROVAL: Final = (EX_ANTE.initial, a_project.state, UNBOUND)


def with_points(total: int) -> dict[ReviewItem, Decimal]:
    """Points of the review that add up to a total."""
    left, points = Decimal(total), {}
    for item in ReviewItem:
        most = Decimal(10) if EXCELLENT_POINTS[item] == Decimal(9) else Decimal(15)
        points[item] = min(left, most)
        left -= points[item]
    return points


# What the head's signature goes by: who is named, that nothing was assessed, the project, and
# that the unit promises nothing else.
AT_SIGNING: Final = (a_matrix.state, EX_ANTE.initial, a_project.state, NO_GOALS)


def drafted() -> Any:  # noqa: ANN401 - a story
    """A target without errors."""
    story = target.knowing(a_project.state, *AT_WRITING).after(draft_target)
    return target.given(*story.facts)


def confirmed() -> Any:  # noqa: ANN401 - a story
    """A target that both offices stand by, ready for the head who is named."""
    story = drafted().knowing(a_matrix.state).after(confirm_goal, confirm_amounts)
    return story.knowing(*AT_SIGNING)


def submitted() -> Any:  # noqa: ANN401 - a story
    """A target that left its unit."""
    return confirmed().after(submit_target)


def checked() -> Any:  # noqa: ANN401 - a story
    """A target that waits for its grade."""
    return submitted().after(review_target, check_target)


def ready(total: int | None = None) -> Any:  # noqa: ANN401 - a story
    """A target that was graded; excellent unless a total is given."""
    command = grade_target
    if total is not None:
        command = replace(grade_target, points=with_points(total))
    return target.given(*checked().knowing(*governed).after(command).facts)


def approved() -> Any:  # noqa: ANN401 - a story
    """A target that binds with 7,400,000 yuan."""
    return target.given(*ready().knowing(*AT_APPROVAL).after(approve_target).facts)
