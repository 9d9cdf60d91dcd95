"""Every aggregate: the commands it takes, the stream it is kept in, and whose it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, get_args

import pytest

from services.disclosure.domain import (
    budget_reply,
    bulletin,
    comment,
    idea,
    item,
    policy,
    publicity,
    report,
    terms,
    training,
    year_closing,
)
from services.disclosure.domain.bulletin_words import BulletinCommand
from services.disclosure.domain.comment.sender import CommentTextNoted, NoteCommentText
from services.disclosure.domain.comment.sender import decider as senders
from services.disclosure.domain.comment.subject import EraseSubject, SubjectErased
from services.disclosure.domain.comment.subject import decider as subjects
from services.disclosure.domain.comment.words import CommentCommand
from services.disclosure.domain.deciders import DECIDERS
from services.disclosure.domain.idea import IdeaCommand
from services.disclosure.domain.item_words import ItemCommand
from services.disclosure.domain.policy.commands import PolicyCommand, RegisterPolicyNumber
from services.disclosure.domain.publicity.words import ArticleCommand
from services.disclosure.domain.training.words import TrainingCommand
from services.disclosure.domain.year_closing_words import ClosingCommand
from shared.domain.decider import AnyDecider, Owner
from tests.disclosure import (
    test_bulletin_told,
    test_closing_story,
    test_comment,
    test_owed_items,
    test_owed_terms,
    test_policy,
    test_publicity,
    test_training,
)
from tests.disclosure.stories import ITEM, NOW, TODAY, UNIT, owe, owed

BY: Final[dict[str, Any]] = {"by": UNIT, "now": NOW}
KASHGAR: Final = Owner(region_code="653100")
FIGURE: Final = report.Figure(id="F06", label="项目数", value="4", unit="projects")
LEARN: Final = terms.LearnTerms(region_code="653100", fiscal_year=2021, terms=terms.STATUTORY, **BY)
LEARNT: Final = terms.TermsLearnt(region_code="653100", fiscal_year=2021, terms=terms.STATUTORY)
ISSUE: Final = report.IssueAnnualReport(
    region_code="653100", fiscal_year=2021, figures=(FIGURE,), **BY
)
TOLD: Final = report.ReportIssued(
    region_code="653100", fiscal_year=2021, edition=1, figures=(FIGURE,), issued_on=TODAY
)
REPLIED: Final = budget_reply.BudgetReplyRecorded(reply=test_owed_terms.FROM_FINANCE)
TO_UNITS: Final = budget_reply.BudgetReplyRecorded(reply=test_owed_terms.TO_UNITS)
DECLARED: Final = idea.IdeaDeclared(region_code="653100", text="t", text_en="", declared_on=TODAY)
ERASE: Final = EraseSubject(
    subject="s1", key_id="k1", region_code="653100", reason="r", erased_by=UNIT
)
ERASED: Final = SubjectErased(
    subject="s1", key_id="k1", region_code="653100", reason="r", erased_by=UNIT
)
NOTE: Final = NoteCommentText(sender="hash", digest="d", case_number="PL-1")
NOTED: Final = CommentTextNoted(digest="d", case_number="PL-1")
REGISTER: Final = RegisterPolicyNumber(number="n", policy_id="P1", document_no="1号")
REGISTERED: Final = policy.PolicyNumberRegistered(policy_id="P1", document_no="1号")
COMMENT: Final = Owner(region_code="653100", unit_code="653100001")
OF_UNIT: Final = Owner(region_code="653101", department_code="D1", unit_code="653101001")
OF_DEPARTMENT: Final = Owner(region_code="653101", department_code="D1")

LAWS: Final[Sequence[tuple[AnyDecider, Any, str, Sequence[Any], Owner | None]]] = (
    (item.decider, owe, "item-TARGET-A-2021", (owed,), OF_UNIT),
    (
        item.decider,
        test_owed_items.archive,
        "item-TARGET-A-2021",
        (replace(owed, item=replace(ITEM, department_code=None, unit_code="")),),
        Owner(region_code="653101"),
    ),
    (
        item.decider,
        test_owed_items.note,
        "item-RECOVERY_SUMMARY-653101-2021-12",
        (test_owed_items.owed_summary, test_owed_items.first_noted),
        Owner(region_code="653101"),
    ),
    (
        bulletin.decider,
        test_bulletin_told.issue,
        "bulletin-653100-2021-03",
        (test_bulletin_told.issued,),
        KASHGAR,
    ),
    (report.decider, ISSUE, "report-653100-2021", (TOLD,), KASHGAR),
    (terms.decider, LEARN, "terms-653100-2021", (LEARNT,), KASHGAR),
    (
        policy.decider,
        policy.DraftPolicy(document=test_policy.DOCUMENT, **BY),
        "policy-P1",
        (test_policy.drafted,),
        KASHGAR,
    ),
    (
        policy.decider,
        policy.RecordPolicy(
            document=test_policy.DOCUMENT, issued_on=None, effective_on=None, end=None, **BY
        ),
        "policy-P1",
        (test_policy.drafted, test_policy.reviewed),
        KASHGAR,
    ),
    (
        policy.decider,
        test_policy.issue,
        "policy-P1",
        (
            test_policy.drafted,
            test_policy.reviewed,
            test_policy.issued,
            test_policy.repealed,
        ),
        KASHGAR,
    ),
    (policy.number_decider, REGISTER, "policynumber-n", (REGISTERED,), None),
    (
        idea.decider,
        idea.DropIdea(idea_id="I1", dropped_on=TODAY, **BY),
        "idea-I1",
        (DECLARED,),
        KASHGAR,
    ),
    (
        training.decider,
        training.PlanTraining(session=test_training.SESSION, **BY),
        "training-T1",
        (test_training.planned,),
        KASHGAR,
    ),
    (training.decider, test_training.hold, "training-T1", (test_training.planned,), KASHGAR),
    (
        publicity.decider,
        publicity.WriteArticle(article=test_publicity.ARTICLE, **BY),
        "article-A1",
        (test_publicity.written,),
        KASHGAR,
    ),
    (publicity.decider, test_publicity.submit, "article-A1", (test_publicity.written,), KASHGAR),
    (
        budget_reply.decider,
        test_owed_terms.record,
        "reply-BUDGET-D1-2021",
        (REPLIED,),
        OF_DEPARTMENT,
    ),
    (
        budget_reply.decider,
        test_owed_terms.by_department,
        "reply-BUDGET-D1-2021",
        (TO_UNITS,),
        OF_DEPARTMENT,
    ),
    (
        year_closing.decider,
        test_closing_story.close,
        "fiscal_year-653100-2021",
        (test_closing_story.noted,),
        KASHGAR,
    ),
    (
        year_closing.decider,
        test_closing_story.note,
        "fiscal_year-653100-2021",
        (test_closing_story.closed,),
        KASHGAR,
    ),
    (
        comment.decider,
        test_comment.file,
        f"comment-{test_comment.CASE}",
        (test_comment.filed,),
        COMMENT,
    ),
    (
        comment.decider,
        test_comment.answer,
        f"comment-{test_comment.CASE}",
        (test_comment.filed, replace(test_comment.published, unit_code="653100002")),
        Owner(region_code="653100", unit_code="653100002"),
    ),
    (
        comment.decider,
        test_comment.reject,
        f"comment-{test_comment.CASE}",
        (test_comment.filed, replace(test_comment.published, unit_code="")),
        KASHGAR,
    ),
    (senders, NOTE, "commentsender-hash", (NOTED,), None),
    (subjects, ERASE, "subject-s1", (ERASED,), None),
)
COMMANDS: Final[dict[str, Any]] = {
    "item": ItemCommand,
    "bulletin": BulletinCommand,
    "report": report.IssueAnnualReport,
    "terms": terms.LearnTerms,
    "policy": PolicyCommand,
    "policynumber": RegisterPolicyNumber,
    "idea": IdeaCommand,
    "training": TrainingCommand,
    "article": ArticleCommand,
    "reply": budget_reply.RecordBudgetReply,
    "fiscal_year": ClosingCommand,
    "comment": CommentCommand,
    "commentsender": NoteCommentText,
    "subject": EraseSubject,
}


@pytest.mark.parametrize(("decider", "command", "stream", "facts", "whose"), LAWS)
def test_a_thing_is_kept_under_its_number_and_belongs_to_those_it_tells_of(
    decider: AnyDecider, command: object, stream: str, facts: Sequence[Any], whose: Owner | None
) -> None:
    assert type(command) in decider.commands
    assert decider.stream(command) == stream
    assert decider.owner(decider.fold(facts)) == whose
    assert decider.owner(decider.initial) is None


def test_every_aggregate_takes_all_of_its_commands_and_no_others() -> None:
    assert {one.category for one in DECIDERS} == set(COMMANDS)
    for decider in DECIDERS:
        words = COMMANDS[decider.category]
        asked = get_args(getattr(words, "__value__", words)) or (words,)
        assert set(decider.commands) == set(asked), decider.category


def test_a_year_is_heavier_with_every_red_item() -> None:
    weigh = year_closing.decider.weigh
    year = year_closing.decider.fold([test_closing_story.noted, test_closing_story.noted_finding])
    assert (weigh(year_closing.decider.initial), weigh(year)) == (1, 3)
