"""What a watch and a round say: each field of their facts, each value of their refusals."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.monitoring.domain import round as rounds
from services.monitoring.domain.exemption import NodeExemption, Standing
from services.monitoring.domain.round_report import Judged, Seen, round_report
from services.monitoring.domain.round_words import RoundFiguresDiffer, RoundNotSettled
from services.monitoring.domain.rules import RulesInForce, in_force
from services.monitoring.domain.unit import Unit, UnitHeard
from services.monitoring.domain.values import Level
from services.monitoring.domain.watch import NoteStanding, Watch, WatchOpened
from shared.domain.money import Money
from tests.monitoring.stories import CLERK, PROJECT, ROAD, RULE_SET, TRUST, at, on, yuan
from tests.monitoring.test_record import fresh
from tests.monitoring.test_round_report import SUBMITTED, close_it, everybody, project
from tests.monitoring.test_watch_and_round import HELD, close, open_it, planned, watch

JUDGED = Judged(level=Level.NORMAL, reasons=(), budget=yuan(100), paid=yuan(50))


def seen(code: str, **more: object) -> Seen:
    """A project that has reported."""
    judged = replace(JUDGED, **more)  # type: ignore[arg-type]
    return Seen(project_code=code, department_code="D1", reported=True, judged=judged)


def test_a_watch_says_all_that_was_promised() -> None:
    asked = replace(
        open_it, starts_on=on(3, 1), approved_on=on(2, 1), annual_goal="修通农村道路24公里"
    )
    opened, _ = watch.when(asked).facts()
    assert opened == WatchOpened(
        project=PROJECT,
        name="农村道路",
        unit_name="U1",
        department_name="D1",
        budget=yuan(1),
        target_version=1,
        indicators=(ROAD, TRUST),
        exempt=False,
        starts_on=on(3, 1),
        approved_on=on(2, 1),
        annual_goal="修通农村道路24公里",
    )
    unit = UnitHeard(
        unit_code="U1",
        name="疏附县交通局",
        region_code="653101",
        department_code="D1",
        department_name="交通运输局",
    )
    named, _ = watch.knowing(Unit(known=unit), HELD).when(asked).facts()
    assert named == replace(opened, unit_name="疏附县交通局", department_name="交通运输局")
    state = watch.given(opened).state
    assert isinstance(state, Watch)
    assert (state.name, state.budget, state.initial_budget) == ("农村道路", yuan(1), yuan(1))
    assert (state.starts_on, state.approved_on) == (on(3, 1), on(2, 1))


def stand(kind: NodeExemption | None, version: int) -> NoteStanding:
    return NoteStanding(
        project_code="P1",
        fiscal_year=2021,
        kind=kind,
        since_on=on(5, 1),
        reason="审计",
        version=version,
        by=CLERK,
        now=at(5, 1),
    )


@pytest.mark.parametrize(
    ("first", "second", "noted"),
    [(1, 1, False), (2, 1, False), (1, 2, True), (1, 0, True), (0, 0, True), (0, 1, True)],
)
def test_what_a_project_was_before_is_not_noted_after_it(
    first: int,
    second: int,
    noted: bool,  # noqa: FBT001
) -> None:
    stopped = watch.after(open_it).after(stand(NodeExemption.SUSPENDED, first))
    assert stopped.state.standing == Standing(
        kind=NodeExemption.SUSPENDED, since_on=on(5, 1), reason="审计"
    )
    goes_on = stopped.when(stand(None, second))
    goes_on.then_names(*(["StandingNoted"] if noted else []))
    assert (stopped.given(*goes_on.facts()).state.standing is None) is noted


def test_who_was_given_up_does_not_go_on() -> None:
    ended = watch.after(open_it).after(stand(NodeExemption.TERMINATED, 1))
    ended.when(stand(None, 2)).then_nothing()
    ended.when(stand(NodeExemption.SUSPENDED, 2)).then_nothing()


def test_the_refusals_of_a_round_say_what_is_left_to_do() -> None:
    waiting = everybody(*((project(code), SUBMITTED) for code in ("P1", "P2")))
    waiting.when(close_it).then_explains(RoundNotSettled, projects=["P1", "P2"], waiting=2)
    planned.when(close(6, 7)).then_explains(rounds.RoundStillCollecting, submit_by="2021-06-07")
    silent = everybody((project("P1"), fresh.state))
    reviewed, missed = replace(close_it, reviewed=1), replace(close_it, missed=0)
    silent.when(reviewed).then_explains(RoundFiguresDiffer, "/reviewed", counted=0)
    silent.when(missed).then_explains(RoundFiguresDiffer, "/missed", counted=1)


def test_the_mean_is_of_all_scores_and_rates_weigh_by_money() -> None:
    figures = round_report(
        [
            seen("P1", score=Decimal("80.00"), goal_rate=Decimal("0.9000")),
            seen("P2", score=Decimal("91.00"), goal_rate=Decimal("0.5000"), budget=yuan(300)),
            seen("P3", budget=Money(0), paid=Money(0), goal_rate=Decimal("0.1000")),
        ]
    ).figures
    assert figures.mean_score == Decimal("85.50")
    # 50 + 50 of 400; 0.9 with a weight of 100, 0.5 with one of 300; nothing weighs nothing.
    assert (figures.execution_rate, figures.goal_rate) == (Decimal("0.2500"), Decimal("0.6000"))


def test_a_rate_of_two_fen_is_as_exact_as_any_other() -> None:
    figures = round_report([seen("P1", budget=Money(2), paid=Money(1))]).figures
    assert (figures.execution_rate, figures.goal_rate) == (Decimal("0.5000"), None)
    assert figures.mean_score is None


def test_what_is_in_force_is_what_the_rule_set_says() -> None:
    held = in_force(RULE_SET, "财预〔2019〕136号")
    assert held == RulesInForce(
        version=1,
        name="test-2021",
        legal_basis="财预〔2019〕136号",
        monitoring=RULE_SET.monitoring,
        letters=RULE_SET.letters,
        deviation_tolerance=Decimal("0.10"),
        key_funds=RULE_SET.key_funds,
        payments=RULE_SET.payments,
    )
