"""A snapshot is the state it was taken of, for every aggregate that takes any (P14).

Streams of stories are folded fact by fact; each state on the way is written as a snapshot would be,
read back, and must be the same.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest

from shared.eventstore.codec import encode_state
from shared.manifest import Service
from shared.snapshots import SnapshotForm
from tests.evolution.corpus import SERVICES
from tests.evolution.histories import Folding, kept

FORMS: Final = {
    service.name: {one.category: form for one in service.deciders if (form := SnapshotForm.of(one))}
    for service in SERVICES
}
TAKING: Final = [service for service in SERVICES if FORMS[service.name]]


@pytest.mark.parametrize("service", TAKING, ids=lambda one: one.name)
def test_a_snapshot_is_the_state_it_was_taken_of(service: Service) -> None:
    forms, seen = FORMS[service.name], Counter[str]()
    for category, state in _states(service):
        form = forms[category]
        if type(state) is form.kind:
            assert form.read(encode_state(state)) == state
            seen[category] += 1
    assert seen.keys() == forms.keys(), "a story must leave a state of each"


def test_the_ledger_takes_snapshots() -> None:
    assert "ledger" in FORMS["monitoring"]


def _states(service: Service) -> Iterator[tuple[str, object]]:
    """Every state that a stream of a history went through."""
    deciders = {one.category: one for one in service.deciders}
    for history in kept(service.name):
        for stream, facts in Folding(service).streams(history).items():
            category = stream.partition("-")[0]
            if category not in FORMS[service.name]:
                continue
            state = deciders[category].initial
            for fact in facts:
                state = deciders[category].evolve(state, fact.event)
                yield category, state
