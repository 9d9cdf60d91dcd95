"""The rules of the policy library until a document is issued, and of what was issued elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.disclosure.domain.policy.commands import (
    DraftPolicy,
    IssuePolicy,
    RecordPolicy,
    ReviewPolicyLegality,
    RevisePolicy,
)
from services.disclosure.domain.policy.document import Document, PolicyOrigin
from services.disclosure.domain.policy.events import (
    PolicyDrafted,
    PolicyEvent,
    PolicyIssued,
    PolicyLegalityReviewed,
    PolicyRevised,
)
from services.disclosure.domain.policy.refusals import (
    PolicyDatesContradict,
    PolicyKnownOtherwise,
    PolicyLegalityNotReviewed,
    ReviewerDraftedPolicy,
)
from services.disclosure.domain.policy.states import Draft, Ended, Issued, Policy, Reviewed, Unknown
from services.disclosure.domain.refusals import (
    NumberTaken,
    PolicyEndsBeforeItBegins,
    PolicyNotDraft,
    PolicySupersedesItself,
    PolicyUnknown,
    PolicyWithoutStep,
)


def draft(command: DraftPolicy, policy: Policy) -> Sequence[PolicyEvent]:
    """A number names one document; the same draft again is silent."""
    document = command.document
    expect_sound(document)
    if isinstance(policy, Unknown):
        return [PolicyDrafted(document=document, drafted_by=command.by)]
    if replace(policy.document, steps=document.steps) != document:
        raise NumberTaken(policy_id=document.policy_id)
    return []


def expect_sound(document: Document) -> None:
    """A document rules at least one step and does not supersede itself."""
    if not document.steps:
        raise PolicyWithoutStep(pointer="/steps")
    if document.policy_id in document.supersedes:
        raise PolicySupersedesItself(pointer="/supersedes")


def revise(command: RevisePolicy, policy: Policy) -> Sequence[PolicyEvent]:
    """Only a draft is changed; number and issuer stay."""
    known = _draft_of(policy)
    document = replace(
        known.document,
        layer=command.layer,
        title=command.title,
        steps=command.steps,
        text_sha256=command.text_sha256,
        supersedes=command.supersedes,
    )
    expect_sound(document)
    if document == known.document:
        return []
    return [PolicyRevised(document=document, revised_by=command.by)]


def review(command: ReviewPolicyLegality, policy: Policy) -> Sequence[PolicyEvent]:
    """Four eyes; an opinion that was given is not given again."""
    known = _draft_of(policy)
    known.drafters.expect_another(command.by, ReviewerDraftedPolicy)
    reviewed = PolicyLegalityReviewed(
        passed=command.passed, opinion=command.opinion, reviewed_by=command.by
    )
    match known:
        case Reviewed() if command.passed:
            return []
        case Draft(objection=(by, opinion)) if not command.passed:
            return [] if (by, opinion) == (command.by, command.opinion) else [reviewed]
        case _:
            return [reviewed]


def _draft_of(policy: Policy) -> Draft | Reviewed:
    match policy:
        case Draft() | Reviewed():
            return policy
        case Issued() | Ended():
            raise PolicyNotDraft
        case Unknown():
            raise PolicyUnknown
        case _:
            assert_never(policy)


def issue(command: IssuePolicy, policy: Policy) -> Sequence[PolicyEvent]:
    """A draft is issued once, after its review; what was in force before is imported."""
    match policy:
        case Draft(document=document) if document.origin is not PolicyOrigin.IMPORTED:
            raise PolicyLegalityNotReviewed(remedy="Let somebody else review its legality first.")
        case Draft(document=document) | Reviewed(document=document):
            return [
                PolicyIssued(
                    issued_on=command.issued_on,
                    effective_on=command.effective_on,
                    text_sha256=document.text_sha256,
                )
            ]
        case Issued(effective_on=effective_on) if effective_on == command.effective_on:
            return []
        case Issued() | Ended():
            raise PolicyNotDraft
        case Unknown():
            raise PolicyUnknown
        case _:
            assert_never(policy)


def record(command: RecordPolicy, policy: Policy) -> Sequence[PolicyEvent]:
    """A document with its whole life, once; what the library knows is left as it is."""
    expect_sound(command.document)
    _expect_order(command)
    if not isinstance(policy, Unknown):
        return _recorded_before(command, policy)
    facts: list[PolicyEvent] = [
        PolicyDrafted(document=command.document, drafted_by=command.by),
    ]
    if command.issued_on is not None and command.effective_on is not None:
        facts.append(
            PolicyIssued(
                issued_on=command.issued_on,
                effective_on=command.effective_on,
                text_sha256=command.document.text_sha256,
            )
        )
    if command.end is not None:
        facts.append(command.end)
    return facts


def _expect_order(command: RecordPolicy) -> None:
    if (command.issued_on is None) != (command.effective_on is None):
        raise PolicyDatesContradict(
            "A document has both a day of issue and a day of effect, or neither.",
            pointer="/effective_on",
            remedy="Fill in both days, or leave both empty for a draft.",
            detail_zh="印发日期与施行日期须同时填写或同时留空",
            remedy_zh="请同时填写两个日期；草案请都留空",
        )
    if command.end is None:
        return
    if command.effective_on is None:
        raise PolicyDatesContradict(
            "A draft has no end.",
            pointer="/ended_on",
            remedy="Fill in the days of issue and effect.",
            detail_zh="草案没有终止日期",
            remedy_zh="请填写印发日期和施行日期",
        )
    if command.end.ends_on < command.effective_on:
        raise PolicyEndsBeforeItBegins(
            pointer="/ended_on",
            remedy="Name a day after the day of effect.",
            remedy_zh="请填写晚于施行日期的终止日期",
            effective_on=command.effective_on.isoformat(),
        )


def _recorded_before(
    command: RecordPolicy, policy: Draft | Reviewed | Issued | Ended
) -> Sequence[PolicyEvent]:
    """Silence where the row says what the library knows, however the document came in."""
    issued = policy.issued if isinstance(policy, Ended) else policy
    known = (
        issued.issued_on if isinstance(issued, Issued) else None,
        issued.effective_on if isinstance(issued, Issued) else None,
        policy.end if isinstance(policy, Ended) else None,
    )
    said = (command.issued_on, command.effective_on, command.end)
    rules = issued.mapped.ever if isinstance(issued, Issued) else {frozenset(policy.document.steps)}
    same = _named(policy.document) == _named(command.document) and known == said
    if same and frozenset(command.document.steps) in rules:
        return []
    raise PolicyKnownOtherwise(
        "The library knows this number with other contents.",
        pointer="/policy_id",
        remedy="Amend, supersede or repeal the document, or take another number.",
        detail_zh="库中已有该编号且内容不同",
        remedy_zh="请通过修订、替代或废止处理，或更换编号",
        policy_id=command.document.policy_id,
    )


def _named(document: Document) -> object:
    """What a row of the list calls a document."""
    return (
        document.region_code,
        document.layer,
        document.title,
        document.document_no,
        document.issuer,
    )
