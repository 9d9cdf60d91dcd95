"""Model cases as rows, the way offices keep them: a row names a case, each row is an indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.targets.domain.library_entry import CaseIndicator, Details, Entry
from services.targets.domain.refusals import CaseRowNameless, LibraryClassEmpty


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One row. Without a code it belongs to the case above; without an indicator it names only."""

    code: str = ""
    name: str = ""
    text: str = ""
    indicator: CaseIndicator | None = None


@dataclass(frozen=True, slots=True)
class CaseRows:
    """Rows, and what they come to. Says of every field in which row it stands."""

    rows: Sequence[CaseRow]

    @property
    def begins(self) -> list[int]:
        """The rows that begin a case."""
        return [number for number, row in enumerate(self.rows) if row.code]

    def entries(self) -> tuple[Entry, ...]:
        """The cases, each with the indicators of its rows."""
        if not self.rows:
            raise LibraryClassEmpty(pointer="/rows")
        for number, row in enumerate(self.rows):
            if bool(row.code) != bool(row.name) or (number == 0 and not row.code):
                missing = "name" if row.code else "code"
                raise CaseRowNameless(pointer=f"/rows/{number}/{missing}")
        bounds = pairwise([*self.begins, len(self.rows)])
        return tuple(_case(self.rows[first:last]) for first, last in bounds)

    def at(self, entry: int, indicator: int | None = None) -> str:
        """The JSON Pointer of a case, or of one of its indicators."""
        pointer = f"/rows/{self.begins[entry] + (indicator or 0)}"
        return pointer if indicator is None else f"{pointer}/indicator"


def _case(rows: Sequence[CaseRow]) -> Entry:
    first = rows[0]
    indicators = tuple(row.indicator for row in rows if row.indicator is not None)
    details = Details(indicators=indicators) if indicators else None
    return Entry(code=first.code, name=first.name, text=first.text, details=details)
