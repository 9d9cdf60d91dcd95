"""What may have happened to a library."""

from dataclasses import dataclass
from datetime import date

from services.targets.domain.library_entry import Entry
from services.targets.domain.values import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryClassImported:
    """A class is in the library with these entries, in place of what it held before."""

    library: Library
    region_code: str
    class_code: str
    class_name: str
    entries: tuple[Entry, ...]
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPublished:
    """A version came into use; the counts are of its classes and of its entries in use."""

    library: Library
    region_code: str
    library_version: int
    classes: int
    entries: int
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEntryRetired:
    """Nobody takes this entry any more; who took it before keeps it."""

    library: Library
    region_code: str
    class_code: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEntryReinstated:
    """A retired entry may be taken again."""

    library: Library
    region_code: str
    class_code: str
    code: str
    reason: str


type LibraryEvent = (
    LibraryClassImported | LibraryPublished | LibraryEntryRetired | LibraryEntryReinstated
)
