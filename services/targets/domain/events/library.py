"""What may have happened to a library."""

from dataclasses import dataclass
from datetime import date

from services.targets.domain.values import Entry, Library


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
    """A version came into use; the counts are of its classes and entries."""

    library: Library
    region_code: str
    library_version: int
    classes: int
    entries: int
    published_on: date


type LibraryEvent = LibraryClassImported | LibraryPublished
