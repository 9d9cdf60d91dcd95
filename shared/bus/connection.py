"""One connection to NATS that never gives up, and ends the process when it is closed anyway."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.request import urlopen

import structlog
from nats.aio.client import Client, Server
from nats.aio.msg import Msg
from nats.errors import Error

from shared.bus import Unanswered, UnsafeBus
from shared.bus.streams import api_subject

ANSWER_SECONDS_MAX: Final = 2.0
CONNECT_SECONDS_MAX: Final = 5
RECONNECT_SECONDS: Final = 0.25
# A line can die without a word, where a firewall forgets it: the library's own habit would notice
# after six minutes.
PING_SECONDS: Final = 2
PINGS_UNANSWERED_MAX: Final = 2
# A server that has lost sight of the others answers nothing of use about feeds, and keeps its
# clients: after so long another one is tried, where there are several.
ELSEWHERE_SECONDS: Final = 5.0
CLUSTER_AWAY: Final = 10008  # "JetStream system temporarily unavailable"
LEAF_HASH: Final = "Leaf-Hash"
SEQUENCE: Final = "Nats-Sequence"
READ: Final = (LEAF_HASH, SEQUENCE)
"""All that is ever read of a header, but for the status, which stands apart from them."""
_MARKS: Final = tuple((name, f"{name}:".encode()) for name in READ)

type Json = Mapping[str, object]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where NATS is and who we are there: `targets-api`, `targets-worker`.

    Of a cluster, `url` and `monitoring_url` name every server, with commas between them.
    """

    url: str
    name: str
    monitoring_url: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def servers(self) -> list[str]:
        """Each server where we may join; one that is down is passed over."""
        return _listed(self.url)

    @property
    def monitors(self) -> list[str]:
        """Where each server shows its configuration."""
        return _listed(self.monitoring_url or "")

    @property
    def inbox(self) -> str:
        """Where answers come to: below the service's name, so that nobody else may listen."""
        return f"_INBOX.{self.name.replace('-', '.')}"


class _Client(Client):
    """The library's client, which reads of a word's headers what is asked for, and no other."""

    @staticmethod
    def _parse_header_lines(raw: bytes) -> dict[str, str]:
        """The headers of `READ` that are there; the library takes all of them apart, by letter."""
        found: dict[str, str] = {}
        for name, mark in _MARKS:
            at = raw.find(mark)
            if at >= 0 and (at == 0 or raw[at - 1 : at] == b"\n"):
                value = raw[at + len(mark) : raw.find(b"\r\n", at)]
                found[name] = value.strip().decode("utf-8", "replace")
        return found


class Refused(Exception):
    """The server understood a request of its API and said no."""

    def __init__(self, code: int, description: str) -> None:
        """Keep the server's error code."""
        super().__init__(f"{description} ({code})")
        self.code = code


