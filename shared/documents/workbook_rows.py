"""An uploaded workbook → its rows, cell by cell as they lie there. Looked at before it is read."""

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO

import python_calamine

from shared.documents.cells import Raw
from shared.documents.package import expect_plain
from shared.documents.refusals import WorkbookUnreadable


def rows_of(content: bytes, title: str | None) -> Iterator[Sequence[Raw]]:
    """Row by row of the sheet with this title, else of the first.

    Raises a refusal where the file is no plain table of values. Whoever did not write the file
    himself reads it apart (`shared.documents.workbook_apart`).
    """
    expect_plain(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
            name = title if title in book.sheet_names else book.sheet_names[0]
            found = book.get_sheet_by_name(name)
    except (python_calamine.CalamineError, IndexError, ValueError) as broken:
        raise WorkbookUnreadable("The workbook cannot be read.") from broken
    first, _ = found.start or (0, 0)
    yield from ([] for _ in range(first))
    yield from found.iter_rows()
