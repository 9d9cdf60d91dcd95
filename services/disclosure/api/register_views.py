"""What the lists of the registers show of what was heard."""

from datetime import date

from pydantic import Field

from services.disclosure.api.views import Number, View, Yuan
from shared.contracts.fields import Rate


class ProjectView(View):
    """A project and its promise."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    name: str
    requested: Yuan = Field(validation_alias="requested_fen")
    arranged: bool
    target_version: int
    approved: Yuan = Field(validation_alias="approved_fen")
    budget: Yuan = Field(validation_alias="budget_fen")
    approved_on: date | None
    adjusted_on: date | None
    origin: str


class ExAnteView(View):
    """An ex-ante assessment that was concluded."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    assessed_on: date
    requested: Yuan = Field(validation_alias="requested_fen")
    accepted: Yuan = Field(validation_alias="accepted_fen")
    reduced: Yuan = Field(validation_alias="reduced_fen")
    reduction_kind: str
    score: Number
    grade: str
    conclusion: str
    rule_set_version: int
    origin: str


class LibraryView(View):
    """A version of a library."""

    region_code: str
    library: str
    library_version: int
    classes: int
    entries: int
    published_on: date


class RoundView(View):
    """A monitoring round."""

    region_code: str
    fiscal_year: int
    node: str
    cut_off_on: date
    pre_analysis_on: date
    reviewed: int
    missed: int
    closed: bool


class WarningView(View):
    """A warning from its issue to its end."""

    warning_id: str
    region_code: str
    unit_code: str
    project_code: str
    fiscal_year: int
    node: str
    source: str
    issued_level: str
    level: str
    issued_on: date
    letter_no: str | None
    finish_by: date | None
    outcome: str | None
    closed_on: date | None


class SelfEvaluationView(View):
    """A self-evaluation that was accepted."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    self_score: Number
    final_score: Number
    grade: str
    execution_rate: Rate
    findings: int
    accepted_on: date
    corrected_on: date | None


class EvaluationView(View):
    """An evaluation that was concluded."""

    evaluation_id: str
    kind: str
    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    score: Number
    grade: str
    concluded_on: date


class RecoveryView(View):
    """Money taken back."""

    recovery_id: str
    region_code: str
    unit_code: str
    project_code: str
    fiscal_year: int
    amount: Yuan = Field(validation_alias="amount_fen")
    route: str
    reason: str
    document_no: str
    status: str
    approved_on: date
    booked_on: date | None


class CutView(View):
    """An application that was cut."""

    cut_id: str
    region_code: str
    unit_code: str
    project_code: str
    basis_project_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: str
    requested: Yuan = Field(validation_alias="requested_fen")
    amount: Yuan = Field(validation_alias="amount_fen")
    confirmed_on: date


class RankView(View):
    """A rank that a superior gave."""

    scheme: str
    period: str
    subject: str
    level: str
    parent: str | None
    rank: int | None
    rank_at_most: int | None
    document_no: str


class ScoreView(View):
    """A review score that a superior gave."""

    fund: str
    kind: str
    fund_year: int
    subject: str
    score: Number
    rank: int | None
    document_no: str
