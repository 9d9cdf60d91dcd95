"""An indicator, core or case library: classes are entered, then a version is published.

What was published stays as it was; a class entered anew waits for the next version. A retired
entry is closed to new targets at once, and the next version says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from services.targets.domain.commands.library import (
    ImportLibraryClass,
    ImportModelCases,
    LibraryCommand,
    PublishLibrary,
    ReinstateLibraryEntry,
    RetireLibraryEntry,
)
from services.targets.domain.events.library import (
    LibraryClassImported,
    LibraryEntryReinstated,
    LibraryEntryRetired,
    LibraryEvent,
    LibraryPublished,
)
from services.targets.domain.library_cases import CaseRows
from services.targets.domain.library_checks import Places, check_entries, in_entries
from services.targets.domain.library_entry import Entry
from services.targets.domain.refusals import LibraryEntryUnknown, LibraryUnknown, ReasonMissing
from services.targets.domain.values import Library
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date

type LibraryClass = tuple[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """Classes by code, with their names and entries, and the reasons of what is retired."""

    classes: Mapping[str, LibraryClass] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)

    def places(self) -> dict[str, str]:
        """Where each entry stands: code → class."""
        return {
            entry.code: class_code
            for class_code, (_, entries) in self.classes.items()
            for entry in entries
        }

    def in_use(self) -> int:
        """How many entries may be taken."""
        return sum(code not in self.retired for code in self.places())


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A published version, and where to find each of its entries."""

    version: int
    shelves: Shelves
    entries: Mapping[str, tuple[str, Entry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A library: its shelves as they are kept, and the version that is in use."""

    library: Library | None = None
    region_code: str = ""
    shelves: Shelves = field(default_factory=Shelves)
    published: Edition | None = None

    @property
    def version(self) -> int:
        """The published version; 0 before the first."""
        return self.published.version if self.published else 0


def library_of(library: Library) -> Reference:
    """Where a library is decided."""
    return Reference("library", library.value)


def decide(command: LibraryCommand, state: Collection) -> Sequence[LibraryEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case ImportLibraryClass():
            return _import(command, command.entries, in_entries, state)
        case ImportModelCases():
            rows = CaseRows(command.rows)
            return _import(command, rows.entries(), rows.at, state)
        case PublishLibrary():
            return _publish(command, state)
        case RetireLibraryEntry():
            return _retire(command, state)
        case ReinstateLibraryEntry():
            return _reinstate(command, state)
        case _:
            assert_never(command)


def _import(
    command: ImportLibraryClass | ImportModelCases,
    entries: tuple[Entry, ...],
    at: Places,
    state: Collection,
) -> Sequence[LibraryEvent]:
    before = state.shelves.classes.get(command.class_code)
    if before == (command.class_name, entries):
        return []
    places = state.shelves.places()
    elsewhere = {code: place for code, place in places.items() if place != command.class_code}
    check_entries(command.library, entries, elsewhere, at)
    codes = {entry.code for entry in entries}
    gone = tuple(e.code for e in before[1] if e.code not in codes) if before else ()
    return [
        LibraryClassImported(
            library=command.library,
            region_code=state.region_code or command.region_code,
            class_code=command.class_code,
            class_name=command.class_name,
            entries=entries,
            replaced=gone,
        )
    ]


def _publish(command: PublishLibrary, state: Collection) -> Sequence[LibraryEvent]:
    if not state.shelves.classes:
        raise LibraryUnknown(library=command.library)
    if state.published is not None and state.published.shelves == state.shelves:
        return []
    return [
        LibraryPublished(
            library=command.library,
            region_code=state.region_code,
            library_version=state.version + 1,
            classes=len(state.shelves.classes),
            entries=state.shelves.in_use(),
            published_on=business_date(command.now),
        )
    ]


def _retire(command: RetireLibraryEntry, state: Collection) -> Sequence[LibraryEvent]:
    class_code = _place(command, state)
    if command.code in state.shelves.retired:
        return []
    return [
        LibraryEntryRetired(
            library=command.library,
            region_code=state.region_code,
            class_code=class_code,
            code=command.code,
            reason=command.reason,
        )
    ]


def _reinstate(command: ReinstateLibraryEntry, state: Collection) -> Sequence[LibraryEvent]:
    class_code = _place(command, state)
    if command.code not in state.shelves.retired:
        return []
    return [
        LibraryEntryReinstated(
            library=command.library,
            region_code=state.region_code,
            class_code=class_code,
            code=command.code,
            reason=command.reason,
        )
    ]


def _place(command: RetireLibraryEntry | ReinstateLibraryEntry, state: Collection) -> str:
    """The class of the entry; whoever changes its standing says why."""
    class_code = state.shelves.places().get(command.code)
    if class_code is None:
        raise LibraryEntryUnknown(library=command.library, code=command.code)
    if not command.reason.strip():
        raise ReasonMissing(pointer="/reason")
    return class_code


def evolve(state: Collection, event: LibraryEvent) -> Collection:
    """The library after this."""
    shelves = state.shelves
    match event:
        case LibraryClassImported():
            entered = {event.class_code: (event.class_name, event.entries)}
            return replace(
                state,
                library=event.library,
                region_code=event.region_code,
                shelves=replace(shelves, classes={**shelves.classes, **entered}),
            )
        case LibraryPublished():
            return replace(state, published=_edition(event.library_version, shelves))
        case LibraryEntryRetired():
            retired = {**shelves.retired, event.code: event.reason}
            return replace(state, shelves=replace(shelves, retired=retired))
        case LibraryEntryReinstated():
            retired = {code: why for code, why in shelves.retired.items() if code != event.code}
            return replace(state, shelves=replace(shelves, retired=retired))
        case _:
            assert_never(event)


def _edition(version: int, shelves: Shelves) -> Edition:
    entries = {
        entry.code: (class_code, entry)
        for class_code, (_, listed) in shelves.classes.items()
        for entry in listed
    }
    return Edition(version=version, shelves=shelves, entries=entries)


def _owner(state: Collection) -> Owner | None:
    return Owner(region_code=state.region_code) if state.region_code else None


LIBRARY: Final[Decider[LibraryCommand, LibraryEvent, Collection]] = Decider(
    category="library",
    initial=Collection(),
    commands=(
        ImportLibraryClass,
        ImportModelCases,
        PublishLibrary,
        RetireLibraryEntry,
        ReinstateLibraryEntry,
    ),
    events={
        "LibraryClassImported": LibraryClassImported,
        "LibraryPublished": LibraryPublished,
        "LibraryEntryRetired": LibraryEntryRetired,
        "LibraryEntryReinstated": LibraryEntryReinstated,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.library,
    owner=_owner,
)
