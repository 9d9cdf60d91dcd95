"""Bulletins, reports, terms, policies, ideas, trainings and articles."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from services.disclosure.domain import (
    bulletin,
    idea,
    policy,
    publicity,
    refusals,
    report,
    terms,
    training,
    year_closing,
)
from services.disclosure.domain.values import Layer, PressLevel, Step, TrainingChannel, lineage
from shared.testing.spec import Spec
from tests.disclosure.stories import LATER, NOW, TODAY

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


DOCUMENT = policy.Document(
    policy_id="P1",
    region_code="653100",
    layer=Layer.ONE,
    title="实施意见",
    document_no="〔2021〕1号",
    issuer="喀什地委",
    steps=(Step.TARGET,),
)
drafted = policy.PolicyDrafted(document=DOCUMENT)
issued = policy.PolicyIssued(issued_on=TODAY, effective_on=date(2021, 4, 1))
issue = policy.IssuePolicy(policy_id="P1", issued_on=TODAY, effective_on=date(2021, 4, 1), **BY)
library = Spec(policy.decider)


def test_a_policy_is_drafted_and_issued() -> None:
    draft = policy.DraftPolicy(document=DOCUMENT, **BY)
    library.when(draft).then(drafted)
    library.given(drafted).when(draft).then_nothing()
    other = policy.DraftPolicy(document=replace(DOCUMENT, title="其他"), **BY)
    library.given(drafted).when(other).then_refused(refusals.NumberTaken)
    stepless = policy.DraftPolicy(document=replace(DOCUMENT, steps=()), **BY)
    library.when(stepless).then_refused(refusals.PolicyWithoutStep)
    library.given(drafted).when(issue).then(issued)
    library.given(drafted, issued).when(issue).then_nothing()
    later = replace(issue, effective_on=date(2021, 5, 1))
    library.given(drafted, issued).when(later).then_refused(refusals.PolicyNotDraft)
    library.when(issue).then_refused(refusals.PolicyUnknown)


def test_a_policy_in_force_is_amended_superseded_or_repealed() -> None:
    amend = policy.AmendPolicy(
        policy_id="P1",
        steps=(Step.TARGET, Step.EVALUATION),
        summary="增加环节",
        effective_on=date(2021, 6, 1),
        **BY,
    )
    amended = policy.PolicyAmended(
        steps=amend.steps, summary="增加环节", effective_on=date(2021, 6, 1)
    )
    library.given(drafted, issued).when(amend).then(amended)
    library.given(drafted, issued, amended).when(amend).then_nothing()
    library.given(drafted).when(amend).then_refused(refusals.PolicyNotInForce)
    library.when(amend).then_refused(refusals.PolicyUnknown)
    stepless = replace(amend, steps=())
    library.given(drafted, issued).when(stepless).then_refused(refusals.PolicyWithoutStep)

    repeal = policy.RepealPolicy(policy_id="P1", reason="过时", ends_on=date(2021, 9, 1), **BY)
    repealed = policy.PolicyRepealed(reason="过时", ends_on=date(2021, 9, 1))
    supersede = policy.SupersedePolicy(
        policy_id="P1", superseded_by="P2", ends_on=date(2021, 9, 1), **BY
    )
    superseded = policy.PolicySuperseded(superseded_by="P2", ends_on=date(2021, 9, 1))
    library.given(drafted, issued).when(repeal).then(repealed)
    library.given(drafted, issued, repealed).when(repeal).then_nothing()
    library.given(drafted, issued, repealed).when(supersede).then_refused(refusals.PolicyNotInForce)
    library.given(drafted, issued).when(supersede).then(superseded)
    library.given(drafted).when(repeal).then_refused(refusals.PolicyNotInForce)
    library.when(repeal).then_refused(refusals.PolicyUnknown)
    early = replace(repeal, ends_on=date(2021, 3, 1))
    library.given(drafted, issued).when(early).then_refused(refusals.PolicyEndsBeforeItBegins)
    itself = replace(supersede, superseded_by="P1")
    library.given(drafted, issued).when(itself).then_refused(refusals.PolicySupersedesItself)


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


def test_a_training_is_planned_and_held_or_called_off() -> None:
    story = Spec(training.decider)
    session = training.Session(
        session_id="T1",
        region_code="653100",
        topic="目标编制",
        channel=TrainingChannel.ON_SITE,
        trainer="专家",
        planned_on=TODAY,
    )
    plan = training.PlanTraining(session=session, **BY)
    planned = training.TrainingPlanned(session=session)
    hold = training.HoldTraining(session_id="T1", held_on=TODAY, units=2, person_times=30, **BY)
    held = training.TrainingHeld(held_on=TODAY, units=2, person_times=30)
    call_off = training.CallOffTraining(session_id="T1", reason="改期", **BY)
    dropped = training.TrainingDropped(reason="改期")
    story.when(plan).then(planned)
    story.given(planned).when(plan).then_nothing()
    other = training.PlanTraining(session=replace(session, topic="其他"), **BY)
    story.given(planned).when(other).then_refused(refusals.NumberTaken)
    story.given(planned).when(hold).then(held)
    story.given(planned, held).when(hold).then_nothing()
    more = replace(hold, person_times=31)
    story.given(planned, held).when(more).then_refused(refusals.TrainingAlreadyHeld)
    nobody = replace(hold, person_times=0)
    story.given(planned).when(nobody).then_refused(refusals.TrainingWithoutPeople)
    story.when(hold).then_refused(refusals.TrainingUnknown)
    story.given(planned).when(call_off).then(dropped)
    story.given(planned, dropped).when(call_off).then_nothing()
    story.given(planned, dropped).when(hold).then_refused(refusals.TrainingCalledOff)
    story.given(planned, held).when(call_off).then_refused(refusals.TrainingAlreadyHeld)
    story.when(call_off).then_refused(refusals.TrainingUnknown)


def test_an_article_counts_once_for_every_outlet() -> None:
    story = Spec(publicity.decider)
    article = publicity.Article(
        article_id="A1", region_code="653100", title="综述", author="", written_on=TODAY
    )
    write = publicity.WriteArticle(article=article, **BY)
    written = publicity.ArticleWritten(article=article)
    one = publicity.Adoption(outlet="财政部", level=PressLevel.MINISTRY, adopted_on=TODAY)
    two = replace(one, outlet="财政厅", level=PressLevel.REGION)
    adopt = publicity.AdoptArticle(article_id="A1", adoption=one, **BY)
    adopted = publicity.ArticleAdopted(region_code="653100", adoption=one)
    feature = publicity.FeatureArticle(article_id="A1", by="iss|bureau", now=LATER)
    story.when(write).then(written)
    story.given(written).when(write).then_nothing()
    other = publicity.WriteArticle(article=replace(article, title="其他"), **BY)
    story.given(written).when(other).then_refused(refusals.NumberTaken)
    story.given(written).when(adopt).then(adopted)
    story.given(written, adopted).when(adopt).then_nothing()
    story.given(written, adopted).when(replace(adopt, adoption=two)).then(
        replace(adopted, adoption=two)
    )
    early = replace(adopt, adoption=replace(one, adopted_on=date(2021, 1, 1)))
    story.given(written).when(early).then_refused(refusals.AdoptedBeforeWritten)
    story.when(adopt).then_refused(refusals.ArticleUnknown)
    story.given(written).when(feature).then(publicity.ArticleFeatured())
    story.given(written, publicity.ArticleFeatured()).when(feature).then_nothing()
    story.when(feature).then_refused(refusals.ArticleUnknown)
