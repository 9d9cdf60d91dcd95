"""A small year that is played to its end: nothing is left open, everything was told."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from shared.contracts import evaluation, monitoring, targets
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR, A, C, bulletin, told, told_items
from tests.disclosure.world import World

YEAR: Final = 2021
IN_MARCH: Final = datetime(2022, 3, 20, 2, tzinfo=UTC)
ABOUT_C: Final[dict[str, Any]] = {
    "region_code": CITY,
    "project_code": "C",
    "fiscal_year": YEAR,
    "unit_code": C.unit,
}
RED: Final = "W-C-RED"


def begun() -> Sequence[PublicEvent]:
    """Two projects are promised; one of them is warned, red, and gets its letter."""
    return [
        targets.RegionRegistered(region_code=KASHGAR, name="喀什地区"),
        targets.RegionRegistered(region_code=CITY, name="喀什市", parent_code=KASHGAR),
        years.rules(KASHGAR, YEAR),
        *(years.registered(one, YEAR) for one in (A, C)),
        *(years.approved(one, YEAR) for one in (A, C)),
        *(paid(one.code, one.region, one.unit) for one in (A, C)),
        years.warned(C, YEAR, "RED"),
        monitoring.LetterIssued(
            **ABOUT_C,
            warning_id=RED,
            letter_no="喀财绩函〔2021〕1号",
            level="RED",
            content_sha256="0" * 64,
            issued_on=date(2021, 5, 6),
            finish_by=date(2021, 6, 3),
        ),
    ]


def paid(code: str, region: str, unit: str) -> PublicEvent:
    """Money of a project is spent."""
    return monitoring.PaymentSettled(
        region_code=region,
        project_code=code,
        fiscal_year=YEAR,
        unit_code=unit,
        payment_id=f"P-{code}",
        amount=Money(500),
        paid_total=Money(500),
        settled_on=date(2021, 4, 1),
    )


def put_right() -> Sequence[PublicEvent]:
    """The warning ends."""
    return [
        monitoring.RectificationVerified(**ABOUT_C, warning_id=RED, verified_on=date(2021, 5, 20)),
        closed(),
    ]


def closed() -> PublicEvent:
    """The warning has its end state."""
    return monitoring.WarningClosed(
        **ABOUT_C, warning_id=RED, level="RED", outcome="VERIFIED", closed_on=date(2021, 5, 25)
    )


def loose() -> Sequence[PublicEvent]:
    """One of everything that can stay open: money taken back, cut, changed; a fund, a line."""
    return [
        *years.recovered(C, YEAR, 9, booked=False),
        years.cut(C, YEAR + 1, YEAR - 1, 7),
        monitoring.AdjustmentProposed(
            **ABOUT_C,
            adjustment_id="TZ1",
            kind="REDUCTION",
            change=Money(-100),
            budget=Money(900),
            reason="进度慢",
            proposed_by="iss|li",
            proposed_on=date(2021, 6, 1),
        ),
        monitoring.FundFindingOpened(
            region_code=CITY,
            finding_id="FF1",
            fiscal_year=YEAR,
            kind="NOT_ALLOCATED",
            level="RED",
            project_code="C",
            opened_on=date(2021, 7, 1),
            due_on=date(2021, 7, 15),
        ),
        monitoring.ReconciliationBreakOpened(
            region_code=CITY,
            break_id="BR1",
            kind="AMOUNT_DIFFERS",
            amount=Money(5),
            opened_on=date(2021, 8, 1),
            project_code="C",
            fiscal_year=YEAR,
        ),
    ]


def tied_up() -> Sequence[PublicEvent]:
    """All of it ends."""
    return [
        *years.recovered(C, YEAR, 9)[1:],
        targets.BudgetRequestDecided(
            region_code=CITY,
            project_code="NEW-C",
            unit_code=C.unit,
            department_code="D1",
            budget_year=YEAR + 1,
            requested=C.budget,
            granted=C.budget,
            cut=Money(700),
        ),
        monitoring.AdjustmentExecuted(
            **ABOUT_C, adjustment_id="TZ1", kind="REDUCTION", change=Money(-100), budget=Money(900)
        ),
        monitoring.FundFindingClosed(
            region_code=CITY,
            finding_id="FF1",
            fiscal_year=YEAR,
            level="RED",
            judgement="NORMAL",
            closed_on=date(2021, 9, 1),
        ),
        monitoring.ReconciliationBreakResolved(
            region_code=CITY, break_id="BR1", resolution="BOOKED"
        ),
    ]


def judged() -> Sequence[PublicEvent]:
    """Both projects evaluate themselves; the result binds a later budget."""
    return [
        *(years.evaluated(one, YEAR) for one in (A, C)),
        evaluation.BudgetLinkageDecided(
            region_code=CITY,
            unit_code=C.unit,
            basis_fiscal_year=YEAR,
            budget_year=YEAR + 2,
            grade="EXCELLENT",
            previous_budget=Money(100),
            rule_set_version=1,
        ),
    ]


SUMMARIES: Final = (f"CUT_SUMMARY-{CITY}-{YEAR}-11", f"RECOVERY_SUMMARY-{CITY}-{YEAR}-12")
"""What is owed of the month in which what was loose came."""


async def tell_everything(here: World, *more: str) -> None:
    """What is owed is published, every month has its bulletin."""
    await here.given(
        *told(YEAR, "TARGET-A", "TARGET-C", "SELF_EVALUATION-A", "SELF_EVALUATION-C"),
        *told_items(*more),
        *(bulletin(KASHGAR, YEAR, month) for month in range(1, 13)),
    )
