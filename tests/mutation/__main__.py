"""`make mutants MODULES="…"` tries every mutant of modules, `SAMPLE=200 SEED=0` a draw of them.

A group of modules, its tests and the part that must be found are in `plan.toml`; who cannot be
found is in `excused.toml`. Ends with 1 where too many survive, or where an excuse is stale.
"""

import argparse
import random
import resource
import sys
from collections.abc import Sequence

from tests.mutation.gate import Verdict, judged
from tests.mutation.mutants import Mutant, Mutants
from tests.mutation.plan import Group, chosen, excuses, groups
from tests.mutation.report import counted, interval, stale, survivors, table

type Asked = list[tuple[Group, list[Mutant]]]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.mutation", description=__doc__)
    parser.add_argument("--modules", default="", help="paths, folders or patterns; all by default")
    parser.add_argument("--sample", type=int, default=0, help="draw so many (of the core)")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _drawn(
    plan: Sequence[tuple[Group, Sequence[str]]],
    modules: dict[str, Mutants],
    arguments: argparse.Namespace,
) -> Asked:
    everything = [(group, m) for group, files in plan for path in files for m in modules[path].all]
    if arguments.sample:
        size = min(arguments.sample, len(everything))
        everything = random.Random(arguments.seed).sample(everything, size)  # noqa: S311 - a draw
    print(f"{len(everything)} mutants of {len(modules)} modules")
    return [(group, [m for whose, m in everything if whose is group]) for group, _ in plan]


def _told(group: Group, verdicts: Sequence[Verdict], seconds: float) -> bool:
    found, tried = counted(verdicts, excuses())
    good = found >= group.least * tried
    told = f"{group.name}: {found} of {tried} found, {group.least:.0%} must be"
    spent = f"({seconds:.0f} s of processor time)"
    print(told, spent, "" if good else "TOO FEW", flush=True)
    return good


def main() -> int:
    """Try them group by group and say what became of them."""
    arguments = _arguments()
    plan = [
        (group, files)
        for group, files in chosen(groups(), arguments.modules.split() or ["*"])
        if group.core or arguments.modules or not arguments.sample
    ]
    modules = {path: Mutants(path) for _, files in plan for path in files}
    verdicts: list[Verdict] = []
    good = True
    for group, mutants in _drawn(plan, modules, arguments):
        before = _spent()
        those: list[Verdict] = []
        if mutants:
            those = list(judged(modules, mutants, group.suites(), real=group.real))
        told = _told(group, those, _spent() - before)
        good &= told or bool(arguments.sample)
        verdicts += those
    return int(not _summed(verdicts, modules, plan, arguments) or not good)


def _summed(
    verdicts: Sequence[Verdict],
    modules: dict[str, Mutants],
    plan: Sequence[tuple[Group, Sequence[str]]],
    arguments: argparse.Namespace,
) -> bool:
    told = excuses()
    print(*table(verdicts, told), sep="\n")
    print(*survivors(verdicts, told), sep="\n")
    old = list(stale(verdicts, told, modules.values()))
    print(*(f"STALE in excused.toml: {one}" for one in old), sep="\n")
    found, tried = counted(verdicts, told)
    low, high = interval(found, tried)
    endless = sum(one.word == "endless" for one in verdicts)
    excused = len(verdicts) - tried
    print(
        f"{found} of {tried} found ({endless} of them without end),"
        f" {tried - found} alive, {excused} excused"
    )
    print(f"score {found / max(tried, 1):.1%}, with 95 % between {low:.1%} and {high:.1%}")
    least = max(group.least for group, _ in plan)
    if arguments.sample:
        print(f"again: make mutants SAMPLE={arguments.sample} SEED={arguments.seed}")
        return found >= least * tried and not old
    return not old


def _spent() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    sys.exit(main())
