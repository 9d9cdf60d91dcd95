"""What was true when a report was judged, taken from the facts that were there by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.evaluation.domain.adopted_rules import Rules, adopted_rules_decider
from services.evaluation.domain.recomputing import Basis
from services.evaluation.domain.self_evaluation.decider import self_evaluation_decider
from services.evaluation.domain.self_evaluation.messages import (
    ObjectionDecided,
    RecheckConcluded,
    SelfEvaluationAccepted,
)
from services.evaluation.domain.self_evaluation.states import Audited, Sent, Submitted
from services.evaluation.domain.watched import Watched, watched_decider
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact with its id; ids are drawn in the order of time."""

    event_id: str
    event: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A report, what it was judged by, and what was recorded of it."""

    basis: Basis
    accepted: SelfEvaluationAccepted | None
    corrected: RecheckConcluded | ObjectionDecided | None
    watched_facts: int
    """So many facts of the money and the likeness were there when it was judged."""


def judged(own: Sequence[Told], watched: Sequence[Told]) -> Judged | None:
    """The last judgement of a report, or what it would be judged by now; nothing while open."""
    place = _last(own, SelfEvaluationAccepted)
    before = own if place is None else own[:place]
    state = self_evaluation_decider.fold([told.event for told in before])  # type: ignore[misc]
    if not isinstance(state, Submitted | Audited | Sent):
        return None
    accepted = None if place is None else own[place].event
    assert accepted is None or isinstance(accepted, SelfEvaluationAccepted)
    by_then = len(watched)
    if place is not None and accepted is not None:
        by_then = _by_then(watched, own[place].event_id, accepted.paid)
    basis = Basis(
        project=state.project,
        report=state.report,
        watched=_watched(watched[:by_then]),
        judged_low=accepted.judged_low if accepted else (),
        verdicts=state.form.verdicts,
    )
    corrections = [t.event for t in own if isinstance(t.event, RecheckConcluded | ObjectionDecided)]
    corrected = corrections[-1] if corrections and accepted else None
    return Judged(basis=basis, accepted=accepted, corrected=corrected, watched_facts=by_then)


def _last(told: Sequence[Told], kind: type) -> int | None:
    places = [place for place, one in enumerate(told) if isinstance(one.event, kind)]
    return places[-1] if places else None


def _watched(told: Sequence[Told]) -> Watched:
    return watched_decider.fold([one.event for one in told])  # type: ignore[misc]


def _by_then(told: Sequence[Told], event_id: str, paid: Money) -> int:
    """How many facts were there: those of before, near which the money is what was recorded.

    Ids of two processes may be off by a moment; the money that was recorded decides then.
    """
    before = sum(one.event_id < event_id for one in told)
    nearest = sorted(range(len(told) + 1), key=lambda count: abs(count - before))
    fitting = (count for count in nearest if _watched(told[:count]).paid == paid)
    return next(fitting, before)


def rules_then(told: Sequence[Told], version: int) -> Rules | None:
    """A version of the rules, where it was adopted here."""
    rules = Rules()
    for one in told:
        rules = adopted_rules_decider.evolve(rules, one.event)  # type: ignore[arg-type]
        if rules.version == version:
            return rules
    return None


def excess(judged_report: Judged) -> Decimal | None:
    """d2 of a report that was re-checked."""
    accepted, corrected = judged_report.accepted, judged_report.corrected
    if accepted is None or corrected is None:
        return None
    return accepted.self_score - corrected.score
