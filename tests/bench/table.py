"""What is printed at the end: one row per measure, with the bare limit and the budget beside it.

Absolute rates belong to the machine and the moment. So a budget that the specification gives
as a rate is held to as the share of the bare limit that it was there: 25,000 appends where
the bare limit was 52,439 are 0.48 of the bare limit of any run. Milliseconds and megabytes
are held to as they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from statistics import median
from typing import Final

HEADINGS: Final = ("measure", "ours", "bare limit", "ratio", "budget", "met", "others")
NOTE: Final = """\
Medians of rounds, with least and most. Ratios are of windows that were measured one after the
other; a rate's budget is held to as a share of the bare limit. "others" is the part of all
processors that was not used by this run while the row was measured."""
NOTHING: Final = "–"
BUSY: Final = 0.2
BUSY_NOTE: Final = "The machine was busy with other work: these verdicts are not to be trusted."
FORMATS: Final = {"/s": "{:,.0f}/s", "ms": "{:.2f} ms", "MB": "{:,.0f} MB", "": "{:.3g}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a row is held to: its ratio to the limit, or its own value."""

    says: str
    least: float = -inf
    most: float = inf
    of_ratio: bool = True


def share(wanted: float, limit: float) -> Budget:
    """At least this share of the bare limit."""
    least = wanted / limit
    return Budget(says=f"≥ {least:.2f} ({wanted:,.0f} of {limit:,.0f})", least=least)


def rate_at_least(wanted: float) -> Budget:
    """At least so many a second, on whatever machine it is."""
    return Budget(says=f"≥ {wanted:,.0f}/s", least=wanted, of_ratio=False)


def ratio_at_least(least: float) -> Budget:
    """At least so many times the bare limit."""
    return Budget(says=f"≥ {least:.2f}", least=least)


def ratio_at_most(most: float) -> Budget:
    """At most so many times what it is compared with."""
    return Budget(says=f"≤ {most:.2f}", most=most)


def at_most(most: float, unit: str) -> Budget:
    """At most this much."""
    return Budget(says=f"≤ {most:g} {unit}", most=most, of_ratio=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure: a value per round, and the limit of the same round where there is one."""

    measure: str
    unit: str
    ours: Sequence[float]
    limit: Sequence[float] = ()
    budget: Budget | None = None

    @property
    def ratios(self) -> Sequence[float]:
        """Ours over the limit, round by round."""
        return [own / raw for own, raw in zip(self.ours, self.limit, strict=True) if raw]

    @property
    def met(self) -> bool | None:
        """Whether the budget is met; nothing where there is none."""
        if self.budget is None:
            return None
        values = self.ratios if self.budget.of_ratio else self.ours
        return self.budget.least <= median(values) <= self.budget.most

    def cells(self, others: float) -> tuple[str, ...]:
        """The row as texts."""
        return (
            self.measure,
            _spread(self.ours, self.unit),
            _spread(self.limit, self.unit),
            _spread(self.ratios if self.limit else (), ""),
            self.budget.says if self.budget else NOTHING,
            {None: NOTHING, True: "yes", False: "NO"}[self.met],
            f"{others:.0%}",
        )


def table(rows: Sequence[tuple[Row, float]]) -> str:
    """All rows below their headings, and how many budgets are met."""
    lines = [HEADINGS, *(row.cells(others) for row, others in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    texts.insert(1, "  ".join("─" * width for width in widths))
    judged = [row for row, _ in rows if row.met is not None]
    missed = [row.measure for row in judged if not row.met]
    texts += ["", NOTE, f"{len(judged) - len(missed)} of {len(judged)} budgets are met."]
    texts += [f"Not met: {measure}." for measure in missed]
    if any(others > BUSY for _, others in rows):
        texts.append(BUSY_NOTE)
    return "\n".join(texts)


def _spread(values: Sequence[float], unit: str) -> str:
    """The median, and between which values it lies."""
    if not values:
        return NOTHING
    shape = FORMATS[unit]
    middle = shape.format(median(values))
    if len(values) == 1:
        return middle
    bare = shape.partition("}")[0] + "}"
    return f"{middle} ({bare.format(min(values))}–{bare.format(max(values))})"
