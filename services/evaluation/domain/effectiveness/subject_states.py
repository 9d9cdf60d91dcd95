"""Where the evaluation of one subject stands."""

from dataclasses import dataclass

from services.evaluation.domain.effectiveness import subject_messages as fact
from services.evaluation.domain.effectiveness.refusals import EffectivenessStepOutOfOrder
from services.evaluation.domain.effectiveness.scoring import ScoredAspect
from shared.domain.hands import NOBODY, Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What has happened; `lines` are those that count now.

    `scorers` are all who ever scored, `finishers` all who made a score final or corrected it.
    """

    computed: fact.EffectivenessComputed | None = None
    scored: fact.EffectivenessScored | None = None
    window: fact.ObjectionWindowOpened | None = None
    objection: fact.EffectivenessObjected | None = None
    is_closed: bool = False
    decision: fact.EffectivenessObjectionDecided | None = None
    concluded: fact.EffectivenessConcluded | None = None
    corrections: tuple[fact.EffectivenessCorrected, ...] = ()
    lines: tuple[ScoredAspect, ...] = ()
    scorers: Hands = NOBODY
    finishers: Hands = NOBODY

    @property
    def is_contested(self) -> bool:
        """Whether an objection waits for its answer."""
        return self.objection is not None and self.decision is None


def computed_of(state: Standing) -> fact.EffectivenessComputed:
    """The figures, or the refusal that they are not there yet."""
    if state.computed is None:
        raise EffectivenessStepOutOfOrder(step="AUTO_SCORED")
    return state.computed


def scored_of(state: Standing) -> fact.EffectivenessScored:
    """The points that people gave, or the refusal that they are missing."""
    if state.scored is None:
        raise EffectivenessStepOutOfOrder(step="MANUAL_SCORED")
    return state.scored
