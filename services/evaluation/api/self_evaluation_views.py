"""What is answered about self-evaluations."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Self

from pydantic import BaseModel, Field

from services.evaluation.api.views import View
from services.evaluation.projections.self_evaluation_coverage import MoneyRow
from services.evaluation.projections.self_evaluation_evidence import ProofRow
from services.evaluation.projections.self_evaluation_forms import FormRow, ReturnRow
from shared.contracts.fields import Number, Rate, Yuan
from shared.domain.money import Money

UNSIGNED: Final = frozenset({"OPENED", "FILLING", "SELF_SCORED", "RETURNED"})
"""Where a report still lies with its unit."""


class SelfEvaluationView(View):
    """A self-evaluation."""

    self_evaluation_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    status: str
    budget: Yuan
    paid: Yuan | None
    self_score: Number | None
    machine_score: Number | None
    final_score: Number | None
    grade: str | None
    execution_rate: Rate | None
    inflation: str
    findings: str
    flags: str
    duplicate_evidence: bool
    settlement: str
    rule_set_version: int
    origin: str
    due_on: date | None
    reminded_on: date | None
    overdue_on: date | None
    version: int


class ScoreExplanationView(View):
    """What a result was computed from."""

    self_evaluation_id: str
    rule_set_version: int
    self_score: Number | None
    machine_score: Number | None
    final_score: Number | None
    grade: str | None
    findings: str
    explanation: dict[str, Any] | None


class SelfEvaluationReturnView(BaseModel):
    """One time that a report went back."""

    codes: list[str]
    offices: list[str]
    findings: list[str]
    reason: str
    returned_by: str
    returned_on: date

    @classmethod
    def of(cls, row: ReturnRow) -> Self:
        """A row."""
        return cls.model_validate(row.model_dump())


class FormView(BaseModel):
    """A form as far as it has come: what both offices said, who signed, what came of it.

    `filled_for`, `confirmed_for` and `signed_for` are the persons named for the step; the money
    is what monitoring says. `days` are working days by desk.
    """

    self_evaluation_id: str
    annual_goal: str
    initial_budget: Yuan
    budget: Yuan
    paid: Yuan = Field(description="From monitoring; nobody types it in.")
    duty: dict[str, Any] | None
    indicators: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    execution_cause: dict[str, Any] | None
    finished: bool | None
    self_score: Number | None
    summary: str
    filled_by: str
    filled_for: str
    confirmed_by: str
    confirmed_for: str
    confirmed_paid: Yuan | None
    confirmed_note: str
    submitted_by: str
    submitted_on: date | None
    signed_for: str
    audited_by: str
    opinion: str
    sent_by: str
    computed: dict[str, Any] | None
    asked: dict[str, Any] | None
    answered: dict[str, Any] | None
    kept: dict[str, Any] | None
    settlement: str
    days: dict[str, int]
    returned: list[SelfEvaluationReturnView]

    @classmethod
    def of(
        cls, row: FormRow, budget: Money, money: MoneyRow | None, returned: Sequence[ReturnRow]
    ) -> Self:
        """A row with the money and with its returns."""
        confirmed = row.confirmed_paid_fen
        told = {
            **row.model_dump(),
            "initial_budget": Money(row.initial_budget_fen),
            "budget": budget,
            "paid": Money(money.paid_fen if money else 0),
            "indicators": row.indicators or [],
            "reports": row.reports or [],
            "evidence": row.evidence or [],
            "confirmed_paid": None if confirmed is None else Money(confirmed),
            "days": days_of(row),
            "returned": [SelfEvaluationReturnView.of(one) for one in returned],
        }
        return cls.model_validate(told)


def days_of(row: FormRow) -> dict[str, int]:
    """Working days by desk."""
    return {
        "BUSINESS": row.days_business,
        "FINANCE": row.days_finance,
        "HEAD": row.days_head,
        "DEPARTMENT": row.days_department,
        "BUREAU": row.days_bureau,
    }


class CoreProblemsView(BaseModel):
    """The core problem page: what was not reached, the dearest first, with cause and cure."""

    self_evaluation_id: str
    problems: list[dict[str, Any]]


class ProofView(BaseModel):
    """A file of a report, what it proves, what became of it, and where else it was used."""

    sha256: str
    self_evaluation_id: str
    indicators: list[str]
    kind: str
    name: str
    mime: str
    bytes: int | None
    obtain_method: str
    data_source: str
    captured_on: date | None
    supersedes: str
    submitted_by: str
    acceptance: str
    reason: str
    reviewer: str
    flags: list[str]
    also_in: list[str] = Field(description="Self-evaluations one may see that use it, too.")

    @classmethod
    def of(cls, row: ProofRow, also_in: Sequence[str], flags: Sequence[str]) -> Self:
        """A row with its places."""
        told = {**row.model_dump(), "bytes": row.size, "also_in": also_in, "flags": flags}
        return cls.model_validate(told)


class CoverageView(BaseModel):
    """How far the self-evaluations of a unit have come; `overdue` are unsigned after their day."""

    unit_code: str
    department_code: str
    region_code: str
    projects: int
    statuses: dict[str, int]
    signed: int
    accepted: int
    overdue: int
    missing: list[str] = Field(description="Self-evaluations that nobody has signed yet.")


class WithoutView(BaseModel):
    """A project that spent money in a year and has no self-evaluation."""

    self_evaluation_id: str
    region_code: str
    unit_code: str
    paid: Yuan

    @classmethod
    def of(cls, row: MoneyRow) -> Self:
        """A row."""
        return cls.model_validate({**row.model_dump(), "paid": Money(row.paid_fen)})


class DelaysView(BaseModel):
    """Where self-evaluations of a year lay, and why and to whom they went back."""

    fiscal_year: int
    self_evaluations: int
    workdays: dict[str, int] = Field(description="By desk, in all.")
    longest: dict[str, int] = Field(description="By desk, of one self-evaluation.")
    returns: dict[str, int] = Field(description="By reason code.")
    returned_to: dict[str, int] = Field(description="By office responsible.")
