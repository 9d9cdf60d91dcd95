"""What a store must know of a read-model table: its columns, its key, and its defaults."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column

from shared.projections import Table

type Key = tuple[object, ...]


class RowShape:
    """The columns of one table, in order, with what stands in a column nobody named."""

    __slots__ = ("_defaults", "columns", "key", "name", "names", "qualified")

    def __init__(self, table: Table) -> None:
        """Read it from a SQLModel class with `table=True`."""
        described = table.__table__
        self.columns: tuple[Column[Any], ...] = tuple(described.columns)
        self.names = tuple(column.name for column in self.columns)
        self.key = tuple(column.name for column in described.primary_key.columns)
        self.name: str = described.name
        schema = f'"{described.schema}".' if described.schema else ""
        self.qualified = f'{schema}"{described.name}"'
        self._defaults = {column.name: _default(table, column) for column in self.columns}

    def key_of(self, row: Mapping[str, object]) -> Key:
        """The primary key of a row or of a key mapping; both must name all of it."""
        return tuple([row[name] for name in self.key])

    def complete(self, row: Mapping[str, object]) -> dict[str, object]:
        """The row with a value for every column of the table, and for no other."""
        if not row.keys() <= self._defaults.keys():
            unknown = sorted(row.keys() - self._defaults.keys())
            message = f"{self.name} has no column {', '.join(unknown)}"
            raise ValueError(message)
        return {
            name: row[name] if name in row else default()
            for name, default in self._defaults.items()
        }


@cache
def row_shape(table: Table) -> RowShape:
    """The shape of a table, read once."""
    return RowShape(table)


def _default(table: Table, column: Column[Any]) -> Callable[[], object]:
    field = getattr(table, "model_fields", {}).get(column.name)
    if field is not None and not field.is_required():
        return lambda: field.get_default(call_default_factory=True)
    if column.default is not None and column.default.is_scalar:
        value = column.default.arg  # type: ignore[attr-defined]
        return lambda: value
    return lambda: None
