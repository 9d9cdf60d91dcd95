"""A policy document as an aggregate: what it decides, must know of others, and entails."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.disclosure.domain.policy.commands import (
    AmendPolicy,
    BeginPolicyEffect,
    DraftPolicy,
    EndPolicyEffect,
    IssuePolicy,
    MapPolicyStep,
    PolicyCommand,
    RecordPolicy,
    RegisterPolicyNumber,
    RepealPolicy,
    ReplacePolicy,
    ReviewPolicyLegality,
    RevisePolicy,
    SupersedePolicy,
    UnmapPolicyStep,
)
from services.disclosure.domain.policy.deciding import (
    amend,
    begin_effect,
    end,
    end_effect,
    map_step,
    unmap_step,
)
from services.disclosure.domain.policy.drafting import draft, issue, record, review, revise
from services.disclosure.domain.policy.events import (
    PolicyAmended,
    PolicyDrafted,
    PolicyEffectBegun,
    PolicyEffectEnded,
    PolicyEvent,
    PolicyIssued,
    PolicyLegalityReviewed,
    PolicyRepealed,
    PolicyRevised,
    PolicyStepMapped,
    PolicyStepUnmapped,
    PolicySuperseded,
)
from services.disclosure.domain.policy.refusals import SuccessorUnknown
from services.disclosure.domain.policy.states import (
    Issued,
    Policy,
    Unknown,
    evolve,
)
from services.disclosure.domain.refusals import PolicySupersedesItself
from shared.domain.decider import Decider, Owner, Reference

CATEGORY: Final = "policy"


def decide(  # noqa: C901, PLR0911, PLR0912 - one match
    command: PolicyCommand, policy: Policy
) -> Sequence[PolicyEvent]:
    """The rules of the library."""
    match command:
        case DraftPolicy():
            return draft(command, policy)
        case RevisePolicy():
            return revise(command, policy)
        case ReviewPolicyLegality():
            return review(command, policy)
        case IssuePolicy():
            return issue(command, policy)
        case RecordPolicy():
            return record(command, policy)
        case AmendPolicy():
            return amend(command, policy)
        case MapPolicyStep():
            return map_step(command, policy)
        case UnmapPolicyStep():
            return unmap_step(command, policy)
        case SupersedePolicy():
            return _supersede(command, policy)
        case ReplacePolicy(superseded_by=successor, ends_on=ends_on):
            return end(PolicySuperseded(superseded_by=successor, ends_on=ends_on), policy)
        case RepealPolicy(reason=reason, ends_on=ends_on):
            return end(PolicyRepealed(reason=reason, ends_on=ends_on), policy)
        case BeginPolicyEffect():
            return begin_effect(command, policy)
        case EndPolicyEffect():
            return end_effect(command, policy)
        case _:
            assert_never(command)


def _supersede(command: SupersedePolicy, policy: Policy) -> Sequence[PolicyEvent]:
    if command.superseded_by == command.policy_id:
        raise PolicySupersedesItself(pointer="/superseded_by")
    if not command.known:
        raise SuccessorUnknown(
            pointer="/superseded_by",
            remedy="Draft the new document first.",
            remedy_zh="请先录入替代文件",
        )
    fact = PolicySuperseded(superseded_by=command.superseded_by, ends_on=command.ends_on)
    return end(fact, policy)


def _identify(command: PolicyCommand) -> str:
    if isinstance(command, DraftPolicy | RecordPolicy):
        return command.document.policy_id
    return command.policy_id


def _owner(policy: Policy) -> Owner | None:
    return None if isinstance(policy, Unknown) else Owner(region_code=policy.document.region_code)


def _consults(command: PolicyCommand) -> Sequence[Reference]:
    if isinstance(command, SupersedePolicy):
        return (Reference(CATEGORY, command.superseded_by),)
    return ()


def _inform(command: PolicyCommand, states: Sequence[object]) -> PolicyCommand:
    if isinstance(command, SupersedePolicy):
        return replace(command, known=not isinstance(states[0], Unknown))
    return command


def _entails(event: PolicyEvent, policy: Policy) -> Iterator[RegisterPolicyNumber | ReplacePolicy]:
    """A draft takes its number; with the issue of a document those it supersedes get their end."""
    match event:
        case PolicyDrafted(document=document):
            yield RegisterPolicyNumber(
                number=document.number,
                policy_id=document.policy_id,
                document_no=document.document_no,
            )
        case PolicyIssued(effective_on=day) if isinstance(policy, Issued):
            document = policy.document
            for earlier in document.supersedes:
                yield ReplacePolicy(
                    policy_id=earlier, superseded_by=document.policy_id, ends_on=day
                )
        case _:
            return


decider: Final[Decider[PolicyCommand, PolicyEvent, Policy]] = Decider(
    category=CATEGORY,
    initial=Unknown(),
    commands=(
        *(DraftPolicy, RevisePolicy, ReviewPolicyLegality, IssuePolicy, RecordPolicy, AmendPolicy),
        *(MapPolicyStep, UnmapPolicyStep, SupersedePolicy, ReplacePolicy, RepealPolicy),
        *(BeginPolicyEffect, EndPolicyEffect),
    ),
    events={
        "PolicyDrafted": PolicyDrafted,
        "PolicyRevised": PolicyRevised,
        "PolicyLegalityReviewed": PolicyLegalityReviewed,
        "PolicyIssued": PolicyIssued,
        "PolicyAmended": PolicyAmended,
        "PolicyStepMapped": PolicyStepMapped,
        "PolicyStepUnmapped": PolicyStepUnmapped,
        "PolicyEffectBegun": PolicyEffectBegun,
        "PolicySuperseded": PolicySuperseded,
        "PolicyRepealed": PolicyRepealed,
        "PolicyEffectEnded": PolicyEffectEnded,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
    consults=_consults,
    inform=_inform,
    entails=_entails,
)
