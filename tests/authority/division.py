"""Who may do what, read from the tables beside this file, which were written from `domain` §2.3.

`expected/division.yaml` is the law's table word for word. The other files say of every operation
to which step of it it belongs and by which word of a cell a role may call it. What the table does
not say is granted only with the paragraph that does. Nothing here is read from the code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from shared.http.policy import Role

FOLDER: Final = Path(__file__).parent / "expected"
SERVICES: Final = ("targets", "monitoring", "evaluation", "disclosure")
SIGNED_IN: Final = frozenset(Role) - {Role.PUBLIC}
UNLOCKED: Final = "UNLOCKED"
_NOBODY: Final = frozenset({".", "disclosed"})
_BUREAU: Final = "FB_"


class NotInTheLaw(ValueError):
    """A table grants what neither a cell of `domain` §2.3 nor a named paragraph grants."""


@dataclass(frozen=True, slots=True)
class Division:
    """The table of `domain` §2.3."""

    columns: Sequence[str]
    people: Mapping[str, Sequence[str]]
    steps: Mapping[str, Sequence[str]]
    readers_besides: frozenset[Role]

    def named(self, text: str) -> frozenset[Role]:
        """The roles of a list of columns and roles."""
        return frozenset(
            Role(name) for word in text.split() for name in self.people.get(word, (word,))
        )

    def holding(self, step: str, words: str) -> frozenset[Role]:
        """Every role in whose column the step's cell holds one of these words."""
        wanted = set(words.split())
        cells = zip(self.columns, self.steps[step], strict=True)
        return self.named(" ".join(name for name, cell in cells if wanted & set(cell.split())))

    def reading(self, step: str) -> frozenset[Role]:
        """Every role that has any part in a step; what the public has, disclosure shows it."""
        cells = zip(self.columns, self.steps[step], strict=True)
        seen = " ".join(name for name, cell in cells if cell not in _NOBODY and name != "PUBLIC")
        return self.named(seen) | self.readers_besides


@cache
def division() -> Division:
    """The table, as it is written down."""
    told = yaml.safe_load((FOLDER / "division.yaml").read_text())
    besides = frozenset(Role(name) for name in told.pop("readers_besides"))
    return Division(**told, readers_besides=besides)


@cache
def expected(service: str) -> Mapping[str, frozenset[Role]]:
    """The roles that may call each operation of a service; `PUBLIC` means without a token."""
    found: dict[str, frozenset[Role]] = {}
    for name, roles in _rows(service):
        if name in found:
            raise NotInTheLaw(f"{service}.{name} is granted twice")
        found[name] = roles
    return found


@cache
def unlocked() -> frozenset[str]:
    """What is served to whoever comes: no token is asked for, and none is looked at."""
    rows = yaml.safe_load((FOLDER / "kernel.yaml").read_text())
    named = [row["operations"].split() for row in rows if row.get("beyond") == UNLOCKED]
    return frozenset(name for names in named for name in names)


def _rows(service: str) -> Iterator[tuple[str, frozenset[Role]]]:
    for file in (service, "kernel"):
        for row in yaml.safe_load((FOLDER / f"{file}.yaml").read_text()):
            roles = _admitted(row)
            yield from ((name, roles) for name in row["operations"].split())


def _admitted(row: Mapping[str, Any]) -> frozenset[Role]:
    """Who may, by one row; a county's bureau stands beside every section (`domain` §2.2)."""
    law, step, beyond = division(), row.get("step"), row.get("beyond", "")
    if (beyond or "without" in row) and not row.get("because"):
        raise NotInTheLaw(f"beyond the table and no paragraph: {row['operations']}")
    if beyond in {"EVERYBODY", UNLOCKED}:
        return frozenset(Role)
    if beyond == "SIGNED_IN":
        return SIGNED_IN
    found = law.named(beyond)
    if step is not None and row.get("reading"):
        found |= law.reading(step) - law.named(row.get("without", ""))
    elif step is not None:
        granted = law.named(row["roles"])
        if more := granted - law.holding(step, row["words"]):
            raise NotInTheLaw(f"{step}: {row['words']} is not given to {sorted(more)}")
        found |= granted
    if row.get("county", True) and any(role.startswith(_BUREAU) for role in found):
        found |= {Role.COUNTY_FB}
    return found
