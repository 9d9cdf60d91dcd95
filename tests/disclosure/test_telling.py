"""Bulletins, reports, terms and ideas."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from services.disclosure.domain import (
    bulletin,
    idea,
    refusals,
    report,
    terms,
    year_closing,
)
from services.disclosure.domain.values import lineage
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
    drop = idea.DropIdea(idea_id="I1", dropped_on=TODAY, **BY)
    dropped = idea.IdeaDropped(dropped_on=TODAY)
    story.when(declare).then(declared)
    story.given(declared).when(declare).then_nothing()
    story.given(declared).when(replace(declare, text="新")).then(replace(declared, text="新"))
    story.given(declared).when(drop).then(dropped)
    story.given(declared, dropped).when(drop).then_nothing()
    story.given(declared, dropped).when(declare).then(declared)
    story.when(drop).then_refused(refusals.IdeaUnknown)
