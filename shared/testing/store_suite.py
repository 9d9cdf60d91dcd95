"""What every event store must do. A store passes by subclassing and giving a `store` fixture."""

import asyncio
from datetime import date
from uuid import UUID, uuid5

import pytest
from msgspec.structs import replace
from sqlmodel import Field

from shared.eventstore import (
    GENESIS,
    Append,
    CommandRecord,
    CursorMove,
    CursorMoved,
    EventStore,
    HeardWord,
    KeyReused,
    Snapshot,
    StoredEvent,
    StoredWord,
    Transaction,
    VersionConflict,
)
from shared.eventstore.hashes import event_hash, word_hash
from shared.projections import Put
from shared.tables import service_table

WRITERS, TURNS = 8, 10
DAY = date(2021, 6, 30)


class Tally(service_table("suite"), table=True):  # type: ignore[misc,call-arg]
    """A read model with defaults, for stories about changes."""

    __tablename__ = "tally"

    region: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    projects: int = 0
    title: str = ""
    note: str | None = None


def chain(stream: str, *bodies: bytes, after: StoredEvent | None = None) -> list[StoredEvent]:
    """Events of one stream, each hashed onto the one before it."""
    events = [] if after is None else [after]
    for body in bodies:
        last = events[-1] if events else None
        version = last.version + 1 if last else 1
        prev_hash = last.hash if last else GENESIS
        event_id = uuid5(UUID(int=0), f"{stream}/{version}/{body!r}")
        hashed = event_hash(event_id, stream, version, prev_hash, body)
        events.append(StoredEvent(event_id, stream, version, "Noted", body, prev_hash, hashed))
    return events if after is None else events[1:]


def appended(*events: StoredEvent, words: tuple[bytes, ...] = ()) -> Append:
    """An accepted command that left these events and words."""
    said = [StoredWord(events[-1].stream, "suite.Noted.v1", body) for body in words]
    return Append(actor="issuer|li", unit="653101", events=events, words=said)


def only(*appends: Append, keys: tuple[str, ...] = ()) -> Transaction:
    """A transaction of nothing but appends, and what was answered to these keys."""
    records = [CommandRecord(key, key.encode(), b"answer to " + key.encode()) for key in keys]
    return Transaction(appends=appends, records=records)


