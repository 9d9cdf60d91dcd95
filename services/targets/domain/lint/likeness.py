"""Whether another project of the unit promises the same: L13."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import Told, warned_once
from services.targets.domain.similarity import bigrams, likeness, likeness_max

LIKENESS_MAX: Final = Decimal("0.90")  # L13 (D): from here on two targets say the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a project promises, as text: its goal and the names of its indicators."""

    project_code: str
    annual_goal: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join((self.annual_goal, *self.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another project that promises the same."""

    project_code: str
    likeness: Decimal


def alike(own: Wording, others: Iterable[Wording]) -> Sequence[Alike]:
    """The other projects that say the same, the most similar first."""
    pairs = bigrams(own.text)
    found = []
    for other in others:
        if other.project_code == own.project_code:
            continue
        theirs = bigrams(other.text)
        # Texts of very different length cannot be alike, and need no closer look.
        if likeness_max(pairs, theirs) < LIKENESS_MAX:
            continue
        share = likeness(pairs, theirs)
        if share >= LIKENESS_MAX:
            found.append(Alike(project_code=other.project_code, likeness=share))
    return sorted(found, key=lambda one: (-one.likeness, one.project_code))


def l13_likeness(found: Sequence[Alike]) -> Iterator[Finding]:
    """Text similarity to another project of the same unit is below 0.9."""
    told = [
        Told(
            f"{one.likeness:.0%} alike with project {one.project_code}",
            f"与项目{one.project_code}相似度{one.likeness:.0%}",
        )
        for one in found
    ]
    yield from warned_once("L13", "/annual_goal", told)
