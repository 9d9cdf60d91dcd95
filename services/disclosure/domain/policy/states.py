"""The states of a policy document, and how history leads from one to the next.

DRAFT → LEGALITY_REVIEWED → ISSUED → EFFECTIVE → (AMENDED → EFFECTIVE)* → SUPERSEDED | REPEALED
(`domain` §3.12).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from services.disclosure.domain.policy.document import (
    FOREVER,
    SINCE_EVER,
    Document,
    Mapped,
    Mapping,
    Version,
)
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
from services.disclosure.domain.values import Step
from shared.domain.hands import NOBODY, Hands, hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """There is no such document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Binds nobody yet. `objection` is what the last review found wanting, and who."""

    document: Document
    drafters: Hands = NOBODY
    objection: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Found lawful by somebody else; waits to be issued."""

    document: Document
    drafters: Hands
    opinion: str
    reviewed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """Binds from the day of its first version on."""

    document: Document
    issued_on: date
    versions: tuple[Version, ...]
    mapped: Mapped

    @property
    def effective_on(self) -> date:
        """The first day on which it binds."""
        return self.versions[0].effective_on

    @property
    def newest(self) -> Version:
        """The version that was decided last."""
        return self.versions[-1]

    def changed_on(self, *steps: Step) -> date:
        """The last day on which the mapping of these steps changes."""
        known = [one for one in self.mapped.mappings if one.step in steps]
        ends = [one.until_on for one in known if one.until_on != FOREVER]
        return max([SINCE_EVER, *(one.from_on for one in known), *ends])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Was superseded or repealed; `over` once its last day has passed."""

    issued: Issued
    end: PolicySuperseded | PolicyRepealed
    over: bool = False

    @property
    def document(self) -> Document:
        """What the document was."""
        return self.issued.document


type Policy = Unknown | Draft | Reviewed | Issued | Ended


def evolve(policy: Policy, event: PolicyEvent) -> Policy:
    """The state after this fact."""
    if isinstance(event, PolicyDrafted):
        return Draft(document=event.document, drafters=hands(event.drafted_by))
    match policy:
        case Unknown():
            return policy
        case Draft() | Reviewed():
            return _before_issue(policy, event)
        case Issued():
            return _in_force(policy, event)
        case Ended():
            return _at_its_end(policy, event)
        case _:
            assert_never(policy)


def _before_issue(policy: Draft | Reviewed, event: PolicyEvent) -> Policy:
    match event:
        case PolicyRevised(document=document, revised_by=by):
            return Draft(document=document, drafters=policy.drafters.also(by))
        case PolicyLegalityReviewed(passed=True, opinion=opinion, reviewed_by=by):
            return Reviewed(
                document=policy.document,
                drafters=policy.drafters,
                opinion=opinion,
                reviewed_by=by,
            )
        case PolicyLegalityReviewed(opinion=opinion, reviewed_by=by):
            return Draft(
                document=policy.document, drafters=policy.drafters, objection=(by, opinion)
            )
        case PolicyIssued(issued_on=issued_on, effective_on=effective_on):
            document = policy.document
            first = Version(number=1, effective_on=effective_on, text_sha256=document.text_sha256)
            return Issued(
                document=document,
                issued_on=issued_on,
                versions=(first,),
                mapped=Mapped.of(document.steps),
            )
        case _:
            return policy


def _in_force(policy: Issued, event: PolicyEvent) -> Policy:
    match event:
        case PolicyAmended():
            return _amended(policy, event)
        case PolicyStepMapped(step=step, from_on=day):
            return _mapped(policy, (*policy.mapped.mappings, Mapping(step=step, from_on=day)))
        case PolicyStepUnmapped(step=step, from_on=day):
            return _mapped(policy, tuple(_closed(one, step, day) for one in policy.mapped.mappings))
        case PolicyEffectBegun(number=number):
            return replace(policy, versions=_begun(policy.versions, number))
        case PolicySuperseded() | PolicyRepealed():
            return Ended(issued=policy, end=event)
        case _:
            return policy


def _at_its_end(policy: Ended, event: PolicyEvent) -> Policy:
    match event:
        case PolicyEffectBegun(number=number):
            issued = replace(policy.issued, versions=_begun(policy.issued.versions, number))
            return replace(policy, issued=issued)
        case PolicyEffectEnded():
            return replace(policy, over=True)
        case _:
            return policy


def _begun(versions: tuple[Version, ...], number: int) -> tuple[Version, ...]:
    return tuple(replace(one, begun=one.begun or one.number == number) for one in versions)


def _amended(policy: Issued, event: PolicyAmended) -> Issued:
    """The steps of an amendment take the place of those of before."""
    version = Version(
        number=len(policy.versions) + 1,
        effective_on=event.effective_on,
        text_sha256=event.text_sha256,
        summary=event.summary,
    )
    kept = tuple(
        one if one.step in event.steps else _closed(one, one.step, event.effective_on)
        for one in policy.mapped.mappings
    )
    new = tuple(
        Mapping(step=step, from_on=event.effective_on)
        for step in event.steps
        if step not in policy.mapped.steps
    )
    return _mapped(replace(policy, versions=(*policy.versions, version)), (*kept, *new))


def _mapped(policy: Issued, mappings: tuple[Mapping, ...]) -> Issued:
    mapped = Mapped(mappings=mappings)
    return replace(policy, document=replace(policy.document, steps=mapped.steps), mapped=mapped)


def _closed(one: Mapping, step: Step, day: date) -> Mapping:
    """The mapping of a step that holds ends on this day; others stay as they are."""
    return replace(one, until_on=day) if one.step == step and one.until_on == FOREVER else one
