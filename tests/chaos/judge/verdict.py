"""What was found wrong, by kind, and how much was looked at."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

EXAMPLES_MAX: Final = 5


@dataclass(slots=True)
class Verdict:
    """Violations by kind with a few examples, and the size of what was judged."""

    violations: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seen: Counter[str] = field(default_factory=Counter)

    def wrong(self, kind: str, example: str) -> None:
        """Note one violation; a few examples are kept."""
        self.violations[kind] += 1
        if len(self.examples[kind]) < EXAMPLES_MAX:
            self.examples[kind].append(example)

    def compare[K](
        self, kind: str, name: str, expected: Mapping[K, int], shown: Mapping[K, int]
    ) -> None:
        """Whole numbers that must be the same; one that is not there is nothing."""
        for key in sorted(expected.keys() | shown.keys(), key=str):
            if expected.get(key, 0) != shown.get(key, 0):
                told = f"{shown.get(key, 0)} instead of {expected.get(key, 0)}"
                self.wrong(kind, f"{name} {key}: {told}")
        self.seen[f"{name} compared"] += len(expected)
