"""A library as command lines that can be imported again: one class each, nothing that is empty."""

import json
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from services.targets.projections.library_register import LibraryClassRow, LibraryEntryRow


def lines(
    classes: Iterable[LibraryClassRow], entries: Iterable[LibraryEntryRow]
) -> list[dict[str, Any]]:
    """The classes. Entries come in the order of their classes, and of their place in them."""
    named = {row.class_code: row for row in classes}
    listed = groupby(entries, key=attrgetter("class_code"))
    return [_line(named[class_code], rows) for class_code, rows in listed]


def _line(of_class: LibraryClassRow, entries: Iterable[LibraryEntryRow]) -> dict[str, Any]:
    body = {
        "library": of_class.library,
        "region_code": of_class.region_code,
        "class_code": of_class.class_code,
        "class_name": of_class.class_name,
        "entries": [json.loads(row.entry_json) for row in entries],
    }
    return {"path": {}, "body": body}
