"""The policy library "1+2+N": drafted, issued, amended, superseded, repealed, by dates.

Source: 制度体系; every step of the process has a policy. A document is in force from the day
it takes effect until the day it ends; both are known from the day they are decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain.refusals import (
    NumberTaken,
    PolicyEndsBeforeItBegins,
    PolicyNotDraft,
    PolicyNotInForce,
    PolicySupersedesItself,
    PolicyUnknown,
    PolicyWithoutStep,
)
from services.disclosure.domain.values import Layer, Step
from shared.domain.decider import Decider, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a policy document is: its place in the system and the steps it rules."""

    policy_id: str
    region_code: str
    layer: Layer
    title: str
    document_no: str
    issuer: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPolicy:
    """A document is drafted."""

    document: Document
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePolicy:
    """A draft becomes binding on a day."""

    policy_id: str
    issued_on: date
    effective_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendPolicy:
    """An issued document rules other steps from a day on, or says something else."""

    policy_id: str
    steps: tuple[Step, ...]
    summary: str
    effective_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedePolicy:
    """Another document takes its place on a day."""

    policy_id: str
    superseded_by: str
    ends_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepealPolicy:
    """It no longer binds from a day on."""

    policy_id: str
    reason: str
    ends_on: date
    by: str
    now: datetime


type PolicyCommand = DraftPolicy | IssuePolicy | AmendPolicy | SupersedePolicy | RepealPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDrafted:
    """There is a draft."""

    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyIssued:
    """The document binds from `effective_on`."""

    issued_on: date
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAmended:
    """The document was changed; it rules these steps from `effective_on`."""

    steps: tuple[Step, ...]
    summary: str
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySuperseded:
    """Another document binds instead; the first day on which this one does not."""

    superseded_by: str
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRepealed:
    """The document was repealed; the first day on which it does not bind."""

    reason: str
    ends_on: date


type PolicyEvent = PolicyDrafted | PolicyIssued | PolicyAmended | PolicySuperseded | PolicyRepealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """There is no such document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Binds nobody yet."""

    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """Binds from its day on."""

    document: Document
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Was superseded or repealed."""

    document: Document
    end: PolicySuperseded | PolicyRepealed


type Policy = Unknown | Draft | Issued | Ended


def decide(command: PolicyCommand, policy: Policy) -> Sequence[PolicyEvent]:
    """The rules of the library."""
    match command:
        case DraftPolicy(document=document):
            return _draft(document, policy)
        case IssuePolicy():
            return _issue(command, policy)
        case AmendPolicy():
            return _amend(command, policy)
        case SupersedePolicy(superseded_by=successor, ends_on=ends_on):
            if successor == command.policy_id:
                raise PolicySupersedesItself(pointer="/superseded_by")
            return _end(PolicySuperseded(superseded_by=successor, ends_on=ends_on), policy)
        case RepealPolicy(reason=reason, ends_on=ends_on):
            return _end(PolicyRepealed(reason=reason, ends_on=ends_on), policy)
        case _:
            assert_never(command)


def _draft(document: Document, policy: Policy) -> Sequence[PolicyEvent]:
    if not document.steps:
        raise PolicyWithoutStep(pointer="/steps")
    if isinstance(policy, Unknown):
        return [PolicyDrafted(document=document)]
    if replace(policy.document, steps=document.steps) != document:
        raise NumberTaken(policy_id=document.policy_id)
    return []


def _issue(command: IssuePolicy, policy: Policy) -> Sequence[PolicyEvent]:
    match policy:
        case Draft():
            return [PolicyIssued(issued_on=command.issued_on, effective_on=command.effective_on)]
        case Issued(effective_on=effective_on) if effective_on == command.effective_on:
            return []
        case Issued() | Ended():
            raise PolicyNotDraft
        case Unknown():
            raise PolicyUnknown
        case _:
            assert_never(policy)


def _amend(command: AmendPolicy, policy: Policy) -> Sequence[PolicyEvent]:
    if isinstance(policy, Unknown):
        raise PolicyUnknown
    if not isinstance(policy, Issued):
        raise PolicyNotInForce
    if not command.steps:
        raise PolicyWithoutStep(pointer="/steps")
    amended = (command.steps, command.effective_on)
    if amended == (policy.document.steps, policy.effective_on):
        return []
    return [
        PolicyAmended(
            steps=command.steps, summary=command.summary, effective_on=command.effective_on
        )
    ]


def _end(end: PolicySuperseded | PolicyRepealed, policy: Policy) -> Sequence[PolicyEvent]:
    match policy:
        case Issued(effective_on=effective_on):
            if end.ends_on < effective_on:
                raise PolicyEndsBeforeItBegins(
                    pointer="/ends_on", effective_on=effective_on.isoformat()
                )
            return [end]
        case Ended(end=earlier) if earlier == end:
            return []
        case Draft() | Ended():
            raise PolicyNotInForce
        case Unknown():
            raise PolicyUnknown
        case _:
            assert_never(policy)


def evolve(policy: Policy, event: PolicyEvent) -> Policy:
    """The state after this fact."""
    if isinstance(event, PolicyDrafted):
        return Draft(document=event.document)
    if isinstance(policy, Unknown):
        return policy
    match event:
        case PolicyIssued(effective_on=effective_on):
            return Issued(document=policy.document, effective_on=effective_on)
        case PolicyAmended(steps=steps, effective_on=effective_on):
            return Issued(document=replace(policy.document, steps=steps), effective_on=effective_on)
        case PolicySuperseded() | PolicyRepealed():
            return Ended(document=policy.document, end=event)
        case _:
            assert_never(event)


def _identify(command: PolicyCommand) -> str:
    return command.document.policy_id if isinstance(command, DraftPolicy) else command.policy_id


def _owner(policy: Policy) -> Owner | None:
    return None if isinstance(policy, Unknown) else Owner(region_code=policy.document.region_code)


decider: Final[Decider[PolicyCommand, PolicyEvent, Policy]] = Decider(
    category="policy",
    initial=Unknown(),
    commands=(DraftPolicy, IssuePolicy, AmendPolicy, SupersedePolicy, RepealPolicy),
    events={
        "PolicyDrafted": PolicyDrafted,
        "PolicyIssued": PolicyIssued,
        "PolicyAmended": PolicyAmended,
        "PolicySuperseded": PolicySuperseded,
        "PolicyRepealed": PolicyRepealed,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
