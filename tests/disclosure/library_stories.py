"""Commands of the library and of public comments as they may come, for the law of repetition."""

from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st

from services.disclosure.domain import comment, policy, publicity, training
from services.disclosure.domain.comment.values import RejectionReason, RevealPurpose
from services.disclosure.domain.values import PressLevel, Step
from shared.domain.decider import AnyDecider
from tests.disclosure.stories import BUREAU, NOW, TODAY, UNIT
from tests.disclosure.test_comment import CASE, FILING
from tests.disclosure.test_policy import DOCUMENT
from tests.disclosure.test_publicity import ARTICLE
from tests.disclosure.test_training import SESSION, SHEET

people = st.sampled_from([UNIT, BUREAU])
moments = st.integers(0, 90).map(lambda days: NOW + timedelta(days=days))
days = st.integers(1, 60).map(lambda n: TODAY + timedelta(days=n))
by: Final[dict[str, Any]] = {"by": people, "now": moments}
document: Final[dict[str, Any]] = {"policy_id": st.just("P1"), **by}
session: Final[dict[str, Any]] = {"session_id": st.just("T1"), **by}
article: Final[dict[str, Any]] = {"article_id": st.just("A1"), **by}
case: Final[dict[str, Any]] = {"case_number": st.just(CASE), **by}
steps = st.lists(st.sampled_from(Step), max_size=3, unique=True).map(tuple)
attendance = st.builds(
    training.Attendance,
    units=st.just(1),
    person_times=st.integers(0, 2),
    sheet_sha256=st.sampled_from(["", SHEET]),
)

LIBRARY_STORIES: Final[dict[str, tuple[AnyDecider, list[st.SearchStrategy[Any]]]]] = {
    "policy": (
        policy.decider,
        [
            st.builds(policy.DraftPolicy, document=st.just(DOCUMENT), **by),
            st.builds(
                policy.ReviewPolicyLegality,
                passed=st.booleans(),
                opinion=st.sampled_from(["a", "b"]),
                **document,
            ),
            st.builds(policy.IssuePolicy, issued_on=st.just(TODAY), effective_on=days, **document),
            st.builds(
                policy.AmendPolicy,
                steps=steps,
                summary=st.just("s"),
                effective_on=days,
                **document,
            ),
            st.builds(policy.MapPolicyStep, step=st.sampled_from(Step), from_on=days, **document),
            st.builds(policy.UnmapPolicyStep, step=st.sampled_from(Step), from_on=days, **document),
            st.builds(policy.RepealPolicy, reason=st.just("r"), ends_on=days, **document),
            st.builds(policy.BeginPolicyEffect, **document),
            st.builds(policy.EndPolicyEffect, **document),
        ],
    ),
    "training": (
        training.decider,
        [
            st.builds(training.PlanTraining, session=st.just(SESSION), **by),
            st.builds(
                training.HoldTraining,
                held_on=st.just(TODAY),
                units=st.just(1),
                person_times=st.integers(0, 2),
                **session,
            ),
            st.builds(training.CloseTraining, attendance=attendance, **session),
            st.builds(
                training.CorrectTraining, attendance=attendance, reason=st.just("r"), **session
            ),
            st.builds(training.CallOffTraining, reason=st.just("r"), **session),
        ],
    ),
    "article": (
        publicity.decider,
        [
            st.builds(publicity.WriteArticle, article=st.just(ARTICLE), **by),
            st.builds(
                publicity.SubmitArticle,
                outlet=st.sampled_from(["甲", "乙"]),
                submitted_on=days,
                **article,
            ),
            st.builds(
                publicity.AdoptArticle,
                adoption=st.builds(
                    publicity.Adoption,
                    outlet=st.sampled_from(["甲", "乙 "]),
                    level=st.sampled_from(PressLevel),
                    adopted_on=days,
                ),
                **article,
            ),
            st.builds(publicity.FeatureArticle, **article),
        ],
    ),
    "comment": (
        comment.decider,
        [
            st.builds(
                comment.FileComment,
                filing=st.just(FILING),
                sender=st.just("hash"),
                contact=st.none(),
                **by,
            ),
            st.builds(
                comment.PublishComment,
                redactions=st.sampled_from([(), ("绩效",)]),
                unit_code=st.sampled_from([None, "", "653100001"]),
                **case,
            ),
            st.builds(
                comment.RejectComment,
                reason=st.sampled_from(RejectionReason),
                explanation=st.just("e"),
                **case,
            ),
            st.builds(comment.AnswerComment, text=st.sampled_from(["甲", "乙"]), **case),
            st.builds(
                comment.ReopenComment,
                text=st.sampled_from(["再问", "又问"]),
                sender=st.just("hash"),
                **case,
            ),
            st.builds(comment.MarkCommentOverdue, **case),
            st.builds(
                comment.RevealCommentContact,
                purpose=st.just(RevealPurpose.ANSWER),
                reason=st.just("r"),
                **case,
            ),
            st.builds(comment.EraseCommentContact, reason=st.just("r"), **case),
        ],
    ),
}
