"""Questions about self-evaluations: the register, forms, core problems, evidence, coverage."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from sqlmodel import col

from services.evaluation.api.self_evaluation_views import (
    UNSIGNED,
    CoreProblemsView,
    CoverageView,
    DelaysView,
    FormView,
    ProofView,
    SelfEvaluationView,
    WithoutView,
    days_of,
)
from services.evaluation.domain.self_evaluation.evidence import EvidenceFlag
from services.evaluation.domain.self_evaluation.terms import USUAL
from services.evaluation.projections import self_evaluation_coverage as coverage
from services.evaluation.projections import self_evaluation_evidence as proofs
from services.evaluation.projections import self_evaluation_forms as forms
from services.evaluation.projections import self_evaluation_register as register
from services.evaluation.projections.self_evaluation_coverage import MoneyRow
from services.evaluation.projections.self_evaluation_forms import FormRow
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.domain.money import Money
from shared.domain.workdays import business_date
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Self-evaluations"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
_ONE: Final = "/self-evaluations/{self_evaluation_id}"


def mine(read: Read) -> Any:  # noqa: ANN401 - a condition
    """The self-evaluations one may see."""
    return read.scope.where(
        region=SelfEvaluationRow.region_code,
        department=SelfEvaluationRow.department_code,
        unit=SelfEvaluationRow.unit_code,
    )


async def self_evaluation_of(read: Read, self_evaluation_id: str) -> SelfEvaluationRow:
    """One that one may see."""
    row = await read.one(register.self_evaluation(self_evaluation_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/self-evaluations", operation_id="list_self_evaluations")
async def list_self_evaluations(
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Year = None,
    unit: str | None = None,
    status: str | None = None,
) -> Page[SelfEvaluationView]:
    """The register of self-evaluations."""
    query = register.self_evaluations(fiscal_year=fiscal_year, unit=unit, status=status)
    return await read.page(query.where(mine(read)), page, into=SelfEvaluationView.of)


@router.get(_ONE, operation_id="get_self_evaluation")
async def get_self_evaluation(read: Reading, self_evaluation_id: str) -> SelfEvaluationView:
    """One project and year: `<project>-<year>`."""
    return SelfEvaluationView.of(await self_evaluation_of(read, self_evaluation_id))


@router.get(f"{_ONE}/form-data", operation_id="get_self_evaluation_form")
async def get_self_evaluation_form(read: Reading, self_evaluation_id: str) -> FormView:
    """The form as far as it has come, its execution prefilled, with every time it went back."""
    row = await self_evaluation_of(read, self_evaluation_id)
    form = await read.one(forms.form(self_evaluation_id))
    money = await read.first(coverage.paid_of([self_evaluation_id]))
    returned = await read.all(forms.returned(self_evaluation_id))
    return FormView.of(form, Money(row.budget_fen), money, returned)


@router.get(f"{_ONE}/core-problems", operation_id="get_core_problems")
async def get_core_problems(read: Reading, self_evaluation_id: str) -> CoreProblemsView:
    """核心问题页: deviations above a tenth and low execution, by lost points, with their cures."""
    await self_evaluation_of(read, self_evaluation_id)
    form = await read.one(forms.form(self_evaluation_id))
    return CoreProblemsView(self_evaluation_id=self_evaluation_id, problems=form.problems or [])


@router.get(f"{_ONE}/evidence", operation_id="list_self_evaluation_evidence")
async def list_self_evaluation_evidence(read: Reading, self_evaluation_id: str) -> list[ProofView]:
    """The files of a signed report: accepted or not, late, or used elsewhere, too."""
    row = await self_evaluation_of(read, self_evaluation_id)
    due_on = await _due_on(read, row.fiscal_year, row.region_code)
    found = await read.all(proofs.of_report(self_evaluation_id))
    others = await read.all(proofs.elsewhere(self_evaluation_id))
    places: dict[str, list[str]] = defaultdict(list)
    for other in others:
        places[other.sha256].append(other.self_evaluation_id)
    seen = await _seen(read, {place for known in places.values() for place in known})
    return [
        ProofView.of(
            one,
            [place for place in places[one.sha256] if place in seen],
            _flags(one, due_on, used_elsewhere=one.sha256 in places and bool(places[one.sha256])),
        )
        for one in found
    ]


def _flags(row: proofs.ProofRow, due_on: date, *, used_elsewhere: bool) -> list[str]:
    found = {
        EvidenceFlag.DUPLICATE_EVIDENCE: used_elsewhere,
        EvidenceFlag.LATE_EVIDENCE: row.captured_on is not None and row.captured_on > due_on,
    }
    return [flag.value for flag, is_so in found.items() if is_so]


async def _seen(read: Read, places: set[str]) -> set[str]:
    """Those of the self-evaluations that one may see."""
    query = register.some(places).where(mine(read))
    return {row.self_evaluation_id for row in await read.all(query)}


@router.get(
    "/self-evaluation-evidence/used-twice",
    operation_id="list_self_evaluation_evidence_used_twice",
)
async def list_self_evaluation_evidence_used_twice(
    read: Reading, page: PageRequest, fiscal_year: YearAsked
) -> Page[ProofView]:
    """The files of a year that are in the reports of more than one project or year."""
    query = proofs.used_twice(fiscal_year).where(
        col(proofs.ProofRow.self_evaluation_id).in_(register.ids_of_year(fiscal_year, mine(read)))
    )
    flags = [EvidenceFlag.DUPLICATE_EVIDENCE.value]
    return await read.page(query, page, into=lambda row: ProofView.of(row, [], flags))


@router.get("/self-evaluation-coverage", operation_id="get_self_evaluation_coverage")
async def get_self_evaluation_coverage(read: Reading, fiscal_year: YearAsked) -> list[CoverageView]:
    """Every project of a year, unit by unit: how far it has come, what is missing, what is late."""
    today = read.as_of or business_date(read.runtime.clock.now())
    days = await _days(read, fiscal_year)
    found: dict[str, list[SelfEvaluationRow]] = defaultdict(list)
    for row in await read.all(coverage.of_year(fiscal_year).where(mine(read))):
        found[row.unit_code].append(row)
    return [_covered(rows, days, today) for _, rows in sorted(found.items())]


def _covered(
    rows: Sequence[SelfEvaluationRow], days: Mapping[str, date], today: date
) -> CoverageView:
    statuses = Counter(row.status for row in rows)
    missing = [row for row in rows if row.status in UNSIGNED]
    late = [row for row in missing if _day_of(row.region_code, row.fiscal_year, days) < today]
    return CoverageView(
        unit_code=rows[0].unit_code,
        department_code=rows[0].department_code,
        region_code=rows[0].region_code,
        projects=len(rows),
        statuses=dict(statuses),
        signed=len(rows) - len(missing),
        accepted=sum(row.final_score is not None for row in rows),
        overdue=len(late),
        missing=sorted(row.self_evaluation_id for row in missing),
    )


async def _days(read: Read, fiscal_year: int) -> dict[str, date]:
    return {row.region_code: row.due_on for row in await read.all(coverage.terms(fiscal_year))}


async def _due_on(read: Read, fiscal_year: int, region_code: str) -> date:
    return _day_of(region_code, fiscal_year, await _days(read, fiscal_year))


def _day_of(region_code: str, fiscal_year: int, days: Mapping[str, date]) -> date:
    """The day of the nearest region above that has one; the usual one where none has."""
    line = (region_code, f"{region_code[:4]}00", f"{region_code[:2]}0000")
    return next((days[one] for one in line if one in days), USUAL.due_on(fiscal_year))


@router.get(
    "/self-evaluation-coverage/without", operation_id="list_projects_without_self_evaluation"
)
async def list_projects_without_self_evaluation(
    read: Reading, page: PageRequest, fiscal_year: YearAsked
) -> Page[WithoutView]:
    """Projects that spent money in a year and have no self-evaluation: no target was approved."""
    own = read.scope.where(region=MoneyRow.region_code, unit=MoneyRow.unit_code)
    query = coverage.without(fiscal_year).where(own)
    return await read.page(query, page, into=WithoutView.of)


@router.get("/self-evaluation-delays", operation_id="get_self_evaluation_delays")
async def get_self_evaluation_delays(read: Reading, fiscal_year: YearAsked) -> DelaysView:
    """Working days by desk, and returns by reason and by the office responsible (§6.1)."""
    own = read.scope.where(
        region=FormRow.region_code, department=FormRow.department_code, unit=FormRow.unit_code
    )
    found = await read.all(forms.forms_of_year(fiscal_year).where(own))
    known = {row.self_evaluation_id for row in found}
    returns = [
        one
        for one in await read.all(forms.returns_of_year(fiscal_year))
        if one.self_evaluation_id in known
    ]
    days = [days_of(row) for row in found]
    desks = days[0] if days else {}
    return DelaysView(
        fiscal_year=fiscal_year,
        self_evaluations=len(found),
        workdays={desk: sum(one[desk] for one in days) for desk in desks},
        longest={desk: max(one[desk] for one in days) for desk in desks},
        returns=dict(Counter(code for one in returns for code in one.codes)),
        returned_to=dict(Counter(office for one in returns for office in one.offices)),
    )
