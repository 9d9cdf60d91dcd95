"""Whether another project of the unit promises the same: L13."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import Told, warned_once
from services.targets.domain.similarity import likeness, likeness_max, pair_count, pairs, plain

RULE: Final = "L13"
LIKENESS_MAX: Final = Decimal("0.90")  # L13 (D): from here on two targets say the same
NAMED_MAX: Final = 5  # a warning that lists a whole unit is read by nobody
REMEMBERED_MAX: Final = 256  # texts of a unit are compared again and again, some 30 KB each

_pairs: Final = lru_cache(REMEMBERED_MAX)(pairs)
_plain: Final = lru_cache(REMEMBERED_MAX)(plain)  # what is linted is noted right after


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another project that promises the same."""

    project_code: str
    likeness: Decimal


def compared(annual_goal: str, names: Iterable[str]) -> str:
    """What is compared of a target: its goal and the names of its indicators, what counts of it."""
    return _plain("".join((annual_goal, *names)))


def alike(project_code: str, words: str, others: Mapping[str, str]) -> Sequence[Alike]:
    """The other projects that say the same, the most similar first; `others` by project."""
    own, count = _pairs(words), pair_count(words)
    found = []
    for other, theirs in others.items():
        # Texts of very different length cannot be alike, and need no closer look.
        if other == project_code or likeness_max(count, pair_count(theirs)) < LIKENESS_MAX:
            continue
        share = likeness(own, _pairs(theirs))
        if share >= LIKENESS_MAX:
            found.append(Alike(project_code=other, likeness=share))
    return sorted(found, key=lambda one: (-one.likeness, one.project_code))


def l13_likeness(found: Sequence[Alike]) -> Iterator[Finding]:
    """Text similarity to another project of the same unit is below 0.9."""
    told = [
        Told(
            f"{one.likeness:.0%} alike with project {one.project_code}",
            f"与项目{one.project_code}相似度{one.likeness:.0%}",
        )
        for one in found[:NAMED_MAX]
    ]
    if more := len(found) - len(told):
        told.append(Told(f"and with {more} more", f"另有{more}个项目"))
    yield from warned_once(RULE, "/annual_goal", told)


def compared_anew(findings: Iterable[Finding], found: Sequence[Alike]) -> tuple[Finding, ...]:
    """The findings of a lint with what the other projects of the unit say by now."""
    kept = (finding for finding in findings if finding.rule != RULE)
    return tuple(sorted((*kept, *l13_likeness(found)), key=lambda finding: finding.rule))
