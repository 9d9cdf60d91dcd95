"""What became of the mutants: the score of each module, an interval, the survivors, the excused."""

from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import Final

from tests.mutation.gate import Verdict
from tests.mutation.mutants import Mutants
from tests.mutation.plan import Excuse

_Z: Final = 1.96  # 95 %


def interval(found: int, tried: int) -> tuple[float, float]:
    """Wilson's: where the part of all lies with 95 %, after `found` of `tried` drawn at random."""
    if not tried:
        return 0.0, 1.0
    part, weight = found / tried, _Z**2 / tried
    middle = (part + weight / 2) / (1 + weight)
    half = _Z * sqrt(part * (1 - part) / tried + weight / (4 * tried)) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def excuse_of(verdict: Verdict, excuses: Iterable[Excuse]) -> Excuse | None:
    """The entry that names this mutant."""
    told = (verdict.mutant.module, verdict.mutant.function, verdict.before, verdict.after)
    return next(
        (one for one in excuses if (one.module, one.function, one.before, one.after) == told), None
    )


def counted(verdicts: Sequence[Verdict], excuses: Sequence[Excuse]) -> tuple[int, int]:
    """Found and tried; survivors that are excused are not counted at all."""
    found = sum(one.found for one in verdicts)
    missed = sum(not one.found and excuse_of(one, excuses) is None for one in verdicts)
    return found, found + missed


def stale(
    verdicts: Sequence[Verdict], excuses: Sequence[Excuse], modules: Iterable[Mutants]
) -> Iterator[str]:
    """Entries that no mutant has any more, or whose mutants are all found now."""
    judged: dict[Excuse, list[bool]] = {}
    for one in verdicts:
        if excuse := excuse_of(one, excuses):
            judged.setdefault(excuse, []).append(one.found)
    known = {module.path: module for module in modules}
    for excuse in excuses:
        name = f"{excuse.module} {excuse.function}: {excuse.before} → {excuse.after}"
        if all(judged.get(excuse, [False])):
            yield f"{name} is found now"
        elif (
            excuse not in judged
            and excuse.module in known
            and not _exists(excuse, known[excuse.module])
        ):
            yield f"{name} is nobody's any more"


def _exists(excuse: Excuse, module: Mutants) -> bool:
    same = (one for one in module.all if one.function == excuse.function)
    return any(module.change(one) == (excuse.before, excuse.after) for one in same)


def table(verdicts: Sequence[Verdict], excuses: Sequence[Excuse]) -> Iterator[str]:
    """One line for each module."""
    yield f"{'module':58} {'tried':>5} {'found':>5} {'alive':>5} {'exc.':>4}  score"
    for path in sorted({one.mutant.module for one in verdicts}):
        those = [one for one in verdicts if one.mutant.module == path]
        found, tried = counted(those, excuses)
        part = f"{found / tried:7.1%}" if tried else "      –"
        yield f"{path:58} {len(those):5} {found:5} {tried - found:5} {len(those) - tried:4} {part}"


def survivors(verdicts: Iterable[Verdict], excuses: Sequence[Excuse]) -> Iterator[str]:
    """Those that nobody found and nothing excuses."""
    for one in verdicts:
        if one.found or excuse_of(one, excuses):
            continue
        where = f"{one.mutant.module}:{one.mutant.first} {one.mutant.function}"
        yield f"{one.word}: {where}\n  - {one.before}\n  + {one.after}"
