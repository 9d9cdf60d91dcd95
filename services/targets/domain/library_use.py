"""Taking from a library: which entry of which published version an indicator comes from.

An entry once taken stays taken: a later version, a retirement or the end of its term binds
those who take it anew.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.targets.domain.library import Collection
from services.targets.domain.library_entry import Entry, LibraryPin
from services.targets.domain.refusals import (
    EntryOutOfTerm,
    LibraryCodeAmbiguous,
    LibraryCodeMissing,
    LibraryCodeUnknown,
    RetiredEntryTaken,
)
from services.targets.domain.values import Content, Library

type Pins = Mapping[str, LibraryPin]
"""By indicator id."""

ALL_LIBRARIES: Final = tuple(Library)


def libraries_named(content: Content) -> Sequence[Library]:
    """The libraries that a content takes from; all of them where an indicator names none."""
    if not content.library_codes.keys() <= content.libraries.keys():
        return ALL_LIBRARIES
    return sorted(set(content.libraries.values()))


def pins(
    content: Content, collections: Sequence[Collection], before: Pins, on: date
) -> dict[str, LibraryPin]:
    """What every indicator is taken from. `before`: what the draft has taken already."""
    found: dict[str, LibraryPin] = {}
    for index, indicator in enumerate(content.indicators):
        code = content.library_codes.get(indicator.indicator_id)
        named = content.libraries.get(indicator.indicator_id)
        if code is None:
            if named is not None:
                raise LibraryCodeMissing(pointer=f"/indicators/{index}/library_code")
            continue
        kept = before.get(indicator.indicator_id)
        if kept is not None and kept.code == code and named in {None, kept.library}:
            found[indicator.indicator_id] = kept
            continue
        searched = [one for one in collections if named in {None, one.library}]
        found[indicator.indicator_id] = _pin(code, searched, on, f"/indicators/{index}")
    return found


def released(before: Pins, after: Pins) -> tuple[str, ...]:
    """The indicators that are taken from nowhere any more."""
    return tuple(sorted(before.keys() - after.keys()))


def check_use(entry: Entry, retired: str | None, on: date, pointer: str | None = None) -> None:
    """Refuse an entry that may not be taken anew. `retired`: the reason, if it is."""
    if retired is not None:
        raise RetiredEntryTaken(
            pointer=pointer,
            remedy="Take another entry of the library.",
            code=entry.code,
            reason=retired,
        )
    start_on, end_on = entry.told.start_on, entry.told.end_on
    if (start_on is not None and on < start_on) or (end_on is not None and on > end_on):
        raise EntryOutOfTerm(
            pointer=pointer, code=entry.code, start_on=str(start_on or ""), end_on=str(end_on or "")
        )


def _pin(code: str, searched: Sequence[Collection], on: date, pointer: str) -> LibraryPin:
    known = [
        (collection, edition)
        for collection in searched
        if (edition := collection.published) is not None and code in edition.entries
    ]
    if not known:
        raise LibraryCodeUnknown(
            pointer=f"{pointer}/library_code", remedy="Search the published libraries.", code=code
        )
    if len(known) > 1:
        names = ", ".join(sorted(str(collection.library) for collection, _ in known))
        raise LibraryCodeAmbiguous(
            pointer=f"{pointer}/library", remedy=f"Name one of {names}.", code=code
        )
    [(collection, edition)] = known
    class_code, entry = edition.entries[code]
    retired = collection.shelves.retired.get(code)
    check_use(entry, retired, on, f"{pointer}/library_code")
    assert collection.library is not None
    return LibraryPin(
        library=collection.library,
        class_code=class_code,
        code=code,
        library_version=edition.version,
    )
