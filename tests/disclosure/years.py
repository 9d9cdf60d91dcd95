"""Two small years told by the other services, with numbers that can be added up by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from shared.contracts import evaluation, monitoring, targets
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money

type GradeCode = evaluation.GradeCode
type LibraryName = Literal["XJ_INDUSTRY", "XJ_MODEL_CASE", "KS_CORE"]

RULES: Final[dict[str, object]] = {
    "rule_set": "small",
    "grades": {"EXCELLENT": 90, "GOOD": 80, "FAIR": 60, "POOR": 0},
    "weights": {
        "scheme": "A",
        "A": {"EXECUTION": 10, "OUTPUT": 50, "BENEFIT": 30, "SATISFACTION": 10},
    },
    "qualitative_bands": {"MET": [0.8, 1.0], "PARTLY": [0.6, 0.8], "NOT": [0.0, 0.6]},
    "over_achievement": {"tolerance": 0.3, "slope": 0.5, "max_reduction": 0.5},
    "execution_score": {"A": "linear", "B": [[1.0, 10], [0.0, 0]]},
    "pass_line": None,
    "satisfaction": {"mode": "ratio", "bands": [[0.9, 1.0], [0.0, 0.0]]},
    "ex_ante": {
        "dimensions": {"NECESSITY": 100},
        "included_grades": ["EXCELLENT", "GOOD"],
        "major_threshold_yuan": "10000000.00",
        "scorers_min": 2,
        "objection_days": 10,
    },
    "monitoring": {
        "nodes": [{"code": "M05", "cut_off": "05-31"}],
        "pre_analysis_lead_months": 1,
        "t_ref": "linear",
        "red": {"ix": 0.6, "g": 0.6, "gap": 0.3, "idle_days": 60},
        "blue": {"ix": 0.8, "g": 0.8, "gap": 0.1},
        "letter_on_blue": True,
        "score": {"timeliness": 10},
    },
    "letters": {"ack_wd": 2, "plan_wd": {"BLUE": 10}, "finish_wd": {"BLUE": 30}},
    "self_eval_checks": {
        "goal_over_execution": 0.05,
        "unspent": 0.2,
        "arithmetic": 0.5,
        "deviation_cause": 0.1,
        "inflated": [5, 10, 20],
    },
    "recheck": {"sample_ratio": 0.1, "min_per_department": 1},
    "evaluation": {"opinion_days_wd": 10, "objection_days_wd": 10, "decide_days_wd": 15},
    "linkage": {
        "budget_year_offset": 2,
        "EXCELLENT": {"cap": None, "priority": True},
        "GOOD": {"cap": "prev"},
        "FAIR": {"cap": "prev"},
        "POOR": {"cap_factor": 0.9},
    },
    "similar_project_cut": {
        "POOR": [0.3, 1.0],
        "FAIR": [0.1, 0.3],
        "GOOD": [0.0, 0.1],
        "EXCELLENT": [0.0, 0.0],
    },
    "recovery": {"check_dates": ["09-30"], "low_rate": 0.5},
    "disclosure": {
        "with_budget_days": 15,
        "with_final_accounts_days": 20,
        "key_report_wd": 20,
        "monthly_day": 10,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as the stories need it: where, whose, for how much."""

    code: str
    region: str
    unit: str
    yuan: int

    @property
    def budget(self) -> Money:
        """What is granted with its target."""
        return Money(self.yuan * 100)


def rules(region: str, year: int, version: int = 1) -> targets.RuleSetAdopted:
    """A rule set that binds a region and a year."""
    return targets.RuleSetAdopted(
        region_code=region,
        rule_set_id="small",
        rule_set_version=version,
        fiscal_year=year,
        legal_basis="财预〔2020〕10号",
        rules=RULES,
    )


def registered(project: Project, year: int) -> targets.ProjectRegistered:
    """The project enters the library."""
    return targets.ProjectRegistered(
        region_code=project.region,
        project_code=project.code,
        name=f"项目{project.code}",
        fiscal_year=year,
        unit_code=project.unit,
        department_code="D1",
        requested=project.budget,
        needs_ex_ante=False,
    )


def assessed(
    project: Project, year: int, grade: GradeCode, cut: int = 0
) -> targets.ExAnteConcluded:
    """The project was assessed before; a bad grade is not arranged."""
    arranged = grade in {"EXCELLENT", "GOOD"}
    return targets.ExAnteConcluded(
        region_code=project.region,
        project_code=project.code,
        fiscal_year=year,
        assessed_on=date(year, 1, 20),
        unit_code=project.unit,
        department_code="D1",
        requested=project.budget,
        accepted=project.budget - Money(cut * 100),
        reduced=Money(cut * 100),
        reduction_kind="PARTIAL_CUT" if cut else "NONE",
        score=Decimal("91.50"),
        grade=grade,
        conclusion="INCLUDED" if arranged else "NOT_ARRANGED",
        rule_set_version=1,
    )


