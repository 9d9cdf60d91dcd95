"""The process that opens strangers' workbooks: what it may not, and what is heard when it dies."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Final

import psutil
import pytest
import xlsxwriter

from shared.documents import workbook_apart
from shared.documents.refusals import WorkbookTooLarge
from shared.documents.workbook_apart import ROOT, ReaderBroke, rows_apart
from shared.documents.workbook_rows import rows_of

TITLE: Final = "表"


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Cells of every kind; moments as spreadsheet programs keep them."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into, {"default_date_format": "yyyy-mm-dd hh:mm"})
    page = book.add_worksheet(TITLE)
    span = book.add_format({"num_format": "[h]:mm:ss"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write(number, place, cell, span if isinstance(cell, timedelta) else None)
    book.close()
    return into.getvalue()


EVENING: Final = datetime.fromisoformat("2021-05-31T18:30")
CELLS: Final = [
    ["项目", "甲", -1.5, 7, True, None, "换\n行"],
    [
        datetime.fromisoformat("2021-05-31T18:30"),
        date(2021, 5, 31),
        time(18, 30),
        timedelta(hours=30),
    ],
]


def children() -> set[int]:
    """The processes that this one has, those of other stories among them."""
    return {child.pid for child in psutil.Process().children()}


def test_what_comes_back_is_what_the_file_says() -> None:
    content = workbook(CELLS)
    with rows_apart(content, TITLE) as rows:
        assert list(rows) == list(rows_of(content, TITLE))


MANY: Final = [["甲"]] * 20_000
"""More than fits between two processes: the reader is still there when the first row is read."""
CONFINED: Final = {
    "memory": "bytearray(1_100 << 20)",
    "a connection": "socket.socket()",
    "a file": "open('/etc/hostname')",
    "another process": "subprocess.Popen(['/bin/true'])",
}


REFUSED: Final = 7
"""How the process of a trial ends when it was not given what it wanted."""
TRIAL: Final = """
import socket, subprocess, sys
from shared.documents.workbook_process import confine
if {confined}: confine()
try: {wanted}
except (MemoryError, OSError): sys.exit({refused})
"""


@pytest.mark.parametrize("wanted", CONFINED)
def test_it_can_take_and_reach_nothing(wanted: str) -> None:
    def ended(*, confined: bool) -> int:
        trial = TRIAL.format(confined=confined, wanted=CONFINED[wanted], refused=REFUSED)
        return subprocess.run([sys.executable, "-c", trial], cwd=ROOT, check=False).returncode

    assert ended(confined=False) == 0
    assert ended(confined=True) == REFUSED


def test_it_is_told_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARGETS_DATABASE_URL", "postgresql://secret")
    before = children()
    with rows_apart(workbook(MANY), TITLE) as rows:
        next(rows)
        (reader,) = children() - before
        assert psutil.Process(reader).environ() == {}
    assert reader not in children(), "whoever stops reading leaves no process behind"


def test_a_reader_that_is_ended_blames_the_file() -> None:
    before = children()
    with rows_apart(workbook(MANY), TITLE) as rows:
        next(rows)
        (reader,) = children() - before
        psutil.Process(reader).kill()
        with pytest.raises(WorkbookTooLarge):
            list(rows)


def test_a_reader_that_is_broken_blames_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_apart, "PROGRAM", "shared.documents.no_such_program")
    with pytest.raises(ReaderBroke), rows_apart(workbook(CELLS), TITLE) as rows:
        list(rows)