class Connection:
    """A NATS client with the habits of this house."""

    def __init__(self, address: Address) -> None:
        """Not connected yet."""
        self._address = address
        self._leaving = False
        self._begun = False
        self._silent_since: dict[str, float] = {}
        self._left: str | None = None
        self._turn = 0
        self.client = _Client()

    async def connect(self) -> None:
        """Join, however long that takes; raises `UnsafeBus` for a server that may lose words."""
        while True:
            try:
                await self._refuse_unsafe()
                break
            except Unanswered:
                log.warning("nats_unreachable", url=self._address.monitoring_url)
                await asyncio.sleep(CONNECT_SECONDS_MAX)
        self._begun = True
        try:
            await self._join()
        except BaseException:
            await self.close()
            raise

    async def _join(self) -> None:
        await self.client.connect(
            self._address.servers,
            name=self._address.name,
            user=self._address.user,
            password=self._address.password,
            inbox_prefix=self._address.inbox,
            max_reconnect_attempts=-1,
            connect_timeout=CONNECT_SECONDS_MAX,
            reconnect_to_server_handler=self._next,
            ping_interval=PING_SECONDS,
            max_outstanding_pings=PINGS_UNANSWERED_MAX,
            closed_cb=self._closed,
            reconnected_cb=self._refuse_unsafe_again,
            error_cb=_report,
        )

    def subject(self, producer: str, call: str) -> str:
        """Where a call about the feed of a producer is asked, by whom we are here."""
        return api_subject(producer, call, self._address.user)

    async def call(self, producer: str, call: str, request: Json | None = None) -> dict[str, Any]:
        """One request of JetStream's API about a feed; raises `Refused` or `Unanswered`."""
        payload = json.dumps(request).encode() if request else b""
        subject = self.subject(producer, call)
        try:
            answer = await self.client.request(subject, payload, ANSWER_SECONDS_MAX)
        except (Error, OSError, TimeoutError) as silence:
            await self._silent(producer)
            raise Unanswered(call) from silence
        try:
            found = content(answer)
        except Refused as refused:
            if refused.code == CLUSTER_AWAY:
                await self._silent(producer)
            raise
        if call.startswith("STREAM.INFO.") and _leaderless(found):
            await self._silent(producer)
            raise Unanswered(f"{call}: nobody leads it")
        self._silent_since.pop(producer, None)
        return found

    async def _silent(self, producer: str) -> None:
        """Nobody answers here for a feed: go to another server, which may reach who does."""
        now = time.monotonic()
        since = self._silent_since.setdefault(producer, now)
        several = len(self._address.servers) > 1
        url = self.client.connected_url
        if several and url is not None and now - since > ELSEWHERE_SECONDS:
            log.warning("nats_elsewhere", producer=producer, server=url.netloc)
            self._silent_since.clear()
            self._left = url.netloc
            await self.client.force_reconnect()

    def _next(self, servers: list[Server], _told: object) -> tuple[Server, float]:
        """Which server is tried now, and after how long: by turns (the client shuffles them)."""
        left, self._left = self._left, None
        others = [one for one in servers if one.uri.netloc != left] or servers
        self._turn += 1
        return others[self._turn % len(others)], 0.0 if left else RECONNECT_SECONDS

    async def close(self) -> None:
        """Leave; the one way to be closed that does not end the process."""
        self._leaving = True
        if self._begun:
            await self.client.close()

    async def _closed(self) -> None:
        if not self._leaving:
            log.critical("nats_closed", name=self._address.name)
            os.kill(os.getpid(), signal.SIGTERM)

    async def _refuse_unsafe_again(self) -> None:
        """A server that came back may have come back with another configuration."""
        try:
            await self._refuse_unsafe()
        except Unanswered:
            return
        except UnsafeBus:
            log.critical("nats_unsafe", name=self._address.name)
            os.kill(os.getpid(), signal.SIGTERM)

    async def _refuse_unsafe(self) -> None:
        """Every server that answers must flush, and one must answer, where any can be asked."""
        silent: Unanswered | None = None
        answered = not self._address.monitors
        for monitor in self._address.monitors:
            try:
                await asyncio.to_thread(refuse_unsafe, monitor)
                answered = True
            except Unanswered as silence:
                silent = silence
        if silent is not None and not answered:
            raise silent


def refuse_unsafe(monitoring_url: str) -> None:
    """Raise `UnsafeBus` unless the server flushes every message before it acknowledges it."""
    try:
        with urlopen(f"{monitoring_url}/jsz", timeout=CONNECT_SECONDS_MAX) as answer:  # noqa: S310
            config = json.load(answer)["config"]
    except OSError as silence:
        raise Unanswered(monitoring_url) from silence
    if not config.get("sync_always", False):
        raise UnsafeBus("JetStream must run with sync_interval: always")


def _leaderless(told: Json) -> bool:
    """What a server knows of a stream that no one leads may be old: it has lost the others.

    The answer to a change is another matter: servers that have just been told of it still choose.
    """
    cluster = told.get("cluster")
    return "state" in told and isinstance(cluster, dict) and not cluster.get("leader")


def content(answer: Msg) -> dict[str, Any]:
    """The answer of the server's API as JSON; raises `Refused` where it says no."""
    said: dict[str, Any] = json.loads(answer.data)
    error = said.get("error")
    if error is not None:
        raise Refused(error.get("err_code", 0), error.get("description", ""))
    return said


def _listed(addresses: str) -> list[str]:
    return [one.strip() for one in addresses.split(",") if one.strip()]


async def _report(error: Exception) -> None:
    log.warning("nats_error", error=repr(error))
