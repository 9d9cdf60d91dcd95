"""What the pages are made of: the manifests, the published language, the refusals."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

from shared.contracts.public_event import PublicEvent
from shared.domain.refusals import Refusal
from shared.manifest import Service

ROOT: Final = Path(__file__).resolve().parents[2]
PRODUCERS: Final = ("targets", "monitoring", "evaluation", "disclosure")
NOTICE: Final = "<!-- Written by `make docs` from the code; edit the code instead. -->\n\n"

type Pages = Mapping[str, str]
"""Path under docs/reference → text."""


@dataclass(frozen=True, slots=True)
class House:
    """The four services and what they say to each other."""

    services: Sequence[Service]

    @classmethod
    def load(cls) -> "House":
        """Read the manifests."""
        return cls([import_module(f"services.{name}.main").service for name in PRODUCERS])

    def hearers(self, word: type[PublicEvent]) -> list[str]:
        """Which services listen to a word."""
        return [service.name for service in self.services if word in service.hears]


def published() -> Iterator[type[PublicEvent]]:
    """Every public event, in the order its producer lists them."""
    for producer in PRODUCERS:
        yield from import_module(f"shared.contracts.{producer}").PUBLISHED


def refusals(package: str) -> list[type[Refusal]]:
    """Every way in which a package says no, by name."""
    root = import_module(package)
    for module in walk_packages(root.__path__, f"{package}."):
        if ".migrations" not in module.name and ".testing" not in module.name:
            import_module(module.name)
    found: set[type[Refusal]] = set()
    queue: list[type[Refusal]] = [Refusal]
    while queue:
        for kind in queue.pop().__subclasses__():
            queue.append(kind)
            found.add(kind)
    ours = (kind for kind in found if f"{kind.__module__}.".startswith(f"{package}."))
    return sorted(ours, key=lambda kind: (kind.__name__, kind.__module__))


def lead(thing: object) -> str:
    """The first paragraph of a docstring as one line; what a class inherits is not its own."""
    text = vars(thing).get("__doc__") if isinstance(thing, type) else inspect.getdoc(thing)
    return " ".join(inspect.cleandoc(text or "").partition("\n\n")[0].split())


def cell(text: str) -> str:
    """Text that cannot break a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell(text) for text in line)} |\n" for line in lines)
