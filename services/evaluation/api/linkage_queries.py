"""Questions about linkage: the board, one with its reasons, and the signed constraints."""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.api.consequence_explaining import (
    AppliedRule,
    ConsequenceExplanation,
    explained,
    steps_of,
)
from services.evaluation.api.constraint_signing import ConstraintSigner
from services.evaluation.api.linkage_views import (
    ConstraintDocument,
    LinkageView,
    SignedConstraint,
    VerificationKey,
    VerificationKeys,
)
from services.evaluation.domain.linkage.states import LinkageStatus
from services.evaluation.projections import linkage_board
from services.evaluation.projections.linkage_board import LinkageRow
from shared.domain.money import Money
from shared.domain.refusals import NotFound
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Linkage"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
RULE: Final = "linkage: cap = previous budget × factor of the grade (domain §4.9)"


class ConstraintNotConfirmed(NotFound):
    """No constraint was confirmed for this unit and year."""

    title_zh = "该单位该年度没有已确认的预算约束"


def _mine(read: Read, query: SelectOfScalar[LinkageRow]) -> SelectOfScalar[LinkageRow]:
    mine = read.scope.where(
        region=LinkageRow.region_code,
        department=LinkageRow.department_code,
        unit=LinkageRow.unit_code,
    )
    return query.where(mine)


async def _linkage(read: Read, linkage_id: str) -> LinkageRow:
    row = await read.one(linkage_board.linkage(linkage_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/linkages", operation_id="list_linkages")
async def list_linkages(
    read: Reading,
    page: PageRequest,
    *,
    budget_year: Year = None,
    status: LinkageStatus | None = None,
) -> Page[LinkageView]:
    """What binds a coming budget, unit by unit."""
    query = linkage_board.linkages(budget_year=budget_year, status=status)
    return await read.page(_mine(read, query), page, into=LinkageView.of)


@router.get("/linkages/{linkage_id}", operation_id="get_linkage")
async def get_linkage(read: Reading, linkage_id: str) -> LinkageView:
    """One unit and evaluated year: `<unit>-<year>`."""
    return LinkageView.of(await _linkage(read, linkage_id))


@router.get("/linkages/{linkage_id}/explanation", operation_id="explain_linkage")
async def explain_linkage(read: Reading, linkage_id: str) -> ConsequenceExplanation:
    """Grade, previous budget, factor and cap, with the rule and the events they rest on."""
    row = await _linkage(read, linkage_id)
    applied = AppliedRule(
        rule=RULE, rule_set_version=row.rule_set_version, legal_basis=row.legal_basis or None
    )
    offset = row.budget_year - row.basis_fiscal_year
    cap = "none" if row.cap_fen is None else Money(row.cap_fen)
    steps = steps_of(
        ("grade", f"appraisal of {row.basis_fiscal_year}", row.grade),
        ("budget_year", f"evaluated year + {offset}", row.budget_year),
        (
            "previous_budget",
            f"approved project budgets of {row.budget_year - 1} ({row.base})",
            Money(row.previous_budget_fen),
        ),
        ("factor", "factor of the grade; POOR: 1 - cut ratio", row.cap_factor or "none"),
        ("cap", "previous budget × factor", cap),
        ("disposition", "of the grade", row.disposition or None),
        ("approved", "approved for the budget year", _money(row.approved_fen)),
        ("exempted", "statutory, emergency, assigned from above", _money(row.exempt_fen)),
        ("excess", "max(0, approved - exempted - cap)", _money(row.excess_fen)),
    )
    return await explained(read, applied, [*row.streams, f"linkage-{row.linkage_id}"], steps)


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


@router.get("/budget-constraints", operation_id="list_budget_constraints")
async def list_budget_constraints(
    read: Reading, page: PageRequest, budget_year: YearAsked
) -> Page[SignedConstraint]:
    """What binds a coming budget, as the budget system pulls it: signed, one after the other."""
    query = _mine(read, linkage_board.constraints(budget_year=budget_year))
    signer = ConstraintSigner(read.runtime.settings.webhook_master)
    return await read.page(query, page, into=lambda row: _signed(row, signer))


@router.get("/budget-constraints/{linkage_id}", operation_id="get_budget_constraint")
async def get_budget_constraint(read: Reading, linkage_id: str) -> SignedConstraint:
    """One constraint document with its detached signature."""
    row = await _linkage(read, linkage_id)
    if row.confirmed_on is None:
        raise ConstraintNotConfirmed(remedy="Confirm the linkage first.")
    return _signed(row, ConstraintSigner(read.runtime.settings.webhook_master))


@router.get("/budget-constraint-keys", operation_id="list_budget_constraint_keys")
async def list_budget_constraint_keys(read: Reading) -> VerificationKeys:
    """The key by which anybody verifies a constraint document."""
    signer = ConstraintSigner(read.runtime.settings.webhook_master)
    return VerificationKeys(keys=[VerificationKey(kid=signer.kid, x=signer.public)])


def _signed(row: LinkageRow, signer: ConstraintSigner) -> SignedConstraint:
    document = ConstraintDocument.of(row)
    return SignedConstraint(document=document, signature=signer.sign(document.model_dump()))