class StoreSuite:
    """Promises K1 to K3 and K8, with cursors, snapshots and what was heard."""

    async def test_what_is_committed_is_loaded_byte_by_byte(self, store: EventStore) -> None:
        events = chain("note-1", b"{}", b'{"a": 1}', bytes(range(256)))
        await store.commit(only(appended(*events)))
        loaded = await store.load({"note-1": 0, "note-2": 0})
        assert loaded.streams.keys() == {"note-1"}
        assert list(loaded.streams["note-1"].events) == events
        assert loaded.streams["note-1"].snapshot is None

    async def test_a_stream_is_read_after_the_version_the_caller_holds(
        self, store: EventStore
    ) -> None:
        events = chain("note-1", b"1", b"2", b"3")
        await store.commit(only(appended(*events)))
        loaded = await store.load({"note-1": 2})
        assert list(loaded.streams["note-1"].events) == events[2:]

    async def test_a_second_writer_is_refused_and_leaves_nothing(self, store: EventStore) -> None:
        first = chain("note-1", b"1")
        await store.commit(only(appended(*first)))
        other = chain("note-2", b"other")
        rival = chain("note-1", b"rival")
        with pytest.raises(VersionConflict):
            await store.commit(only(appended(*other), appended(*rival), keys=("k",)))
        loaded = await store.load({"note-1": 0, "note-2": 0}, ["k"])
        assert list(loaded.streams["note-1"].events) == first
        assert "note-2" not in loaded.streams
        assert not loaded.records

    async def test_a_version_from_the_future_is_refused(self, store: EventStore) -> None:
        events = chain("note-1", b"1", b"2", b"3")
        await store.commit(only(appended(events[0])))
        with pytest.raises(VersionConflict):
            await store.commit(only(appended(events[2])))

    async def test_an_event_on_another_history_is_refused(self, store: EventStore) -> None:
        await store.commit(only(appended(*chain("note-1", b"ours"))))
        theirs = chain("note-1", b"theirs", b"2")
        with pytest.raises(VersionConflict):
            await store.commit(only(appended(theirs[1])))

    async def test_one_command_may_write_several_streams(self, store: EventStore) -> None:
        one, two = chain("note-1", b"1", b"2"), chain("note-2", b"1")
        await store.commit(only(appended(one[0], two[0], one[1])))
        loaded = await store.load({"note-1": 0, "note-2": 0})
        assert list(loaded.streams["note-1"].events) == one
        assert list(loaded.streams["note-2"].events) == two
        await store.sequence()
        ledger = await store.read_ledger(0, 10)
        assert [entry.event for entry in ledger] == [one[0], two[0], one[1]]

    async def test_two_commands_of_a_group_may_continue_one_stream(self, store: EventStore) -> None:
        events = chain("note-1", b"1", b"2", b"3")
        await store.commit(only(appended(events[0]), appended(*events[1:])))
        loaded = await store.load({"note-1": 0})
        assert list(loaded.streams["note-1"].events) == events

    async def test_a_key_gives_its_first_answer(self, store: EventStore) -> None:
        await store.commit(only(appended(*chain("note-1", b"1")), keys=("k1",)))
        silent = CommandRecord("k2", b"other", b"nothing new")
        await store.commit(Transaction(records=[silent]))
        loaded = await store.load({}, ["k1", "k2", "k3"])
        assert loaded.records == {
            "k1": CommandRecord("k1", b"k1", b"answer to k1"),
            "k2": silent,
        }

    async def test_a_key_of_another_request_is_refused(self, store: EventStore) -> None:
        await store.commit(only(appended(*chain("note-1", b"1")), keys=("k",)))
        stranger = replace(
            only(appended(*chain("note-2", b"1"))), records=[CommandRecord("k", b"other", b"")]
        )
        with pytest.raises(KeyReused):
            await store.commit(stranger)
        assert not (await store.load({"note-2": 0})).streams

    async def test_the_same_request_twice_has_one_effect(self, store: EventStore) -> None:
        await store.commit(only(appended(*chain("note-1", b"1")), keys=("k",)))
        with pytest.raises(VersionConflict):
            await store.commit(only(appended(*chain("note-2", b"1")), keys=("k",)))
        assert not (await store.load({"note-2": 0})).streams

    async def test_numbers_are_given_later_and_without_gaps(self, store: EventStore) -> None:
        for n in range(5):
            body = str(n).encode()
            append = appended(*chain(f"note-{n}", body, body), words=(body, b"again " + body))
            await store.commit(only(append))
        assert (await store.head()).position == 0
        assert not await store.read_ledger(0, 10)
        first = await store.sequence(appends_max=2)
        assert (first.taken, first.head.position, first.head.number) == (2, 4, 4)
        await store.sequence()
        assert (await store.sequence()).taken == 0
        ledger = await store.read_ledger(0, 100)
        words = await store.read_words(0, 100)
        assert [entry.position for entry in ledger] == list(range(1, 11))
        assert [word.number for word in words] == list(range(1, 11))
        assert [word.body for word in words[:4]] == [b"0", b"again 0", b"1", b"again 1"]
        assert all(word.leaf_hash == word_hash(word.body) for word in words)
        assert [entry.position for entry in await store.read_ledger(4, 3)] == [5, 6, 7]
        assert [word.number for word in await store.read_words(9, 3)] == [10]

    async def test_a_reader_of_some_names_is_told_how_far_it_was_read(
        self, store: EventStore
    ) -> None:
        for n in range(3):
            named = [replace(one, name=f"Kind{n}") for one in chain(f"n-{n}", b"1")]
            await store.commit(only(appended(*named)))
        await store.sequence()
        found = await store.read_ledger(0, 10, {"Kind0"})
        assert [(one.position, one.event.name) for one in found] == [(1, "Kind0"), (3, "Kind2")]
        assert [one.position for one in await store.read_ledger(0, 2, {"Kind0"})] == [1, 2]
        assert [one.position for one in await store.read_ledger(1, 10, {"Kind1"})] == [2, 3]
        assert not await store.read_ledger(3, 10, {"Kind1"})

    async def test_a_snapshot_saves_reading_what_it_holds(self, store: EventStore) -> None:
        events = chain("note-1", b"1", b"2", b"3")
        snapshot = Snapshot("note-1", 2, 1, events[1].hash, b"folded")
        await store.commit(Transaction(appends=[appended(*events)], snapshots=[snapshot]))
        found = (await store.load({"note-1": 0})).streams["note-1"]
        assert (found.snapshot, list(found.events)) == (snapshot, events[2:])
        whole = (await store.load({"note-1": 0}, snapshots=False)).streams["note-1"]
        assert (whole.snapshot, list(whole.events)) == (None, events)
        held = (await store.load({"note-1": 2})).streams["note-1"]
        assert (held.snapshot, list(held.events)) == (None, events[2:])

    async def test_a_newer_snapshot_replaces_an_older_one_only(self, store: EventStore) -> None:
        events = chain("note-1", b"1", b"2")
        older = Snapshot("note-1", 1, 1, events[0].hash, b"older")
        newer = Snapshot("note-1", 2, 1, events[1].hash, b"newer")
        await store.commit(Transaction(appends=[appended(*events)], snapshots=[newer]))
        await store.commit(Transaction(snapshots=[older]))
        assert (await store.load({"note-1": 0})).streams["note-1"].snapshot == newer

    async def test_a_cursor_moves_only_from_where_it_is(self, store: EventStore) -> None:
        assert await store.cursor("reader") == 0
        await store.commit(Transaction(cursors=[CursorMove("reader", 0, 5)]))
        row = Put(Tally, {"region": "653100", "year": 2021})
        with pytest.raises(CursorMoved):
            await store.commit(Transaction(changes=[row], cursors=[CursorMove("reader", 0, 7)]))
        onward = CursorMove("reader", 5, 6)
        await store.commit(Transaction(cursors=[onward]))
        assert await store.cursor("reader") == onward.after

    async def test_what_was_heard_is_kept_with_the_cursor(self, store: EventStore) -> None:
        words = [
            HeardWord("targets", n, "targets.Noted.v1", f"note-{n % 2}", n, str(n).encode(), DAY)
            for n in range(1, 6)
        ]
        moved = CursorMove("targets", 0, 5)
        await store.commit(Transaction(heard=words, cursors=[moved]))
        assert list(await store.read_heard("targets", 1, 3)) == words[1:4]
        assert not await store.read_heard("monitoring", 0, 3)
        assert await store.heard_version("targets", "note-0") == words[3].version
        assert await store.heard_version("targets", "note-9") == 0

    async def test_nothing_at_all_may_be_committed(self, store: EventStore) -> None:
        await store.commit(Transaction())
        assert (await store.sequence()).taken == 0

    async def test_rivals_for_one_stream_never_lose_an_update(self, store: EventStore) -> None:
        async def write(writer: int) -> None:
            for n in range(TURNS):
                while True:
                    found = (await store.load({"note-hot": 0})).streams.get("note-hot")
                    last = found.events[-1] if found else None
                    event = chain("note-hot", f"{writer}/{n}".encode(), after=last)
                    try:
                        await store.commit(only(appended(*event)))
                    except VersionConflict:
                        continue
                    break

        await asyncio.gather(*(write(writer) for writer in range(WRITERS)))
        events = (await store.load({"note-hot": 0})).streams["note-hot"].events
        assert [event.version for event in events] == list(range(1, WRITERS * TURNS + 1))
        assert len({event.body for event in events}) == WRITERS * TURNS
