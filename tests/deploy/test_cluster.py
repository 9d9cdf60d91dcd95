"""The files for three servers of the bus are valid and agree, and real servers meet by them."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from msgspec.structs import replace

from shared.bus import Unanswered
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.bus.provision import SERVICES, plan, provision, replicated
from shared.bus.removal import remove
from shared.embedded import LOOPBACK
from shared.testing.bus_suite import hear, words
from tests.architecture.house import ROOT
from tests.chaos.cluster import POLLS_SECONDS, SERVERS, Cluster
from tests.chaos.routes import PINGS

DEPLOY: Final = ROOT / "deploy" / "nats"
NAMES: Final = ("nats", "nats-2", "nats-3")
HEARD_SECONDS_MAX: Final = 120


def overlay() -> dict[str, Any]:
    """The composition of three, after its anchors."""
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "cluster.yml").read_text(encoding="utf-8"))
    return found


def test_the_composition_of_three_keeps_the_specification() -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    file = str(DEPLOY / "cluster.yml")
    subprocess.run([checker, "--builtin-schema", "vendor.compose-spec", file], check=True)


def test_everybody_is_told_of_every_server() -> None:
    parts = overlay()["services"]
    for name in NAMES:
        assert parts[name]["environment"]["NATS_SERVER_NAME"] == name
    base = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    told = {name for name, part in base.items() if "ABACUS_NATS_URL" in part.get("environment", {})}
    assert {name for name in parts if name not in NAMES} == told
    for name in told:
        given = parts[name]["environment"]
        assert given["ABACUS_NATS_URL"] == ",".join(f"nats://{one}:4222" for one in NAMES)
        assert given["ABACUS_FEED_REPLICAS"] == str(SERVERS)
        monitors = given["ABACUS_NATS_MONITORING_URL"]
        assert monitors == ",".join(f"http://{one}:8222" for one in NAMES)


def environment(tmp_path: Path) -> dict[str, str]:
    """What `start.sh` gives the server, where no secret is mounted."""
    server = tmp_path / "nats-server"
    server.write_text("#!/bin/sh\nenv\n")
    server.chmod(0o700)
    done = subprocess.run(
        ["/bin/sh", DEPLOY / "start.sh"], check=True, capture_output=True, text=True,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )  # fmt: skip
    pairs = (line.partition("=") for line in done.stdout.splitlines())
    return {name: value for name, _, value in pairs if name.startswith("NATS_")}


@pytest.fixture
async def deployed(tmp_path: Path) -> AsyncIterator[tuple[Cluster, dict[str, str]]]:
    """Three servers with the accounts and the way to each other that the deployment gives them."""
    told = environment(tmp_path)

    def configured(number: int, routes: Sequence[int]) -> str:
        text = (DEPLOY / "cluster.conf").read_text(encoding="utf-8")
        accounts = (DEPLOY / "accounts.conf").read_text(encoding="utf-8")
        text = text.replace("include nats.conf", accounts)
        for variable, value in told.items():
            text = text.replace(f"${variable}", value)
        for name, port in zip(NAMES, routes, strict=True):
            text = text.replace(f"@{name}:6222", f"@{LOOPBACK}:{port}")
        text = text.replace("$NATS_SERVER_NAME", NAMES[number])
        return re.sub(r"listen: \S+:6222", f"listen: {LOOPBACK}:{routes[number]}", text)

    cluster = Cluster(tmp_path, configured)
    try:
        await cluster.start()
        yield cluster, told
    finally:
        await cluster.stop()


@pytest.mark.real
async def test_the_deployment_keeps_every_feed_three_times(
    deployed: tuple[Cluster, dict[str, str]],
) -> None:
    cluster, told = deployed

    def address(user: str) -> Address:
        there = cluster.address(user)
        return Address(
            url=there.url, name=user, monitoring_url=there.monitoring_url,
            user=user, password=told[f"NATS_{user.upper()}_PASSWORD"].strip('"'),
        )  # fmt: skip

    made = await provision(address("provisioner"), plan())
    assert made == len(SERVICES) * (len(SERVICES) + 1)
    assert await provision(address("provisioner"), replicated(plan(), SERVERS)) == made
    said = [replace(one, subject="abacus.653100.targets.Test.v1") for one in words(1, 20)]
    async with AsyncExitStack() as leaving:
        own, other = [
            await JetStreamBus.connect(address(user), replicas=SERVERS)
            for user in ("targets", "monitoring")
        ]
        leaving.push_async_callback(own.close)
        leaving.push_async_callback(other.close)
        assert await own.publish("targets", said) == len(said)
        cluster.kill(0)
        heard = [
            await hear(bus.ear("targets", hearer), 0, len(said), HEARD_SECONDS_MAX)
            for bus, hearer in ((own, "targets"), (other, "monitoring"))
        ]
        await remove(address("operator"), NAMES[0])
        async with asyncio.timeout(HEARD_SECONDS_MAX):
            await told_missing(own, 1)
    assert [[one.body for one in some] for some in heard] == [[one.body for one in said]] * 2


async def told_missing(bus: JetStreamBus, wanted: int) -> None:
    """Wait until so many servers do not keep the feed that should; they may choose who leads it."""
    while True:
        with suppress(Unanswered):
            if await bus.replicas_missing("targets") == wanted:
                return
        await asyncio.sleep(POLLS_SECONDS)


def test_servers_are_as_impatient_with_each_other_as_where_their_lines_are_tried() -> None:
    assert PINGS in (DEPLOY / "cluster.conf").read_text(encoding="utf-8")
