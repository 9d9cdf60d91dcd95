"""What a store must know of a read-model table: its columns, its key, and its defaults."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Column

from shared.projections import Table

type Key = tuple[object, ...]


class RowShape:
    """The columns of one table, in order, with what stands in a column nobody named."""

    __slots__ = (
        "_made",
        "_template",
        "columns",
        "key",
        "key_of",
        "name",
        "names",
        "qualified",
        "schema",
    )

    def __init__(self, table: Table) -> None:
        """Read it from a SQLModel class with `table=True`."""
        described = table.__table__
        self.columns: tuple[Column[Any], ...] = tuple(described.columns)
        self.names = tuple(column.name for column in self.columns)
        self.key = tuple(column.name for column in described.primary_key.columns)
        self.name: str = described.name
        self.schema: str | None = described.schema
        schema = f'"{described.schema}".' if described.schema else ""
        self.qualified = f'{schema}"{described.name}"'
        self.key_of: Callable[[Mapping[str, object]], Key] = _picking(self.key)
        """The primary key of a row or of a key mapping; both must name all of it."""
        defaults = {column.name: _default(table, column) for column in self.columns}
        self._template = {name: default() for name, default in defaults.items()}
        # What can be changed is made anew for each row: a list must not be shared by two.
        plain = (str, int, float, bool, date, Decimal, Enum, type(None))
        self._made = {
            name: default
            for name, default in defaults.items()
            if not isinstance(self._template[name], plain)
        }

    def complete(self, row: Mapping[str, object]) -> dict[str, object]:
        """The row with a value for every column of the table, and for no other."""
        found = {**self._template, **row}  # in the order of the table
        if len(found) > len(self._template):
            raise ValueError(self._unknown(row))
        for name, default in self._made.items():
            if name not in row:
                found[name] = default()
        return found

    def laid_out(
        self, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
    ) -> list[tuple[object, ...]]:
        """Rows of some columns as whole rows, in the order of the table."""
        if columns == self.names:
            return list(rows)
        whole = list(self.complete(dict.fromkeys(columns)).values())
        if any(name not in columns for name in self._made):
            complete = self.complete
            return [tuple(complete(dict(zip(columns, row, strict=True))).values()) for row in rows]
        # Which value stands where is found out once for all rows.
        places = [self.names.index(name) for name in columns]
        found = []
        for row in rows:
            for place, value in zip(places, row, strict=True):
                whole[place] = value
            found.append(tuple(whole))
        return found

    def _unknown(self, row: Mapping[str, object]) -> str:
        unknown = sorted(row.keys() - self._template.keys())
        return f"{self.name} has no column {', '.join(unknown)}"


@cache
def row_shape(table: Table) -> RowShape:
    """The shape of a table, read once."""
    return RowShape(table)


def _picking(key: tuple[str, ...]) -> Callable[[Mapping[str, object]], Key]:
    """How the values of a key are taken from a row: this is asked once for every change."""
    if len(key) == 1:
        (only,) = key
        return lambda row: (row[only],)
    return itemgetter(*key)


def _default(table: Table, column: Column[Any]) -> Callable[[], object]:
    field = getattr(table, "model_fields", {}).get(column.name)
    if field is not None and field.default_factory is not None:
        return cast("Callable[[], object]", field.default_factory)  # a row's take nothing
    if field is not None and not field.is_required():
        return lambda: field.get_default(call_default_factory=True)
    if column.default is not None and column.default.is_scalar:
        value = column.default.arg  # type: ignore[attr-defined]
        return lambda: value
    return lambda: None
