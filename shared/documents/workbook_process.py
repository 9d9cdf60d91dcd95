"""The process that opens a stranger's workbook: little memory, little time, and nothing else.

    python -m shared.documents.workbook_process [title] < workbook > rows

It is given no setting and no secret, and once it has its input it can open no file and no
connection. A row is a line, a JSON array of its cells; the last line is an `Ended` or a `Refused`.
Whoever reads too few lines to find one knows that the process has died (`workbook_apart`).
"""

import codecs
import resource
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec

from shared.documents.cells import Raw
from shared.documents.refusals import WorkbookTooLarge
from shared.documents.workbook_rows import rows_of
from shared.domain.refusals import Refusal

MEMORY_BYTES_MAX: Final = 1 << 30
SECONDS_MAX: Final = 30
"""Of processor time: a form of 75,000 lines takes a fifth of it (D)."""
FILES_MAX: Final = 3
LINES_AT_ONCE: Final = 500

type Cell = str | int | float | bool | dict[str, str] | None


class Refused(msgspec.Struct, tag=True, forbid_unknown_fields=True):
    """Why the workbook is not read: the class of the refusal, and what it says."""

    refused: str
    detail: str
    remedy: str | None = None
    details: dict[str, str] = {}


class Ended(msgspec.Struct, tag=True, forbid_unknown_fields=True):
    """All rows were written."""

    rows: int


def confine() -> None:
    """From here on: no more memory, time, files, sockets or crash dumps than this."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES_MAX, FILES_MAX))


def cells_sent(row: Sequence[Raw]) -> list[Cell]:
    """The cells of a row as JSON has them: moments by their kind."""
    return [_sent(cell) for cell in row]


def _sent(cell: Raw) -> Cell:
    match cell:
        case datetime() | date() | time():
            return {type(cell).__name__: cell.isoformat()}
        case timedelta():
            return {"timedelta": str(cell.total_seconds())}
        case _:
            return cell


def main() -> None:
    """Read the workbook from standard input and write its rows."""
    title = sys.argv[1] if sys.argv[1:] else None
    content = sys.stdin.buffer.read()
    codecs.lookup("cp437")  # names in an archive; afterwards no module can be loaded any more
    confine()
    encode, write = msgspec.json.Encoder().encode, sys.stdout.buffer.write
    rows, lines = 0, list[bytes]()
    last: Ended | Refused
    try:
        for row in rows_of(content, title):
            lines.append(encode(cells_sent(row)))
            rows += 1
            if len(lines) == LINES_AT_ONCE:
                write(b"\n".join(lines) + b"\n")
                lines.clear()
        last = Ended(rows)
    except MemoryError:
        last = Refused(WorkbookTooLarge.__name__, "Reading it takes more memory than is given.")
    except Refusal as refusal:
        said = {name: str(value) for name, value in refusal.details.items()}
        last = Refused(type(refusal).__name__, refusal.detail, refusal.remedy, said)
    write(b"".join(line + b"\n" for line in (*lines, encode(last))))


if __name__ == "__main__":
    main()
