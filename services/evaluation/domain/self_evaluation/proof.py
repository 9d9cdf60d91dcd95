"""A file as proof: where it was used first, and that it was used again (`domain` §6.4).

One stream for each fingerprint. Every signed report notes its files here; the second project or
year that is proven by the same file is a fact of its own, and both hear of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.evaluation.domain.values import Whose
from shared.domain.decider import Decider


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteProof:
    """A report was signed that this file proves something of."""

    sha256: str
    whose: Whose
    used_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofUsed:
    """The file proves something of this project and year."""

    used_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReused:
    """The file proves something of another project or year already."""

    sha256: str
    whose: Whose
    used_in: str
    first_in: str


type ProofEvent = ProofUsed | ProofReused


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where the file was used, the first use first."""

    uses: tuple[str, ...] = ()


def decide(command: NoteProof, state: Proof) -> Sequence[ProofEvent]:
    """Each use once; the first is no second one."""
    if command.used_in in state.uses:
        return []
    if not state.uses:
        return [ProofUsed(used_in=command.used_in)]
    return [
        ProofReused(
            sha256=command.sha256,
            whose=command.whose,
            used_in=command.used_in,
            first_in=state.uses[0],
        )
    ]


def evolve(state: Proof, event: ProofEvent) -> Proof:
    """One more use."""
    return replace(state, uses=(*state.uses, event.used_in))


proof_decider: Decider[NoteProof, ProofEvent, Proof] = Decider(
    category="proof",
    initial=Proof(),
    commands=(NoteProof,),
    events={"ProofUsed": ProofUsed, "ProofReused": ProofReused},
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.sha256,
)
