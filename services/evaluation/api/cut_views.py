"""What readers of cuts are shown."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel

from services.evaluation.api.views import View
from services.evaluation.domain.cut.similar import Likeness, Programme, compare, range_of
from services.evaluation.domain.disposition import OF_PROJECT
from services.evaluation.projections.programme_register import ProgrammeRow
from shared.contracts.fields import Number, Rate, Yuan
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.domain.rules import RuleSet


class CutView(View):
    """A budget cut."""

    cut_id: str
    project_code: str
    project_name: str
    basis_project_code: str
    region_code: str
    unit_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: str
    requested: Yuan
    amount: Yuan
    similarity: str
    status: str
    rule_set_version: int
    confirmed_on: date | None
    basis_name: str
    execution_rate: Rate | None
    likeness: Number | None
    same_function: bool | None
    same_track: bool
    disposition: str
    ratio: Rate | None
    document_no: str
    answer_by: date | None
    agrees: bool | None
    found_by_machine: bool
    answer: str
    granted: Yuan | None
    origin: str
    version: int


class CutCandidateView(BaseModel):
    """A judged project of the type of an application, and what its grade proposes."""

    basis_project_code: str
    basis_name: str
    basis_fiscal_year: int
    grade: str
    execution_rate: Rate | None
    likeness: Number
    same_function: bool | None
    same_track: bool
    ratio_min: Number
    ratio_max: Number
    amount_min: Yuan
    amount_max: Yuan
    disposition: str


class SimilarGroupView(BaseModel):
    """An application, and the judged projects of its type (同类型项目)."""

    project_code: str
    project_name: str
    unit_code: str
    budget_year: int
    requested: Yuan
    similar: list[CutCandidateView]


def similar_group(
    row: ProgrammeRow, judged: Sequence[ProgrammeRow], rules: RuleSet, owner: str
) -> SimilarGroupView:
    """What of the judged projects is of the type of an application, the most alike first."""
    new = programme_of(row, owner)
    found: list[CutCandidateView] = []
    for old in judged:
        measure = compare(new, programme_of(old, owner))
        alike = measure.similar(rules.linkage.similar_name)
        if alike is False or (alike is None and measure.names < rules.linkage.similar_name):
            continue
        if old.unit_code == row.unit_code:
            found.append(_candidate(row, old, measure, rules))
    return SimilarGroupView(
        project_code=row.project_code,
        project_name=row.project_name,
        unit_code=row.unit_code,
        budget_year=row.fiscal_year,
        requested=Money(row.amount_fen),
        similar=sorted(found, key=lambda one: (-one.likeness, one.basis_project_code)),
    )


def programme_of(row: ProgrammeRow, owner: str) -> Programme:
    """What a programme is compared by."""
    return Programme(
        name=row.project_name,
        unit_code=row.unit_code,
        function_code=row.function_code,
        track_pro_code=row.track_pro_code,
        owner=owner,
    )


def _candidate(
    row: ProgrammeRow, old: ProgrammeRow, measure: Likeness, rules: RuleSet
) -> CutCandidateView:
    grade, requested = Grade(str(old.grade)), Money(row.amount_fen)
    lower, upper = range_of(grade, old.execution_rate, rules.linkage, rules.checks.unspent)
    return CutCandidateView(
        basis_project_code=old.project_code,
        basis_name=old.project_name,
        basis_fiscal_year=old.fiscal_year,
        grade=grade.value,
        execution_rate=old.execution_rate,
        likeness=measure.names,
        same_function=measure.same_function,
        same_track=measure.same_track,
        ratio_min=lower,
        ratio_max=upper,
        amount_min=requested.times(lower),
        amount_max=requested.times(upper),
        disposition=OF_PROJECT[grade].value,
    )
