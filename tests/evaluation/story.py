"""The data of the stories: people, a project with the indicators of V1, and the rule set."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.self_evaluation.commands import (
    AcceptSelfEvaluation,
    AuditSelfEvaluation,
    SubmitSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.messages import Project, SelfEvaluationOpened
from services.evaluation.domain.unit import Unit
from services.evaluation.domain.values import (
    Attainment,
    Cause,
    CauseCode,
    Indicator,
    Level1,
    Operator,
    Reported,
    Scheme,
)
from services.evaluation.domain.watched import Watched
from shared.domain.money import Money

NOW: Final = datetime(2022, 3, 15, 2, 0, tzinfo=UTC)
TODAY: Final = date(2022, 3, 15)
HEAD, DEPARTMENT, BUREAU, SECOND, THIRD = "iss|head", "iss|dept", "iss|fb1", "iss|fb2", "iss|fb3"
REGION, UNIT, DEPT = "653121", "653121001", "653121-D1"
RULES: Final[dict[str, Any]] = {
    "rule_set": "kashgar-2021-v1",
    "timezone": "Asia/Shanghai",
    "grades": {"EXCELLENT": 90, "GOOD": 80, "FAIR": 60, "POOR": 0},
    "weights": {
        "scheme": "A",
        "A": {"EXECUTION": 10, "OUTPUT": 50, "BENEFIT": 30, "SATISFACTION": 10},
        "B_cost": {"EXECUTION": 10, "COST": 20, "OUTPUT": 40, "BENEFIT": 20, "SATISFACTION": 10},
        "B_nocost": {"EXECUTION": 10, "OUTPUT": 50, "BENEFIT": 30, "SATISFACTION": 10},
        "no_satisfaction_goes_to": "BENEFIT",
    },
    "qualitative_bands": {"MET": [0.80, 1.00], "PARTLY": [0.60, 0.80], "NOT": [0.00, 0.60]},
    "over_achievement": {"tolerance": 0.30, "slope": 0.5, "max_reduction": 0.5},
    "execution_score": {"A": "linear", "B": [[1.0, 10], [0.8, 7], [0.6, 5], [0.0, 0]]},
    "pass_line": None,
    "satisfaction": {"mode": "ratio", "bands": [[0.9, 1.0], [0.8, 0.8], [0.6, 0.5], [0.0, 0.0]]},
    "ex_ante": {
        "dimensions": {"NECESSITY": 20, "ECONOMY": 20, "TARGET_REASONABLENESS": 20,
                       "FEASIBILITY": 20, "FUNDING_COMPLIANCE": 20},
        "included_grades": ["EXCELLENT", "GOOD"],
        "major_threshold_yuan": "10000000.00",
        "scorers_min": 2,
        "objection_days": 10,
    },
    "monitoring": {
        "nodes": [{"code": "M05", "cut_off": "05-31"}, {"code": "M08", "cut_off": "08-31"}],
        "pre_analysis_lead_months": 1,
        "t_ref": "linear",
        "red": {"ix": 0.60, "g": 0.60, "gap": 0.30, "idle_days": 60},
        "blue": {"ix": 0.80, "g": 0.80, "gap": 0.10},
        "letter_on_blue": True,
        "score": {"timeliness": 10, "completeness": 10, "execution": 30, "goal": 40,
                  "correction": 10},
    },
    "letters": {"ack_wd": 2, "plan_wd": {"BLUE": 10, "RED": 5},
                "finish_wd": {"BLUE": 30, "RED": 20}},
    "self_eval_checks": {"goal_over_execution": 0.05, "unspent": 0.20, "arithmetic": 0.5,
                         "deviation_cause": 0.10, "inflated": [5, 10, 20]},
    "recheck": {"sample_ratio": 0.10, "min_per_department": 1, "full_when_flagged": True},
    "evaluation": {"opinion_days_wd": 10, "objection_days_wd": 10, "decide_days_wd": 15},
    "linkage": {
        "budget_year_offset": 2,
        "base": "INITIAL",
        "EXCELLENT": {"cap": None, "priority": True},
        "GOOD": {"cap": "prev"},
        "FAIR": {"cap": "prev"},
        "POOR": {"cap_factor": 0.90, "allowed": [0.70, 0.95]},
    },
    "similar_project_cut": {"POOR": [0.30, 1.00], "FAIR": [0.10, 0.30], "GOOD": [0.00, 0.10],
                            "EXCELLENT": [0.0, 0.0]},
    "recovery": {"check_dates": ["09-30", "10-31"], "low_rate": 0.50},
    "disclosure": {"with_budget_days": 20, "with_final_accounts_days": 20, "key_report_wd": 20,
                   "monthly_day": 10},
    "effectiveness": {"organisation": 8, "ex_ante": 12, "targets": 18, "monitoring": 18,
                      "evaluation": 18, "application": 12, "disclosure": 8,
                      "training_publicity": 6, "bonus_max": 5, "penalty_max": 20},
    "ranking": {"ties": "share", "method": "descending"},
}  # fmt: skip
ADOPTED: Final = Rules(version=1, legal_basis="财预〔2020〕10号", text=json.dumps(RULES))


def yuan(ten_thousands: int) -> Money:
    """An amount told in 万元."""
    return Money(ten_thousands * 1_000_000)


def indicator(  # noqa: PLR0913 - a row of the table
    name: str,
    weight: int,
    target: str | None,
    operator: Operator = Operator.AT_LEAST,
    *,
    level1: Level1 = Level1.OUTPUT,
    unit: str = "",
) -> Indicator:
    """An indicator whose id is its name."""
    return Indicator(
        indicator_id=name,
        level1=level1,
        level2="",
        name=name,
        operator=operator,
        target_value=None if target is None else Decimal(target),
        unit=unit,
        weight=Decimal(weight),
    )


INDICATORS: Final = (
    indicator("road", 15, "20", unit="km"),
    indicator("pass", 15, "95", unit="%"),
    indicator("time", 10, "100", Operator.EXACTLY, unit="%"),
    indicator("cost", 10, "25", Operator.AT_MOST, unit="万元/km"),
    indicator("income", 15, "1000", level1=Level1.BENEFIT, unit="元"),
    indicator("social", 15, None, Operator.QUALITATIVE, level1=Level1.BENEFIT),
    indicator("happy", 10, "90", level1=Level1.SATISFACTION, unit="%"),
)
CURE: Final[dict[str, Any]] = {
    "measure": "提前开展前期工作，按月调度执行进度。",
    "objective": Decimal(40),
    "subjective": Decimal(60),
    "due_on": date(2022, 6, 30),
    "owner": "李",
}
LOW = Cause(
    code=CauseCode.TARGET_TOO_LOW,
    text="年初设定增收目标时参考了受灾年份数据，目标值明显偏低，下年度按三年均值重新设定。",
    **CURE,
)
POLICY = Cause(
    code=CauseCode.POLICY_EXPANSION,
    text="年中自治区出台新的补贴政策，受益农户范围扩大一倍，带动增收超出年初预期目标。",
    **CURE,
)
SLOW = Cause(
    code=CauseCode.MANAGEMENT,
    text="项目招标组织不力，合同签订比计划晚了三个月，已明确专人负责并倒排工期推进支付。",
    **CURE,
)


def reports(
    income: Cause | None = LOW, evidence: tuple[str, ...] = ("a" * 64,)
) -> tuple[Reported, ...]:
    """The actual values of V1."""
    values = {
        "road": "18",
        "pass": "97",
        "time": "100",
        "cost": "22.78",
        "income": "1500",
        "happy": "85",
    }
    told = [
        Reported(
            indicator_id=name,
            value=Decimal(value),
            evidence=evidence,
            cause=income if name == "income" else None,
        )
        for name, value in values.items()
    ]
    social = Reported(
        indicator_id="social",
        attainment=Attainment.MET,
        share=Decimal("0.95"),
        evidence=evidence,
    )
    return (*told, social)


PROJECT: Final = Project(
    project_code="P1",
    name="农村公路",
    fiscal_year=2021,
    region_code=REGION,
    department_code=DEPT,
    unit_code=UNIT,
    target_version=1,
    budget=yuan(500),
    scheme=Scheme.A,
    indicators=INDICATORS,
)
PAID: Final = Watched(paid=yuan(410))
JUDGING: Final = (PAID, ADOPTED, Rules(), Rules())
"""What judging consults: the money, then the rules of county, prefecture and province."""
ID: Final = "P1-2021"
opened: Final = SelfEvaluationOpened(project=PROJECT)
KNOWN_UNIT: Final = Unit(name="交通局", region_code=REGION, department_code=DEPT)


def submit(**changes: Any) -> SubmitSelfEvaluation:  # noqa: ANN401 - the fields of the command
    """The report of V1, signed by the head."""
    return SubmitSelfEvaluation(
        **{
            "self_evaluation_id": ID,
            "by": HEAD,
            "now": NOW,
            "region_code": REGION,
            "reports": reports(),
            "prepared_by_business": "李",
            "prepared_by_finance": "王",
            "self_score": Decimal("93.89"),
            **changes,
        }
    )


def audit(by: str = DEPARTMENT) -> AuditSelfEvaluation:
    """The department stands behind it."""
    return AuditSelfEvaluation(self_evaluation_id=ID, by=by, now=NOW, region_code=REGION)


def accept(by: str = BUREAU, **changes: Any) -> AcceptSelfEvaluation:  # noqa: ANN401
    """The bureau accepts."""
    return AcceptSelfEvaluation(
        **{
            "self_evaluation_id": ID,
            "by": by,
            "now": NOW,
            "region_code": REGION,
            **changes,
        }
    )
