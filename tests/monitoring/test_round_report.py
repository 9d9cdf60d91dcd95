"""The end of a round: counted from the records of everybody, signed, and put on file."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.exemption import NodeExemption, Standing
from services.monitoring.domain.roster import EnterProject, Roster, roster_decider
from services.monitoring.domain.round import round_decider
from services.monitoring.domain.round_report import sha256_of
from services.monitoring.domain.round_words import (
    ArchiveRound,
    Round,
    RoundClosed,
    RoundFiguresDiffer,
    RoundNotClosed,
    RoundNotPlanned,
    RoundNotSettled,
    Stage,
)
from services.monitoring.domain.values import Project
from services.monitoring.domain.watch import NoteStanding, Watch
from services.monitoring.projections.round_reports import RoundReportRow, round_reports
from shared.domain.money import Money
from shared.domain.roll import Roll
from shared.testing.projection_spec import ProjectionSpec
from tests.monitoring.stories import CLERK, NODES, WATCH, Story, at, on
from tests.monitoring.test_record import fresh, miss, record, review, submit
from tests.monitoring.test_record_parts import give_back
from tests.monitoring.test_watch_and_round import close, open_it, planned, watch

SCORED = record.after(submit(), review()).state
SUBMITTED = record.after(submit()).state
MISSED = record.after(miss).state
RETURNED = record.after(submit(), give_back()).state
UNTOUCHED = fresh.state


def project(code: str, department: str = "D1", **changes: Any) -> Watch:  # noqa: ANN401
    whose = Project(
        code=code,
        fiscal_year=2021,
        region_code="653101",
        department_code=department,
        unit_code="U1",
    )
    return replace(WATCH, project=whose, **changes)


def everybody(*pairs: tuple[Watch, object]) -> Story:
    """The round after its days, with these projects and their records."""
    codes = Roll.of(*(watch.project.code for watch, _ in pairs))
    roster = Roster(region_code="653101", fiscal_year=2021, projects=codes)
    return planned.knowing(roster, *(state for pair in pairs for state in pair))


ALL = (
    (project("P1"), SCORED),
    (project("P2"), MISSED),
    (project("P3", "D2"), UNTOUCHED),
    (project("P4", exempt=True, nodes=()), UNTOUCHED),
    (project("P5", starts_on=on(7, 1)), UNTOUCHED),
)
close_it = close(6, 20)


def closed(*pairs: tuple[Watch, object], **stated: Any) -> RoundClosed:  # noqa: ANN401
    (fact,) = everybody(*pairs).when(replace(close_it, **stated)).facts()
    assert isinstance(fact, RoundClosed)
    return fact


def test_the_report_is_counted_from_the_records() -> None:
    fact = closed(*ALL, signatory="李局长")
    report = fact.report
    assert report is not None
    figures = report.figures
    assert (figures.projects, fact.reviewed, fact.missed) == (3, 1, 2)
    assert figures.levels == {"NORMAL": 0, "BLUE": 1, "RED": 2}
    assert figures.mean_score == Decimal("89.60")
    # 900 000 of 3 000 000 yuan in both records that say something of money.
    assert (figures.budget, figures.paid) == (Money(600_000_000), Money(180_000_000))
    assert figures.execution_rate == Decimal("0.3000")
    assert figures.goal_rate == Decimal("0.9500")
    assert report.reasons == {"NOT_REPORTED": 2, "EXECUTION_BEHIND": 2, "MISMATCH_MINOR": 1}
    assert report.not_reported == ("P2", "P3")
    assert [(one.project_code, one.reason) for one in report.exempted] == [
        ("P4", NodeExemption.RESEARCH),
        ("P5", NodeExemption.BEGAN_AFTER_CUT_OFF),
    ]
    assert [one.department_code for one in report.departments] == ["D1", "D2"]
    assert report.departments[0].paid_shares == (Decimal("0.3000"), Decimal("0.3000"))
    assert (fact.closed_by, fact.signatory, fact.closed_on) == (CLERK, "李局长", on(6, 20))
    assert fact.report_sha256 == sha256_of(report)


def test_rates_are_weighted_by_money() -> None:
    small = project("P9")
    scored = replace(SCORED, project=small.project)
    tenth = replace(scored.report.execution, budget=Money(30_000_000), paid=Money(30_000_000))
    paid_up = replace(scored, report=replace(scored.report, execution=tenth))
    report = closed((project("P1"), SCORED), (small, paid_up)).report
    assert report is not None
    # 900 000 + 300 000 of 3 300 000; not the mean of 30 % and 100 %.
    assert report.figures.execution_rate == Decimal("0.3636")


@pytest.mark.parametrize("waiting", [SUBMITTED, RETURNED])
def test_a_round_does_not_end_while_a_report_waits(waiting: object) -> None:
    everybody(*ALL, (project("P6"), waiting)).when(close_it).then_refused(RoundNotSettled)


def test_what_was_missed_after_it_went_back_waits_no_longer() -> None:
    gone = fresh.given(*record.after(submit(), give_back()).facts).knowing(*record.consulted or ())
    late = gone.after(replace(miss, now=at(6, 17))).state
    assert closed((project("P1"), late)).missed == 1


def test_figures_that_are_stated_have_to_agree() -> None:
    story = everybody(*ALL)
    story.when(replace(close_it, reviewed=3, missed=0)).then_refused(RoundFiguresDiffer)
    story.when(replace(close_it, reviewed=1, missed=2)).then_names("RoundClosed")


def test_a_round_without_anybody_has_an_empty_report() -> None:
    report = closed().report
    assert report is not None
    assert (report.figures.projects, report.figures.mean_score) == (0, None)


def test_the_report_of_a_closed_round_never_changes() -> None:
    first = closed(*ALL)
    after = everybody(*ALL).given(*everybody(*ALL).when(close_it).facts())
    after.when(replace(close_it, signatory="另一人")).then_nothing()
    other = closed((project("P1"), SCORED))
    assert first.report_sha256 != other.report_sha256
    assert closed(*ALL).report_sha256 == first.report_sha256


def archive(month: int = 7) -> ArchiveRound:
    return ArchiveRound(
        region_code="653101", fiscal_year=2021, node="M05", by=CLERK, now=at(month, 1)
    )


def test_a_closed_round_is_put_on_file() -> None:
    planned.when(archive()).then_refused(RoundNotClosed)
    Story(round_decider).knowing().when(archive()).then_refused(RoundNotPlanned)
    ended = everybody(*ALL).given(*everybody(*ALL).when(close_it).facts())
    ended.when(archive()).then_names("RoundArchived")
    filed = ended.after(archive())
    assert isinstance(filed.state, Round)
    assert filed.state.stage is Stage.ARCHIVED
    filed.when(close_it).then_nothing()


async def test_the_signed_report_is_kept_word_for_word() -> None:
    fact = closed(*ALL)
    rows = ProjectionSpec(round_reports).given("round-653101-2021-M05", fact)
    row = await rows.row(RoundReportRow, "653101-2021-M05")
    assert row is not None
    assert row["report_sha256"] == fact.report_sha256
    kept: Any = row["report"]
    assert kept["figures"]["mean_score"] == "89.60"
    assert kept["not_reported"] == ["P2", "P3"]


def test_everybody_stands_on_the_roster_once() -> None:
    enter = EnterProject(
        region_code="653101", fiscal_year=2021, project_code="P1", by=CLERK, now=at(2, 1)
    )
    roster = Story(roster_decider)
    roster.when(enter).then_names("ProjectEntered")
    after = roster.after(enter, replace(enter, project_code="P0"))
    assert after.state.projects == Roll.of("P1", "P0")


def standing(kind: NodeExemption | None, day: date) -> NoteStanding:
    return NoteStanding(
        project_code="P1",
        fiscal_year=2021,
        kind=kind,
        since_on=day,
        reason="审计" if kind else "",
        by=CLERK,
        now=at(6, 1),
    )


def test_a_project_that_stops_is_excused_until_it_goes_on() -> None:
    suspend = standing(NodeExemption.SUSPENDED, on(5, 20))
    watch.when(suspend).then_nothing()
    opened = watch.after(open_it)
    opened.when(suspend).then_names("StandingNoted")
    stopped = opened.after(suspend)
    assert stopped.state.standing == Standing(
        kind=NodeExemption.SUSPENDED, since_on=on(5, 20), reason="审计"
    )
    going = stopped.after(standing(None, on(6, 1)))
    assert going.state.standing is None
    given_up = stopped.after(standing(NodeExemption.TERMINATED, on(6, 1)))
    given_up.when(standing(None, on(7, 1))).then_nothing()
    given_up.when(suspend).then_nothing()


def test_what_was_said_before_is_not_noted_after_it() -> None:
    suspend = replace(standing(NodeExemption.SUSPENDED, on(5, 20)), version=7)
    resume = replace(standing(None, on(5, 20)), version=8)
    going = watch.after(open_it, suspend, resume)
    assert going.state.standing is None
    going.when(suspend).then_nothing()


def test_who_stopped_after_the_reports_were_due_is_asked() -> None:
    due = NODES[0].submit_by
    for since, excused in ((due, 1), (due + timedelta(days=1), 0)):
        stopped = Standing(kind=NodeExemption.TERMINATED, since_on=since, reason="政策取消")
        report = closed((project("P1", standing=stopped), MISSED)).report
        assert report is not None
        assert len(report.exempted) == excused
        assert [one.note for one in report.exempted] == ["政策取消"] * excused


def test_who_reported_before_stopping_has_reported() -> None:
    stopped = Standing(kind=NodeExemption.SUSPENDED, since_on=on(6, 5))
    assert closed((project("P1", standing=stopped), SCORED)).reviewed == 1
