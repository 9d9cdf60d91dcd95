"""What would be otherwise, project by project: warnings raised, dropped, of another level (K13).

Nothing is decided here. Held against each other are the warnings that the rules raised, the scores
they gave and the direct funds they found late with those that the same facts lead to under the
draft; what people raised stays what it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.sandbox.history import History, Warned
from services.monitoring.domain.sandbox.nodes import node_warnings
from services.monitoring.domain.sandbox.passing_on import FundCompared
from services.monitoring.domain.sandbox.resting import resting_warnings
from services.monitoring.domain.sandbox.scoring import Scores, scores_given, scores_under
from services.monitoring.domain.values import Level, Source

CHANGES_MAX: Final = 1_000  # projects shown one by one; counts are of all
BY_RULE: Final = (f"-{Source.PRE_ANALYSIS}", f"-{Source.NODE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A warning as it was and as the draft has it; `None` where there is none."""

    warning_id: str
    before: Warned | None
    after: Warned | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """The score of a node as it was and as the draft has it; `None` where there is none."""

    node: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One project: how many warnings were looked at, what changed, what people had raised."""

    project_code: str
    before: Mapping[str, Warned]
    after: Mapping[str, Warned]
    by_people: int
    scores_before: Scores = field(default_factory=dict)
    scores_after: Scores = field(default_factory=dict)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The warnings that are otherwise, by their ids."""
        keys = sorted(self.before.keys() | self.after.keys())
        pairs = (
            Pair(warning_id=key, before=self.before.get(key), after=self.after.get(key))
            for key in keys
        )
        return tuple(pair for pair in pairs if pair.before != pair.after)

    @property
    def rescored(self) -> tuple[Rescored, ...]:
        """The nodes with another score, in the order of the year."""
        was, now = self.scores_before, self.scores_after
        nodes = sorted(was.keys() | now.keys())
        found = (Rescored(node=one, before=was.get(one), after=now.get(one)) for one in nodes)
        return tuple(one for one in found if one.before != one.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that would be otherwise: counts of all, projects and batches by name."""

    compared: int
    changed: tuple[Compared, ...]
    raised: int
    dropped: int
    relevelled: dict[str, int]
    letters_before: int
    letters_after: int
    levels_before: dict[str, int] = field(default_factory=dict)
    levels_after: dict[str, int] = field(default_factory=dict)
    reasons_appeared: dict[str, int] = field(default_factory=dict)
    reasons_gone: dict[str, int] = field(default_factory=dict)
    by_people: int = 0
    scores_before: tuple[Decimal, ...] = ()
    scores_after: tuple[Decimal, ...] = ()
    funds: tuple[FundCompared, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the draft changes nothing."""
        return not self.changed and not self.funds_changed

    @property
    def rescored(self) -> tuple[Rescored, ...]:
        """Every node with another score."""
        return tuple(one for project in self.changed for one in project.rescored)

    @property
    def funds_changed(self) -> tuple[FundCompared, ...]:
        """The batches of direct funds that would be late otherwise."""
        return tuple(one for one in self.funds if one.changed)


def compare(history: History, draft: RulesInForce) -> Compared:
    """A project under the draft, beside what was."""
    warned = history.warned()
    before = {key: one for key, one in warned.items() if _by_rule(key, history.project_code)}
    after = {**node_warnings(history, draft), **resting_warnings(history, draft)}
    return Compared(
        project_code=history.project_code,
        before=before,
        after=after,
        by_people=len(warned) - len(before),
        scores_before=scores_given(history),
        scores_after=scores_under(history, draft),
    )


def _by_rule(warning_id: str, project_code: str) -> bool:
    """What a rule raises has an id that says from what; a person's has a number of its own."""
    own = warning_id.startswith(f"{project_code}-")
    return own and (warning_id.endswith(BY_RULE) or f"-{Source.DAILY}-" in warning_id)


def difference(projects: Sequence[Compared], funds: Sequence[FundCompared] = ()) -> Difference:
    """Counts of all, and the projects and batches in which something changed."""
    pairs = [pair for project in projects for pair in project.changed]
    both = [(pair.before, pair.after) for pair in pairs]
    levels = Counter(
        f"{before.level}>{after.level}"
        for before, after in both
        if before is not None and after is not None and before.level is not after.level
    )
    appeared, gone = Counter[str](), Counter[str]()
    for before, after in both:
        was = set() if before is None else set(before.reasons)
        now = set() if after is None else set(after.reasons)
        appeared.update(now - was)
        gone.update(was - now)
    olds = [one for project in projects for one in project.before.values()]
    news = [one for project in projects for one in project.after.values()]
    return Difference(
        compared=len(projects),
        changed=tuple(one for one in projects if one.changed or one.rescored),
        raised=sum(before is None for before, _ in both),
        dropped=sum(after is None for _, after in both),
        relevelled=dict(levels),
        letters_before=sum(one.letter_needed for one in olds),
        letters_after=sum(one.letter_needed for one in news),
        levels_before=_levels(olds),
        levels_after=_levels(news),
        reasons_appeared=dict(appeared),
        reasons_gone=dict(gone),
        by_people=sum(project.by_people for project in projects),
        scores_before=tuple(one for project in projects for one in project.scores_before.values()),
        scores_after=tuple(one for project in projects for one in project.scores_after.values()),
        funds=tuple(funds),
    )


def _levels(warned: Sequence[Warned]) -> dict[str, int]:
    counted = Counter(one.level for one in warned)
    return {level.value: counted[level] for level in Level if level is not Level.NORMAL}
