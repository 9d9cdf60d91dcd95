"""The decider: the whole of an aggregate as five pure functions and a name.

A service decides with it, the kernel does the rest: it loads and folds the stream, asks
`decide`, appends the facts, and folds the read models, all in one transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

type Json = dict[str, object]
type Step = Callable[[Json], Json]
"""A fact's data of one version, said in the next or in the one before. Changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose thing it is: decides who may see and change it."""

    region_code: str
    department_code: str | None = None
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A stream another decision has to know about: `Reference("unit", "653101001")`."""

    category: str
    id: str

    @property
    def stream(self) -> str:
        """The name under which the stream is stored."""
        return f"{self.category}-{self.id}"


def _consult_nothing(_command: object) -> Sequence[Reference]:
    return ()


def _refer_to_nothing(
    _command: object, _state: object, _known: Sequence[object]
) -> Sequence[Reference]:
    return ()


def _learn_nothing[C](command: C, _states: Sequence[object]) -> C:
    return command


def _entail_nothing(_event: object, _state: object) -> Iterable[object]:
    return ()


def _weighs_one(_state: object) -> int:
    return 1


def _owned_by_nobody(_state: object) -> Owner | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider[C, E, S]:
    """Everything the kernel must know of one aggregate.

    `decide` answers with facts, with silence (an empty sequence: it is already so) or raises
    a `Refusal`. `evolve` believes history and never refuses. `identify` names the aggregate
    that a command addresses. `consults` lists other streams of the same service whose state
    the decision must know, `refers` those that only the own state or a consulted one names
    (the budget of a target's unit). `inform` writes what they say, in this order, into the
    command before `decide` sees it, so that `decide` stays a function of a command and one
    state. `entails` lists the commands that a fact, with the state after it, has for other
    aggregates of the service: they are decided at once, in the same transaction. `weigh` says
    how large a state is, in the number of things it remembers, where that may be many.
    `versions` says which version of a fact its class is (1, unless said); `upcasters` lead from
    a version to the next. `written` names the facts that are still written in an older version,
    because the release before cannot read the newest; `downcasters` lead there, from a version
    to the one before.
    `snapshot_every` so many facts the state is kept, where it is a `snapshot_of` (the type of
    the first state, unless said); `snapshot_version` goes up when the same facts come to mean
    another state of the same shape.
    """

    category: str
    initial: S
    commands: tuple[type[C], ...]
    events: Mapping[str, type[E]]
    decide: Callable[[C, S], Sequence[E]]
    evolve: Callable[[S, E], S]
    identify: Callable[[C], str]
    owner: Callable[[S], Owner | None] = _owned_by_nobody
    consults: Callable[[C], Sequence[Reference]] = _consult_nothing
    refers: Callable[[C, S, Sequence[object]], Sequence[Reference]] = _refer_to_nothing
    inform: Callable[[C, Sequence[object]], C] = _learn_nothing
    entails: Callable[[E, S], Iterable[object]] = _entail_nothing
    versions: Mapping[str, int] = field(default_factory=dict)
    upcasters: Mapping[tuple[str, int], Step] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)
    downcasters: Mapping[tuple[str, int], Step] = field(default_factory=dict)
    weigh: Callable[[S], int] = _weighs_one
    snapshot_every: int | None = None
    snapshot_of: type | None = None
    snapshot_version: int = 1

    def stream(self, command: C) -> str:
        """The stream a command addresses, as `<category>-<id>`."""
        return f"{self.category}-{self.identify(command)}"

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after these events."""
        current = self.initial if state is None else state
        for event in events:
            current = self.evolve(current, event)
        return current


type AnyDecider = Decider[Any, Any, Any]
