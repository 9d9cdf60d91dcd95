"""What is heard becomes a command; a term that passes becomes one, too."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import pytest

from services.evaluation.domain.adopted_rules import AdoptRules
from services.evaluation.domain.appraisal_messages import NoteInflation
from services.evaluation.domain.cut.commands import CloseCutTerm
from services.evaluation.domain.cut.events import CutAnswered, CutNotified
from services.evaluation.domain.cut.finding_messages import NoteJudged
from services.evaluation.domain.funds.messages import (
    Check,
    ChecksPlanned,
    NoteCommitted,
    NoteQuota,
    NoteRed,
)
from services.evaluation.domain.judging.commands import CloseDraftTerm
from services.evaluation.domain.judging.events import DraftAnswered, EvaluationScored
from services.evaluation.domain.linkage.commands import CloseLinkageTerm
from services.evaluation.domain.linkage.events import LinkageAnswered, LinkageNotified
from services.evaluation.domain.recovery.commands import (
    BookRecovery,
    CheckMoney,
    CloseAnswerTerm,
    DropUnfounded,
    FailRecovery,
)
from services.evaluation.domain.recovery.events import RecoveryAnswered, RecoveryNotified
from services.evaluation.domain.sampling.roster import EnterUnit
from services.evaluation.domain.self_evaluation.commands import NameDuty
from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation, ReviseTarget
from services.evaluation.domain.unit import (
    NoteAdjustedBudget,
    NoteApprovedBudget,
    NoteGrant,
    RegisterUnit,
)
from services.evaluation.domain.values import Operator, RecoveryReason, Route
from services.evaluation.domain.watched import (
    NoteNodeScore,
    NoteOnUnitAccount,
    NotePaid,
    NoteWarningClosed,
)
from services.evaluation.reactions import HEARS, fall_due, react, schedule
from services.evaluation.reactions.clues import HEARS_CLUES
from services.evaluation.reactions.standing import HEARS_STANDING
from shared.contracts import evaluation as said
from shared.contracts import monitoring, targets
from shared.contracts.public_event import PublicEvent
from shared.messages import CalledOff, Deadline, Due, Heard
from shared.testing.projection_spec import recorded
from tests.evaluation import judging_story as evaluations
from tests.evaluation.money_words import DECIDED, MONEY_WORDS, accepted, registered
from tests.evaluation.story import (
    NOW,
    REGION,
    RULES,
    TODAY,
    UNIT,
    yuan,
)

PROJECT_YEAR: Final[dict[str, Any]] = {
    "region_code": REGION,
    "project_code": "P1",
    "fiscal_year": 2021,
    "unit_code": UNIT,
}
INDICATOR: Final = targets.Indicator(
    indicator_id="road",
    level1="OUTPUT",
    level2="数量",
    name="里程",
    operator=">=",
    target_value=Decimal(20),
    unit="km",
    weight=Decimal(90),
)


def heard(word: PublicEvent, version: int = 1) -> Heard[PublicEvent]:
    return Heard(
        word=word,
        event_id=UUID(int=1),
        producer=word.producer,
        number=1,
        subject="x-1",
        version=version,
        said_at=NOW,
        effective_at=NOW,
        correlation_id="c",
    )


def test_an_approved_target_opens_a_report_and_counts_for_the_unit() -> None:
    word = targets.TargetApproved(
        **PROJECT_YEAR,
        project_name="农村公路",
        department_code="D1",
        target_version=1,
        budget=yuan(500),
        scheme="A",
        annual_goal="修路",
        indicators=(INDICATOR,),
        approved_on=date(2021, 2, 1),
        rule_set_version=1,
        origin="SYNTHETIC",
    )
    opening, budget = react(heard(word))
    assert isinstance(opening, OpenSelfEvaluation)
    assert isinstance(budget, NoteApprovedBudget)
    assert (opening.project.name, opening.project.origin) == ("农村公路", "SYNTHETIC")
    assert opening.project.indicators[0].operator is Operator.AT_LEAST
    assert budget.budget == yuan(500)


ON_ACCOUNT: Final = monitoring.UnitAccountNoted(**PROJECT_YEAR, total=yuan(9))
PAYMENT: Final[dict[str, Any]] = {"amount": yuan(1), "paid_total": yuan(9), "payment_id": "p"}
WORDS: Final[list[tuple[PublicEvent, type | tuple[type, ...]]]] = [
    (ON_ACCOUNT, NoteOnUnitAccount),
    (
        targets.TargetAdjusted(
            **PROJECT_YEAR,
            department_code="D1",
            adjustment_id="A",
            target_version=2,
            budget_before=yuan(500),
            budget=yuan(400),
            indicators=(INDICATOR,),
            reason="x",
            adjusted_on=TODAY,
        ),
        (ReviseTarget, NoteAdjustedBudget),
    ),
    (
        targets.RuleSetAdopted(
            region_code=REGION,
            rule_set_id="r",
            rule_set_version=2,
            fiscal_year=2021,
            legal_basis="x",
            rules=RULES,
        ),
        AdoptRules,
    ),
    (monitoring.PaymentSettled(**PROJECT_YEAR, **PAYMENT, settled_on=TODAY), NotePaid),
    (
        monitoring.PaymentReturned(**PROJECT_YEAR, **PAYMENT, return_id="r", returned_on=TODAY),
        NotePaid,
    ),
    (
        monitoring.PaymentsBooked(
            **PROJECT_YEAR,
            paid=yuan(9),
            returned=yuan(1),
            paid_total=yuan(8),
            payments=3,
            returns=1,
            first_on=TODAY,
            last_on=TODAY,
        ),
        NotePaid,
    ),
    (
        monitoring.MonitoringScored(
            **PROJECT_YEAR,
            node="M05",
            score=Decimal(80),
            level="BLUE",
            execution_rate=Decimal("0.3"),
        ),
        NoteNodeScore,
    ),
    (
        monitoring.WarningClosed(
            **PROJECT_YEAR, warning_id="W", level="RED", outcome="VERIFIED", closed_on=TODAY
        ),
        (NoteWarningClosed, NoteRed),
    ),
    (
        monitoring.QuotaWithdrawn(
            **PROJECT_YEAR,
            recovery_id="R",
            amount=yuan(1),
            quota=yuan(2),
            document_no="d",
            withdrawn_on=TODAY,
        ),
        (NoteQuota, BookRecovery),
    ),
    *MONEY_WORDS,
    (
        monitoring.WithdrawalRefused(
            **PROJECT_YEAR, recovery_id="R", asked=yuan(2), available=yuan(1)
        ),
        FailRecovery,
    ),
    (
        targets.ResponsibilityAssigned(
            **PROJECT_YEAR,
            steps=("MONITOR_M05", "SELF_EVAL"),
            business="李",
            finance="王",
            head="张",
        ),
        NameDuty,
    ),
]


@pytest.mark.parametrize(("word", "command"), WORDS, ids=lambda one: type(one).__name__)
def test_a_word_leads_to_its_command(word: PublicEvent, command: type | tuple[type, ...]) -> None:
    expected = command if isinstance(command, tuple) else (command,)
    asked = [one if isinstance(one, tuple) else (one,) for one in react(heard(word))]
    assert [type(one) for together in asked for one in together] == list(expected)


def test_everything_that_is_heard_has_a_story() -> None:
    told = {type(word) for word, _ in WORDS}
    elsewhere = {
        targets.TargetApproved,
        targets.UnitRegistered,
        said.ScoreCorrected,
        said.EvidenceReused,
    }
    here = set(HEARS) - ({*HEARS_STANDING, *HEARS_CLUES} - elsewhere - told)
    assert told | elsewhere == here


def test_duties_of_other_steps_are_not_heard() -> None:
    word = targets.ResponsibilityAssigned(
        **PROJECT_YEAR, steps=("MONITOR_M05",), business="李", finance="王", head="张"
    )
    assert not react(heard(word))


def test_both_reports_hear_of_the_file_they_share() -> None:
    word = said.EvidenceReused(
        **PROJECT_YEAR, sha256="a" * 64, used_in="P1-2021", first_in="P0-2020"
    )
    told = [(one.self_evaluation_id, one.also_in) for one in react(heard(word))]  # type: ignore[attr-defined]
    assert told == [("P1-2021", "P0-2020"), ("P0-2020", "P1-2021")]


def test_a_registered_unit_is_kept_and_enters_the_roster_that_samples_are_drawn_over() -> None:
    word = targets.UnitRegistered(
        region_code=REGION,
        unit_code=UNIT,
        name="交通局",
        department_code="D1",
        department_name="交通局",
    )
    registered, entered = react(heard(word))
    assert isinstance(registered, RegisterUnit)
    assert isinstance(entered, EnterUnit)
    assert (entered.region_code, entered.unit_code) == (REGION, UNIT)


def corrected(finding: str) -> said.ScoreCorrected:
    return said.ScoreCorrected(
        **PROJECT_YEAR,
        before=Decimal(98),
        after=Decimal(70),
        grade="FAIR",
        finding=finding,
        corrected_on=TODAY,
    )


def test_an_inflated_score_is_noted_against_the_unit() -> None:
    command, _clue, dropped, judged = react(heard(corrected("SERIOUS")))
    assert isinstance(command, NoteInflation)
    assert isinstance(dropped, DropUnfounded)
    assert isinstance(judged, NoteJudged)
    assert (command.subject_code, command.project_code) == (UNIT, "P1")


def test_an_honest_score_costs_the_unit_nothing() -> None:
    told = react(heard(corrected("ATTENTION")))
    assert [type(one) for one in told] == [NoteInflation, DropUnfounded, NoteJudged]


def test_a_refund_is_paid_money_and_recovered_money() -> None:
    word = monitoring.PaymentReturned(
        **PROJECT_YEAR,
        payment_id="p",
        return_id="r1",
        amount=yuan(1),
        paid_total=yuan(9),
        returned_on=TODAY,
        recovery_id="P1-2021-1",
    )
    _, booking = react(heard(word))
    assert isinstance(booking, BookRecovery)
    assert (booking.entry, booking.route) == ("r1", Route.CURRENT_YEAR_REFUND)


def test_a_term_ends_with_the_legal_day() -> None:
    notified = RecoveryNotified(document_no="1", answer_by=date(2021, 10, 20), notified_on=TODAY)
    (deadline,) = schedule(recorded("recovery-R1", notified)[0])
    assert isinstance(deadline, Deadline)
    assert deadline.due_at == datetime(2021, 10, 20, 16, 0, tzinfo=UTC)
    due = Due(kind=deadline.kind, subject="R1", due_at=deadline.due_at, now=NOW)
    command = fall_due(due)
    assert isinstance(command, CloseAnswerTerm)
    assert command.recovery_id == "R1"
    answered = RecoveryAnswered(agrees=True, text="", answered_by="x")
    assert schedule(recorded("recovery-R1", answered)[0]) == [CalledOff(key=deadline.key)]


def test_an_unanswered_draft_falls_due_and_an_answered_one_does_not() -> None:
    (scored,) = (f for f in evaluations.scored().facts if isinstance(f, EvaluationScored))
    (deadline,) = schedule(recorded("evaluation-E", scored)[0])
    assert isinstance(deadline, Deadline)
    due = Due(kind=deadline.kind, subject="E", due_at=deadline.due_at, now=NOW)
    assert isinstance(fall_due(due), CloseDraftTerm)
    answered = DraftAnswered(agrees=True, text="", answered_by="x")
    assert schedule(recorded("evaluation-E", answered)[0]) == [CalledOff(key=deadline.key)]
    assert fall_due(Due(kind="other", subject="E", due_at=NOW, now=NOW)) is None


def test_what_changes_nothing_for_money_leads_to_nothing() -> None:
    """Only red warnings, poor results, coming years and cuts that were made count."""
    blue = monitoring.WarningIssued(
        **PROJECT_YEAR,
        warning_id="W",
        node="M05",
        level="BLUE",
        reasons=(),
        source="NODE",
        issued_on=TODAY,
    )
    for word in (blue, registered(NOW.year)):
        assert not react(heard(word))
    assert [type(one) for one in react(heard(accepted("GOOD")))] == [EnterUnit]
    uncut = DECIDED.model_copy(update={"similar_cut": yuan(0), "basis_fiscal_year": None})
    assert [type(one) for one in react(heard(uncut))] == [NoteGrant]
    measured = monitoring.WarningClosed(
        **PROJECT_YEAR, warning_id="W", level="RED", outcome="MEASURED", closed_on=TODAY
    )
    assert [type(one) for one in react(heard(measured))] == [NoteWarningClosed]


def test_a_payment_on_a_contract_moves_what_is_owed() -> None:
    word = monitoring.PaymentSettled(
        **PROJECT_YEAR, **PAYMENT, settled_on=TODAY, committed_change=-yuan(3)
    )
    _, owed = react(heard(word, version=12))
    assert isinstance(owed, NoteCommitted)
    assert (owed.change, owed.version) == (-yuan(3), 12)


def test_the_days_to_look_for_idle_money_fall_due() -> None:
    planned = ChecksPlanned(
        checks=(Check(reason=RecoveryReason.LOW_EXECUTION, on=date(2021, 9, 30)),),
        rule_set_version=1,
    )
    (deadline,) = schedule(recorded("funds-P-1-2021", planned)[0])
    assert isinstance(deadline, Deadline)
    assert deadline.due_at == datetime(2021, 9, 30, 16, 0, tzinfo=UTC)
    due = Due(kind=deadline.kind, subject=deadline.subject, due_at=deadline.due_at, now=NOW)
    command = fall_due(due)
    assert isinstance(command, CheckMoney)
    assert (command.project_code, command.fiscal_year) == ("P-1", 2021)
    assert (command.recovery_id, command.checked_on) == (
        "P-1-2021-LOW_EXECUTION",
        date(2021, 9, 30),
    )


def test_terms_of_linkage_and_cut_end_in_silence_or_are_called_off() -> None:
    told = LinkageNotified(
        document_no="1", answer_by=date(2021, 10, 20), notified_by="x", notified_on=TODAY
    )
    (deadline,) = schedule(recorded("linkage-U-2020", told)[0])
    assert isinstance(deadline, Deadline)
    due = Due(kind=deadline.kind, subject="U-2020", due_at=deadline.due_at, now=NOW)
    assert isinstance(fall_due(due), CloseLinkageTerm)
    agreed = LinkageAnswered(agrees=True, text="", answered_by="x")
    assert schedule(recorded("linkage-U-2020", agreed)[0]) == [CalledOff(key=deadline.key)]
    cut = CutNotified(document_no="1", answer_by=date(2021, 10, 20))
    (deadline,) = schedule(recorded("cut-P9-2022", cut)[0])
    assert isinstance(deadline, Deadline)
    due = Due(kind=deadline.kind, subject="P9-2022", due_at=deadline.due_at, now=NOW)
    assert isinstance(fall_due(due), CloseCutTerm)
    answered = CutAnswered(agrees=True, text="", answered_by="x")
    assert schedule(recorded("cut-P9-2022", answered)[0]) == [CalledOff(key=deadline.key)]
