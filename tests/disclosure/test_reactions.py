"""Words of the others → obligations; terms → deadlines; facts → words of our own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from services.disclosure.domain.bulletin import (
    BulletinIssued,
    BulletinOverdue,
    BulletinOwed,
    Line,
    MarkBulletinOverdue,
    Month,
    OweBulletin,
)
from services.disclosure.domain.content import FieldChange, digest
from services.disclosure.domain.idea import IdeaDropped
from services.disclosure.domain.item_words import (
    EndWithholding,
    ItemCorrected,
    ItemOverdue,
    MarkItemOverdue,
    OweItem,
    RestateItem,
    StartTerm,
    TermStarted,
    WithholdingExpired,
)
from services.disclosure.domain.report import Figure, ReportIssued
from services.disclosure.domain.terms import LearnTerms
from services.disclosure.domain.values import Channel, ItemKind
from services.disclosure.publishing import publish
from services.disclosure.reactions import fall_due, react, schedule
from shared.contracts import disclosure as said
from shared.contracts import evaluation, targets
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from shared.messages import AnyHeard, CalledOff, Deadline, Due, Heard
from shared.testing.projection_spec import recorded
from tests.disclosure import years
from tests.disclosure.stories import CONTENT, ITEM, NOW, TODAY, owed, prepared, published, withheld
from tests.disclosure.years import Project

A = Project(code="A", region="653101", unit="653101001", yuan=100)
MARCH = Month(region_code="653100", year=2021, month=3)
OVER = datetime(2021, 3, 2, 16, tzinfo=UTC)


def heard(word: PublicEvent) -> AnyHeard:
    """A word in its envelope."""
    return Heard(
        word=word,
        event_id=UUID(int=1),
        producer=word.producer,
        number=1,
        subject="s",
        version=1,
        said_at=NOW,
        effective_at=NOW,
        correlation_id="c",
    )


def owes(word: PublicEvent) -> OweItem:
    """The obligation that a word creates."""
    first = react(heard(word))[0]
    assert isinstance(first, OweItem)
    return first


def test_an_approved_target_is_owed_with_the_budget_and_starts_the_ex_ante_report() -> None:
    word = years.approved(A, 2021)
    owe, start = react(heard(word))
    assert isinstance(owe, OweItem)
    assert (owe.item.item_id, owe.item.channel) == ("TARGET-A-2021", Channel.WITH_BUDGET)
    assert (owe.starts_on, owe.content["budget"]) == (date(2021, 2, 10), "100.00")
    assert isinstance(start, StartTerm)
    assert start.item_id == "EX_ANTE_REPORT-A-2021"


def test_only_an_included_assessment_is_owed() -> None:
    owe = owes(years.assessed(A, 2021, "GOOD"))
    assert (owe.item.kind, owe.starts_on) == (ItemKind.EX_ANTE_REPORT, None)
    assert react(heard(years.assessed(A, 2021, "POOR"))) == ()


def test_results_are_owed_through_their_channels() -> None:
    judged = owes(years.evaluated(A, 2021))
    assert judged.item.channel is Channel.WITH_FINAL_ACCOUNTS
    report = owes(years.finance_evaluated(A, 2021))
    assert (report.item.item_id, report.item.channel) == (
        "FINANCE_REPORT-A-2021",
        Channel.KEY_EVALUATION,
    )
    assert report.starts_on is None
    own = owes(years.finance_evaluated(A, 2021).model_copy(update={"kind": "DEPARTMENT"}))
    assert (own.item.item_id, own.item.channel, own.starts_on) == (
        "DEPARTMENT_REPORT-A-2021",
        Channel.WITH_FINAL_ACCOUNTS,
        date(2022, 6, 1),
    )


def test_a_rule_set_teaches_terms_and_owes_twelve_months() -> None:
    learn, *months = react(heard(years.rules("653100", 2021)))
    assert isinstance(learn, LearnTerms)
    assert learn.terms.with_budget_days == 15
    assert len(months) == 12
    december = months[-1]
    assert isinstance(december, OweBulletin)
    assert december.due_on == date(2022, 1, 10)


def test_what_is_decided_anew_is_restated() -> None:
    adjusted = targets.TargetAdjusted(
        region_code="653101",
        project_code="A",
        fiscal_year=2021,
        unit_code="653101001",
        department_code="D1",
        adjustment_id="x",
        target_version=2,
        budget_before=Money(10000),
        budget=Money(9000),
        indicators=(),
        reason="压减",
        adjusted_on=TODAY,
    )
    [restate] = react(heard(adjusted))
    assert isinstance(restate, RestateItem)
    assert (restate.fields["budget"], restate.reason) == ("90.00", "压减")
    corrected = evaluation.ScoreCorrected(
        region_code="653101",
        project_code="A",
        fiscal_year=2021,
        unit_code="653101001",
        before=Decimal(92),
        after=Decimal(80),
        grade="GOOD",
        finding="自评虚高",
        corrected_on=TODAY,
    )
    [restate] = react(heard(corrected))
    assert isinstance(restate, RestateItem)
    assert restate.fields == {"final_score": "80", "grade": "GOOD"}


def test_most_words_create_no_obligation() -> None:
    assert react(heard(years.registered(A, 2021))) == ()
    assert react(heard(years.warned(A, 2021, "BLUE"))) == ()


def test_terms_become_deadlines_and_telling_calls_them_off() -> None:
    def planned(fact: object, stream: str = "item-TARGET-A-2021") -> list[object]:
        return [one for fact_ in recorded(stream, fact) for one in schedule(fact_)]

    due = Deadline(
        key="item-due:TARGET-A-2021", kind="item-due", subject="TARGET-A-2021", due_at=OVER
    )
    assert planned(owed) == [due]
    assert planned(TermStarted(due_on=date(2021, 3, 2))) == [due]
    assert planned(replace(owed, due_on=None)) == []
    assert planned(published) == [CalledOff(key="item-due:TARGET-A-2021")]
    called_off, ends = planned(withheld)
    assert called_off == CalledOff(key="item-due:TARGET-A-2021")
    assert isinstance(ends, Deadline)
    assert ends.kind == "withholding-ends"
    expired = WithholdingExpired(item=ITEM, expired_on=TODAY, due_on=date(2021, 3, 2))
    assert planned(expired) == [due]
    bulletin = planned(BulletinOwed(month=MARCH, due_on=date(2021, 4, 10)), f"bulletin-{MARCH.id}")
    assert [one.kind for one in bulletin if isinstance(one, Deadline)] == ["bulletin-due"]
    issued = BulletinIssued(month=MARCH, lines=(), issued_on=TODAY)
    assert planned(issued, f"bulletin-{MARCH.id}") == [CalledOff(key="bulletin-due:653100-2021-03")]


@pytest.mark.parametrize(
    ("kind", "subject", "command"),
    [
        ("item-due", "T", MarkItemOverdue(item_id="T", by="abacus|disclosure", now=NOW)),
        ("withholding-ends", "T", EndWithholding(item_id="T", by="abacus|disclosure", now=NOW)),
        (
            "bulletin-due",
            "653100-2021-03",
            MarkBulletinOverdue(month=MARCH, by="abacus|disclosure", now=NOW),
        ),
        ("something-else", "T", None),
    ],
)
def test_a_passed_deadline_becomes_a_command(kind: str, subject: str, command: object) -> None:
    assert fall_due(Due(kind=kind, subject=subject, due_at=OVER, now=NOW)) == command


def told(fact: object) -> PublicEvent | None:
    """The word for a fact."""
    [envelope] = recorded("item-TARGET-A-2021", fact)
    return publish(envelope)


def test_the_public_hears_what_was_told_and_with_which_digest() -> None:
    word = told(published)
    assert isinstance(word, said.DisclosurePublished)
    assert (word.item_id, word.kind, word.region_code) == ("TARGET-A-2021", "TARGET", "653101")
    assert word.content_sha256 == digest(published.content)


def test_the_public_hears_of_withholding_correction_and_delay() -> None:
    assert isinstance(told(withheld), said.DisclosureWithheld)
    assert isinstance(
        told(WithholdingExpired(item=ITEM, expired_on=TODAY, due_on=None)), said.WithholdingExpired
    )
    assert isinstance(told(ItemOverdue(item=ITEM, due_on=TODAY)), said.DisclosureOverdue)
    change = FieldChange(pointer="/budget", before="1.00", after="2.00")
    corrected = told(
        ItemCorrected(
            item=ITEM, content=CONTENT, changes=(change,), reason="误", corrected_on=TODAY
        )
    )
    assert isinstance(corrected, said.DisclosureCorrected)
    assert corrected.changes == {"/budget": {"before": "1.00", "after": "2.00"}}


def test_the_public_hears_of_months_and_years() -> None:
    line = Line(work="批复", units=1, projects=2, result="完成")
    issued = told(BulletinIssued(month=MARCH, lines=(line,), issued_on=TODAY))
    assert isinstance(issued, said.MonthlyBulletinIssued)
    assert issued.content["lines"][0]["projects"] == 2
    late = told(BulletinOverdue(month=MARCH, due_on=TODAY))
    assert isinstance(late, said.DisclosureOverdue)
    assert late.channel == "MONTHLY"
    figure = Figure(id="F06", label="项目数", value="4", unit="projects")
    report = told(
        ReportIssued(
            region_code="653100", fiscal_year=2021, edition=1, figures=(figure,), issued_on=TODAY
        )
    )
    assert isinstance(report, said.AnnualReportIssued)
    assert report.figures["F06"]["value"] == "4"


def test_who_prepared_and_reviewed_stays_inside() -> None:
    for fact in (owed, prepared, IdeaDropped(dropped_on=TODAY)):
        assert told(fact) is None
