"""Alarms, board and runbook speak of numbers that are measured, and of nothing else (§9)."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.layout import ROOT
from shared.heartbeat import Heartbeat, Watched
from shared.relay import Relay
from shared.testing.api_spec import api
from tests.shared.banks import jars
from tests.shared.http.jars import service
from tests.shared.worlds import Memory

FOLDER = ROOT / "deploy" / "observability"
NOT_OURS = {"up"}
"""What Prometheus adds by itself."""
PARTS = ("_bucket", "_total", "_count", "_sum")


def rules() -> list[dict[str, Any]]:
    """Every alarm."""
    told = yaml.safe_load((FOLDER / "alarms.yml").read_text(encoding="utf-8"))
    return [rule for group in told["groups"] for rule in group["rules"]]


def board() -> list[str]:
    """Every question of the board."""
    told = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in told["panels"] for target in panel["targets"]]


def measured_in(text: str) -> set[str]:
    """The metrics that an expression asks for."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\bby \([^)]*\)|\[\w+\]', " ", text)
    return set(re.findall(r"\b(?:abacus_\w+|up)\b", bare))


async def exported(tmp_path: Path) -> set[str]:
    """The names that a running service gives."""
    async with api(service, data_dir=tmp_path) as served:
        text = (await served.get("/metrics")).then(200).response.text
    return set(re.findall(r"^# HELP (\S+)", text, re.MULTILINE))


def families(names: set[str]) -> Iterator[str]:
    """The metric that a name is a part of."""
    for name in names:
        yield next((name.removesuffix(part) for part in PARTS if name.endswith(part)), name)


@pytest.mark.parametrize("what", ["alarms", "board"])
async def test_what_is_asked_for_is_measured(tmp_path: Path, what: str) -> None:
    asked = [rule["expr"] for rule in rules()] if what == "alarms" else board()
    names = set().union(*map(measured_in, asked)) - NOT_OURS
    given = set(families(await exported(tmp_path)))
    assert len(names) > 5
    assert set(families(names)) <= given
    assert set(families({"abacus_mood"})) - given == {"abacus_mood"}


async def test_what_is_measured_is_shown_or_told(tmp_path: Path) -> None:
    asked = [rule["expr"] for rule in rules()] + board()
    names = set(families(set().union(*map(measured_in, asked))))
    ours = {name for name in families(await exported(tmp_path)) if name.startswith("abacus_")}
    assert {name for name in ours if not name.endswith("_created")} <= names


def test_every_alarm_leads_to_a_paragraph_that_says_what_to_do() -> None:
    guide = (ROOT / "docs/guides/on-call.md").read_text(encoding="utf-8")
    there = {
        line[4:].lower().replace(" ", "-") for line in guide.splitlines() if line[:4] == "### "
    }
    led = [rule["annotations"]["runbook"] for rule in rules()]
    assert {one.partition("#")[0] for one in led} == {"docs/guides/on-call.md"}
    assert {one.partition("#")[2] for one in led} == there
    assert len(led) == len(set(led))


def test_every_alarm_says_how_loud_it_is_and_about_whom() -> None:
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule["alert"]
        assert "{{ $" in rule["annotations"]["summary"], rule["alert"]


async def test_a_feed_ahead_of_its_store_is_counted_as_stopped() -> None:
    world = Memory(jars)
    await world.say(1, 2, 3)
    while await world.relay.publish_next():
        pass
    restored = Memory(jars, bus=world.bus)
    await restored.say(1)
    relay = Relay(restored.store, restored.bus, "jars")
    heart = Heartbeat(restored.worker.desk, Watched(relay=relay, bus=restored.bus))
    await heart.beat()
    assert (await _marks(restored))["worker:stopped"] == 0
    await _a_round(relay)
    await heart.beat()
    assert (await _marks(restored))["worker:stopped"] == 1


async def _a_round(relay: Relay) -> None:
    """One look at the feed, as the worker's loop makes it."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await relay.run(_Never())


class _Never:
    async def wait(self, seconds_max: float) -> None:
        raise AssertionError(seconds_max)


async def _marks(world: Memory) -> dict[str, int]:
    return dict(world.working.marks)
