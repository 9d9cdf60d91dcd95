"""Appends as the arrays that `es.append_group` takes: one statement for a whole group."""

from collections.abc import Sequence
from operator import attrgetter, itemgetter

from shared.eventstore import Append, CommandRecord

type Row = tuple[object, ...]

# `SELECT`, not `CALL`: what follows in the same statement is one transaction with it.
APPEND_PARAMETERS = 21
APPEND = f"SELECT es.append_group({', '.join(f'${n + 1}' for n in range(APPEND_PARAMETERS))})"


_COMMAND = attrgetter("actor", "unit")
_RECORD = attrgetter("key", "fingerprint", "answer")
_EVENT = attrgetter("event_id", "stream", "version", "name", "body", "prev_hash", "hash")
_WORD = attrgetter("subject", "event_type", "body")
# Where stream and version are in a row of an event, which starts with two numbers.
_PLACE = itemgetter(3, 4)


def append_arguments(
    appends: Sequence[Append], records: Sequence[CommandRecord]
) -> list[Sequence[object]]:
    """The arguments of `es.append_group`, in its order."""
    commands = [(*_COMMAND(one), len(one.events), len(one.words)) for one in appends]
    # Two groups that answer the same keys must wait for each other in the same order; the
    # function asks the same for streams.
    answered = sorted(map(_RECORD, records))
    events: list[Row] = []
    words: list[Row] = []
    for nth, one in enumerate(appends, 1):
        events += [(nth, idx, *_EVENT(event)) for idx, event in enumerate(one.events, 1)]
        words += [(nth, idx, *_WORD(word)) for idx, word in enumerate(one.words, 1)]
    events.sort(key=_PLACE)
    return [
        *_columns(commands, 4),
        *_columns(answered, 3),
        *_columns(events, 9),
        *_columns(words, 5),
    ]


def _columns(rows: Sequence[Row], width: int) -> Sequence[Sequence[object]]:
    return tuple(zip(*rows, strict=True)) if rows else ((),) * width
