"""The rules of the policy library after a document was issued, and of what the clock brings."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from services.disclosure.domain.policy.commands import (
    AmendPolicy,
    BeginPolicyEffect,
    EndPolicyEffect,
    MapPolicyStep,
    UnmapPolicyStep,
)
from services.disclosure.domain.policy.events import (
    PolicyAmended,
    PolicyEffectBegun,
    PolicyEffectEnded,
    PolicyEvent,
    PolicyRepealed,
    PolicyStepMapped,
    PolicyStepUnmapped,
    PolicySuperseded,
)
from services.disclosure.domain.policy.refusals import PolicyAmendedTooEarly, StepNotMapped
from services.disclosure.domain.policy.states import Draft, Ended, Issued, Policy, Reviewed, Unknown
from services.disclosure.domain.refusals import (
    PolicyEndsBeforeItBegins,
    PolicyNotInForce,
    PolicyUnknown,
    PolicyWithoutStep,
)
from services.disclosure.domain.values import Step
from shared.domain.workdays import business_date


def issued(policy: Policy) -> Issued:
    """The document, if it was issued and has no end yet."""
    if isinstance(policy, Unknown):
        raise PolicyUnknown
    if not isinstance(policy, Issued):
        raise PolicyNotInForce
    return policy


def amend(command: AmendPolicy, policy: Policy) -> Sequence[PolicyEvent]:
    """A version after the last one; the same one again is silent."""
    known = issued(policy)
    if not command.steps:
        raise PolicyWithoutStep(pointer="/steps")
    newest = known.newest
    said = (frozenset(command.steps), command.effective_on, command.text_sha256)
    if said == (frozenset(known.document.steps), newest.effective_on, newest.text_sha256):
        return []
    if command.effective_on <= newest.effective_on:
        raise _too_early("/effective_on", newest.effective_on)
    last = known.changed_on(*Step)
    if command.effective_on < last:
        raise _too_early("/effective_on", last)
    return [
        PolicyAmended(
            steps=command.steps,
            summary=command.summary,
            effective_on=command.effective_on,
            text_sha256=command.text_sha256,
            number=newest.number + 1,
        )
    ]


def _too_early(pointer: str, last: date) -> PolicyAmendedTooEarly:
    return PolicyAmendedTooEarly(
        f"What was decided before holds from {last.isoformat()} on.",
        pointer=pointer,
        remedy="Name a later day.",
        detail_zh=f"此前的决定自 {last.isoformat()} 起施行",
        remedy_zh="请填写更晚的日期",
        last_on=last.isoformat(),
    )


def map_step(command: MapPolicyStep, policy: Policy) -> Sequence[PolicyEvent]:
    """One more step; one that it rules already is silent."""
    known = issued(policy)
    if command.step in known.mapped.steps:
        return []
    last = known.changed_on(command.step)
    if command.from_on < last:
        raise _too_early("/from_on", last)
    return [PolicyStepMapped(step=command.step, from_on=command.from_on)]


def unmap_step(command: UnmapPolicyStep, policy: Policy) -> Sequence[PolicyEvent]:
    """One step less; the last one ends with the document, not before."""
    known = issued(policy)
    if command.step not in known.mapped.steps:
        closed = {(one.step, one.until_on) for one in known.mapped.mappings}
        if (command.step, command.from_on) in closed:
            return []
        raise StepNotMapped(pointer="/step")
    if known.mapped.steps == (command.step,):
        raise PolicyWithoutStep(pointer="/step", remedy="Repeal or supersede the document instead.")
    last = known.changed_on(command.step)
    if command.from_on <= last:
        raise _too_early("/from_on", last)
    return [PolicyStepUnmapped(step=command.step, from_on=command.from_on)]


def end(fact: PolicySuperseded | PolicyRepealed, policy: Policy) -> Sequence[PolicyEvent]:
    """It ends once, on a day on which it has begun."""
    match policy:
        case Issued(effective_on=effective_on):
            if fact.ends_on < effective_on:
                raise PolicyEndsBeforeItBegins(
                    pointer="/ends_on", effective_on=effective_on.isoformat()
                )
            return [fact]
        case Ended(end=earlier) if earlier == fact:
            return []
        case Draft() | Reviewed() | Ended():
            raise PolicyNotInForce
        case Unknown():
            raise PolicyUnknown
        case _:
            assert_never(policy)


def begin_effect(command: BeginPolicyEffect, policy: Policy) -> Sequence[PolicyEvent]:
    """Every version whose day has come and that nobody has let begin."""
    if not isinstance(policy, Issued | Ended):
        return []
    known = policy.issued if isinstance(policy, Ended) else policy
    today = business_date(command.now)
    last = policy.end.ends_on if isinstance(policy, Ended) else None
    return [
        PolicyEffectBegun(number=one.number, effective_on=one.effective_on)
        for one in known.versions
        if not one.begun and one.effective_on <= today and (last is None or one.effective_on < last)
    ]


def end_effect(command: EndPolicyEffect, policy: Policy) -> Sequence[PolicyEvent]:
    """Silent before the day, and once it was said."""
    if not isinstance(policy, Ended) or policy.over:
        return []
    if business_date(command.now) < policy.end.ends_on:
        return []
    return [PolicyEffectEnded(ended_on=policy.end.ends_on)]
