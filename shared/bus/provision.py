"""Feeds and consumers, made once by an operator who may: `python -m shared.bus.provision`.

Reads `deploy/nats/streams.json` (or the file given), which lists producers with their hearers,
and makes what is missing; what exists is left alone, so it can run at every deployment. Where
NATS asks for a login, `ABACUS_NATS_USER` and `ABACUS_NATS_PASSWORD` are it.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Final

from shared.bus import FIRST_NUMBER
from shared.bus.connection import Address, Connection, Refused
from shared.bus.streams import (
    Json,
    consumer_settings,
    stream_name,
    stream_settings,
)

STREAMS: Final = Path("deploy/nats/streams.json")
NOT_FOUND: Final = frozenset({10014, 10059})
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


async def provision(address: Address, wanted: Json) -> int:
    """Make what is missing; answers how many things were made."""
    connection = Connection(address)
    await connection.connect()
    made = 0
    try:
        for stream in _list(wanted["streams"]):
            made += await _make(connection, "STREAM.{}." + str(stream["name"]), "CREATE", stream)
        for consumer in _list(wanted["consumers"]):
            config = consumer["config"]
            assert isinstance(config, dict)
            place = f"{consumer['stream_name']}.{config['durable_name']}"
            made += await _make(connection, "CONSUMER.{}." + place, "DURABLE.CREATE", consumer)
    finally:
        await connection.close()
    return made


async def _make(connection: Connection, call: str, create: str, settings: Json) -> int:
    try:
        await connection.call(call.format("INFO"))
    except Refused as refused:
        if refused.code not in NOT_FOUND:
            raise
        await connection.call(call.format(create), settings)
        return 1
    return 0


def _list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def main() -> None:
    """Provision as the environment says, or print what would be in the file."""
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(json.dumps(plan(), indent=2) + "\n")
        return
    file = Path(sys.argv[1]) if sys.argv[1:] else STREAMS
    address = Address(
        url=os.environ.get("ABACUS_NATS_URL", "nats://127.0.0.1:4222"),
        name="provisioner",
        monitoring_url=os.environ.get("ABACUS_NATS_MONITORING_URL"),
        user=os.environ.get("ABACUS_NATS_USER"),
        password=os.environ.get("ABACUS_NATS_PASSWORD"),
    )
    made = asyncio.run(provision(address, json.loads(file.read_text())))
    sys.stdout.write(f"{made} made\n")


if __name__ == "__main__":
    main()
