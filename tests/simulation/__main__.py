"""`python -m tests.simulation --seeds 10000 --seed 0`: simulated bad days, one per seed.

Prints what was simulated, and for each seed that failed what is wrong and how to see it again.
"""

import argparse
import sys
import time
from collections import Counter

import structlog

from tests.simulation.playing import beginnings, play

SHOWN_MAX = 10


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main() -> int:
    """Play the seeds one after the other."""
    arguments = _arguments()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(50),
        logger_factory=structlog.ReturnLoggerFactory(),
        processors=[lambda _logger, _name, event: str(event)],
    )
    world = beginnings()
    faults: Counter[str] = Counter()
    seconds = days = 0.0
    failed: list[int] = []
    began = time.process_time()
    for seed in range(arguments.seed, arguments.seed + arguments.seeds):
        played = play(world, seed)
        faults += played.faults
        seconds += played.seconds
        days += played.days
        if played.wrong:
            failed.append(seed)
        if played.wrong and len(failed) <= SHOWN_MAX:
            print(f"seed {seed}: {'; '.join(played.wrong)}")
            print(f"  once more: make simulate SEEDS=1 SEED={seed}")
        if arguments.seeds == 1:
            print(f"seed {seed} ends as {played.digest}")
    spent = time.process_time() - began
    print(f"{arguments.seeds:,} seeds from {arguments.seed}: {len(failed)} failed")
    print(f"{spent:.0f} s of processor time for {seconds / 3600:.1f} h of running processes "
          f"and {days / 365:.0f} years of business")  # fmt: skip
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in faults.most_common())
    print(f"faults {faults.total():,}: {kinds}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
