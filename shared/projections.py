"""Read models as values: a fold answers with changes, the store makes them true.

A projection never touches a database. It answers what a fact changes, one `Change` per row
(`Fresh` and `Sums`: one for many), and the kernel gathers the changes of a whole batch into one
statement per table. `Add` is a sum the database does, so two writers never read, change and
write back the same counter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

type Table = Any  # a SQLModel class with table=True; the kernel's tables module checks it


class Put(msgspec.Struct, frozen=True):
    """The whole row: inserted, or replaced where the primary key exists."""

    table: Table
    row: Mapping[str, object]


class Fresh(msgspec.Struct, frozen=True):
    """Rows that nobody has written before: many at once, inserted, never replaced.

    Only for rows that a fact proves to be new, because the stream it belongs to says each of
    them once (a payment number of a ledger). A row that is there all the same stops the
    transaction. `columns` names what each row holds; the others have their defaults. However
    many there are, they cost no object each.
    """

    table: Table
    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


class Set(msgspec.Struct, frozen=True):
    """Some columns of an existing row; nothing where there is no such row."""

    table: Table
    key: Mapping[str, object]
    values: Mapping[str, object]


class Add(msgspec.Struct, frozen=True):
    """Amounts to add to the counters of a row; a missing row starts at zero.

    `key` holds the primary key; every other column that is not named must have a default.
    """

    table: Table
    key: Mapping[str, object]
    deltas: Mapping[str, int]


class Sums(msgspec.Struct, frozen=True):
    """Amounts to add to the counters of many rows, as `Add` does to those of one.

    `rows` has the amounts of `columns` by the values of the primary key, in their order.
    """

    table: Table
    columns: tuple[str, ...]
    rows: Mapping[tuple[object, ...], Sequence[int]]


class Drop(msgspec.Struct, frozen=True):
    """The row is gone."""

    table: Table
    key: Mapping[str, object]


type Change = Put | Fresh | Set | Add | Sums | Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """One read model: its tables and its folds.

    `project` folds the service's own facts (a `Recorded` event), `hear` folds what other
    services said (a `Heard` word). `inline` folds run in the transaction of the command, so
    that a client reads its own writes; the others are folded by the worker from the ledger.
    Words heard are always folded by the worker, in the transaction that moves its cursor.
    A projection over `money` stops at a word it cannot apply; any other parks it.
    `facts` are those that `project` folds, where it is not inline: others are not even decoded
    for it. None named: all. `streams` are the categories of the streams whose facts `project`
    folds, where it is inline: those of others are not shown to it. None named: all.
    """

    name: str
    tables: tuple[Table, ...]
    project: Callable[[Any], Iterable[Change]] | None = None
    hear: Callable[[Any], Iterable[Change]] | None = None
    inline: bool = True
    money: bool = False
    facts: frozenset[type] = frozenset()
    streams: frozenset[str] = frozenset()
