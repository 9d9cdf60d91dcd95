"""What monitoring said of a project in a year: money paid, nodes judged, warnings closed.

And which other reports say what its own report says.

It may arrive before the target does, so it stands in a stream of its own; a payment is one
tiny event and loading it never touches a target.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import assert_never

from services.evaluation.domain.values import project_year
from shared.domain.decider import Decider, Reference
from shared.domain.likeness import Alike
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePaid:
    """Everything paid less everything returned; `version` is the ledger's: late words are old."""

    project_code: str
    fiscal_year: int
    paid: Money
    by: str
    now: datetime
    region_code: str = ""
    unit_code: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteNodeScore:
    """A project was judged at a monitoring node."""

    project_code: str
    fiscal_year: int
    node: str
    score: Decimal
    level: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWarningClosed:
    """A warning of a project got its end state."""

    project_code: str
    fiscal_year: int
    warning_id: str
    level: str
    outcome: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLikeness:
    """Its report was compared with others of its department, this year's and last year's."""

    self_evaluation_id: str
    alike: tuple[Alike, ...]
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOnUnitAccount:
    """So much of what was paid lies on the unit's own account; `version` is the ledger's."""

    project_code: str
    fiscal_year: int
    amount: Money
    version: int
    by: str
    now: datetime


type WatchCommand = NotePaid | NoteNodeScore | NoteWarningClosed | NoteLikeness | NoteOnUnitAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidNoted:
    """The paid total moved."""

    paid: Money
    region_code: str = ""
    unit_code: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeScoreNoted:
    """A node was judged."""

    node: str
    score: Decimal
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningClosedNoted:
    """A warning was closed."""

    warning_id: str
    level: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessNoted:
    """These reports said the same before; `characters` were compared."""

    alike: tuple[Alike, ...]
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnUnitAccountNoted:
    """So much lies there now."""

    amount: Money
    version: int


type WatchEvent = (
    PaidNoted | NodeScoreNoted | WarningClosedNoted | LikenessNoted | OnUnitAccountNoted
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known from monitoring."""

    paid: Money = ZERO
    paid_version: int = 0
    nodes: dict[str, NodeScoreNoted] = field(default_factory=dict)
    warnings: dict[str, WarningClosedNoted] = field(default_factory=dict)
    alike: tuple[Alike, ...] = ()
    characters: int = 0
    on_unit_account: Money = ZERO
    account_version: int = 0


def watched(states: Sequence[object]) -> Watched:
    """What monitoring said, among the states a decision consulted."""
    return next((s for s in states if isinstance(s, Watched)), Watched())


def watched_reference(project_code_and_year: str) -> Reference:
    """Where it stands."""
    return Reference("watched", project_code_and_year)


def decide(command: WatchCommand, state: Watched) -> Sequence[WatchEvent]:
    """Note what is new; silence for what is known."""
    fact: WatchEvent
    match command:
        case NotePaid():
            fact = PaidNoted(
                paid=command.paid,
                region_code=command.region_code,
                unit_code=command.unit_code,
                version=command.version,
            )
            late = 0 < command.version <= state.paid_version
            return [] if late or state.paid == command.paid else [fact]
        case NoteNodeScore():
            fact = NodeScoreNoted(node=command.node, score=command.score, level=command.level)
            return [] if state.nodes.get(command.node) == fact else [fact]
        case NoteWarningClosed():
            fact = WarningClosedNoted(
                warning_id=command.warning_id, level=command.level, outcome=command.outcome
            )
            return [] if state.warnings.get(command.warning_id) == fact else [fact]
        case NoteOnUnitAccount(amount=amount, version=version):
            late = version <= state.account_version
            fact = OnUnitAccountNoted(amount=amount, version=version)
            return [] if late or state.on_unit_account == amount else [fact]
        case NoteLikeness(alike=alike):
            fact = LikenessNoted(alike=alike, characters=command.characters)
            known = (state.alike, state.characters if alike else command.characters)
            return [] if known == (alike, command.characters) else [fact]
        case _:
            assert_never(command)


def evolve(state: Watched, event: WatchEvent) -> Watched:
    """The latest word counts."""
    match event:
        case PaidNoted(paid=paid):
            return replace(state, paid=paid, paid_version=event.version)
        case NodeScoreNoted():
            return replace(state, nodes={**state.nodes, event.node: event})
        case WarningClosedNoted():
            return replace(state, warnings={**state.warnings, event.warning_id: event})
        case OnUnitAccountNoted(amount=amount, version=version):
            return replace(state, on_unit_account=amount, account_version=version)
        case LikenessNoted(alike=alike):
            return replace(state, alike=alike, characters=event.characters)
        case _:
            assert_never(event)


def identify(command: WatchCommand) -> str:
    """One stream per project and year."""
    if isinstance(command, NoteLikeness):
        return command.self_evaluation_id
    return project_year(command.project_code, command.fiscal_year)


watched_decider: Decider[WatchCommand, WatchEvent, Watched] = Decider(
    category="watched",
    initial=Watched(),
    commands=(NotePaid, NoteNodeScore, NoteWarningClosed, NoteLikeness, NoteOnUnitAccount),
    events={
        "PaidNoted": PaidNoted,
        "NodeScoreNoted": NodeScoreNoted,
        "WarningClosedNoted": WarningClosedNoted,
        "LikenessNoted": LikenessNoted,
        "OnUnitAccountNoted": OnUnitAccountNoted,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
)
