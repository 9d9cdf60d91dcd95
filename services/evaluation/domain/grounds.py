"""On what a consequence rests: the rules that were applied, and the streams that were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.evaluation.domain.adopted_rules import Rules, adopted
from shared.domain.decider import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Version and legal basis of the rules, and the streams whose facts were the input."""

    rule_set_version: int = 0
    legal_basis: str = ""
    streams: tuple[str, ...] = ()


NO_GROUNDS: Final = Grounds()
"""Of what was decided before its grounds were kept."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The rules that bind a decision, and the stream in which they stand."""

    rules: Rules
    stream: str


def applied(references: Sequence[Reference], states: Sequence[object]) -> Applied | None:
    """The nearest adopted rules among what a decision consulted."""
    for reference, state in zip(references, states, strict=False):
        if isinstance(state, Rules) and state.version:
            return Applied(state, reference.stream)
    return None


def grounds(found: Applied | None, *streams: str) -> Grounds:
    """The grounds of a decision under these rules; without rules it is refused."""
    rules = adopted(found.rules if found else None)
    return Grounds(
        rule_set_version=rules.version,
        legal_basis=rules.legal_basis,
        streams=(*streams, *((found.stream,) if found else ())),
    )
