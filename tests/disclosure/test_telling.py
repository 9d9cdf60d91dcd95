"""Bulletins, reports, terms and ideas."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from services.disclosure.domain import (
    bulletin,
    idea,
    refusals,
    report,
    telling,
    terms,
    year_closing,
)
from services.disclosure.domain.values import lineage, next_month
from shared.testing.spec import Spec
from tests.disclosure.stories import NOW, TODAY

BY: Final[dict[str, Any]] = {"by": "iss|bureau", "now": NOW}


def test_a_bulletin_is_owed_and_issued_once() -> None:
    story = Spec(bulletin.decider)
    march = bulletin.Month(region_code="653100", year=2021, month=3)
    line = bulletin.Line(work="绩效目标批复", units=1, projects=2, result="已批复")
    owe = bulletin.OweBulletin(month=march, due_on=march.due_on(10), **BY)
    issue = bulletin.IssueBulletin(month=march, lines=(line,), **BY)
    owed = bulletin.BulletinOwed(month=march, due_on=date(2021, 4, 10))
    issued = bulletin.BulletinIssued(month=march, lines=(line,), issued_on=TODAY)
    story.when(owe).then(owed)
    story.given(owed).when(owe).then_nothing()
    story.given(owed).when(issue).then(issued)
    story.when(issue).then(issued)
    story.given(owed, issued).when(replace(issue, lines=())).then_nothing()
    story.given(issued).when(owe).then_nothing()
    story.given(owed).when(replace(issue, lines=())).then_refused(refusals.BulletinEmpty)
    early = replace(issue, month=replace(march, month=4))
    story.given(owed).when(early).then_refused(refusals.MonthNotOver)


def test_a_bulletin_is_overdue_after_its_day() -> None:
    story = Spec(bulletin.decider)
    december = bulletin.Month(region_code="653100", year=2020, month=12)
    assert december.due_on(10) == date(2021, 1, 10)
    owed = bulletin.BulletinOwed(month=december, due_on=date(2021, 1, 10))
    overdue = bulletin.BulletinOverdue(month=december, due_on=date(2021, 1, 10))
    late = bulletin.MarkBulletinOverdue(month=december, **BY)
    story.given(owed).when(late).then(overdue)
    story.given(owed, overdue).when(late).then_nothing()
    story.when(late).then_nothing()
    in_time = replace(late, now=datetime(2021, 1, 10, 15, 59, tzinfo=UTC))
    story.given(owed).when(in_time).then_nothing()


def test_an_annual_report_carries_figures_and_has_editions() -> None:
    story = Spec(report.decider).knowing(year_closing.Year())
    figure = report.Figure(id="F06", label="项目数", value="4", unit="projects")
    issue = report.IssueAnnualReport(
        region_code="653100", fiscal_year=2021, figures=(figure,), **BY
    )
    issued = report.ReportIssued(
        region_code="653100", fiscal_year=2021, edition=1, figures=(figure,), issued_on=TODAY
    )
    story.when(issue).then(issued)
    told = Spec(report.decider).given(issued).knowing(year_closing.Year())
    told.when(issue).then_nothing()
    other = (replace(figure, value="5"),)
    again = replace(issued, edition=2, figures=other)
    told.when(replace(issue, figures=other)).then(again)
    story.when(replace(issue, figures=())).then_refused(refusals.FiguresMissing)
    story.when(replace(issue, fiscal_year=2022)).then_refused(refusals.YearNotBegun)


def test_terms_are_those_of_the_newest_rule_set() -> None:
    story = Spec(terms.decider)
    first = replace(terms.STATUTORY, rule_set_version=1)
    learn = terms.LearnTerms(region_code="653100", fiscal_year=2021, terms=first, **BY)
    learnt = terms.TermsLearnt(region_code="653100", fiscal_year=2021, terms=first)
    newer = replace(first, with_budget_days=10, rule_set_version=2)
    story.when(learn).then(learnt)
    story.given(learnt).when(learn).then_nothing()
    story.given(learnt).when(replace(learn, terms=newer)).then(replace(learnt, terms=newer))
    story.given(replace(learnt, terms=newer)).when(learn).then_nothing()
    assert lineage("653121") == ("653121", "653100", "650000")
    assert terms.binding((terms.Known(), terms.Known())) == terms.STATUTORY


def test_an_idea_is_declared_reworded_and_dropped() -> None:
    story = Spec(idea.decider)
    declare = idea.DeclareIdea(
        idea_id="I1",
        region_code="653100",
        text="谁使用、谁负责",
        text_en="",
        declared_on=TODAY,
        **BY,
    )
    declared = idea.IdeaDeclared(
        region_code="653100", text="谁使用、谁负责", text_en="", declared_on=TODAY
    )
    undated = replace(declare, declared_on=date(2021, 5, 1))
    story.given(declared).when(undated).then(replace(declared, declared_on=date(2021, 5, 1)))
    drop = idea.DropIdea(idea_id="I1", dropped_on=TODAY, **BY)
    dropped = idea.IdeaDropped(dropped_on=TODAY)
    story.when(declare).then(declared)
    story.given(declared).when(declare).then_nothing()
    story.given(declared).when(replace(declare, text="新")).then(replace(declared, text="新"))
    story.given(declared).when(drop).then(dropped)
    story.given(declared, dropped).when(drop).then_nothing()
    story.given(declared, dropped).when(declare).then(declared)
    story.when(drop).then_refused(refusals.IdeaUnknown)


def test_a_bulletin_says_what_was_wrong_and_when_it_may_come() -> None:
    story = Spec(bulletin.decider)
    march = bulletin.Month(region_code="653100", year=2021, month=3)
    line = bulletin.Line(work="绩效目标批复", units=1, projects=2, result="已批复")
    issue = bulletin.IssueBulletin(month=march, lines=(line,), **BY)
    empty = story.when(replace(issue, lines=())).then_refused(refusals.BulletinEmpty)
    assert empty.pointer == "/lines"
    april = replace(issue, month=replace(march, month=4))
    story.when(april).then_refused(refusals.MonthNotOver, begins_on="2021-04-01")
    # In Kashgar the first of April has come when it is still March in Greenwich.
    begun = replace(april, now=datetime(2021, 3, 31, 16, tzinfo=UTC))
    assert story.when(begun).refusal is None
    assert story.when(replace(begun, now=begun.now - timedelta(seconds=1))).refusal is not None


def test_the_day_of_a_bulletin_moves_until_it_is_told() -> None:
    story = Spec(bulletin.decider)
    march = bulletin.Month(region_code="653100", year=2021, month=3)
    owe = bulletin.OweBulletin(month=march, due_on=date(2021, 4, 10), **BY)
    owed = bulletin.BulletinOwed(month=march, due_on=date(2021, 4, 10))
    later = replace(owe, due_on=date(2021, 4, 8))
    moved = replace(owed, due_on=date(2021, 4, 8))
    story.given(owed).when(later).then(moved)
    issued = bulletin.BulletinIssued(month=march, lines=(), issued_on=TODAY)
    story.given(owed, issued).when(later).then_nothing()
    late = bulletin.MarkBulletinOverdue(
        month=march, by="clock", now=datetime(2021, 4, 10, 16, tzinfo=UTC)
    )
    overdue = bulletin.BulletinOverdue(month=march, due_on=date(2021, 4, 10))
    story.given(owed).when(late).then(overdue)
    story.given(owed).when(replace(late, now=late.now - timedelta(seconds=1))).then_nothing()
    story.given(owed, issued).when(late).then_nothing()
    story.given(owed, overdue, issued).when(late).then_nothing()


def test_an_edition_of_a_report_tells_all_that_it_was_issued_with() -> None:
    figure = report.Figure(
        id="F06", label="项目数", value="4", unit="projects", shown="4个", items="/v1/x"
    )
    passage = report.Passage(heading="一、总体情况", paragraphs=("共{F06}项目。", "第二段。"))
    story = Spec(report.decider).knowing(year_closing.Year())
    issue = report.IssueAnnualReport(
        region_code="653100",
        fiscal_year=2021,
        figures=(figure,),
        title="2021年报告",
        passages=(passage,),
        reason="首次",
        **BY,
    )
    issued = report.ReportIssued(
        region_code="653100",
        fiscal_year=2021,
        edition=1,
        figures=(figure,),
        issued_on=TODAY,
        title="2021年报告",
        passages=(passage,),
        reason="首次",
    )
    story.when(issue).then(issued)
    assert report.report_content(issued) == {
        "region_code": "653100",
        "fiscal_year": 2021,
        "edition": 1,
        "title": "2021年报告",
        "reason": "首次",
        "passages": [{"heading": "一、总体情况", "paragraphs": ["共{F06}项目。", "第二段。"]}],
        "figures": [
            {
                "id": "F06",
                "label": "项目数",
                "value": "4",
                "unit": "projects",
                "shown": "4个",
                "items": "/v1/x",
            }
        ],
    }
    assert report.report_digest(issued) != report.report_digest(replace(issued, title="别的"))
    told = Spec(report.decider).given(issued).knowing(year_closing.Year())
    reworded = (replace(passage, heading="一、概况"),)
    told.when(replace(issue, passages=reworded)).then(replace(issued, edition=2, passages=reworded))


def test_a_report_that_is_refused_says_where_and_consults_the_closing_of_its_year() -> None:
    story = Spec(report.decider).knowing(year_closing.Year())
    figure = report.Figure(id="F06", label="项目数", value="4", unit="projects")
    issue = report.IssueAnnualReport(
        region_code="653100", fiscal_year=2021, figures=(figure,), **BY
    )
    none = story.when(replace(issue, figures=())).then_refused(refusals.FiguresMissing)
    assert none.pointer == "/figures"
    next_year = replace(issue, fiscal_year=2022)
    story.when(next_year).then_refused(refusals.YearNotBegun, fiscal_year=2022)
    new_year = datetime(2021, 12, 31, 16, tzinfo=UTC)
    assert story.when(replace(next_year, now=new_year)).refusal is None
    early = story.when(replace(next_year, now=new_year - timedelta(seconds=1)))
    early.then_refused(refusals.YearNotBegun)
    assert [one.stream for one in report.decider.consults(issue)] == ["fiscal_year-653100-2021"]
    over = Spec(report.decider).given(
        report.ReportIssued(
            region_code="653100", fiscal_year=2021, edition=1, figures=(figure,), issued_on=TODAY
        )
    )
    other = replace(issue, figures=(replace(figure, value="5"),))
    closed = over.knowing(year_closing.Year(closed_on=TODAY)).when(other)
    assert closed.then_refused(refusals.CorrectionWithoutReason).pointer == "/reason"


@pytest.mark.parametrize(
    "text",
    [
        "2021年3月15日，“1+2+N”制度《2021年办法》喀财〔2021〕12号",
        "12月起，31日止",
        "for fiscal year 2021 and budget year 2022",
        "没有数字",
    ],
)
def test_years_days_and_quoted_names_are_no_figures(text: str) -> None:
    telling.check([telling.Passage(heading="一", paragraphs=(text,))], [])


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("完成13件", "13"),
        ("完成1,490.50万元", "1,490.50"),
        ("共{F06}件，另有5件", "5"),
        ("13个月", "13"),
        ("year 2021", "2021"),
        ("“引”之外3件", "3"),
    ],
)
def test_a_number_typed_by_hand_is_named_with_its_place(text: str, typed: str) -> None:
    figure = telling.Figure(id="F06", label="项目数", value="4", unit="projects")
    passages = [
        telling.Passage(heading="一", paragraphs=("共{F06}件。",)),
        telling.Passage(heading="二", paragraphs=("无。", text)),
    ]
    with pytest.raises(refusals.NumberWithoutItems) as refused:
        telling.check(passages, [figure])
    assert refused.value.detail == f"“{typed}” leads to no items."
    assert refused.value.pointer == "/passages/1/paragraphs/1"
    assert refused.value.remedy


def test_a_figure_that_is_not_told_is_named_with_its_place() -> None:
    figure = telling.Figure(id="F06", label="项目数", value="4", unit="projects")
    passages = [telling.Passage(heading="一", paragraphs=("共{F06}件，{F07}件。",))]
    with pytest.raises(refusals.FigureUnknown) as refused:
        telling.check(passages, [figure])
    assert refused.value.detail == "{F07} is no figure of this text."
    assert (refused.value.pointer, bool(refused.value.remedy)) == (
        "/passages/0/paragraphs/0",
        True,
    )


def test_a_paragraph_is_read_aloud_with_what_its_figures_show() -> None:
    shown = telling.Figure(id="F06", label="l", value="0.98", unit="ratio", shown="98%")
    plain = telling.Figure(id="F1", label="l", value="4", unit="projects")
    text = "执行率{F06}，{F1}个，{F9}个；{f1}"
    assert telling.read(text, [shown, plain]) == "执行率98%，4个，F9个；{f1}"
    parts = list(telling.filled("{F06}{F06}", {"F06": shown}, lambda one: f"<{one.value}>"))
    assert parts == ["", "<0.98>", "", "<0.98>", ""]


def test_terms_of_another_region_or_year_are_kept_apart_and_an_older_version_is_silent() -> None:
    story = Spec(terms.decider)
    second = replace(terms.STATUTORY, rule_set_version=2)
    learn = terms.LearnTerms(region_code="653100", fiscal_year=2021, terms=second, **BY)
    learnt = terms.TermsLearnt(region_code="653100", fiscal_year=2021, terms=second)
    for version in (1, 2):
        again = replace(learn, terms=replace(second, monthly_day=1, rule_set_version=version))
        story.given(learnt).when(again).then_nothing()
    near = terms.Known(region_code="a", terms=second)
    far = terms.Known(region_code="b", terms=replace(second, monthly_day=1))
    assert terms.binding(("other", terms.Known(), near, far)) == second


@pytest.mark.parametrize(
    ("day", "falls"),
    [
        (date(2021, 1, 31), date(2021, 2, 10)),
        (date(2021, 11, 30), date(2021, 12, 10)),
        (date(2021, 12, 1), date(2022, 1, 10)),
    ],
)
def test_the_next_month_of_december_is_in_the_next_year(day: date, falls: date) -> None:
    assert next_month(day, 10) == falls
    month = bulletin.Month(region_code="653100", year=day.year, month=day.month)
    assert month.due_on(10) == falls
    assert month.id == f"653100-{day:%Y-%m}"
