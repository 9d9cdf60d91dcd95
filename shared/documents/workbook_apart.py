"""A stranger's workbook is opened in a process of its own: what harms the reader harms no service.

    with rows_apart(content, "Projects") as rows:
        for row in rows: ...

The process is `workbook_process`: it knows no setting of ours, can reach nothing, and is ended
beyond its memory and its time. Only plain cells come back, and they are looked at here.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Final

import msgspec

from shared.documents.cells import Raw
from shared.documents.refusals import (
    WorkbookHasFormulas,
    WorkbookHasMacros,
    WorkbookTooLarge,
    WorkbookUnreadable,
)
from shared.documents.workbook_process import Ended, Refused

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = "shared.documents.workbook_process"
_REFUSALS: Final = {
    refusal.__name__: refusal
    for refusal in (WorkbookHasFormulas, WorkbookHasMacros, WorkbookTooLarge, WorkbookUnreadable)
}
_cells: Final = msgspec.json.Decoder(list[str | int | float | bool | dict[str, str] | None])
_last: Final = msgspec.json.Decoder(Ended | Refused)


@contextmanager
def rows_apart(content: bytes, title: str | None) -> Iterator[Iterator[Sequence[Raw]]]:
    """The rows of the sheet with this title, else of the first, as another process reads them.

    Raises a refusal where the file is no plain table of values, or asks for more than is given.
    """
    with tempfile.TemporaryFile() as workbook:
        workbook.write(content)
        workbook.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program; the title is an argument
            [sys.executable, "-m", PROGRAM, *([title] if title else ())],
            stdin=workbook,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={},
        )
    assert process.stdout is not None
    try:
        yield _read(process.stdout, process)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


class ReaderBroke(Exception):
    """The process ended by itself and said nothing: not the file is to blame, but we are."""


def _read(lines: IO[bytes], process: "subprocess.Popen[bytes]") -> Iterator[Sequence[Raw]]:
    for line in lines:
        if line.startswith(b"["):
            cells = _cells.decode(line)
            yield [_cell(one) if isinstance(one, dict) else one for one in cells]
            continue
        last = _last.decode(line)
        if isinstance(last, Refused):
            refusal = _REFUSALS[last.refused]
            raise refusal(last.detail, remedy=last.remedy, **last.details)
        return
    if process.wait() >= 0:
        raise ReaderBroke(f"{PROGRAM} ended with {process.returncode}")
    raise WorkbookTooLarge(
        "Reading it takes more memory or time than a workbook is given.",
        remedy="Save it anew as plain XLSX, or split it.",
        detail_zh="读取该文件所需内存或时间超出限额，请另存为普通 XLSX 或拆分后上传。",
    )


def _cell(sent: dict[str, str]) -> Raw:
    ((kind, text),) = sent.items()
    match kind:
        case "datetime":
            return datetime.fromisoformat(text)
        case "date":
            return date.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
        case _:
            return timedelta(seconds=float(text))
