"""A fiscal year is closed over no red item in silence; what comes later is a correction."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from services.disclosure.domain import refusals, report, year_closing
from services.disclosure.domain.year_closing_words import (
    Carried,
    CarriedItem,
    ClosedYearCorrected,
    CloseFiscalYear,
    EndRedItem,
    FiscalYearClosed,
    NoteRedItem,
    RedItem,
    RedItemEnded,
    RedItemNoted,
    RedKind,
)
from services.disclosure.publishing import publish
from services.disclosure.reactions import react
from shared.contracts import monitoring
from shared.contracts.disclosure import years as said
from shared.domain.refusals import Refusal
from shared.testing.projection_spec import recorded
from shared.testing.spec import Spec
from tests.disclosure import years
from tests.disclosure.first_year import C
from tests.disclosure.test_reactions import heard

MARCH: Final = datetime(2022, 3, 20, 2, tzinfo=UTC)
WHO: Final[dict[str, Any]] = {
    "region_code": "653100",
    "fiscal_year": 2021,
    "by": "iss|wang",
    "now": MARCH,
}
YEAR: Final[dict[str, Any]] = {"region_code": "653100", "fiscal_year": 2021}
WARNING: Final = RedItem(
    item_id="W1",
    kind=RedKind.WARNING,
    region_code="653101",
    unit_code="653101001",
    project_code="C",
    since=date(2021, 4, 30),
)
FINDING: Final = replace(WARNING, item_id="F1", kind=RedKind.FUND_FINDING)

note, note_finding = NoteRedItem(item=WARNING, **WHO), NoteRedItem(item=FINDING, **WHO)
end = EndRedItem(item_id="W1", **WHO)
noted, noted_finding = RedItemNoted(item=WARNING, **YEAR), RedItemNoted(item=FINDING, **YEAR)
ended = RedItemEnded(item_id="W1")
close = CloseFiscalYear(**WHO)
carry = replace(close, carried=(Carried(item_id="W1", reason="合同跨年"),), leader=True)
closed = FiscalYearClosed(carried=(), closed_by="iss|wang", closed_on=date(2022, 3, 20), **YEAR)
closed_carrying = replace(closed, carried=(CarriedItem(item=WARNING, reason="合同跨年"),))
story = Spec(year_closing.decider)


def test_a_year_in_order_is_closed_once() -> None:
    story.when(close).then(closed)
    story.given(closed).when(close).then_nothing()
    story.given(noted, ended).when(close).then(closed)
    early = replace(close, now=datetime(2021, 12, 31, 15, 59, tzinfo=UTC))
    story.when(early).then_refused(refusals.YearNotOver, fiscal_year=2021)


def test_red_items_come_and_go() -> None:
    story.when(note).then(noted)
    story.given(noted).when(note).then_nothing()
    story.given(noted).when(end).then(ended)
    story.given(noted, ended).when(end).then_nothing()
    story.given(noted, ended).when(note).then(noted)


def test_a_year_is_not_closed_over_an_open_red_item() -> None:
    refused = (
        story.given(noted, noted_finding)
        .when(close)
        .then_refused(refusals.RedItemsOpen, open_count=2, items=["F1", "W1"])
    )
    assert "F1、W1" in refused.detail
    story.given(noted, noted_finding).when(carry).then_refused(refusals.RedItemsOpen, items=["F1"])


def test_only_a_leader_carries_red_items_over_by_name_and_reason() -> None:
    story.given(noted).when(carry).then(closed_carrying)
    unsigned = replace(carry, leader=False)
    story.given(noted).when(unsigned).then_refused(refusals.CarryOverNotSigned)
    story.when(carry).then_refused(refusals.ItemNotCarriable)
    story.given(noted, closed_carrying).when(carry).then_nothing()


def test_what_comes_after_the_closing_is_a_correction() -> None:
    late = ClosedYearCorrected(
        item=FINDING, ended=False, carried=False, corrected_on=date(2022, 3, 20), **YEAR
    )
    story.given(closed).when(note_finding).then(late)
    story.given(closed, late).when(note_finding).then_nothing()
    gone = replace(late, item=WARNING, ended=True, carried=True)
    story.given(noted, closed_carrying).when(end).then(gone)
    story.given(noted, closed_carrying, gone).when(end).then_nothing()


def test_a_report_of_a_closed_year_is_told_anew_only_with_a_reason() -> None:
    figure = report.Figure(id="F06", label="项目数", value="4", unit="projects")
    issue = report.IssueAnnualReport(figures=(figure,), **WHO)
    first = report.ReportIssued(edition=1, figures=(figure,), issued_on=date(2022, 3, 20), **YEAR)
    over, open_still = year_closing.Year(closed_on=date(2022, 3, 20)), year_closing.Year()
    told = Spec(report.decider).given(first)
    anew = replace(issue, figures=(replace(figure, value="5"),))
    told.knowing(over).when(anew).then_refused(refusals.CorrectionWithoutReason)
    again = replace(first, edition=2, figures=anew.figures)
    told.knowing(open_still).when(anew).then(again)
    reasoned = replace(anew, reason="漏计一项")
    told.knowing(over).when(reasoned).then(replace(again, reason="漏计一项"))
    Spec(report.decider).knowing(over).when(issue).then(first)


def test_the_public_hears_of_the_closing_but_not_who_closed_it() -> None:
    [fact] = recorded("fiscal_year-653100-2021", closed_carrying)
    word = publish(fact)
    assert isinstance(word, said.FiscalYearClosed)
    assert [(one.item_id, one.reason) for one in word.carried] == [("W1", "合同跨年")]
    assert "iss|wang" not in word.model_dump_json()
    [silent] = recorded("fiscal_year-653100-2021", noted)
    assert publish(silent) is None


def test_red_words_reach_the_year_of_the_region_and_of_those_above() -> None:
    commands: Any = react(heard(years.warned(C, 2021, "RED")))
    assert [one.region_code for one in commands] == ["653101", "653100", "650000"]
    assert {one.item.item_id for one in commands} == {"W-C-RED"}
    about: dict[str, Any] = {
        "region_code": C.region,
        "project_code": "C",
        "fiscal_year": 2021,
        "unit_code": C.unit,
        "warning_id": "W-C-BLUE",
    }
    risen: Any = react(heard(monitoring.WarningEscalated(**about, level="RED")))
    assert [type(one) for one in risen] == [NoteRedItem] * 3
    day: dict[str, Any] = {"outcome": "VERIFIED", "closed_on": date(2021, 6, 1)}
    over: Any = react(heard(monitoring.WarningClosed(**about, level="RED", **day)))
    assert [type(one) for one in over] == [EndRedItem] * 3
    assert react(heard(monitoring.WarningClosed(**about, level="BLUE", **day))) == ()


def test_a_year_is_closed_in_the_next_one_and_says_what_is_in_the_way() -> None:
    new_year = datetime(2021, 12, 31, 16, tzinfo=UTC)
    first = replace(closed, closed_on=date(2022, 1, 1))
    story.when(replace(close, now=new_year)).then(first)
    early = story.when(replace(close, now=new_year - timedelta(seconds=1)))
    told = early.then_refused(refusals.YearNotOver, fiscal_year=2021)
    assert (told.detail, told.remedy) == ("2021 is not over.", "Close it from 2022-01-01 on.")
    stray = replace(carry, carried=(*carry.carried, Carried(item_id="W9", reason="r")))
    unknown = story.given(noted).when(stray).then_refused(refusals.ItemNotCarriable)
    assert unknown.pointer == "/carried/1/item_id"
    assert unknown.detail.startswith("W9 ")
    assert unknown.remedy
    unsigned = story.given(noted).when(replace(carry, leader=False))
    refused = unsigned.then_refused(refusals.CarryOverNotSigned)
    assert "leader" in refused.detail
    assert "FB_LEADER" in str(refused.remedy)


def test_twenty_of_many_red_items_are_named_and_all_are_counted() -> None:
    many = [replace(noted, item=replace(WARNING, item_id=f"W{n:02}")) for n in range(21)]
    told = story.given(*many).when(close)
    named = [f"W{n:02}" for n in range(20)]
    refused = told.then_refused(refusals.RedItemsOpen, open_count=21, items=named)
    assert refused.detail == f"21 red items are open: {'、'.join(named)}"
    assert (refused.pointer, bool(refused.remedy)) == ("/carried", True)


def test_red_items_are_carried_over_in_the_order_of_their_names() -> None:
    both = (Carried(item_id="W1", reason="a"), Carried(item_id="F1", reason="b"))
    story.given(noted, noted_finding).when(replace(carry, carried=both)).then(
        replace(
            closed,
            carried=(CarriedItem(item=FINDING, reason="b"), CarriedItem(item=WARNING, reason="a")),
        )
    )


def test_a_closed_year_remembers_what_comes_and_goes_and_what_was_carried() -> None:
    late = ClosedYearCorrected(
        item=FINDING, ended=False, carried=False, corrected_on=date(2022, 3, 20), **YEAR
    )
    gone = replace(late, ended=True)
    end_finding = replace(end, item_id="F1")
    story.given(closed, late).when(end_finding).then(gone)
    story.given(closed, late, gone).when(end_finding).then_nothing()
    story.given(closed, late, gone).when(note_finding).then(late)
    again = replace(late, item=WARNING, carried=True)
    over = replace(again, ended=True)
    story.given(noted, closed_carrying, over).when(note).then(again)
    story.given(noted, closed).when(end).then(replace(over, carried=False))


commands = st.one_of(
    st.sampled_from([note, note_finding, end, replace(end, item_id="F1")]),
    st.builds(
        lambda names, leader: replace(
            close, carried=tuple(Carried(item_id=n, reason="r") for n in names), leader=leader
        ),
        st.lists(st.sampled_from(["W1", "F1"]), unique=True),
        st.booleans(),
    ),
)


@given(st.lists(commands, max_size=12))
def test_no_story_closes_a_year_over_an_unnamed_red_item(asked: list[Any]) -> None:
    state, decider = year_closing.decider.initial, year_closing.decider
    for command in asked:
        before = set(state.red)
        try:
            facts = decider.decide(command, state)
        except Refusal:
            continue
        for fact in facts:
            if isinstance(fact, FiscalYearClosed):
                assert {one.item.item_id for one in fact.carried} == before
                assert command.leader or not before
        state = decider.fold(facts, state)
        assert list(decider.decide(command, state)) == []