def approved(project: Project, year: int) -> targets.TargetApproved:
    """Its target binds, with its budget."""
    return targets.TargetApproved(
        region_code=project.region,
        project_code=project.code,
        project_name=f"项目{project.code}",
        fiscal_year=year,
        unit_code=project.unit,
        department_code="D1",
        target_version=1,
        budget=project.budget,
        scheme="A",
        annual_goal="修渠10公里",
        indicators=(
            targets.Indicator(
                indicator_id="i1",
                level1="OUTPUT",
                level2="数量指标",
                name="修渠长度",
                operator=">=",
                target_value=Decimal(10),
                unit="公里",
                weight=Decimal(90),
            ),
        ),
        approved_on=date(year, 2, 10),
        rule_set_version=1,
    )


def evaluated(project: Project, year: int, score: str = "92.00") -> PublicEvent:
    """Its unit evaluated it, and the bureau accepted that."""
    return evaluation.SelfEvaluationAccepted(
        region_code=project.region,
        project_code=project.code,
        fiscal_year=year,
        unit_code=project.unit,
        department_code="D1",
        self_score=Decimal("95.00"),
        machine_score=Decimal(score),
        final_score=Decimal(score),
        grade="EXCELLENT",
        execution_rate=Decimal("0.9800"),
        accepted_on=date(year + 1, 3, 1),
        rule_set_version=1,
    )


def finance_evaluated(project: Project, year: int) -> PublicEvent:
    """The finance bureau evaluated it."""
    return evaluation.EvaluationConcluded(
        region_code=project.region,
        project_code=project.code,
        fiscal_year=year,
        unit_code=project.unit,
        evaluation_id=f"E-{project.code}",
        kind="FINANCE",
        score=Decimal("88.00"),
        grade="GOOD",
        concluded_on=date(year + 1, 6, 1),
    )


def recovered(
    project: Project, year: int, yuan: int, *, booked: bool = True
) -> Sequence[PublicEvent]:
    """Money was taken back, in December; it may not be booked yet."""
    number = f"R-{project.code}"
    said: list[PublicEvent] = [
        evaluation.RecoveryApproved(
            region_code=project.region,
            project_code=project.code,
            fiscal_year=year,
            unit_code=project.unit,
            recovery_id=number,
            amount=Money(yuan * 100),
            route="QUOTA_WITHDRAWAL",
            reason="低效",
            document_no="喀财预〔2021〕9号",
            approved_on=date(year, 12, 1),
        )
    ]
    if booked:
        said.append(
            evaluation.FundsRecovered(
                region_code=project.region,
                project_code=project.code,
                fiscal_year=year,
                unit_code=project.unit,
                recovery_id=number,
                amount=Money(yuan * 100),
                route="QUOTA_WITHDRAWAL",
                document_no="喀财预〔2021〕9号",
                booked_on=date(year, 12, 20),
            )
        )
    return said


def cut(project: Project, budget_year: int, basis: int, yuan: int) -> PublicEvent:
    """A new application that resembles the project was cut."""
    return evaluation.BudgetCutConfirmed(
        region_code=project.region,
        cut_id=f"C-{project.code}-{budget_year}",
        project_code=f"NEW-{project.code}",
        basis_project_code=project.code,
        unit_code=project.unit,
        basis_fiscal_year=basis,
        budget_year=budget_year,
        grade="POOR",
        requested=project.budget,
        amount=Money(yuan * 100),
        confirmed_on=date(budget_year - 1, 11, 5),
    )


def warned(project: Project, year: int, level: monitoring.Level) -> PublicEvent:
    """The unit was warned in April."""
    return monitoring.WarningIssued(
        region_code=project.region,
        project_code=project.code,
        fiscal_year=year,
        unit_code=project.unit,
        warning_id=f"W-{project.code}-{level}",
        node="M05",
        level=level,
        reasons=("EXECUTION_LOW",),
        source="PRE_ANALYSIS",
        issued_on=date(year, 4, 30),
    )


def planned(region: str, year: int, node: str, month: int, day: int) -> PublicEvent:
    """A round is planned, with its analysis a month earlier."""
    return monitoring.RoundPlanned(
        region_code=region,
        fiscal_year=year,
        node=node,
        cut_off_on=date(year, month, day),
        pre_analysis_on=date(year, month - 1, 30),
    )


def library(region: str, name: LibraryName, classes: int, entries: int, year: int) -> PublicEvent:
    """A version of a library came into use."""
    return targets.LibraryPublished(
        region_code=region,
        library=name,
        library_version=1,
        classes=classes,
        entries=entries,
        published_on=date(year, 1, 5),
    )
