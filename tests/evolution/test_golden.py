"""Old events and old words stay readable (P14): the corpus is whole, locked, and read today."""

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from shared.bus import FeedWord
from shared.contracts.envelope import Hearing
from shared.eventstore import GENESIS, StoredEvent
from shared.eventstore.codec import Codec, UnknownEvent
from shared.eventstore.hashes import word_hash
from shared.manifest import Service
from shared.understanding import Understanding
from tests.evolution.corpus import AT, ID, SERVICES, Golden, kept, locks, missing
from tests.evolution.scales import Weighed, grams, scales

KEPT = kept()
FACTS = {
    service.name: [one for one in KEPT.values() if one.file == f"facts-{service.name}.jsonl"]
    for service in SERVICES
}
WORDS = [one for one in KEPT.values() if one.file == "words.jsonl"]


def test_every_event_and_every_word_has_its_samples() -> None:
    found = [f"{one.file} {one.name}" for one in missing()]
    assert not found, f"run `python -m tests.evolution`: {found}"


def test_no_sample_was_changed_or_removed() -> None:
    there = {f"{one.file} {one.name}": one.lock.partition("  ")[0] for one in KEPT.values()}
    assert there == locks()


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_every_event_ever_stored_is_read_and_loses_nothing(service: Service) -> None:
    codec = Codec(service.deciders)
    for golden in FACTS[service.name]:
        event = codec.event(_stored(golden.line))
        now = json.loads(msgspec.json.encode(event))
        assert _within(golden.line["data"], now), (golden.name, golden.line["data"], now)


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_a_version_or_a_name_that_nobody_knows_stops_the_reader(service: Service) -> None:
    codec = Codec(service.deciders)
    for golden in FACTS[service.name]:
        for strange in ({"schema": golden.line["schema"] + 1}, {"schema": 0}, {"name": "Unheard"}):
            with pytest.raises(UnknownEvent):
                codec.event(_stored({**golden.line, **strange}))


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_every_word_ever_said_is_heard_by_all_who_listen(service: Service) -> None:
    hearing = Hearing(service.hears)
    understanding = Understanding("abacus", hearing, service.react, service.projections)
    heard = 0
    for number, golden in enumerate(WORDS, 1):
        producer = golden.name.partition(".")[0]
        body = json.dumps(golden.line["word"], ensure_ascii=False).encode()
        word = FeedWord(number, body, word_hash(body))
        # What could not be read, reacted to or folded would raise here.
        heard += bool(understanding.take(word, producer, AT).heard.body)
    assert heard == 2 * len(set(service.hears))


def test_a_word_that_is_read_loses_nothing() -> None:
    words = {word.event_type(): word for service in SERVICES for word in service.says}
    for golden in WORDS:
        kind = words[golden.line["word"]["type"]]
        said = kind.model_validate_json(json.dumps(golden.line["word"]["data"]))
        now = json.loads(said.model_dump_json())
        assert _within(golden.line["word"]["data"], now), golden.name


OLD = {"name": "Weighed", "schema": 1, "data": {"kilograms": 2}}


def test_an_old_version_is_brought_up_step_by_step() -> None:
    codec = Codec([scales()])
    assert codec.event(_stored(OLD)) == Weighed(grams=2_000, by="somebody")
    assert codec.event(_stored({**OLD, "schema": 2, "data": {"grams": 7}})) == Weighed(
        grams=7, by="somebody"
    )
    newest = {**OLD, "schema": 3, "data": {"grams": 7, "by": "x"}}
    assert codec.event(_stored(newest)) == Weighed(grams=7, by="x")


def test_an_upcaster_that_was_deleted_is_noticed() -> None:
    codec = Codec([scales(upcasters={("Weighed", 1): grams})])
    with pytest.raises(UnknownEvent):
        codec.event(_stored(OLD))


def test_a_field_that_became_obligatory_is_noticed() -> None:
    codec = Codec([scales(versions={}, upcasters={})])
    with pytest.raises(msgspec.ValidationError):
        codec.event(_stored({**OLD, "data": {"grams": 7}}))


def test_an_edited_sample_is_noticed() -> None:
    golden = next(iter(KEPT.values()))
    edited = Golden(golden.file, golden.name, {**golden.line, "data": {}})
    name = f"{golden.file} {golden.name}"
    assert edited.lock != f"{locks()[name]}  {name}" == golden.lock


def _stored(line: dict[str, Any]) -> StoredEvent:
    body = {
        "name": line["name"],
        "schema": line["schema"],
        "actor": "somebody",
        "unit": "",
        "occurred_at": AT,
        "effective_at": AT - timedelta(days=1),
        "correlation_id": "corpus",
        "causation_id": "corpus",
        "data": line["data"],
    }
    return StoredEvent(ID, "thing-1", 1, line["name"], msgspec.json.encode(body), GENESIS, GENESIS)


def _within(old: Any, new: Any) -> bool:  # noqa: ANN401 - JSON is what it is
    """Whether everything that was said is still said; more may be."""
    match old, new:
        case dict(), dict():
            return all(key in new and _within(value, new[key]) for key, value in old.items())
        case list(), list():
            return len(old) == len(new) and all(map(_within, old, new))
        case _:
            return bool(old == new)
