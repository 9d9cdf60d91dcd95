"""Appends as the arrays that `es.append_group` takes: one statement for a whole group."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from shared.eventstore import Append, CommandRecord, StoredEvent

# `SELECT`, not `CALL`: what follows in the same statement is one transaction with it.
APPEND_PARAMETERS = 21
APPEND = f"SELECT es.append_group({', '.join(f'${n + 1}' for n in range(APPEND_PARAMETERS))})"


def append_arguments(
    appends: Sequence[Append], records: Sequence[CommandRecord]
) -> list[list[object]]:
    """The arguments of `es.append_group`, in its order."""
    answered = [append.record for append in appends if append.record is not None]
    # Two groups that answer the same keys must wait for each other in the same order.
    known = sorted(chain(answered, records), key=attrgetter("key"))
    placed = sorted(
        (
            (event.stream, event.version, nth, idx, event)
            for nth, append in enumerate(appends, 1)
            for idx, event in enumerate(append.events, 1)
        ),
        key=_place,
    )
    words = [
        (nth, idx, word)
        for nth, append in enumerate(appends, 1)
        for idx, word in enumerate(append.words, 1)
    ]
    return [
        [append.actor for append in appends],
        [append.unit for append in appends],
        [len(append.events) for append in appends],
        [len(append.words) for append in appends],
        [record.key for record in known],
        [record.fingerprint for record in known],
        [record.answer for record in known],
        [nth for _, _, nth, _, _ in placed],
        [idx for _, _, _, idx, _ in placed],
        [event.event_id for *_, event in placed],
        [stream for stream, *_ in placed],
        [version for _, version, *_ in placed],
        [event.name for *_, event in placed],
        [event.body for *_, event in placed],
        [event.prev_hash for *_, event in placed],
        [event.hash for *_, event in placed],
        [nth for nth, _, _ in words],
        [idx for _, idx, _ in words],
        [word.subject for _, _, word in words],
        [word.event_type for _, _, word in words],
        [word.body for _, _, word in words],
    ]


def _place(found: tuple[str, int, int, int, StoredEvent]) -> tuple[str, int]:
    return found[0], found[1]
