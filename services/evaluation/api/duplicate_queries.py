"""Questions about programmes that overlap or are fragments: what was found, what was decided."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.evaluation.api.consequence_explaining import (
    AppliedRule,
    ConsequenceExplanation,
    explained,
    steps_of,
)
from services.evaluation.api.rules_in_force import rules_in_force
from services.evaluation.api.views import View
from services.evaluation.domain.duplicates.finding import (
    PROGRAMMES_MAX,
    Compared,
    DuplicateKind,
    Found,
    find,
)
from services.evaluation.projections import duplicate_groups, programme_register
from services.evaluation.projections.duplicate_groups import DuplicateRow
from services.evaluation.projections.programme_register import ProgrammeRow
from shared.contracts.fields import Number, Yuan
from shared.domain.money import Money
from shared.domain.refusals import Invalid
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading
from shared.http.routes import refusals

router: Final = APIRouter(tags=["Duplicates"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
RULE: Final = "duplicates: likeness of names and function codes (34号 §(十六))"


class ProgrammesTooMany(Invalid):
    """So many programmes are not compared in one answer."""

    title_zh = "项目数量过多，请缩小范围"


class DuplicateView(View):
    """A group, and what was decided of it."""

    group_id: str
    fiscal_year: int
    region_code: str
    kind: str
    status: str
    members: list[str]
    pairs: list[dict[str, Any]]
    amount: Yuan
    likeness: Number
    reason: str
    disposition: str
    keeps: str
    decision: str
    proposed_on: date
    decided_on: date | None
    rule_set_version: int
    version: int


class DuplicateMember(BaseModel):
    """A programme of a group that was found."""

    project_code: str
    project_name: str
    unit_code: str
    function_code: str
    amount: Yuan


class DuplicateCandidate(BaseModel):
    """Programmes that overlap or are fragments, as the machine found them. A person decides."""

    kind: DuplicateKind
    likeness: Number
    amount: Yuan
    members: list[DuplicateMember]


class DuplicateCandidates(BaseModel):
    """Everything that was found in a year, and among how many programmes."""

    fiscal_year: int
    programmes: int
    rule_set_version: int
    groups: list[DuplicateCandidate]


@router.get("/duplicates", operation_id="list_duplicates")
async def list_duplicates(
    read: Reading, page: PageRequest, *, fiscal_year: Year = None, status: str | None = None
) -> Page[DuplicateView]:
    """The groups that were proposed."""
    query = duplicate_groups.groups(fiscal_year=fiscal_year, status=status)
    mine = read.scope.where(region=DuplicateRow.region_code)
    return await read.page(query.where(mine), page, into=DuplicateView.of)


@router.get(
    "/duplicates/candidates",
    operation_id="list_duplicate_candidates",
    responses=refusals(409),
)
async def list_duplicate_candidates(read: Reading, fiscal_year: YearAsked) -> DuplicateCandidates:
    """What overlaps or is fragmented among the programmes of a year that one may see."""
    mine = read.scope.where(
        region=ProgrammeRow.region_code,
        department=ProgrammeRow.department_code,
        unit=ProgrammeRow.unit_code,
    )
    query = programme_register.programmes(fiscal_year=fiscal_year).where(mine)
    rows = await read.all(query.limit(PROGRAMMES_MAX + 1))
    if len(rows) > PROGRAMMES_MAX:
        raise ProgrammesTooMany(programmes_max=PROGRAMMES_MAX)
    region = read.person.region_code or (rows[0].region_code if rows else "")
    rules = await rules_in_force(read, region, *range(fiscal_year, fiscal_year - 3, -1))
    compared = await _compared(read, rows)
    found = await asyncio.to_thread(find, compared, rules.rule_set.linkage)
    by_code = {row.project_code: row for row in rows}
    return DuplicateCandidates(
        fiscal_year=fiscal_year,
        programmes=len(rows),
        rule_set_version=rules.version,
        groups=[_candidate(one, by_code) for one in found],
    )


async def _compared(read: Read, rows: Sequence[ProgrammeRow]) -> list[Compared]:
    units = {row.unit_code for row in rows}
    named = await read.all(programme_register.unit_names(units))
    owners = {one.unit_code: one.name for one in named}
    return [
        Compared(
            project_code=row.project_code,
            name=row.project_name,
            unit_code=row.unit_code,
            owner=owners.get(row.unit_code, ""),
            function_code=row.function_code,
            amount=Money(row.amount_fen),
        )
        for row in rows
    ]


def _candidate(found: Found, by_code: dict[str, ProgrammeRow]) -> DuplicateCandidate:
    return DuplicateCandidate(
        kind=found.kind,
        likeness=found.likeness,
        amount=found.amount,
        members=[
            DuplicateMember(
                project_code=code,
                project_name=by_code[code].project_name,
                unit_code=by_code[code].unit_code,
                function_code=by_code[code].function_code,
                amount=Money(by_code[code].amount_fen),
            )
            for code in found.members
        ],
    )


async def _group(read: Read, group_id: str) -> DuplicateRow:
    row = await read.one(duplicate_groups.group(group_id))
    read.check(row.region_code)
    read.tag(row.version)
    return row


@router.get("/duplicates/{group_id}", operation_id="get_duplicates")
async def get_duplicates(read: Reading, group_id: str) -> DuplicateView:
    """One group."""
    return DuplicateView.of(await _group(read, group_id))


@router.get("/duplicates/{group_id}/explanation", operation_id="explain_duplicates")
async def explain_duplicates(read: Reading, group_id: str) -> ConsequenceExplanation:
    """How alike the members are, pair by pair, and by which rule."""
    row = await _group(read, group_id)
    applied = AppliedRule(
        rule=RULE, rule_set_version=row.rule_set_version, legal_basis=row.legal_basis or None
    )
    pairs = [
        (f"{one['one']} ~ {one['other']}", "shared pairs of characters", one["names"])
        for one in row.pairs
    ]
    steps = steps_of(
        *pairs,
        ("likeness", "of the least alike pair", row.likeness),
        ("amount", "of all members", Money(row.amount_fen)),
        ("disposition", "as decided", row.disposition or None),
    )
    return await explained(read, applied, [*row.streams, f"duplicates-{group_id}"], steps)
