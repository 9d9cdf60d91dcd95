"""A new version of facts, planted in a copy of this release, as a later release would bring it.

Each of them gets a field that must be there. The load of an upgrade records all of them by the
hundred, and each is met in a way of its own: nobody but its own command and a read model within
the commit reads a case, another command decides on a training, and money has ledgers with
snapshots, hearers and read models that stop.
"""

from pathlib import Path
from typing import Final, NamedTuple


class Planted(NamedTuple):
    """One fact, and where its class, who says it and its decider are."""

    service: str
    name: str
    fields: tuple[str, str]
    """A file, and the line before the new field."""
    said: tuple[str, str]
    """A file, and where the fact is made, up to the bracket."""
    decider: tuple[str, str]
    """A file, and a line among what the decider is made of."""


FACTS: Final = (
    Planted(
        "evaluation",
        "CaseOpened",
        ("domain/case_messages.py", '    """There is a case."""\n\n'),
        ("domain/case.py", "fact = CaseOpened("),
        ("domain/case_decider.py", '    category="case",\n'),
    ),
    Planted(
        "disclosure",
        "TrainingPlanned",
        ("domain/training/words.py", '    """There will be a session."""\n\n'),
        ("domain/training/__init__.py", "return [TrainingPlanned("),
        ("domain/training/__init__.py", '    category="training",\n'),
    ),
    Planted(
        "monitoring",
        "PaymentSettled",
        ("domain/ledger/events.py", '    """Money left the treasury and reached its payee."""\n\n'),
        ("domain/ledger/breaks.py", "return PaymentSettled("),
        ("domain/ledger/ledger.py", '    category="ledger",\n'),
    ),
)  # fmt: skip


def plant(tree: Path, *, behind: bool) -> None:
    """Let the release in this folder know version 2 of the facts.

    With `behind` it still writes version 1, as a release must while one that reads no other may be
    beside it (ADR 0026).
    """
    for one in FACTS:
        rooms = tree / "services" / one.service
        _put(rooms, *one.fields, "    source: str\n")
        _put(rooms, *one.said, 'source="office", ')
        steps = (
            f'    versions={{"{one.name}": 2}},\n'
            f'    upcasters={{("{one.name}", 1): lambda old: {{**old, "source": "office"}}}},\n'
        )
        if behind:
            steps += (
                f'    written={{"{one.name}": 1}},\n'
                f'    downcasters={{("{one.name}", 2): lambda new: '
                '{key: told for key, told in new.items() if key != "source"}},\n'
            )
        _put(rooms, *one.decider, steps)


def _put(rooms: Path, file: str, after: str, more: str) -> None:
    place = rooms / file
    text = place.read_text(encoding="utf-8")
    assert text.count(after) == 1, f"{place}: {after!r} stands there {text.count(after)} times"
    place.write_text(text.replace(after, after + more), encoding="utf-8")
