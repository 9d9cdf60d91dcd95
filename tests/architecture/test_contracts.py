"""The published language: frozen where it was released, said by someone, heard by someone."""

import copy
import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from docs import generate
from docs.generator import asyncapi, schemas
from docs.generator.examples import example
from docs.generator.house import House, published
from shared.contracts.public_event import PublicEvent
from shared.contracts.targets import TargetApproved
from tests.architecture.house import ROOT, manifests

WORDS = tuple(published())


def test_the_committed_schemas_are_what_the_classes_say() -> None:
    found = generate.stale(schemas.files(), schemas.FOLDER)
    assert not found, f"run `make contracts`: {found}"


def test_nothing_that_was_released_has_changed() -> None:
    """Compared with the last release: a tag such as `targets/v0.4.0`."""
    tag = _git("describe", "--tags", "--abbrev=0", "--match", "*/v*").strip()
    if tag:
        names = _git("ls-tree", "-r", "--name-only", tag, str(schemas.FOLDER)).split()
        before = {
            name.rpartition("/")[2]: json.loads(_git("show", f"{tag}:{name}")) for name in names
        }
        assert schemas.changes(before, schemas.committed()) == {}


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607 - whichever git the machine has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def _drop_a_field(schema: dict[str, Any]) -> None:
    del schema["properties"]["budget"]


def _demand_a_new_field(schema: dict[str, Any]) -> None:
    schema["properties"]["mood"] = {"type": "string"}
    schema["required"].append("mood")


def _change_a_type(schema: dict[str, Any]) -> None:
    schema["properties"]["fiscal_year"] = {"type": "string"}


def _say_one_code_less(schema: dict[str, Any]) -> None:
    schema["$defs"]["Origin"]["enum"] = ["OFFICIAL"]


def _make_it_optional(schema: dict[str, Any]) -> None:
    schema["required"].remove("budget")


def _change_something_inside(schema: dict[str, Any]) -> None:
    del schema["$defs"]["Indicator"]["properties"]["weight"]


@pytest.mark.parametrize(
    "damage",
    [
        _drop_a_field,
        _demand_a_new_field,
        _change_a_type,
        _say_one_code_less,
        _make_it_optional,
        _change_something_inside,
    ],
)
def test_a_breaking_change_is_found(damage: Callable[[dict[str, Any]], None]) -> None:
    old = schemas.schema(TargetApproved)
    new = copy.deepcopy(old)
    damage(new)
    assert schemas.breaking(old, new)


def test_an_additive_change_is_welcome() -> None:
    old = schemas.schema(TargetApproved)
    new = copy.deepcopy(old)
    new["properties"]["mood"] = {"type": "string", "default": "calm"}
    assert schemas.breaking(old, new) == []
    assert schemas.changes({"a": old}, {"a": new, "b": new}) == {}
    assert schemas.changes({"a": old}, {}) == {"a": ["is gone"]}


def test_everything_published_is_said_and_everything_said_is_published() -> None:
    said = [word for service in manifests() for word in service.says]
    assert sorted(word.event_type() for word in said) == sorted(word.event_type() for word in WORDS)
    for service in manifests():
        assert all(word.producer == service.name for word in service.says)


def test_every_word_has_an_ear_and_every_ear_a_word() -> None:
    heard = {word for service in manifests() for word in service.hears}
    assert heard <= set(WORDS), heard - set(WORDS)
    told_to_nobody = {word.event_type() for word in set(WORDS) - heard}
    final = {word.event_type() for word in WORDS if word.producer == "disclosure"}
    assert told_to_nobody <= final, f"nobody hears {sorted(told_to_nobody - final)}"


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.__name__)
def test_a_word_has_a_sentence_and_an_example_that_reads_back(word: type[PublicEvent]) -> None:
    assert (vars(word).get("__doc__") or "").strip()
    said = word.model_validate(example(word))
    assert word.model_validate_json(said.model_dump_json()) == said


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.__name__)
def test_a_word_is_read_tolerantly(word: type[PublicEvent]) -> None:
    assert word.model_validate({**example(word), "unheard_of": 1}) == word.model_validate(
        example(word)
    )


def test_the_asyncapi_document_refers_only_to_what_it_holds() -> None:
    document = json.loads(asyncapi.pages(House.load())["events/asyncapi.json"])
    assert document["asyncapi"] == "3.1.0"
    for operation in document["operations"].values():
        assert _at(document, operation["channel"]["$ref"])
    for channel in document["channels"].values():
        assert all(_at(document, message["$ref"]) for message in channel["messages"].values())
    assert "#/$defs" not in json.dumps(document)


def _at(document: dict[str, Any], reference: str) -> object:
    part: Any = document
    for step in reference.removeprefix("#/").split("/"):
        part = part[step]
    return part
