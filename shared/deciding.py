"""Load → decide: what a batch of requests would make true, as one value.

A `Batch` holds the states of the streams it touches, decides one request after the other on
them (the second request of a stream sees what the first one did), and gathers everything
that has to be committed together. A refused request leaves nothing in it and disturbs no
other. Nothing is written here: `handling` commits, a dry run throws the batch away.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from uuid_utils.compat import uuid7

from shared.aggregates import Aggregates, Working
from shared.asking import Answer, Ask, NotYours, Outcome, VersionStale
from shared.contracts.envelope import say, subject_of
from shared.domain.decider import Owner
from shared.domain.refusals import Refusal
from shared.domain.workdays import business_date
from shared.eventstore import (
    EVENTS_PER_APPEND_MAX,
    Append,
    CommandRecord,
    KeyReused,
    Snapshot,
    StoredEvent,
    StoredWord,
    Transaction,
)
from shared.eventstore.hashes import event_hash
from shared.messages import AnyRecorded, CalledOff, Deadline, Recorded

if TYPE_CHECKING:
    from datetime import date

    from shared.projections import Change


class _Kept(msgspec.Struct, frozen=True):
    """The part of an answer that is kept with the idempotency key."""

    stream: str
    version: int
    said: int


_kept_encoder = msgspec.json.Encoder()
_kept_decoder = msgspec.json.Decoder(_Kept)


class Unread(Exception):
    """A decision needs a stream that is not in the batch: read it and decide again."""

    def __init__(self, stream: str) -> None:
        """Name the stream."""
        super().__init__(stream)
        self.stream = stream


class Batch:
    """Requests being decided together on the same states."""

    def __init__(self, aggregates: Aggregates) -> None:
        """Start with nothing known and nothing decided."""
        self._aggregates = aggregates
        self.states: dict[str, Working] = {}
        self.changed: set[str] = set()
        self._records: dict[str, CommandRecord] = {}
        self._appends: list[tuple[str, str, list[StoredEvent], list[StoredWord]]] = []
        self._answered: list[CommandRecord] = []
        self._changes: list[Change] = []
        self._deadlines: list[Deadline | CalledOff] = []
        self._snapshots: list[Snapshot] = []
        self._day: date | None = None

    def know(self, states: Mapping[str, Working], records: Mapping[str, CommandRecord]) -> None:
        """Take in what was loaded."""
        self.states.update(states)
        self._records.update(records)

    def decide(self, ask: Ask) -> Outcome:
        """Answer one request; facts it decides become part of the batch.

        Raises `Unread` before anything has become part of it.
        """
        try:
            return self._replayed(ask) or self._decided(ask)
        except (Refusal, KeyReused) as refusal:
            return refusal

    def transaction(self) -> Transaction:
        """Everything decided so far, to be committed together."""
        return Transaction(
            appends=[
                Append(actor=actor, unit=unit, events=events, words=words)
                for actor, unit, events, words in self._appends
            ],
            records=self._answered,
            changes=self._changes,
            snapshots=self._snapshots,
            deadlines=self._deadlines,
            day=self._day,
        )

    def committed(self) -> Mapping[str, Working]:
        """The states that are true once the transaction is."""
        return {stream: self.states[stream] for stream in self.changed}

    def _replayed(self, ask: Ask) -> Answer | None:
        record = self._records.get(ask.key) if ask.key else None
        if record is None:
            return None
        if record.fingerprint != ask.fingerprint:
            raise KeyReused(ask.key)
        kept = _kept_decoder.decode(record.answer)
        return Answer(stream=kept.stream, version=kept.version, said=kept.said, replayed=True)

    def _decided(self, ask: Ask) -> Answer:
        own: dict[str, Working] = {}
        facts: list[AnyRecorded] = []
        stored: list[StoredEvent] = []
        for index, command in enumerate(ask.commands):
            self._decide_command(ask, command, own, (facts, stored), first=index == 0)
        first = self._aggregates.by_command[type(ask.commands[0])].stream(ask.commands[0])
        words, said = self._words(ask, facts, first)
        working = own.get(first) or self.states[first]
        answer = Answer(stream=first, version=working.version, said=said, facts=tuple(facts))
        self._remember(ask, answer)
        if stored:
            self._append(ask, stored, words)
            self._follow(facts, own)
            self._day = business_date(ask.now)
        return answer

    def _append(self, ask: Ask, events: list[StoredEvent], words: list[StoredWord]) -> None:
        """What the same person's requests leave behind is one append, as far as it has room."""
        if self._appends:
            actor, unit, before, said = self._appends[-1]
            room = EVENTS_PER_APPEND_MAX - len(before)
            if (actor, unit) == (ask.actor, ask.unit) and len(events) <= room:
                before += events
                said += words
                return
        self._appends.append((ask.actor, ask.unit, events, words))

    def _decide_command(
        self,
        ask: Ask,
        command: object,
        own: dict[str, Working],
        out: tuple[list[AnyRecorded], list[StoredEvent]],
        *,
        first: bool,
    ) -> None:
        aggregates = self._aggregates
        decider = aggregates.by_command[type(command)]
        stream = decider.stream(command)
        working = self._working(stream, own)
        _within_reach(decider.owner(working.state), ask)
        if first and ask.expected_version is not None and ask.expected_version != working.version:
            raise VersionStale(
                f"it is at version {working.version}, not {ask.expected_version}",
                remedy="Read it again and send its ETag as If-Match.",
                version=working.version,
            )
        known = [self._working(one.stream, own).state for one in decider.consults(command)]
        referred = decider.refers(command, working.state, known)
        known += [self._working(one.stream, own).state for one in referred]
        if known:
            command = decider.inform(command, known)
        events = decider.decide(command, working.state)
        if not events:
            return
        version, last, state = working.version, working.hash, working.state
        facts, stored = out
        entailed: list[object] = []
        for event in events:
            version += 1
            state = decider.evolve(state, event)
            fact = _record(ask, event, stream, version)
            name, body = aggregates.codec.encode(fact)
            digest = event_hash(fact.event_id, stream, version, last, body)
            facts.append(fact)
            stored.append(StoredEvent(fact.event_id, stream, version, name, body, last, digest))
            last = digest
            entailed += decider.entails(event, state)
        _within_reach(decider.owner(state), ask)
        own[stream] = Working(version, last, state)
        for following in entailed:
            self._decide_command(ask, following, own, out, first=False)

    def _working(self, stream: str, own: Mapping[str, Working]) -> Working:
        working = own.get(stream) or self.states.get(stream)
        if working is None:
            raise Unread(stream)
        return working

    def _words(
        self, ask: Ask, facts: Sequence[AnyRecorded], first: str
    ) -> tuple[list[StoredWord], int]:
        words: list[StoredWord] = []
        said = 0
        for fact in facts:
            word = self._aggregates.publish(fact)
            if word is None:
                continue
            words.append(
                StoredWord(subject_of(word), word.event_type(), say(word, fact, ask.traceparent))
            )
            if fact.stream == first:
                said = fact.version
        return words, said

    def _remember(self, ask: Ask, answer: Answer) -> None:
        if ask.key is None:
            return
        kept = _kept_encoder.encode(_Kept(answer.stream, answer.version, answer.said))
        record = CommandRecord(ask.key, ask.fingerprint, kept)
        self._records[ask.key] = record
        self._answered.append(record)

    def _follow(self, facts: Sequence[AnyRecorded], own: Mapping[str, Working]) -> None:
        """Fold the inline read models, note deadlines, and take the new states over."""
        for fact in facts:
            self._changes.extend(self._aggregates.folded(fact))
            self._deadlines.extend(self._aggregates.schedule(fact))
        for stream, working in own.items():
            self._snapshot(stream, self.states[stream].version, working)
            self.states[stream] = working
            self.changed.add(stream)

    def _snapshot(self, stream: str, before: int, working: Working) -> None:
        form = self._aggregates.snapshots.get(stream.partition("-")[0])
        body = form and form.taken(before, working.version, working.state)
        if form and body:
            kept = Snapshot(stream, working.version, form.schema, working.hash, body)
            self._snapshots.append(kept)


def _within_reach(owner: Owner | None, ask: Ask) -> None:
    """A foreign thing answers exactly as a missing one does."""
    if owner is not None and not ask.may(owner):
        raise NotYours


def _record(ask: Ask, event: object, stream: str, version: int) -> AnyRecorded:
    return Recorded(
        event=event,
        event_id=uuid7(),
        stream=stream,
        version=version,
        actor=ask.actor,
        unit=ask.unit,
        occurred_at=ask.now,
        effective_at=ask.effective_at or ask.now,
        correlation_id=ask.correlation_id,
        causation_id=ask.causation_id,
    )
