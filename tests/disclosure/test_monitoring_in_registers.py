"""What monitoring says stands in the registers: warnings, letters, changes, findings, money."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest

from services.disclosure.projections.loop_adjustments import AdjustmentRow, loop_adjustments
from services.disclosure.projections.loop_findings import FindingRow, loop_findings
from services.disclosure.projections.loop_letters import LetterRow, loop_letters
from services.disclosure.projections.monitoring_register import MonitoringRow, monitoring_register
from services.disclosure.projections.project_watch import ProjectWatchRow, project_watch
from services.disclosure.projections.round_register import RoundRow, round_register
from services.disclosure.projections.warning_register import WarningRow, warning_register
from shared.contracts import monitoring
from shared.domain.money import Money
from tests.disclosure import years
from tests.disclosure.clean_year import ABOUT_C, loose, paid, tied_up
from tests.disclosure.first_year import CITY, C
from tests.disclosure.register_rows import FIRST_OF_JULY, Place, Told

BLUE: Final = "W-C-BLUE"
KEY: Final = ("C", 2021)
WARNED: Final[dict[str, Any]] = {**ABOUT_C, "warning_id": BLUE}
MOVED: Final[dict[str, Any]] = {**ABOUT_C, "adjustment_id": "TZ1"}
REDUCED: Final[dict[str, Any]] = {**MOVED, "kind": "REDUCTION"}
QUOTA: Final[dict[str, Any]] = {**ABOUT_C, "quota": Money(0)}

WARNING: Final = Place(warning_register, WarningRow, (BLUE,))
LETTER: Final = Place(loop_letters, LetterRow, (BLUE,))
ADJUSTMENT: Final = Place(loop_adjustments, AdjustmentRow, ("TZ1",))
FUND: Final = Place(loop_findings, FindingRow, ("FF1",))
LINE: Final = Place(loop_findings, FindingRow, ("BR1",))
MONEY: Final = Place(project_watch, ProjectWatchRow, KEY)
NODE: Final = Place(monitoring_register, MonitoringRow, (*KEY, "M05"))
ROUND: Final = Place(round_register, RoundRow, (CITY, 2021, "M05"))

blue: Final = years.warned(C, 2021, "BLUE")
risen: Final = monitoring.WarningEscalated(**WARNED, level="RED", measure="约谈")
letter: Final = monitoring.LetterIssued(
    **WARNED,
    letter_no="函1",
    level="BLUE",
    content_sha256="0" * 64,
    issued_on=date(2021, 5, 6),
    finish_by=date(2021, 6, 3),
)
corrected: Final = letter.model_copy(update={"letter_no": "函2", "finish_by": date(2021, 6, 9)})
verified: Final = monitoring.RectificationVerified(**WARNED, verified_on=date(2021, 5, 20))
ended: Final = monitoring.WarningClosed(
    **WARNED, level="RED", outcome="MEASURED", closed_on=date(2021, 5, 25)
)
said: Final[dict[type[Any], Any]] = {type(one): one for one in (*loose(), *tied_up())}
proposed: Final = said[monitoring.AdjustmentProposed]
fund: Final = said[monitoring.FundFindingOpened]
line: Final = said[monitoring.ReconciliationBreakOpened]
of_nobody: Final = line.model_copy(update={"project_code": "", "fiscal_year": 0})
scored: Final = monitoring.MonitoringScored(
    **ABOUT_C,
    node="M05",
    score=Decimal("71.50"),
    level="BLUE",
    execution_rate=Decimal("0.4100"),
    goal_rate=Decimal("0.5200"),
)
planned: Final = years.planned(CITY, 2021, "M05", 5, 31)
over: Final = monitoring.RoundClosed(
    region_code=CITY,
    fiscal_year=2021,
    node="M05",
    cut_off_on=date(2021, 5, 31),
    reviewed=3,
    missed=2,
)
once: Final = paid("C", CITY, C.unit)
returned: Final = monitoring.PaymentReturned(
    **ABOUT_C,
    payment_id="P-C",
    return_id="T-C",
    amount=Money(200),
    paid_total=Money(300),
    returned_on=date(2021, 4, 9),
)
booked: Final = monitoring.PaymentsBooked(
    **ABOUT_C,
    paid=Money(7_000),
    returned=Money(1_000),
    paid_total=Money(6_500),
    payments=4,
    returns=1,
    first_on=date(2021, 4, 1),
    last_on=date(2021, 4, 30),
)
issued: Final = monitoring.QuotaIssued(**ABOUT_C, amount=Money(90_000), issued_on=date(2021, 3, 1))

WARNINGS: Final = {
    "a warning is issued": Told(
        WARNING,
        [],
        blue,
        {
            **WARNED,
            "node": "M05",
            "source": "PRE_ANALYSIS",
            "issued_level": "BLUE",
            "level": "BLUE",
            "issued_on": date(2021, 4, 30),
        },
    ),
    "it becomes a red one": Told(WARNING, [blue], risen, {"level": "RED"}),
    "its letter is issued": Told(
        WARNING, [blue], letter, {"letter_no": "函1", "finish_by": date(2021, 6, 3)}
    ),
    "it ends": Told(
        WARNING, [blue, risen], ended, {"outcome": "MEASURED", "closed_on": date(2021, 5, 25)}
    ),
    "a letter is issued": Told(
        LETTER,
        [],
        letter,
        {
            **WARNED,
            "letter_no": "函1",
            "level": "BLUE",
            "issued_on": date(2021, 5, 6),
            "finish_by": date(2021, 6, 3),
        },
    ),
    "its cure is verified": Told(LETTER, [letter], verified, {"verified_on": date(2021, 5, 20)}),
    "its warning ends": Told(LETTER, [letter, verified], ended, {"closed_on": date(2021, 5, 25)}),
    "another takes its place": Told(
        LETTER,
        [letter, verified],
        corrected,
        {"letter_no": "函2", "finish_by": date(2021, 6, 9), "verified_on": None},
    ),
}
CHANGES: Final = {
    "an adjustment is proposed": Told(
        ADJUSTMENT,
        [],
        proposed,
        {
            **MOVED,
            "kind": "REDUCTION",
            "change_fen": -100,
            "proposed_on": date(2021, 6, 1),
            "outcome": "",
        },
    ),
    "it is executed": Told(
        ADJUSTMENT,
        [proposed],
        said[monitoring.AdjustmentExecuted],
        {"outcome": "EXECUTED", "ended_on": FIRST_OF_JULY},
    ),
    "it is refused": Told(
        ADJUSTMENT,
        [proposed],
        monitoring.AdjustmentCompensated(**REDUCED, outcome="REFUSED", reason="不符"),
        {"outcome": "REFUSED", "ended_on": FIRST_OF_JULY},
    ),
    "a suspension ends": Told(
        ADJUSTMENT,
        [proposed],
        monitoring.SuspensionEnded(**MOVED, reason="已整改", ended_on=date(2021, 6, 28)),
        {"outcome": "ENDED", "ended_on": date(2021, 6, 28)},
    ),
    "a finding about a fund opens": Told(
        FUND,
        [],
        fund,
        {
            "finding_id": "FF1",
            "source": "KEY_FUND",
            "kind": "NOT_ALLOCATED",
            "level": "RED",
            "region_code": CITY,
            "project_code": "C",
            "fiscal_year": 2021,
            "opened_on": date(2021, 7, 1),
            "due_on": date(2021, 7, 15),
            "judgement": "",
        },
    ),
    "it is judged": Told(
        FUND,
        [fund],
        said[monitoring.FundFindingClosed],
        {"judgement": "NORMAL", "closed_on": date(2021, 9, 1)},
    ),
    "a line of the treasury does not agree": Told(
        LINE,
        [],
        line.model_copy(update={"fiscal_year": 2020}),
        {
            "finding_id": "BR1",
            "source": "TREASURY",
            "kind": "AMOUNT_DIFFERS",
            "level": "",
            "region_code": CITY,
            "project_code": "C",
            "fiscal_year": 2020,
            "opened_on": date(2021, 8, 1),
            "judgement": "",
        },
    ),
    "one without a year belongs to that of its day": Told(
        LINE, [line], of_nobody, {"project_code": ""}
    ),
    "somebody decided about it": Told(
        LINE,
        [line],
        said[monitoring.ReconciliationBreakResolved],
        {"judgement": "BOOKED", "closed_on": FIRST_OF_JULY},
    ),
    "a project was judged at a node": Told(
        NODE,
        [],
        scored,
        {
            **ABOUT_C,
            "node": "M05",
            "score": Decimal("71.50"),
            "level": "BLUE",
            "execution_rate": Decimal("0.4100"),
            "goal_rate": Decimal("0.5200"),
        },
    ),
    "a round is planned": Told(
        ROUND,
        [],
        planned,
        {
            "region_code": CITY,
            "fiscal_year": 2021,
            "node": "M05",
            "cut_off_on": date(2021, 5, 31),
            "pre_analysis_on": date(2021, 4, 30),
            "reviewed": 0,
            "missed": 0,
            "closed": False,
        },
    ),
    "it is closed": Told(ROUND, [planned], over, {"reviewed": 3, "missed": 2, "closed": True}),
}
SUMS: Final = {
    "a quota is issued": Told(MONEY, [once], issued, {"quota_fen": 90_000}),
    "it moves with the target": Told(
        MONEY,
        [issued],
        monitoring.QuotaAdjusted(**QUOTA, adjustment_id="TZ1", change=Money(-4_000)),
        {"quota_fen": 86_000},
    ),
    "a document adds to it": Told(
        MONEY,
        [issued],
        monitoring.QuotaAmended(
            **QUOTA, document_no="1", change=Money(5_000), amended_on=date(2021, 5, 1)
        ),
        {"quota_fen": 95_000},
    ),
    "a recovery takes of it": Told(
        MONEY,
        [issued],
        monitoring.QuotaWithdrawn(
            **QUOTA,
            recovery_id="R",
            amount=Money(600),
            document_no="2",
            withdrawn_on=date(2021, 12, 1),
        ),
        {"quota_fen": 89_400, "withdrawn_fen": 600},
    ),
    "the bureau takes of it": Told(
        MONEY,
        [issued],
        monitoring.QuotaRecalled(
            **QUOTA, amount=Money(70), document_no="3", recalled_on=date(2021, 12, 2)
        ),
        {"quota_fen": 89_930, "withdrawn_fen": 70},
    ),
    "a payment reaches its payee": Told(
        MONEY, [issued, once], once, {"payments": 2, "paid_fen": 1_000}
    ),
    "some of it comes back": Told(MONEY, [once], returned, {"paid_fen": 300, "returned_fen": 200}),
    "many payments are booked at once": Told(
        MONEY,
        [once, returned],
        booked,
        {"payments": 5, "paid_fen": 6_300, "returned_fen": 1_200},
    ),
    "its unit is warned": Told(MONEY, [once, blue], blue, {"warnings": 2}),
    "a warning of it ends": Told(MONEY, [blue], ended, {"warnings_closed": 1}),
}


@pytest.mark.parametrize("told", [*WARNINGS.values(), *CHANGES.values()], ids=[*WARNINGS, *CHANGES])
async def test_a_word_of_monitoring_changes_this_of_its_row(told: Told) -> None:
    await told.check()


@pytest.mark.parametrize("told", SUMS.values(), ids=SUMS)
async def test_money_of_a_project_is_the_sum_of_what_was_said(told: Told) -> None:
    await told.check()
