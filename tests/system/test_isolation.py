"""Each service is alone with its facts: nobody reads another's, and nobody changes any.

In embedded mode the databases are guarded like anywhere else; the bus asks nobody on loopback
for a name, so what an account may say is tried on a bus with the accounts of `deploy/nats`.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg
import nats as client
import psutil
import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.errors import APIError, NotFoundError

from deploy.local.layout import ROLES, ROOT, SERVICES, Role
from shared.bus.connection import Address
from shared.bus.provision import plan, provision
from shared.bus.streams import stream_name
from shared.embedded import LOOPBACK, Nats
from shared.testing.servers import private_nats
from tests.system.running import REST_SECONDS_MAX, Running, Year

DENIED: Final = "42501"
DENIED_SECONDS_MAX: Final = 5.0
NOT_HIM: Final = "28P01"
APPEND_ONLY: Final = "ES403"
ACCEPTED: Final = ""
USERS: Final = (*SERVICES, "provisioner", "operator")
CHANGES: Final = (
    "UPDATE es.event SET body = 'changed'",
    "DELETE FROM es.event",
    "TRUNCATE es.event",
)

pytestmark = pytest.mark.real


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("service", SERVICES)
async def test_no_role_of_a_service_comes_into_another_services_database(
    running: Running, service: str, role: Role
) -> None:
    own = running.database(service, role)
    assert await outcome(own, "SELECT count(*) FROM es.event") == ACCEPTED
    for common in ("postgres", "template1"):
        assert await outcome(f"{own.rpartition('/')[0]}/{common}", "SELECT 1") == DENIED
    for other in set(SERVICES) - {service}:
        assert await outcome(f"{own.rpartition('/')[0]}/{other}", "SELECT 1") == DENIED
        assert await outcome(own, f"SET ROLE {other}_{role}") == DENIED
        borrowed = running.database(other, role).replace(
            running.layout.login(other, role), running.layout.login(service, role)
        )
        assert await outcome(borrowed, "SELECT 1") == NOT_HIM


@pytest.mark.parametrize("service", SERVICES)
async def test_no_role_of_a_service_changes_a_fact(year: Year, service: str) -> None:
    last = await last_append(year.running, service)
    before = await facts(year.running, service, last)
    refused = {"app": DENIED, "worker": DENIED, "owner": APPEND_ONLY}
    for role in ROLES:
        for change in CHANGES:
            assert await outcome(year.running.database(service, role), change) == refused[role]
    for change in CHANGES:
        superuser = f"{year.running.servers.postgres}/{service}"
        assert await outcome(superuser, change) == APPEND_ONLY
    assert await facts(year.running, service, last) == before


@pytest.mark.parametrize("service", SERVICES)
async def test_the_api_numbers_nothing_and_neither_process_alters_a_table(
    running: Running, service: str
) -> None:
    number = "SELECT es.sequence_batch(1, 1)"
    assert await outcome(running.database(service, "app"), number) == DENIED
    assert await outcome(running.database(service, "worker"), number) == ACCEPTED
    for role in ("app", "worker"):
        process = running.database(service, role)
        assert await outcome(process, "ALTER TABLE es.event DISABLE TRIGGER ALL") == DENIED
        assert await outcome(process, "SET session_replication_role = replica") == DENIED
        assert await outcome(process, "DROP TABLE es.event") == DENIED
        assert await outcome(process, "CREATE TABLE more (id int)") == DENIED


@pytest.mark.parametrize("service", SERVICES)
async def test_no_word_is_taken_out_of_a_feed(year: Year, service: str) -> None:
    async with feeds(year.running.servers.nats) as bus:
        before = await words_in(bus, service)
        assert before > 0
        with pytest.raises(APIError):
            await bus.delete_msg(stream_name(service), 1)
        with pytest.raises(APIError):
            await bus.purge_stream(stream_name(service))
        assert await words_in(bus, service) == before


async def test_a_deleted_feed_is_said_again_and_heard_only_once(year: Year) -> None:
    await year.running.rest()
    before = await year.running.traces()
    async with feeds(year.running.servers.nats) as bus:
        said = {service: await words_in(bus, service) for service in SERVICES}
        for service in SERVICES:
            await bus.delete_stream(stream_name(service))
        deadline = time.monotonic() + REST_SECONDS_MAX
        while {service: await words_in(bus, service) for service in SERVICES} != said:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.1)
    await year.running.rest()
    assert await year.running.traces() == before


@pytest.mark.parametrize("service", SERVICES)
async def test_an_account_of_the_bus_forges_no_word_and_deletes_no_feed_of_another(
    guarded: Nats, service: str
) -> None:
    denied: list[str] = []

    async def note(error: Exception) -> None:
        denied.append(str(error).lower())

    attempts = [
        subject
        for other in SERVICES
        if other != service
        for subject in (
            f"abacus.653100.{other}.Forged.v1",
            f"$JS.API.STREAM.DELETE.{stream_name(other)}",
            f"feed.{other}.STREAM.DELETE.{stream_name(other)}",
            f"feed.{other}.STREAM.PURGE.{stream_name(other)}",
        )
    ]
    connection = await client.connect(
        guarded.url, user=service, password=password(service), error_cb=note,
        inbox_prefix=f"_INBOX.{service}", allow_reconnect=False,
    )  # fmt: skip
    for subject in attempts:
        await connection.publish(subject, b"{}")
    await connection.flush()
    deadline = time.monotonic() + DENIED_SECONDS_MAX
    while len(denied) < len(attempts):
        assert time.monotonic() < deadline, denied
        await asyncio.sleep(0.02)
    await connection.close()
    assert all("permissions violation" in one for one in denied)
    for name in SERVICES:
        async with feeds(guarded.url, "provisioner", of=name) as bus:
            assert await words_in(bus, name) == 0


def test_nothing_listens_but_on_loopback(running: Running) -> None:
    state = running.installation.state
    for name, process in state.processes.items():
        found = process.process()
        assert found is not None, name
        heard = [c for c in found.net_connections() if c.status == psutil.CONN_LISTEN]
        assert {connection.laddr.ip for connection in heard} <= {LOOPBACK}, name


def test_secrets_are_their_owners_alone_and_in_no_log(year: Year) -> None:
    data = year.running.layout.data
    secrets = [path for path in (data / "secrets").iterdir() if path.is_file()]
    assert len(secrets) == len(SERVICES) * len(ROLES)
    keys = [*data.glob("*.key"), *data.glob("*.key.json"), data / "state.json"]
    for path in (*secrets, *keys):
        assert path.stat().st_mode & 0o077 == 0, path
    passwords = {path.read_text().strip() for path in secrets}
    for log in year.running.layout.logs.iterdir():
        text = log.read_text(errors="replace")
        assert not [one for one in passwords if one in text], log


@pytest.fixture(scope="module")
def guarded() -> Iterator[Nats]:
    """A bus with the accounts of `deploy/nats` and every feed, empty."""
    access = (ROOT / "deploy" / "nats" / "accounts.conf").read_text()
    for user in USERS:
        access = access.replace(f"$NATS_{user.upper()}_PASSWORD", f'"{password(user)}"')
    with private_nats(access) as server:
        login = Address(
            url=server.url, name="provisioner", user="provisioner",
            password=password("provisioner"), monitoring_url=server.monitoring_url,
        )  # fmt: skip
        asyncio.run(provision(login, plan()))
        yield server


def password(user: str) -> str:
    """What a user of the guarded bus logs in with."""
    return f"{user}-secret"


@asynccontextmanager
async def feeds(
    url: str, user: str | None = None, *, of: str | None = None
) -> AsyncIterator[JetStreamContext]:
    """The bus as an operator sees it; where there are logins, the feed of one service."""
    bus = Client()
    login = {"user": user, "password": password(user)} if user else {}
    await bus.connect(url, inbox_prefix=f"_INBOX.{user}", **login)  # type: ignore[arg-type]
    try:
        yield bus.jetstream(prefix=f"feed.{of}") if of else bus.jetstream()
    finally:
        await bus.close()


async def words_in(bus: JetStreamContext, service: str) -> int:
    """How many words lie in the feed of a service; none while it is deleted."""
    try:
        return (await bus.stream_info(stream_name(service))).state.messages
    except NotFoundError:
        return -1


async def last_append(running: Running, service: str) -> int:
    """The last command of a service that left an event."""
    async with running.inside(service) as connection:
        return int(await connection.fetchval("SELECT max(append_id) FROM es.event"))


async def facts(running: Running, service: str, last: int) -> str:
    """A digest of every event of a service up to a command: more may come meanwhile."""
    query = (
        "SELECT count(*) || md5(string_agg(e::text, '' ORDER BY append_id, idx)) "
        "FROM es.event AS e WHERE append_id <= $1"
    )
    async with running.inside(service) as connection:
        return str(await connection.fetchval(query, last))


async def outcome(url: str, statement: str) -> str:
    """The SQLSTATE that refused a statement or its connection; empty if nothing did."""
    try:
        connection = await asyncpg.connect(url)
    except asyncpg.PostgresError as refused:
        return refused.sqlstate or ""
    try:
        async with connection.transaction():
            await connection.execute(statement)
    except asyncpg.PostgresError as refused:
        return refused.sqlstate or ""
    finally:
        await connection.close()
    return ACCEPTED
