"""A form as data: which column of a sheet is which field of a command.

One `Sheet` reads an uploaded workbook into command lines and writes command lines into a
workbook, so what was exported imports again unchanged. A sheet may have lines: several rows that
belong to one command (the indicators of a target). The columns of the head are then filled in
the first row of each command and empty, or the same, in the rows that follow it. Two commands
with the same head stand apart: an empty row is between them. What a column shows under `/shown/` is
for people, in the head and in the lines, and is not read back.

    UNITS = Sheet(
        operation="register_unit",
        title="预算单位",
        columns=(
            Column(title="单位代码", pointer="/body/unit_code"),
            Column(title="单位名称", pointer="/body/name"),
        ),
    )
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

TEN_THOUSAND = Decimal(10_000)


class Kind(StrEnum):
    """What stands in the cells of a column.

    `TEXT` a text; a number that Excel made of a code is read as the digits that are shown.
    `NUMBER` a decimal as text. `WHOLE` a whole number. `YUAN` an amount in yuan, `WAN` one in
    万元, both become yuan with two decimals. `DAY` a date. `FLAG` 是/否; the national tables'
    1 = yes and 2 = no are read, too. `LIST` texts separated by 、 or ; or a line break.
    """

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    WHOLE = "WHOLE"
    YUAN = "YUAN"
    WAN = "WAN"
    DAY = "DAY"
    FLAG = "FLAG"
    LIST = "LIST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, the field it fills, and how its cells are read.

    `pointer` is a JSON Pointer into the command line (`/path/…`, `/body/…`), or, in the lines of a
    sheet, into one item of the list. `also` are other headings it is known by, for instance the
    field name of the national tables. `codes` maps what is shown to what its kind reads; a cell, or
    each text of a list, may say either.
    """

    title: str
    pointer: str
    kind: Kind = Kind.TEXT
    codes: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    required: bool = False
    width: int = 14


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a command stands in somebody's workbook.

    Its first row, the row of each of its lines, and the place of each column of the form, counted
    from 0 and negative where there is none. Left empty, lines and columns are as the form has them.
    """

    row: int
    lines: Sequence[int] = ()
    columns: Sequence[int] = ()

    def row_of(self, line: str) -> int:
        """The row of a line, by its number as a pointer has it."""
        number = int(line) if line.isdecimal() else 0
        return self.lines[number] if number < len(self.lines) else self.row + number


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One form: the command it asks for and its columns."""

    operation: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Column, ...] = ()
    lines_pointer: str = ""
    note: str = ""

    @property
    def every_column(self) -> tuple[Column, ...]:
        """The head's, then those of the lines, as they stand side by side."""
        return (*self.columns, *self.lines)

    def cell(self, where: Whereabouts, pointer: str | None) -> str:
        """The cell of a field, as `K12`, of a command that stands there.

        A rule points into the body alone, the reader of a line into the whole line. What has no
        cell of its own is shown in the first one of its row.
        """
        pointer = pointer or ""
        if not pointer.startswith(("/body/", "/path/")):
            pointer = f"/body{pointer}"
        places = where.columns or range(len(self.every_column))
        heads, inside = len(self.columns), f"{self.lines_pointer}/"
        if not self.lines or not pointer.startswith(inside):
            return f"{_letters_of(pointer, self.columns, places[:heads])}{where.row}"
        number, _, rest = pointer.removeprefix(inside).partition("/")
        column = _letters_of(f"/{rest}", self.lines, places[heads:])
        return f"{column}{where.row_of(number)}"


def _letters_of(pointer: str, columns: Sequence[Column], places: Sequence[int]) -> str:
    """The column of a field: its own, that of what it is in, or the first of what is in it."""
    there = [(f"{c.pointer}/", place) for c, place in zip(columns, places, strict=False)]
    there = [(known, place) for known, place in there if place >= 0]
    wanted = f"{pointer}/"
    found = (p for known, p in there if wanted.startswith(known) or known.startswith(wanted))
    return letters(next(found, there[0][1] if there else 0))


def letters(place: int) -> str:
    """The letters of a column, counted from 0: A to Z, then AA and so on."""
    found = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        found = chr(ord("A") + left) + found
    return found
