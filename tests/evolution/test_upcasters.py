"""Upcasters are total, pure, and leave alone what is at the target version (P14)."""

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.decider import AnyDecider, Json
from shared.manifest import Service
from tests.evolution.corpus import SERVICES, kept
from tests.evolution.scales import by, by_nobody, grams, kilograms, scales
from tests.evolution.upcasting import Samples, faults

KEPT: Final = list(kept().values())


def samples_of(service: Service, decider: AnyDecider) -> Samples:
    """What the corpus keeps of an aggregate, every version of it."""
    found: dict[tuple[str, int], list[Json]] = {}
    for golden in KEPT:
        category = golden.name.partition("/")[0]
        if golden.file == f"facts-{service.name}.jsonl" and category == decider.category:
            line = golden.line
            found.setdefault((line["name"], line["schema"]), []).append(line["data"])
    return found


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_every_event_of_the_corpus_comes_to_its_target_and_rests_there(service: Service) -> None:
    for decider in service.deciders:
        samples = samples_of(service, decider)
        assert not faults(decider, samples), decider.category
        assert {name for name, _ in samples} == set(decider.events)


def weighed(notes: Sequence[str] = ()) -> Samples:
    """A sample of each version."""
    more: Json = {"notes": list(notes)} if notes else {}
    return {
        ("Weighed", 1): [{"kilograms": 2, **more}],
        ("Weighed", 2): [{"grams": 7, **more}],
        ("Weighed", 3): [{"grams": 7, "by": "x", **more}],
    }


@given(st.integers(-(2**53), 2**53), st.lists(st.text(max_size=5), max_size=3))
def test_whatever_was_weighed_sound_steps_have_no_fault(kilograms: int, notes: list[str]) -> None:
    samples = {**weighed(notes), ("Weighed", 1): [{"kilograms": kilograms, "notes": notes}]}
    assert faults(scales(), samples) == []


@pytest.mark.parametrize("written", [1, 2])
def test_an_older_version_that_is_still_written_has_no_fault(written: int) -> None:
    steps = {("Weighed", 3): by_nobody, ("Weighed", 2): kilograms}
    taken = {key: step for key, step in steps.items() if key[1] > written}
    assert faults(scales(written={"Weighed": written}, downcasters=taken), weighed(["x"])) == []


def _changes_what_it_is_given(old: Json) -> Json:
    old["by"] = "somebody"
    return dict(old)


def _counts(old: Json, calls: list[int] = []) -> Json:  # noqa: B006 - that is the bug
    calls.append(1)
    return {**old, "by": f"the {len(calls)}th"}


PLANTED: dict[str, tuple[dict[str, object], str]] = {
    "a deleted step": ({"upcasters": {("Weighed", 1): grams}}, "no step leads on"),
    "a step too many": (
        {"upcasters": {("Weighed", n): (grams, by, by)[n - 1] for n in (1, 2, 3)}},
        "a step that nothing takes",
    ),
    "a step that changes what it is given": (
        {"upcasters": {("Weighed", 1): grams, ("Weighed", 2): _changes_what_it_is_given}},
        "changes what it is given",
    ),
    "a step that counts": (
        {"upcasters": {("Weighed", 1): grams, ("Weighed", 2): _counts}},
        "differently the second time",
    ),
    "a step that leads nowhere": (
        {"upcasters": {("Weighed", 1): grams, ("Weighed", 2): lambda old: old}},
        "cannot be read",
    ),
    "an older version is written and nothing leads there": (
        {"written": {"Weighed": 2}},
        "v3: no step leads back",
    ),
    "a step back too many": (
        {
            "written": {"Weighed": 2},
            "downcasters": {("Weighed", 3): by_nobody, ("Weighed", 2): kilograms},
        },
        "v2: a step back that nothing takes",
    ),
    "a step back that forgets": (
        {"written": {"Weighed": 2}, "downcasters": {("Weighed", 3): lambda _new: {"grams": 0}}},
        "cannot be written",
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(planted: str) -> None:
    changes, said = PLANTED[planted]
    found = faults(scales(**changes), weighed())
    assert any(said in one for one in found), found


def test_a_version_without_a_sample_is_found() -> None:
    old = {key: kept for key, kept in weighed().items() if key[1] > 1}
    assert faults(scales(), old) == ["Weighed v1: no sample of it is kept"]
