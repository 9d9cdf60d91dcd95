"""How feeds and consumers lie in JetStream: the one description that code and deployment share.

`deploy/nats/streams.json` is written from here (`python -m shared.bus.provision --print`) and a
test compares them. See `reliability` §5.2 of the product for the reason of every setting.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.bus import FIRST_NUMBER

type Json = Mapping[str, object]

# Compare-and-set makes duplicates impossible, and a window would refuse the same ids when a
# lost tail is said again; this is the shortest one the server accepts.
DUPLICATE_WINDOW_NANOSECONDS: Final = 100_000_000
PULLS_WAITING_MAX: Final = 64


def stream_name(producer: str) -> str:
    """The JetStream stream of a producer: `TARGETS`."""
    return producer.upper()


def durable_name(producer: str, hearer: str) -> str:
    """The durable consumer of a hearer: `disclosure-from-targets`."""
    return f"{hearer}-from-{producer}"


def producer_of(stream: str) -> str:
    """Whose feed a stream is."""
    return stream.lower()


def api_subject(producer: str, call: str, user: str | None) -> str:
    """Where JetStream answers a call about a feed, to whoever is logged in as `user`.

    Without logins there is one account for all. With them every service has its own, where its own
    feed is, and has those of others below `feed.<producer>` (`deploy/nats/accounts.conf`).
    """
    return f"$JS.API.{call}" if user in {None, producer} else f"feed.{producer}.{call}"


def whole_replicas(cluster: Mapping[str, Any]) -> Sequence[str]:
    """Which other servers have all of a feed and are there, of what its leader tells of them."""
    replicas = cluster.get("replicas") or ()
    return [one["name"] for one in replicas if one.get("current") and not one.get("offline")]


def poke_subject(service: str) -> str:
    """Where a service's api tells its worker that something was committed."""
    return f"poke.{service}"


def stream_settings(producer: str, first: int = FIRST_NUMBER, replicas: int = 1) -> Json:
    """Everything the server must know to keep a feed."""
    return {
        "name": stream_name(producer),
        "subjects": [f"abacus.*.{producer}.>"],
        "storage": "file",
        "retention": "limits",
        "discard": "new",
        # No limit of its own: a limit is reserved at once, and a small disk could not hold four.
        "max_bytes": -1,
        "max_age": 0,
        "num_replicas": replicas,
        "duplicate_window": DUPLICATE_WINDOW_NANOSECONDS,
        "first_seq": first,
        "allow_atomic": True,
        "allow_direct": True,
        "deny_delete": True,
        "deny_purge": True,
    }


def consumer_settings(producer: str, hearer: str, replicas: int = 1) -> Json:
    """A consumer whose place is worthless: the hearer keeps its own cursor."""
    return {
        "durable_name": durable_name(producer, hearer),
        "deliver_policy": "all",
        "ack_policy": "none",
        "replay_policy": "instant",
        "max_waiting": PULLS_WAITING_MAX,
        "num_replicas": replicas,
    }
