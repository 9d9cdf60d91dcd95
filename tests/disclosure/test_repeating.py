"""Whatever has happened: a command that was accepted records nothing when it is repeated."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from services.disclosure.domain import budget_reply, bulletin, idea, item, report
from services.disclosure.domain.item_words import (
    ArchiveDisclosure,
    CorrectDisclosure,
    EndWithholding,
    Entry,
    MarkItemOverdue,
    MoveTerm,
    NoteItemEntry,
    PrepareDisclosure,
    PublishDisclosure,
    RestateItem,
    ReviewSecrecy,
    StartTerm,
    WithholdDisclosure,
)
from shared.domain.decider import AnyDecider
from shared.domain.money import Money
from shared.domain.refusals import Refusal
from tests.disclosure.library_stories import LIBRARY_STORIES
from tests.disclosure.stories import BUREAU, ITEM, NOW, TODAY, UNIT, owe

MONTH: Final = bulletin.Month(region_code="653100", year=2021, month=3)
LINE: Final = bulletin.Line(work="批复", units=1, projects=1, result="完成")
FIGURE: Final = report.Figure(id="F06", label="项目数", value="4", unit="projects")

people = st.sampled_from([UNIT, BUREAU])
moments = st.integers(0, 90).map(lambda days: NOW + timedelta(days=days))
days = st.integers(1, 60).map(lambda n: TODAY + timedelta(days=n))
about_item = {"item_id": st.just(ITEM.item_id), "by": people, "now": moments}
by = {"by": people, "now": moments}
contents = st.fixed_dictionaries({}, optional={"note": st.sampled_from(["a", "b"])})

STORIES: Final[dict[str, tuple[AnyDecider, list[st.SearchStrategy[Any]]]]] = {
    "item": (
        item.decider,
        [
            st.just(owe),
            st.just(replace(owe, starts_on=None)),
            st.builds(
                StartTerm,
                region_code=st.just("653101"),
                fiscal_year=st.just(2021),
                starts_on=days,
                **about_item,
            ),
            st.builds(PrepareDisclosure, supplement=contents, **about_item),
            st.builds(ReviewSecrecy, cleared=st.booleans(), opinion=st.just("o"), **about_item),
            st.builds(PublishDisclosure, opinion=st.sampled_from([None, "o"]), **about_item),
            st.builds(
                WithholdDisclosure,
                legal_basis=st.sampled_from(["STATE_SECRET", "预算法"]),
                authority=st.just("保密局"),
                expires_on=days,
                **about_item,
            ),
            st.builds(EndWithholding, **about_item),
            st.builds(CorrectDisclosure, fields=contents, reason=st.just("r"), **about_item),
            st.builds(RestateItem, fields=contents, reason=st.just("r"), **about_item),
            st.builds(MarkItemOverdue, **about_item),
            st.builds(ArchiveDisclosure, **about_item),
            st.builds(
                MoveTerm,
                region_code=st.just("653101"),
                fiscal_year=st.just(2021),
                channel=st.just(ITEM.channel),
                department_code=st.just("D1"),
                unit_code=st.just(ITEM.unit_code),
                replied_on=st.one_of(st.none(), days),
                **about_item,
            ),
            st.builds(
                NoteItemEntry,
                item=st.just(ITEM),
                entry=st.builds(
                    Entry,
                    entry_id=st.sampled_from(["a", "b"]),
                    unit_code=st.just("u"),
                    project_code=st.just("p"),
                    amount=st.just(Money(100)),
                ),
                happened_on=days,
                by=people,
                now=moments,
            ),
        ],
    ),
    "reply": (
        budget_reply.decider,
        [
            st.builds(
                budget_reply.RecordBudgetReply,
                reply=st.builds(
                    budget_reply.Reply,
                    kind=st.just(budget_reply.ReplyKind.BUDGET),
                    replied_by=st.sampled_from(budget_reply.RepliedBy),
                    region_code=st.just("653101"),
                    department_code=st.just("D1"),
                    fiscal_year=st.just(2021),
                    replied_on=days,
                    document_no=st.just("n"),
                ),
                by_bureau=st.booleans(),
                **by,
            )
        ],
    ),
    "bulletin": (
        bulletin.decider,
        [
            st.builds(bulletin.OweBulletin, month=st.just(MONTH), due_on=days, **by),
            st.builds(bulletin.IssueBulletin, month=st.just(MONTH), lines=st.just((LINE,)), **by),
            st.builds(bulletin.MarkBulletinOverdue, month=st.just(MONTH), **by),
        ],
    ),
    "report": (
        report.decider,
        [
            st.builds(
                report.IssueAnnualReport,
                region_code=st.just("653100"),
                fiscal_year=st.just(2021),
                figures=st.sampled_from([(FIGURE,), (replace(FIGURE, value="5"),), ()]),
                **by,
            )
        ],
    ),
    "idea": (
        idea.decider,
        [
            st.builds(
                idea.DeclareIdea,
                idea_id=st.just("I1"),
                region_code=st.just("653100"),
                text=st.sampled_from(["一", "二"]),
                text_en=st.just(""),
                declared_on=st.just(TODAY),
                **by,
            ),
            st.builds(idea.DropIdea, idea_id=st.just("I1"), dropped_on=st.just(TODAY), **by),
        ],
    ),
    **LIBRARY_STORIES,
}


@st.composite
def histories(draw: st.DrawFn) -> tuple[AnyDecider, list[Any]]:
    """An aggregate and commands that come as they come."""
    decider, commands = STORIES[draw(st.sampled_from(sorted(STORIES)))]
    return decider, draw(st.lists(st.one_of(commands), min_size=1, max_size=12))


@given(histories())
def test_a_repeated_command_records_nothing_new(story: tuple[AnyDecider, list[Any]]) -> None:
    decider, commands = story
    state = decider.initial
    for command in commands:
        try:
            facts = decider.decide(command, state)
        except Refusal:
            continue
        state = decider.fold(facts, state)
        try:
            repeated = decider.decide(command, state)
        except Refusal:
            # A clearance that was refused has sent the item back: there is nothing to review.
            assert isinstance(command, ReviewSecrecy)
            assert not command.cleared
            continue
        assert list(repeated) == []
