"""The data of the stories of evaluations: people, the plan of V-like numbers, a report."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.judging import commands as ask
from services.evaluation.domain.judging.evaluation import evaluation_decider
from services.evaluation.domain.judging.values import (
    Chapters,
    ItemScore,
    Material,
    Measure,
    Method,
    Part,
    PlanItem,
    Report,
    Side,
    Standard,
)
from services.evaluation.domain.self_evaluation.states import Open
from services.evaluation.domain.unit import Unit
from services.evaluation.domain.values import Kind
from shared.testing.spec import Given, Spec
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    HEAD,
    NOW,
    PROJECT,
    REGION,
    SECOND,
    THIRD,
    TODAY,
    yuan,
)

evaluation = Spec(evaluation_decider)
ID: Final = "FINANCE-P1-2021"
TERM: Final = date(2022, 3, 29)  # ten working days after Tuesday, 15 March 2022
LATE: Final = NOW + timedelta(days=15)
RULES: Final = (ADOPTED, Rules(), Rules())
KNOWN_UNIT: Final = Unit(name="交通局", region_code=REGION, department_code=DEPT)
PROOF: Final = "9" * 64
E1: Final = Material(number="E1", name="验收报告", sha256=PROOF)
E2: Final = Material(number="E2", name="现场照片", sha256="8" * 64)
ITEMS: Final = (
    PlanItem(item_id="D", part=Part.DECISION, name="立项依据充分性", points=Decimal(15)),
    PlanItem(
        item_id="F",
        part=Part.PROCESS,
        name="资金到位率",
        points=Decimal(5),
        measure=Measure.FUNDS_IN_PLACE,
    ),
    PlanItem(
        item_id="E",
        part=Part.PROCESS,
        name="预算执行率",
        points=Decimal(20),
        measure=Measure.EXECUTION,
    ),
    PlanItem(
        item_id="O",
        part=Part.OUTPUT,
        name="实际完成率",
        points=Decimal(30),
        level2="产出数量",
        explanation="完成数与计划数之比",
        key_points="工程量清单",
        standard="按比例得分",
    ),
    PlanItem(item_id="B", part=Part.BENEFIT, name="实施效益", points=Decimal(30)),
)
GIVEN: Final = tuple(
    ItemScore(item_id=item, score=Decimal(points), basis="现场核实", evidence=("E1",))
    for item, points in (("D", 14), ("O", 27), ("B", 25))
)
ONE: Final[dict[str, Any]] = {"evaluation_id": ID, "now": NOW}
RULED: Final[dict[str, Any]] = {**ONE, "region_code": REGION, "fiscal_year": 2021}
SELECT: Final = ask.SelectForEvaluation(
    **ONE, kind=Kind.FINANCE, project_code="P1", fiscal_year=2021, by=BUREAU
)
NOTICE: Final = ask.IssueNotice(**ONE, notice_no="绩评通1号", by=BUREAU)
PLAN: Final = ask.ProposePlan(
    **RULED,
    items=ITEMS,
    methods=(Method.COMPARISON,),
    standards=(Standard.PLAN, Standard.HISTORY),
    by=BUREAU,
)
APPROVE: Final = ask.ApprovePlan(**ONE, by=SECOND)
COLLECT: Final = ask.CollectData(**ONE, materials=(E1,), by=BUREAU)
VISIT: Final = ask.RecordSiteVisit(
    **ONE,
    visited_on=TODAY,
    place="兰干乡",
    visitors=("李", "王"),
    findings="竣工",
    materials=(E2,),
    by=BUREAU,
)
SCORE: Final = ask.ScoreEvaluation(
    **RULED, received=yuan(400), paid=yuan(380), scores=GIVEN, by=BUREAU
)
ANSWER: Final = ask.AnswerDraft(**ONE, agrees=True, text="无异议", side=Side.UNIT, by=HEAD)
CLOSE: Final = ask.CloseDraftTerm(**{**ONE, "now": LATE}, by="abacus")
CONCLUDE: Final = ask.ConcludeEvaluation(**RULED, by=THIRD)
CHAPTERS: Final = Chapters(**{name: f"{name}：说明" for name in Chapters.__dataclass_fields__})


def press(report: Report) -> bytes:
    """A press that prints the number and nothing else."""
    return f"PDF of {report.report_no}".encode()


SUBMIT: Final = ask.SubmitReport(
    **ONE,
    report_no="绩评〔2022〕1号",
    chapters=CHAPTERS,
    lead_evaluator="李华",
    agency="疏附县财政局",
    press=press,
    by=THIRD,
)
FILE: Final = ask.FileReport(**ONE, archive_no="档1", by=BUREAU)
STEPS: Final = (SELECT, NOTICE, PLAN, APPROVE, COLLECT, SCORE, ANSWER, CONCLUDE, SUBMIT, FILE)


def consulted(command: object) -> tuple[object, ...]:
    """What other streams say to a command of an evaluation."""
    match command:
        case ask.SelectForEvaluation():
            return (Open(project=PROJECT),)
        case ask.RuledCommand():
            return RULES
        case ask.SubmitReport():
            return (KNOWN_UNIT,)
        case _:
            return ()


def after(*commands: object, story: Given | None = None) -> Given:
    """A story in which each of these was done, in this order."""
    current = story or Given(evaluation_decider, ())
    for command in commands:
        told = current.knowing(*consulted(command)).after(command)
        current = Given(evaluation_decider, told.facts)
    return current


def until(last: object) -> Given:
    """The nine steps up to one of them."""
    return after(*STEPS[: STEPS.index(last) + 1])


def scored() -> Given:
    """The draft is with the unit."""
    return until(SCORE).knowing(*RULES)


def departments(command: Any) -> Any:  # noqa: ANN401 - any command of an evaluation
    """The same, asked of and by a department's evaluation."""
    side = command.side if command.side is Side.UNIT else Side.DEPARTMENT
    changed = replace(command, evaluation_id="DEPARTMENT-P1-2021", side=side)
    if isinstance(changed, ask.SelectForEvaluation):
        return replace(changed, kind=Kind.DEPARTMENT)
    return changed
