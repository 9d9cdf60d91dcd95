"""What is different between two versions of a library, entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass

type Sheet = Mapping[str, object]
"""The fields of an entry that say something, with the class it stands in."""

LEFT_OUT = "LEFT_OUT"
"""Why an entry is gone that nobody retired: its class was entered anew without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Entries by code, and the reasons of those that are retired."""

    sheets: Mapping[str, Sheet]
    retired: Mapping[str, str]

    def in_use(self) -> set[str]:
        """The entries that may be taken."""
        return self.sheets.keys() - self.retired.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Entries that came, entries that say something else, entries nobody may take any more."""

    added: Mapping[str, Sheet]
    changed: Mapping[str, Mapping[str, tuple[object, object]]]
    retired: Mapping[str, str]


def difference(before: Version, after: Version) -> Difference:
    """How `after` differs; a field that was not said, or is not said any more, is `None`."""
    then, now = before.in_use(), after.in_use()
    changes = {code: _changes(before.sheets[code], after.sheets[code]) for code in then & now}
    return Difference(
        added={code: after.sheets[code] for code in sorted(now - then)},
        changed={code: changes[code] for code in sorted(changes) if changes[code]},
        retired={code: after.retired.get(code, LEFT_OUT) for code in sorted(then - now)},
    )


def _changes(before: Sheet, after: Sheet) -> dict[str, tuple[object, object]]:
    return {
        name: (before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }
