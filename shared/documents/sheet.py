"""A form as data: which column of a sheet is which field of a command.

One `Sheet` reads an uploaded workbook into command lines and writes command lines into a
workbook, so what was exported imports again unchanged. A sheet may have lines: several rows that
belong to one command (the indicators of a target). The columns of the head are then filled in
the first row of each command and empty, or the same, in the rows that follow it.

    UNITS = Sheet(
        operation="register_unit",
        title="预算单位",
        columns=(
            Column(title="单位代码", pointer="/body/unit_code"),
            Column(title="单位名称", pointer="/body/name"),
        ),
    )
"""

from collections.abc import Mapping
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
    field name of the national tables. `codes` maps what is shown to what is stored.
    """

    title: str
    pointer: str
    kind: Kind = Kind.TEXT
    codes: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    required: bool = False
    width: int = 14


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

    def cell(self, row: int, pointer: str | None) -> str:
        """The cell of a field, as `K12`: `row` is the first row of its command.

        A rule points into the body alone, the reader of a line into the whole line.
        """
        if pointer and not pointer.startswith(("/body/", "/path/")):
            pointer = f"/body{pointer}"
        for place, column in enumerate(self.columns):
            if pointer == column.pointer:
                return f"{letters(place)}{row}"
        inside = f"{self.lines_pointer}/"
        if self.lines and pointer and pointer.startswith(inside):
            number, _, rest = pointer.removeprefix(inside).partition("/")
            row += int(number) if number.isdigit() else 0
            for place, column in enumerate(self.lines, len(self.columns)):
                if f"/{rest}" == column.pointer:
                    return f"{letters(place)}{row}"
        return f"A{row}"


def letters(place: int) -> str:
    """The letters of a column, counted from 0: A to Z, then AA and so on."""
    found = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        found = chr(ord("A") + left) + found
    return found
