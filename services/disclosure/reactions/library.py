"""The clock of the policy library and of public comments: what its days bring."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from services.disclosure.domain import comment, policy
from shared.domain.workdays import day_over
from shared.messages import AnyRecorded, CalledOff, Deadline, Due

SERVICE: Final = "abacus|disclosure"
POLICY_BEGINS: Final = "policy-begins"
POLICY_ENDS: Final = "policy-ends"
COMMENT_DUE: Final = "comment-due"


def library_deadlines(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """When a document begins and ceases to bind, and when an answer falls due."""
    subject = recorded.id
    match recorded.event:
        case policy.PolicyIssued(effective_on=day) | policy.PolicyAmended(effective_on=day):
            return [_on_the_day(POLICY_BEGINS, subject, day)]
        case policy.PolicySuperseded(ends_on=day) | policy.PolicyRepealed(ends_on=day):
            return [_on_the_day(POLICY_ENDS, subject, day)]
        case comment.CommentFiled(due_on=day) | comment.CommentReopened(due_on=day):
            return [
                Deadline(
                    key=f"{COMMENT_DUE}:{subject}",
                    kind=COMMENT_DUE,
                    subject=subject,
                    due_at=day_over(day),
                )
            ]
        case comment.CommentAnswered() | comment.CommentRejected():
            return [CalledOff(key=f"{COMMENT_DUE}:{subject}")]
        case _:
            return ()


def library_due(due: Due) -> object | None:
    """The command that such a day issues."""
    match due.kind:
        case "policy-begins":
            return policy.BeginPolicyEffect(policy_id=due.subject, by=SERVICE, now=due.now)
        case "policy-ends":
            return policy.EndPolicyEffect(policy_id=due.subject, by=SERVICE, now=due.now)
        case "comment-due":
            return comment.MarkCommentOverdue(case_number=due.subject, by=SERVICE, now=due.now)
        case _:
            return None


def _on_the_day(kind: str, subject: str, day: date) -> Deadline:
    """At the first instant of a day; every day of a document is a deadline of its own."""
    begins_at = day_over(day - timedelta(days=1))
    return Deadline(
        key=f"{kind}:{subject}:{day.isoformat()}", kind=kind, subject=subject, due_at=begins_at
    )
