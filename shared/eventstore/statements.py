"""A batch of rows as one SQL statement over arrays, for PostgreSQL.

Values go in as one array per column (of a long batch as one text, see `travelling`) and are bound
as SQLAlchemy would bind them, so that a query through SQLModel reads back exactly what a fold has
put. The business day goes with them: a row knows since when it is as it is (`shared/past.py`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import ARRAY, JSON, Column, types
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.types import TypeEngine

from shared.eventstore.gathering import Batch, Kind
from shared.eventstore.rows import RowShape
from shared.eventstore.travelling import MANY, array_literal, copy_lines
from shared.past import SINCE

type Bind = Callable[[Any], Any]


class StatementKey(NamedTuple):
    """What the text of a statement follows from. `literal`: its arrays come as texts."""

    shape: RowShape
    kind: Kind
    columns: tuple[str, ...]
    literal: bool = False

    @property
    def incoming(self) -> tuple[str, ...]:
        """The columns that the rows of the batch hold."""
        whole = self.kind in {Kind.FRESH, Kind.PUT, Kind.ADD}
        return self.shape.names if whole else (*self.shape.key, *self.columns)


def _json(value: object) -> str:
    return msgspec.json.encode(value, enc_hook=str).decode()


def _json_or_null(value: object) -> str | None:
    return None if value is None else _json(value)


_DIALECT: Final = PGDialect_asyncpg(json_serializer=_json)  # type: ignore[no-untyped-call]
# The array an ordinary column travels in. JSON, enumerations and arrays travel as text.
_ARRAYS: Final[tuple[tuple[type[TypeEngine[Any]], str], ...]] = (
    (types.Enum, "text"),
    (types.BigInteger, "int8"),
    (types.SmallInteger, "int2"),
    (types.Integer, "int4"),
    (types.Boolean, "bool"),
    (types.Float, "float8"),
    (types.Numeric, "numeric"),
    (types.Date, "date"),
    (types.Uuid, "uuid"),
    (types.LargeBinary, "bytea"),
    (types.String, "text"),
    (JSON, "text"),
    (ARRAY, "text"),
)


# What PostgreSQL reads from a text exactly as JSON writes it.
_AS_TEXT: Final = frozenset({"text", "int8", "int4", "int2", "bool", "date"})
_ENDS: Final = frozenset({date.min, date.max})


class _Travel:
    """How the values of one column get into a statement."""

    __slots__ = ("array", "bind", "read")

    def __init__(self, column: Column[Any]) -> None:
        kind = column.type
        self.array = _array(kind)
        self.read = f'u."{column.name}"'
        self.bind: Bind | None = kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
        if isinstance(kind, types.Enum) and kind.native_enum:
            self.read += f"::{kind.compile(_DIALECT)}"
        elif isinstance(kind, JSON):
            self.bind = _json_or_null
            self.read += f"::{kind.compile(_DIALECT)}"
        elif isinstance(kind, ARRAY):
            # Arrays of unequal length cannot be an array of arrays.
            element = _array(kind.item_type)
            self.bind = _json_or_null
            elements = f"jsonb_array_elements_text({self.read}::jsonb)"
            self.read = f"ARRAY(SELECT x::{element} FROM {elements} x)"  # noqa: S608


def _array(kind: TypeEngine[Any]) -> str:
    if isinstance(kind, types.TypeDecorator):
        return _array(kind.impl_instance)
    if isinstance(kind, types.DateTime):
        return "timestamptz" if kind.timezone else "timestamp"
    for known, name in _ARRAYS:
        if isinstance(kind, known):
            return name
    message = f"read models cannot hold {kind!r}"
    raise TypeError(message)


class Statement:
    """One batch of changes: what identifies its SQL, and its arguments."""

    __slots__ = ("arguments", "key")

    def __init__(self, batch: Batch, day: date | None) -> None:
        """Turn rows into one array per column; without a day it is the database's own."""
        self.key = StatementKey(batch.shape, batch.kind, batch.columns)
        travels = _travels(self.key.shape, self.key.incoming)
        columns = zip(*batch.rows, strict=True)
        self.arguments: list[object] = [
            list(values) if travel.bind is None else list(map(travel.bind, values))
            for travel, values in zip(travels, columns, strict=True)
        ]
        texts = all(travel.array in _AS_TEXT for travel in travels)
        if len(batch.rows) >= MANY and texts and not _endless(travels, batch.rows):
            literals = [array_literal(values) for values in self.arguments]  # type: ignore[arg-type]
            if None not in literals:
                self.key = self.key._replace(literal=True)
                self.arguments = list(literals)
        if batch.kind is not Kind.DROP:
            self.arguments.append(day)


