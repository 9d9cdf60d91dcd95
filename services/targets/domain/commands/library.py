"""What may be asked of a library."""

from dataclasses import dataclass
from datetime import datetime

from services.targets.domain.library_cases import CaseRow
from services.targets.domain.library_entry import Entry
from services.targets.domain.values import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLibraryClass:
    """Enter a whole class with its entries; entering it anew replaces them."""

    library: Library
    region_code: str
    class_code: str
    class_name: str
    entries: tuple[Entry, ...]
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportModelCases:
    """Enter a class of model cases as rows; entering it anew replaces them."""

    region_code: str
    class_code: str
    class_name: str
    rows: tuple[CaseRow, ...]
    by: str
    now: datetime
    library: Library = Library.XJ_MODEL_CASE


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishLibrary:
    """Bring what was entered into use as a new version."""

    library: Library
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireLibraryEntry:
    """Let nobody take an entry any more. It stays readable."""

    library: Library
    code: str
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateLibraryEntry:
    """Let a retired entry be taken again."""

    library: Library
    code: str
    reason: str
    by: str
    now: datetime


type LibraryCommand = (
    ImportLibraryClass
    | ImportModelCases
    | PublishLibrary
    | RetireLibraryEntry
    | ReinstateLibraryEntry
)
