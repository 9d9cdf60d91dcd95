"""Many changes, few statements: what a batch does to each row, in rounds. Pure.

Changes of one row are merged in the order they were made; changes of different rows do not
care about each other. What cannot be merged (an `Add` after a `Set`, for instance) waits for
the next round, so the order per row is always kept. Nearly every batch is one round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

import msgspec

from shared.eventstore.rows import Key, RowShape, row_shape
from shared.projections import Add, Change, Drop, Put, Set


class Kind(StrEnum):
    """What happens to a row, in the order in which a round does it.

    What frees a row comes before what might want its place under a unique constraint.
    """

    DROP = "1"
    PUT = "2"
    SET = "3"
    ADD = "4"


class Step(msgspec.Struct, frozen=True):
    """What happens to one row: for a put the whole row, else the columns that change."""

    kind: Kind
    key: Key
    values: dict[str, object]


class Batch(msgspec.Struct, frozen=True):
    """Rows of one table that change alike: one statement. Rows are sorted by key.

    `columns` are those that change. A row of a put or an addition is whole, in the order of the
    table; a row of a set or a drop is its key followed by the values of `columns`.
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


def gather(changes: Iterable[Change]) -> list[list[Batch]]:
    """Rounds of batches; the rounds must run one after another."""
    tables: dict[str, _Rows] = {}
    for change in changes:
        shape = row_shape(change.table)
        rows = tables.get(shape.qualified)
        if rows is None:
            rows = tables[shape.qualified] = _Rows(shape)
        step = _step(shape, change)
        earlier = rows.steps.get(step.key)
        if earlier is None:
            rows.steps[step.key] = [step]
            continue
        merged = _merge(shape, earlier[-1], step)
        if merged is None:
            earlier.append(step)
        else:
            earlier[-1] = merged
    return _rounds(tables)


def _step(shape: RowShape, change: Change) -> Step:
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
        case (Kind.PUT, Kind.ADD) | (Kind.ADD, Kind.ADD):
            return Step(first.kind, first.key, _sum(first.values, then.values))
        case _:
            return None


def _sum(row: dict[str, object], deltas: Mapping[str, object]) -> dict[str, object]:
    return row | {name: (row.get(name) or 0) + delta for name, delta in deltas.items()}  # type: ignore[operator]


def _new_row(shape: RowShape, step: Step) -> dict[str, object]:
    """The row an addition makes where there was none."""
    return shape.complete(dict(zip(shape.key, step.key, strict=True)) | step.values)


def _rounds(tables: Mapping[str, _Rows]) -> list[list[Batch]]:
    lengths = (len(steps) for rows in tables.values() for steps in rows.steps.values())
    return [
        [batch for name in sorted(tables) for batch in _batches(tables[name], nth)]
        for nth in range(max(lengths, default=0))
    ]


def _batches(rows: _Rows, nth: int) -> Iterable[Batch]:
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


def _laid_out(shape: RowShape, step: Step) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """The columns that change and the row, as `Batch` promises them."""
    if step.kind is Kind.PUT:
        return shape.names, tuple(step.values.values())
    columns = tuple(sorted(step.values))
    if step.kind is Kind.ADD:
        return columns, tuple(_new_row(shape, step).values())
    return columns, (*step.key, *[step.values[name] for name in columns])