def copied(batch: Batch, day: date | None) -> bytes | None:
    """Fresh rows as the lines of a COPY, where they are many and can be; else nothing."""
    if batch.kind is not Kind.FRESH or day is None or len(batch.rows) < MANY:
        return None
    travels = _travels(batch.shape, batch.shape.names)
    if any(travel.bind is not None or travel.array not in _AS_TEXT for travel in travels):
        return None
    return None if _endless(travels, batch.rows) else copy_lines(batch.rows, day)


def _endless(travels: Sequence[_Travel], rows: Sequence[Sequence[object]]) -> bool:
    """Whether a row holds the first or the last day: the driver sends these as no day at all.

    As text they would be days, and one row would have two keys by the way it came.
    """
    days = [place for place, travel in enumerate(travels) if travel.array == "date"]
    return any(not _ENDS.isdisjoint(map(itemgetter(place), rows)) for place in days)


def parameters_of(key: StatementKey) -> int:
    """How many parameters the statement takes."""
    return len(key.incoming) + (key.kind is not Kind.DROP)


@cache
def _travels(shape: RowShape, names: tuple[str, ...]) -> Sequence[_Travel]:
    by_name = {column.name: column for column in shape.columns}
    return [_Travel(by_name[name]) for name in names]


@cache
def sql_of(key: StatementKey, first: int = 1) -> str:
    """The statement, with its first parameter numbered `first`."""
    shape, kind, columns, _ = key
    incoming = key.incoming
    travels = dict(zip(incoming, _travels(shape, incoming), strict=True))
    rows = _rows(key, first)
    same = " AND ".join(f't."{name}" = {travels[name].read}' for name in shape.key)
    if kind is Kind.DROP:
        return f"DELETE FROM {shape.qualified} t USING {rows} WHERE {same}"  # noqa: S608
    day = f"coalesce(${first + len(incoming)}::date, es.business_day())"
    if kind is Kind.SET:
        values = ", ".join(f'"{name}" = {travels[name].read}' for name in columns)
        values += f', "{SINCE}" = greatest(t."{SINCE}", {day})'
        return f"UPDATE {shape.qualified} t SET {values} FROM {rows} WHERE {same}"  # noqa: S608
    read = ", ".join(travels[name].read for name in incoming)
    insert = (
        f'INSERT INTO {shape.qualified} AS t ({_list(incoming)}, "{SINCE}") '  # noqa: S608
        f"SELECT {read}, {day} FROM {rows}"
    )
    return insert if kind is Kind.FRESH else f"{insert} {_where_it_is_there(key)}"


def _rows(key: StatementKey, first: int) -> str:
    travels = enumerate(_travels(key.shape, key.incoming))
    cast = "::text" if key.literal else ""
    arrays = ", ".join(f"${first + n}{cast}::{travel.array}[]" for n, travel in travels)
    return f"unnest({arrays}) AS u({_list(key.incoming)})"


def _where_it_is_there(key: StatementKey) -> str:
    """What a put or an addition does to a row that exists."""
    shape = key.shape
    if key.kind is Kind.ADD:
        values = ", ".join(f'"{name}" = t."{name}" + excluded."{name}"' for name in key.columns)
    else:
        others = [name for name in key.incoming if name not in shape.key]
        values = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    since = f'"{SINCE}" = greatest(t."{SINCE}", excluded."{SINCE}")'
    done = f"UPDATE SET {values}, {since}" if values else "NOTHING"
    return f"ON CONFLICT ({_list(shape.key)}) DO {done}"


def _list(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
