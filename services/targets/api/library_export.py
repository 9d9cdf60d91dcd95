"""A library as a file that can be imported again: one class per line, nothing that is empty."""

import json
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Final

from services.targets.projections.library_register import LibraryClassRow, LibraryEntryRow

NDJSON: Final = "application/x-ndjson"


def lines(classes: Iterable[LibraryClassRow], entries: Iterable[LibraryEntryRow]) -> str:
    """The file. Entries come in the order of their classes, and of their place in them."""
    named = {row.class_code: row for row in classes}
    listed = groupby(entries, key=attrgetter("class_code"))
    return "".join(_lines(named[class_code], rows) for class_code, rows in listed)


def _lines(of_class: LibraryClassRow, entries: Iterable[LibraryEntryRow]) -> str:
    body = {
        "library": of_class.library,
        "region_code": of_class.region_code,
        "class_code": of_class.class_code,
        "class_name": of_class.class_name,
        "entries": [json.loads(row.entry_json) for row in entries],
    }
    return _json({"path": {}, "body": body}) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
