"""What is shown of effectiveness evaluations."""

from datetime import date
from typing import Any

from services.evaluation.api.views import View
from shared.contracts.fields import Number


class EffectivenessPlanView(View):
    """A plan: who, when, and by what framework."""

    plan_id: str
    region_code: str
    subject: str
    fiscal_year: int
    period: str
    cut_off_on: date
    document_no: str
    status: str
    subjects: int
    framework: dict[str, Any] | None
    rule_set_version: int
    ranking_id: str
    used_for: str
    version: int


class EffectivenessView(View):
    """Where one subject stands."""

    effectiveness_id: str
    plan_id: str
    subject_code: str
    subject: str
    fiscal_year: int
    period: str
    region_code: str
    status: str
    score: Number | None
    grade: str | None
    rank: int | None
    previous_rank: int | None
    object_by: date | None
    objection: str
    answer: str
    rule_set_version: int
    version: int


class EffectivenessExplanationView(View):
    """Every aspect with its figures and where its points come from, and how they add up.

    Sources: COMPUTED from what was said up to the cut-off; NOT_SAID and NOT_DUE wait for a person
    and have no points; JUDGED and CORRECTED were given by a person, with a document.
    """

    effectiveness_id: str
    rule_set_version: int
    lines: list[dict[str, Any]]
    extra: dict[str, Any]
    total: dict[str, Any] | None
    score: Number | None
    grade: str | None
