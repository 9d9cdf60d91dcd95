"""Many changes, few statements: what a batch does to each row, in rounds. Pure.

Changes of one row are merged in the order they were made; changes of different rows do not
care about each other. What cannot be merged (an `Add` after a `Set`, for instance) waits for
the next round, so the order per row is always kept. Nearly every batch is one round.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import add, attrgetter
from typing import Final

import msgspec

from shared.eventstore.rows import Key, RowShape, row_shape
from shared.projections import Add, Change, Drop, Fresh, Put, Set, Sums, Table


class Kind(StrEnum):
    """What happens to a row, in the order in which a round does it.

    What was never there, and sums that nothing came before, go first: all else that is done to
    their rows comes after. What frees a row comes before what might want its place under a unique
    constraint.
    """

    FRESH = "0"
    DROP = "1"
    PUT = "2"
    SET = "3"
    ADD = "4"


_SUMMABLE: Final = frozenset({Kind.PUT, Kind.ADD})


class Step(msgspec.Struct, frozen=True):
    """What happens to one row: for a put the whole row, else the columns that change."""

    kind: Kind
    key: Key
    values: dict[str, object]


class Batch(msgspec.Struct, frozen=True):
    """Rows of one table that change alike: one statement. Rows are sorted by key.

    `columns` are those that change. A fresh row, and one of a put or an addition, is whole, in
    the order of the table; a row of a set or a drop is its key followed by the values of
    `columns`.
    """

    shape: RowShape
    kind: Kind
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


@dataclass(slots=True)
class _Rows:
    """The steps of every row of one table, in order."""

    shape: RowShape
    steps: dict[Key, list[Step]] = field(default_factory=dict)
    fresh: list[tuple[object, ...]] = field(default_factory=list)
    sums: dict[tuple[str, ...], dict[Key, Sequence[int]]] = field(default_factory=dict)

    def take(self, change: Change) -> None:
        """One change more."""
        if isinstance(change, Fresh):
            self.fresh += self.shape.laid_out(change.columns, change.rows)
            return
        if isinstance(change, Sums):
            self._sum(change)
            return
        if isinstance(change, Add) and self._added(change):
            return
        step = _step(self.shape, change)
        earlier = self.steps.get(step.key)
        if earlier is None:
            self.steps[step.key] = [step]
            return
        merged = _merge(self.shape, earlier[-1], step)
        if merged is None:
            earlier.append(step)
        else:
            earlier[-1] = merged

    def _sum(self, change: Sums) -> None:
        """Each sum to what was summed up so far, unless something else came before of its row."""
        sums = self.sums.setdefault(change.columns, {})
        for key, deltas in change.rows.items():
            if key in self.steps:
                named = dict(zip(self.shape.key, key, strict=True))
                amounts = dict(zip(change.columns, deltas, strict=True))
                self.take(Add(change.table, named, amounts))
                continue
            known = sums.get(key)
            sums[key] = deltas if known is None else [*map(add, known, deltas)]

    def _added(self, change: Add) -> bool:
        """Whether what came before of this row took the addition in: nearly every one does."""
        earlier = self.steps.get(self.shape.key_of(change.key))
        if earlier is None or earlier[-1].kind not in _SUMMABLE:
            return False
        values = earlier[-1].values
        for name, delta in change.deltas.items():
            values[name] = (values.get(name) or 0) + delta  # type: ignore[operator]
        return True


def gather(changes: Iterable[Change]) -> list[list[Batch]]:
    """Rounds of batches; the rounds must run one after another."""
    tables: dict[Table, _Rows] = {}
    for change in changes:
        rows = tables.get(change.table)
        if rows is None:
            rows = tables[change.table] = _Rows(row_shape(change.table))
        rows.take(change)
    return _rounds(tables.values())


def _step(shape: RowShape, change: Put | Set | Add | Drop) -> Step:
    match change:
        case Put(row=row):
            return Step(Kind.PUT, shape.key_of(row), shape.complete(row))
        case Set(key=key, values=values):
            return Step(Kind.SET, shape.key_of(key), dict(values))
        case Add(key=key, deltas=deltas):
            return Step(Kind.ADD, shape.key_of(key), dict(deltas))
        case Drop(key=key):
            return Step(Kind.DROP, shape.key_of(key), {})


def _merge(shape: RowShape, first: Step, then: Step) -> Step | None:
    """Both steps as one, or None where only one after the other will do."""
    match first.kind, then.kind:
        case _, Kind.DROP | Kind.PUT:
            return then
        case Kind.DROP, Kind.SET:
            return first
        case Kind.DROP, Kind.ADD:
            return Step(Kind.PUT, first.key, _new_row(shape, then))
        case (Kind.PUT, Kind.SET) | (Kind.SET, Kind.SET):
            return Step(first.kind, first.key, first.values | then.values)
        case _:
            return None


def _new_row(shape: RowShape, step: Step) -> dict[str, object]:
    """The row an addition makes where there was none."""
    return shape.complete(dict(zip(shape.key, step.key, strict=True)) | step.values)


def _rounds(tables: Iterable[_Rows]) -> list[list[Batch]]:
    tables = sorted(tables, key=attrgetter("shape.qualified"))
    lengths = [len(steps) for rows in tables for steps in rows.steps.values()]
    lengths += [1 for rows in tables if rows.fresh or rows.sums]
    return [
        [batch for rows in tables for batch in _batches(rows, nth)]
        for nth in range(max(lengths, default=0))
    ]


def _batches(rows: _Rows, nth: int) -> Iterable[Batch]:
    if rows.fresh and not nth:
        yield Batch(rows.shape, Kind.FRESH, rows.shape.names, rows.fresh)
    if not nth:
        yield from _summed(rows)
    steps = [found[nth] for found in rows.steps.values() if nth < len(found)]
    # Two processes that touch the same rows must lock them in the same order.
    steps.sort(key=attrgetter("kind", "key"))
    for kind, alike in groupby(steps, attrgetter("kind")):
        shapes: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
        for step in alike:
            columns, row = _laid_out(rows.shape, step)
            shapes.setdefault(columns, []).append(row)
        for columns, found in shapes.items():
            yield Batch(rows.shape, kind, columns, found)


def _summed(rows: _Rows) -> Iterable[Batch]:
    shape = rows.shape
    for columns, sums in rows.sums.items():
        whole = ((*key, *sums[key]) for key in sorted(sums))
        found = shape.laid_out((*shape.key, *columns), whole)
        if found:
            yield Batch(shape, Kind.ADD, tuple(sorted(columns)), found)


def _laid_out(shape: RowShape, step: Step) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """The columns that change and the row, as `Batch` promises them."""
    if step.kind is Kind.PUT:
        return shape.names, tuple(step.values.values())
    columns = tuple(sorted(step.values))
    if step.kind is Kind.ADD:
        return columns, tuple(_new_row(shape, step).values())
    return columns, (*step.key, *[step.values[name] for name in columns])
