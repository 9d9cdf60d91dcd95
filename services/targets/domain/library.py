"""An indicator, core or case library: classes are entered, then a version is published.

What has been published stays countable by version; a class entered anew waits for the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

from services.targets.domain.commands.library import (
    ImportLibraryClass,
    LibraryCommand,
    PublishLibrary,
)
from services.targets.domain.events.library import (
    LibraryClassImported,
    LibraryEvent,
    LibraryPublished,
)
from services.targets.domain.refusals import (
    LibraryClassEmpty,
    LibraryEntryRepeated,
    LibraryUnknown,
)
from services.targets.domain.values import Entry
from shared.domain.decider import Decider, Owner
from shared.domain.workdays import business_date

type LibraryClass = tuple[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """The classes by code, and whether they differ from the published version."""

    region_code: str = ""
    classes: Mapping[str, LibraryClass] = field(default_factory=dict)
    version: int = 0
    changed: bool = False


def decide(command: LibraryCommand, state: Shelves) -> Sequence[LibraryEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case ImportLibraryClass():
            return _import(command, state)
        case PublishLibrary():
            return _publish(command, state)
        case _:
            assert_never(command)


def _import(command: ImportLibraryClass, state: Shelves) -> Sequence[LibraryEvent]:
    before = state.classes.get(command.class_code)
    if before == (command.class_name, command.entries):
        return []
    if not command.entries:
        raise LibraryClassEmpty(pointer="/entries")
    codes = {entry.code for entry in command.entries}
    if len(codes) < len(command.entries):
        raise LibraryEntryRepeated(pointer="/entries")
    gone = tuple(e.code for e in before[1] if e.code not in codes) if before else ()
    return [
        LibraryClassImported(
            library=command.library,
            region_code=state.region_code or command.region_code,
            class_code=command.class_code,
            class_name=command.class_name,
            entries=command.entries,
            replaced=gone,
        )
    ]


def _publish(command: PublishLibrary, state: Shelves) -> Sequence[LibraryEvent]:
    if not state.classes:
        raise LibraryUnknown(library=command.library)
    if not state.changed:
        return []
    return [
        LibraryPublished(
            library=command.library,
            region_code=state.region_code,
            library_version=state.version + 1,
            classes=len(state.classes),
            entries=sum(len(entries) for _, entries in state.classes.values()),
            published_on=business_date(command.now),
        )
    ]


def evolve(state: Shelves, event: LibraryEvent) -> Shelves:
    """The library after this."""
    match event:
        case LibraryClassImported():
            entered = {event.class_code: (event.class_name, event.entries)}
            return Shelves(
                region_code=event.region_code,
                classes={**state.classes, **entered},
                version=state.version,
                changed=True,
            )
        case LibraryPublished():
            return Shelves(
                region_code=event.region_code,
                classes=state.classes,
                version=event.library_version,
            )
        case _:
            assert_never(event)


def _owner(state: Shelves) -> Owner | None:
    return Owner(region_code=state.region_code) if state.region_code else None


LIBRARY: Final[Decider[LibraryCommand, LibraryEvent, Shelves]] = Decider(
    category="library",
    initial=Shelves(),
    commands=(ImportLibraryClass, PublishLibrary),
    events={"LibraryClassImported": LibraryClassImported, "LibraryPublished": LibraryPublished},
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.library,
    owner=_owner,
)
