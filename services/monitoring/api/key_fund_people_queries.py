"""Questions about beneficiaries: lines masked, totals by township, looks and their log."""

from datetime import datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from sqlmodel import col

from services.monitoring.api.key_fund_people_views import (
    BeneficiaryView,
    PlaceTotalView,
    ProofView,
    RevealedView,
    RevealView,
    erased,
    opened,
)
from services.monitoring.api.key_fund_queries import of_units
from services.monitoring.domain.beneficiary.refusals import RevealNotYours
from services.monitoring.domain.beneficiary.totals import told
from services.monitoring.domain.beneficiary.values import Counting, PayeeKind, PlaceTotal
from services.monitoring.domain.values import project_id
from services.monitoring.projections import key_fund_beneficiaries as people
from services.monitoring.projections import ledger_statement as ledgers
from services.monitoring.projections import payment_list
from services.monitoring.projections.key_fund_beneficiaries import BeneficiaryRow, RevealRow
from shared.domain.money import Money
from shared.domain.rules import KeyFundRules
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, ReadingNow

router: Final = APIRouter(tags=["Beneficiaries"])
REVEAL_MINUTES: Final = 10  # (D) long enough to compare one line with a paper
Year = Annotated[int, Path(ge=2000, le=2100)]
Month = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}$", max_length=7)]
Code = Annotated[str | None, Query(max_length=100)]


@router.get("/beneficiaries", operation_id="list_beneficiaries")
async def list_beneficiaries(  # noqa: PLR0913 - one parameter per filter
    read: ReadingNow,
    page: PageRequest,
    *,
    fiscal_year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    project_code: Code = None,
    payment_id: Code = None,
    ledger: Code = None,
    month: Month = None,
    duplicates: bool = False,
) -> Page[BeneficiaryView]:
    """The lines of the real-name ledger, masked for every role."""
    query = people.lines(
        fiscal_year=fiscal_year,
        project_code=project_code,
        payment_id=payment_id,
        month=month,
        duplicates=duplicates,
    ).where(of_units(read, BeneficiaryRow))
    if ledger is not None:
        query = query.where(BeneficiaryRow.ledger_id == ledger)
    found = await read.page(query, page)
    boxes, gone = await opened(read, found.items), erased(read.language)
    shown = [
        BeneficiaryView.of(row, fields, gone)
        for row, fields in zip(found.items, boxes, strict=True)
    ]
    return Page(items=shown, next=found.next)


@router.get("/ledgers/{project_code}/{fiscal_year}/proofs", operation_id="list_payment_proofs")
async def list_payment_proofs(
    read: ReadingNow, page: PageRequest, project_code: str, fiscal_year: Year
) -> Page[ProofView]:
    """How much of each payment of a project has reached somebody by name."""
    ledger_id = project_id(project_code, fiscal_year)
    row = await read.one(ledgers.ledger(ledger_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    found = await read.page(payment_list.payments(ledger_id), page)
    reached = {
        payment: Money(fen) for _, payment, fen in await read.rows(people.proved([ledger_id]))
    }
    back: dict[str, int] = {}
    for one in await read.all(payment_list.returns(ledger_id)):
        back[one.payment_id] = back.get(one.payment_id, 0) + one.amount_fen
    shown = []
    for payment in found.items:
        amount = Money(payment.amount_fen - back.get(payment.payment_id, 0))
        proved = reached.get(payment.payment_id, Money(0))
        shown.append(
            ProofView(
                payment_id=payment.payment_id,
                settled_on=payment.settled_on,
                amount=amount,
                proved=proved,
                not_yet_proved=amount - proved,
            )
        )
    return Page(items=shown, next=found.next)


@router.get("/beneficiary-totals/{fiscal_year}", operation_id="list_beneficiary_totals")
async def list_beneficiary_totals(read: ReadingNow, fiscal_year: Year) -> list[PlaceTotalView]:
    """What reached how many, by township. Places with few payees are joined."""
    totals = await place_totals(read, fiscal_year)
    return [PlaceTotalView.of(one) for one in told(totals, KeyFundRules().group_min)]


async def place_totals(read: Read, fiscal_year: int) -> list[PlaceTotal]:
    """By township, for the regions that the caller may see."""
    mine = read.scope.where(region=BeneficiaryRow.region_code)

    async def figures(query: people.Grouped) -> dict[str, int]:
        narrowed = people.counting_lines(query, fiscal_year=fiscal_year, region=mine)
        return dict(await read.rows(narrowed))

    money = await figures(people.money_by_township())
    payees = await figures(people.payees_by_township())
    homes = await figures(people.payees_by_township(PayeeKind.PERSON, Counting.HOUSEHOLD))
    enterprises = await figures(people.payees_by_township(PayeeKind.ENTERPRISE))
    members = dict(
        await read.rows(people.persons_by_township(fiscal_year=fiscal_year, region=mine))
    )
    return [
        PlaceTotal(
            place_code=place,
            payees=payees[place],
            households=homes.get(place, 0),
            persons=members.get(place, 0),
            enterprises=enterprises.get(place, 0),
            amount=Money(int(fen)),
        )
        for place, fen in sorted(money.items())
    ]


@router.get("/reveals", operation_id="list_reveals")
async def list_reveals(read: ReadingNow, page: PageRequest) -> Page[RevealView]:
    """Who has looked at whose line, and what for."""
    query = people.reveals().where(read.scope.where(region=RevealRow.region_code))
    return await read.page(query, page, order=[col(RevealRow.reveal_id).desc()], into=RevealView.of)


@router.get("/reveals/{reveal_id}", operation_id="get_reveal")
async def get_reveal(read: ReadingNow, reveal_id: str) -> RevealedView:
    """The line in clear: for whoever asked, and for ten minutes."""
    row = await read.one(people.reveal(reveal_id))
    read.check(row.region_code)
    until = datetime.fromisoformat(row.revealed_at) + timedelta(minutes=REVEAL_MINUTES)
    if row.revealed_by != read.person.actor or read.runtime.clock.now() > until:
        raise RevealNotYours(remedy="Ask again, with a reason. 请重新说明理由后申请。")
    (fields,) = await opened(read, [row])
    gone = erased(read.language)
    return RevealedView(
        reveal_id=reveal_id,
        name=fields["name"] if fields else gone,
        number=fields["number"] if fields else gone,
        erased=fields is None,
        until=until.isoformat(),
    )
