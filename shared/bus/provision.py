"""Feeds and consumers, made once by an operator who may: `python -m shared.bus.provision`.

Reads `deploy/nats/streams.json` (or the file given), which lists producers with their hearers,
and makes what is missing; what exists is left alone but for the number of its replicas, so it
can run at every deployment. `ABACUS_FEED_REPLICAS` says how many there are to be, where it is
not what the file says. Where NATS asks for a login, `ABACUS_NATS_USER` and
`ABACUS_NATS_PASSWORD` are it; each feed is made in the account of its producer then.

`--remove nats-2` takes a server that never comes back out of a cluster, with the login of the
operator (`shared.bus.removal`).
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from shared.bus import FIRST_NUMBER, Unanswered
from shared.bus.connection import Address, Connection, Refused
from shared.bus.removal import remove
from shared.bus.streams import (
    Json,
    consumer_settings,
    producer_of,
    stream_name,
    stream_settings,
    whole_replicas,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

STREAMS: Final = Path("deploy/nats/streams.json")
NOT_FOUND: Final = frozenset({10014, 10059})
STREAM_STILL_GROWS: Final = 10126  # a consumer may not have more replicas than its stream has yet
GROWING_SECONDS: Final = 0.2
GROWING_TRIES_MAX: Final = 150
UNANSWERED_TRIES_MAX: Final = 10
SERVICES: Final = ("targets", "monitoring", "evaluation", "disclosure")


def plan(replicas: int = 1) -> Json:
    """What `streams.json` holds: every feed, and a consumer of every service on each."""
    return {
        "streams": [
            dict(stream_settings(producer, FIRST_NUMBER, replicas)) for producer in SERVICES
        ],
        "consumers": [
            {
                "stream_name": stream_name(producer),
                "config": dict(consumer_settings(producer, hearer, replicas)),
            }
            for producer in SERVICES
            for hearer in SERVICES
        ],
    }


def replicated(wanted: Json, replicas: int) -> Json:
    """The same feeds and consumers, each kept by so many servers."""
    return {
        "streams": [{**one, "num_replicas": replicas} for one in _list(wanted["streams"])],
        "consumers": [
            {**one, "config": {**_config(one), "num_replicas": replicas}}
            for one in _list(wanted["consumers"])
        ],
    }


async def provision(address: Address, wanted: Json) -> int:
    """Make what is missing; answers how many things were made, or given other replicas."""
    connection = Connection(address)
    await connection.connect()
    made = 0
    try:
        for stream in _list(wanted["streams"]):
            made += await _make_stream(connection, stream)
        for consumer in _list(wanted["consumers"]):
            made += await _make_consumer(connection, str(consumer["stream_name"]), consumer)
        for stream in _list(wanted["streams"]):
            await _until_current(connection, stream)
    finally:
        await connection.close()
    return made


async def _make_stream(connection: Connection, settings: Json) -> int:
    name = str(settings["name"])
    producer = producer_of(name)
    found = await _found(connection, producer, f"STREAM.INFO.{name}")
    if found is None:
        await _call(connection, producer, f"STREAM.CREATE.{name}", settings)
    elif found["num_replicas"] == settings["num_replicas"]:
        return 0
    else:
        grown = {**found, "num_replicas": settings["num_replicas"]}
        await _call(connection, producer, f"STREAM.UPDATE.{name}", grown)
    return 1


async def _until_current(connection: Connection, settings: Json) -> None:
    """Wait until every server that is to keep a feed has it: one of them may be lost from then on.

    A feed that is said to have three replicas may still be growing them for a while.
    """
    name, others = str(settings["name"]), int(str(settings["num_replicas"])) - 1
    kept: Sequence[str] = ()
    for _ in range(GROWING_TRIES_MAX):
        try:
            told = await connection.call(producer_of(name), f"STREAM.INFO.{name}")
        except Unanswered:  # its servers are choosing who leads it
            told = {}
        kept = whole_replicas(told.get("cluster") or {})
        if told and len(kept) >= others:
            return
        await asyncio.sleep(GROWING_SECONDS)
    raise TimeoutError(f"{name}: only {len(kept)} of {others} other servers have it whole")


async def _make_consumer(connection: Connection, stream: str, settings: Json) -> int:
    config = _config(settings)
    place = f"{stream}.{config['durable_name']}"
    producer = producer_of(stream)
    found = await _found(connection, producer, f"CONSUMER.INFO.{place}")
    if found is not None:
        if found["num_replicas"] == config["num_replicas"]:
            return 0
        config = {**found, "num_replicas": config["num_replicas"]}
    request = {"stream_name": stream, "config": config}
    for _ in range(GROWING_TRIES_MAX):
        try:
            await _call(connection, producer, f"CONSUMER.DURABLE.CREATE.{place}", request)
        except Refused as refused:
            if refused.code != STREAM_STILL_GROWS:
                raise
            await asyncio.sleep(GROWING_SECONDS)
        else:
            return 1
    raise Refused(STREAM_STILL_GROWS, f"{place}: the stream has fewer replicas")


async def _found(connection: Connection, producer: str, call: str) -> dict[str, object] | None:
    """The settings of what is there."""
    try:
        config: dict[str, object] = (await _call(connection, producer, call))["config"]
    except Refused as refused:
        if refused.code not in NOT_FOUND:
            raise
        return None
    return config


async def _call(
    connection: Connection, producer: str, call: str, request: Json | None = None
) -> dict[str, Any]:
    """An answer, asked for again where servers choose who leads: each call may happen twice."""
    for _ in range(UNANSWERED_TRIES_MAX - 1):
        try:
            return await connection.call(producer, call, request)
        except Unanswered:
            await asyncio.sleep(GROWING_SECONDS)
    return await connection.call(producer, call, request)


def _config(consumer: Json) -> dict[str, object]:
    config = consumer["config"]
    assert isinstance(config, dict)
    return config


def _list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _address(name: str) -> Address:
    """Where the environment says that NATS is."""
    return Address(
        url=os.environ.get("ABACUS_NATS_URL", "nats://127.0.0.1:4222"),
        name=name,
        monitoring_url=os.environ.get("ABACUS_NATS_MONITORING_URL"),
        user=os.environ.get("ABACUS_NATS_USER"),
        password=os.environ.get("ABACUS_NATS_PASSWORD"),
    )


def main() -> None:
    """Provision as the environment says, print what would be in the file, or remove a server."""
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(json.dumps(plan(), indent=2) + "\n")
        return
    if sys.argv[1:2] == ["--remove"]:
        asyncio.run(remove(_address("operator"), sys.argv[2]))
        sys.stdout.write(f"{sys.argv[2]} removed\n")
        return
    file = Path(sys.argv[1]) if sys.argv[1:] else STREAMS
    wanted = json.loads(file.read_text())
    if replicas := os.environ.get("ABACUS_FEED_REPLICAS"):
        wanted = replicated(wanted, int(replicas))
    made = asyncio.run(provision(_address("provisioner"), wanted))
    sys.stdout.write(f"{made} made\n")


if __name__ == "__main__":
    main()
