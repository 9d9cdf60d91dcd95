"""A year in which something of every kind stays open for a while, and the same told elsewhere."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from services.disclosure.domain.item_words import (
    PrepareDisclosure,
    PublishDisclosure,
    WithholdDisclosure,
)
from shared.contracts import evaluation, monitoring, targets
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.clean_year import ABOUT_C, RED, begun, closed, loose
from tests.disclosure.first_year import CITY, KASHGAR, PREPARER, PUBLISHER, A, B, C, D, E

LETTER: Final = "喀财绩函〔2021〕1号"
BLUE: Final = "W-A-BLUE"
IN_DECEMBER: Final = datetime(2021, 12, 10, 2, tzinfo=UTC)
NUMBERS: Final = (
    "warning_id", "letter_no", "finding_id", "break_id", "recovery_id", "cut_id", "adjustment_id",
    "evaluation_id",
)  # fmt: skip
ABOUT_A: Final[dict[str, Any]] = {
    "region_code": KASHGAR,
    "project_code": "A",
    "fiscal_year": 2021,
    "unit_code": A.unit,
}


def opened() -> Sequence[PublicEvent]:
    """Two warnings with their letters, one of everything else; D late, E without a target."""
    return [
        *begun(),
        *loose(),
        *(years.registered(one, 2021) for one in (B, D, E)),
        years.assessed(E, 2021, "POOR"),
        years.approved(D, 2021).model_copy(update={"approved_on": date(2022, 1, 5)}),
        years.warned(A, 2021, "BLUE"),
        monitoring.LetterIssued(
            **ABOUT_A,
            warning_id=BLUE,
            letter_no="喀财绩函〔2021〕2号",
            level="BLUE",
            content_sha256="0" * 64,
            issued_on=date(2021, 5, 7),
            finish_by=date(2021, 6, 4),
        ),
        *years.recovered(D, 2021, 70, booked=False),
        years.cut(A, 2022, 2020, 9),
        proposed("TZ2", date(2021, 6, 2)),
    ]


def proposed(number: str, day: date) -> PublicEvent:
    """A change of the money of A is proposed."""
    return monitoring.AdjustmentProposed(
        **ABOUT_A,
        adjustment_id=number,
        kind="REDUCTION",
        change=Money(-100),
        budget=Money(900),
        reason="进度慢",
        proposed_by="iss|li",
        proposed_on=day,
    )


def verified_and_closed() -> Sequence[PublicEvent]:
    """The red warning is verified, then closed; the blue one is closed without."""
    return [
        monitoring.RectificationVerified(**ABOUT_C, warning_id=RED, verified_on=date(2021, 5, 20)),
        closed(),
        monitoring.WarningClosed(
            **ABOUT_A,
            warning_id=BLUE,
            level="BLUE",
            outcome="CANCELLED",
            closed_on=date(2021, 5, 26),
        ),
    ]


def ended() -> Sequence[PublicEvent]:
    """What ends by a day of its own."""
    return [
        *years.recovered(C, 2021, 9)[1:],
        evaluation.RecoveryFailed(
            region_code=CITY,
            project_code="D",
            fiscal_year=2021,
            unit_code=D.unit,
            recovery_id="R-D",
            amount=Money(70),
            reason="账户已销",
        ),
        monitoring.FundFindingClosed(
            region_code=CITY,
            finding_id="FF1",
            fiscal_year=2021,
            level="RED",
            judgement="NORMAL",
            closed_on=date(2021, 9, 1),
        ),
        years.evaluated(A, 2021),
    ]


def decided(project_code: str = "NEW-C", budget_year: int = 2022) -> PublicEvent:
    """What was asked for a coming year is decided; the day is that of the word."""
    return targets.BudgetRequestDecided(
        region_code=CITY,
        project_code=project_code,
        unit_code=C.unit,
        department_code="D1",
        budget_year=budget_year,
        requested=C.budget,
        granted=C.budget,
        cut=Money(700),
    )


def ended_in_december() -> Sequence[PublicEvent]:
    """What ends on the day on which it is said."""
    return [
        decided(),
        monitoring.AdjustmentExecuted(
            **ABOUT_C, adjustment_id="TZ1", kind="REDUCTION", change=Money(-100), budget=Money(900)
        ),
        monitoring.ReconciliationBreakResolved(
            region_code=CITY, break_id="BR1", resolution="BOOKED"
        ),
    ]


def said_here() -> Sequence[Any]:
    """One target is told in April, the other one withheld."""
    told: dict[str, Any] = {
        "item_id": "TARGET-A-2021",
        "now": datetime(2021, 4, 5, 4, tzinfo=UTC),
    }
    return [
        PrepareDisclosure(supplement={}, by=PREPARER, **told),
        PublishDisclosure(opinion="可公开", by=PUBLISHER, **told),
        WithholdDisclosure(
            item_id="TARGET-C-2021",
            legal_basis="STATE_SECRET",
            authority="保密局",
            expires_on=date(2031, 1, 1),
            by=PUBLISHER,
            now=told["now"],
        ),
    ]


def moved(
    words: Sequence[PublicEvent], tag: str, *, region: str = "", year: int = 0
) -> list[PublicEvent]:
    """The same words with numbers of their own, about another region or another year."""
    found = []
    for word in words:
        known = type(word).model_fields
        changed: dict[str, Any] = {
            name: f"{getattr(word, name)}-{tag}" for name in NUMBERS if name in known
        }
        if region:
            changed["region_code"] = region
            if isinstance(code := getattr(word, "project_code", None), str):
                changed["project_code"] = f"{code}-{tag}"
        for name in ("fiscal_year", "budget_year"):
            if year and name in known:
                changed[name] = year + (name == "budget_year")
        found.append(word.model_copy(update=changed))
    return found
