"""A workbook → command lines, through a `Sheet`; what a cell does not say is told by its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Final

from shared.documents.cells import CellUnreadable, Raw, shown, value_of
from shared.documents.refusals import HeadingsWrong, SheetMissing
from shared.documents.sheet import Column, Sheet, Whereabouts, letters
from shared.documents.workbook_apart import rows_apart

HEADING_ROWS_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class CellWrong:
    """A cell that is not what its column is for."""

    cell: str
    pointer: str
    expected: str


@dataclass(slots=True)
class CommandLine:
    """One command as the sheet says it: where it stands, its fields, its wrong cells.

    `lines` are the rows of its lines; `head` is what its first row says in the head, by column.
    """

    row: int
    head: Mapping[str, str]
    columns: Sequence[int]
    lines: list[int] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    wrong: list[CellWrong] = field(default_factory=list)

    @property
    def where(self) -> Whereabouts:
        """Where it stands; nothing is said of lines and columns that are as in the form."""
        usual = self.lines == list(range(self.row, self.row + len(self.lines)))
        as_formed = self.columns == list(range(len(self.columns)))
        return Whereabouts(self.row, () if usual else self.lines, () if as_formed else self.columns)


def read_workbook(content: bytes, sheet: Sheet) -> Iterator[CommandLine]:
    """The commands of a workbook, in order. Raises a refusal where the file itself is wrong.

    The file is opened by another process, which ends with the last command.
    """
    with rows_apart(content, sheet.title) as rows:
        yield from command_lines(rows, sheet)


def command_lines(rows: Iterator[Sequence[Raw]], sheet: Sheet) -> Iterator[CommandLine]:
    """The commands that rows say, in their order."""
    places, numbered = _headings(rows, sheet)
    columns = [places.get(column.title, -1) for column in sheet.every_column]
    current: CommandLine | None = None
    apart = False
    for number, row in numbered:
        if not any(shown(cell).strip() for cell in row):
            apart = True
            continue
        head = _head(row, sheet, places) if sheet.lines else {}
        if current is None or not sheet.lines or not _continues(head, current, apart=apart):
            if current is not None:
                yield current
            current = CommandLine(number, head, columns)
            _fill(current, current.fields, "", row, (number, sheet.columns, places))
        if sheet.lines:
            _add_line(current, row, number, sheet, places)
        apart = False
    if current is not None:
        yield current


type Numbered = Iterator[tuple[int, Sequence[Raw]]]


def _headings(rows: Iterator[Sequence[Raw]], sheet: Sheet) -> tuple[Mapping[str, int], Numbered]:
    """Where each column stands, by its own heading, and the rows below, numbered from 1."""
    names = {name: c.title for c in sheet.every_column for name in (c.title, *c.also)}
    top = list(islice(rows, HEADING_ROWS_MAX))
    if not any(top):
        raise SheetMissing(
            f"The sheet {sheet.title} is empty.",
            remedy="Start from the exported form.",
            detail_zh=f"工作表“{sheet.title}”为空，请使用导出的表样。",
        )
    known = [[names.get(shown(cell).strip(), "") for cell in row] for row in top]
    head = max(range(len(top)), key=lambda number: len({*known[number]} - {""}))
    titles = known[head]
    missing = [c.title for c in sheet.every_column if c.required and c.title not in titles]
    repeated = sorted({title for title in titles if title and titles.count(title) > 1})
    if missing or repeated or not any(titles):
        lacks, doubles = "、".join(missing) or "无", "、".join(repeated) or "无"
        raise HeadingsWrong(
            f"Missing: {', '.join(missing) or '-'}; repeated: {', '.join(repeated) or '-'}.",
            remedy="Start from the exported form and keep its headings.",
            detail_zh=f"缺少表头：{lacks}；重复：{doubles}。",
            missing=missing,
            repeated=repeated,
        )
    places = {title: place for place, title in enumerate(titles) if title}
    return places, enumerate(chain(top[head + 1 :], rows), start=head + 2)


def _head(row: Sequence[Raw], sheet: Sheet, places: Mapping[str, int]) -> dict[str, str]:
    """What a row says in the columns of the head."""
    said = ((column.title, _at(row, places.get(column.title))) for column in sheet.columns)
    return {title: text for title, text in said if text}


def _continues(head: Mapping[str, str], current: CommandLine, *, apart: bool) -> bool:
    """Whether a row is one more of its command: its head is empty, or the same and not apart."""
    return not head or (not apart and head.items() <= current.head.items())


def _add_line(
    current: CommandLine, row: Sequence[Raw], number: int, sheet: Sheet, places: Mapping[str, int]
) -> None:
    *above, name = sheet.lines_pointer.strip("/").split("/")
    place = current.fields
    for part in above:
        place = place.setdefault(part, {})
    lines: list[dict[str, Any]] = place.setdefault(name, [])
    line: dict[str, Any] = {}
    known = len(current.wrong)
    inside = f"{sheet.lines_pointer}/{len(lines)}"
    _fill(current, line, inside, row, (number, sheet.lines, places))
    line.pop("shown", None)  # for people to read: no field of the command
    if line or len(current.wrong) > known:
        lines.append(line)
        current.lines.append(number)


def _fill(
    current: CommandLine,
    into: dict[str, Any],
    inside: str,
    row: Sequence[Raw],
    where: tuple[int, Sequence[Column], Mapping[str, int]],
) -> None:
    number, columns, places = where
    for column in columns:
        place = places.get(column.title)
        raw = row[place] if place is not None and place < len(row) else None
        try:
            value = value_of(raw, column)
        except CellUnreadable as wrong:
            cell = f"{letters(place or 0)}{number}"
            current.wrong.append(CellWrong(cell, inside + column.pointer, str(wrong)))
            continue
        if value is not None:
            _put(into, column.pointer, value)


def _put(fields: dict[str, Any], pointer: str, value: object) -> None:
    *above, name = pointer.strip("/").split("/")
    for part in above:
        fields = fields.setdefault(part, {})
    fields[name] = value


def _at(row: Sequence[Raw], place: int | None) -> str:
    return shown(row[place]).strip() if place is not None and place < len(row) else ""


def table_rows(content: bytes) -> Iterator[Sequence[str]]:
    """The first sheet of a workbook as texts, row by row, after the same looks as a form."""
    with rows_apart(content, None) as rows:
        for row in rows:
            yield [shown(cell).strip() for cell in row]
