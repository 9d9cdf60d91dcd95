"""Whether another project of the unit promises the same: L13."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import Told, warned_once
from shared.domain import likeness
from shared.domain.likeness import Alike

RULE: Final = "L13"
LIKENESS_MAX: Final = Decimal("0.90")  # L13 (D): from here on two targets say the same
NAMED_MAX: Final = 5  # a warning that lists a whole unit is read by nobody


def compared(annual_goal: str, names: Iterable[str]) -> str:
    """What is compared of a target: its goal and the names of its indicators, what counts of it."""
    return likeness.plain_words((annual_goal, *names))


def alike(project_code: str, words: str, others: Mapping[str, str]) -> Sequence[Alike]:
    """The other projects that promise the same, the most similar first; `others` by project."""
    return likeness.alike(project_code, words, others, LIKENESS_MAX)


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
