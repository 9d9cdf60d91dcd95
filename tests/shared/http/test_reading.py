"""Reading on a real database: pages, scope, freshness, revalidation."""

import asyncio
import base64

import asyncpg
import pytest

from shared.http.policy import Role
from shared.http.position import Position
from tests.shared.http.conftest import Served

NAMES = [f"jar-{number:02d}" for number in range(23)]


async def walk(served: Served, url: str, headers: dict[str, str]) -> list[str]:
    """Every jar of a list, page by page, by following the links."""
    seen: list[str] = []
    while True:
        page = await served.client.get(url, headers=headers)
        assert page.status_code == 200, page.text
        seen += [row["jar_id"] for row in page.json()["items"]]
        if page.json()["next"] is None:
            assert "link" not in page.headers
            return seen
        url = str(page.url.join(page.links["next"]["url"]))
        assert page.json()["next"] in url


async def test_pages_show_every_row_once_though_rows_are_inserted(real_jars: Served) -> None:
    await real_jars.open(*NAMES[:20])
    by = real_jars.tokens.of(Role.FB_BUDGET)
    first = await real_jars.client.get("/v1/jars?limit=7", headers=by)
    await real_jars.open("jar-000", "jar-990")
    rest = await walk(real_jars, str(first.url.join(first.links["next"]["url"])), by)
    seen = [row["jar_id"] for row in first.json()["items"]] + rest
    assert len(seen) == len(set(seen))
    assert set(NAMES[:20]) <= set(seen)


async def test_the_order_ends_in_the_primary_key(real_jars: Served) -> None:
    await real_jars.open(*NAMES[:6], coins=1)
    await real_jars.open("zz", coins=9)
    by = real_jars.tokens.of(Role.FB_BUDGET)
    assert await walk(real_jars, "/v1/jars?limit=2", by) == ["zz", *NAMES[:6]]


async def test_a_cursor_belongs_to_list_filter_and_caller(real_jars: Served) -> None:
    await real_jars.open(*NAMES[:4])
    by = real_jars.tokens.of(Role.FB_BUDGET, subject="a")
    cursor = (await real_jars.client.get("/v1/jars?limit=2", headers=by)).json()["next"]
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[3] ^= 1
    forged = base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    good = await real_jars.client.get(f"/v1/jars?limit=1&cursor={cursor}", headers=by)
    assert good.status_code == 200
    other = real_jars.tokens.of(Role.FB_BUDGET, subject="b")
    for url, who in (
        (f"/v1/jars?limit=2&cursor={forged}", by),
        (f"/v1/jars?limit=2&at_least=1&cursor={cursor}", by),
        (f"/v1/jars?limit=2&cursor={cursor}", other),
        ("/v1/jars?limit=2&cursor=nonsense", by),
        ("/v1/jars?cursor=" + "a" * 3_000, by),
    ):
        answer = await real_jars.client.get(url, headers=who)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "many"])
async def test_a_page_has_a_largest_size(real_jars: Served, limit: str) -> None:
    by = real_jars.tokens.of(Role.FB_BUDGET)
    answer = await real_jars.client.get(f"/v1/jars?limit={limit}", headers=by)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["parameter"] == "limit"


async def test_everyone_sees_what_they_reach(real_jars: Served) -> None:
    await real_jars.open("ours", unit="u1")
    await real_jars.open("theirs", unit="u2")
    of = real_jars.tokens.of
    reach = {
        "own unit": (of(Role.UNIT_HEAD, unit="u1"), {"ours"}),
        "every unit": (of(Role.UNIT_HEAD, unit="*"), {"ours", "theirs"}),
        "other region": (of(Role.UNIT_HEAD, region="653121", unit="*"), set()),
        "bureau": (of(Role.FB_BUDGET), {"ours", "theirs"}),
        "bureau above": (of(Role.FB_BUDGET, region="650000"), {"ours", "theirs"}),
        "bureau below": (of(Role.FB_BUDGET, region="653121"), set()),
        "bureau beside": (of(Role.FB_BUDGET, region="653200"), set()),
        "no region": (of(Role.FB_BUDGET, region=None), set()),
        "department": (of(Role.DEPT_HEAD, department="d1"), set()),
    }
    for who, (headers, expected) in reach.items():
        found = await real_jars.client.get("/v1/jars", headers=headers)
        assert {row["jar_id"] for row in found.json()["items"]} == expected, who
        for name in ("ours", "theirs"):
            one = await real_jars.client.get(f"/v1/jars/{name}", headers=headers)
            assert one.status_code == (200 if name in expected else 404), who


async def test_a_foreign_row_answers_as_a_missing_one(real_jars: Served) -> None:
    await real_jars.open("theirs", unit="u2")
    headers = {
        **real_jars.tokens.of(Role.UNIT_HEAD, unit="u1"),
        "abacus-correlation-id": "same",
    }
    foreign = await real_jars.client.get("/v1/jars/theirs", headers=headers)
    missing = await real_jars.client.get("/v1/jars/nothing", headers=headers)
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert foreign.headers == missing.headers


async def test_the_tag_that_was_read_is_the_precondition(real_jars: Served) -> None:
    await real_jars.open("a", coins=2)
    by = real_jars.tokens.of(Role.UNIT_FINANCE, unit="u1")
    read = await real_jars.client.get("/v1/jars/a", headers=by)
    assert read.headers["etag"] == '"2"'
    for status in (204, 412):
        answer = await real_jars.client.post(
            "/v1/jars/a/put",
            json={"coins": 1},
            headers={**by, "if-match": read.headers["etag"]},
        )
        assert answer.status_code == status
    unchanged = await real_jars.client.get("/v1/jars/a", headers={**by, "if-none-match": '"3"'})
    assert unchanged.status_code == 304
    assert unchanged.content == b""


async def test_public_answers_are_revalidated(real_jars: Served) -> None:
    await real_jars.open("a")
    first = await real_jars.client.get("/v1/window")
    assert first.json() == ["a"]
    assert first.headers["cache-control"] == "public, no-cache"
    tag = {"if-none-match": f'"other", {first.headers["etag"]}'}
    unchanged = await real_jars.client.get("/v1/window", headers=tag)
    assert unchanged.status_code == 304
    assert "content-security-policy" not in unchanged.headers, "what is kept keeps its own"
    await real_jars.open("b")
    assert (await real_jars.client.get("/v1/window", headers=tag)).json() == ["a", "b"]


async def test_private_answers_are_not_stored(real_jars: Served) -> None:
    by = real_jars.tokens.of(Role.FB_BUDGET)
    answer = await real_jars.client.get("/v1/jars", headers=by)
    assert answer.headers["cache-control"] == "no-store"


async def test_one_reads_what_one_wrote(real_jars: Served) -> None:
    position = await real_jars.open("a", coins=1)
    by = real_jars.tokens.of(Role.FB_BUDGET)
    headers = {**by, "abacus-at-least": position}
    assert (await real_jars.client.get("/v1/jars/a", headers=headers)).json()["coins"] == 1


async def test_what_another_service_said_is_waited_for(real_jars: Served) -> None:
    await real_jars.open("a")
    position = Position("targets", "target-1", 7, 7).token()
    headers = {
        **real_jars.tokens.of(Role.FB_BUDGET),
        "abacus-at-least": position,
        "prefer": "wait=0",
    }
    late = await real_jars.client.get("/v1/jars/a", headers=headers)
    assert late.status_code == 503
    assert late.json()["type"].endswith("/not-yet")
    assert late.headers["retry-after"]

    async def hear() -> None:
        await asyncio.sleep(0.1)
        connection = await asyncpg.connect(real_jars.url)
        await connection.execute(
            "INSERT INTO es.heard VALUES "
            "('targets', 1, 'targets.X.v1', 'target-1', 7, 'x', '2021-06-30')"
        )
        await connection.close()

    hearing = asyncio.create_task(hear())
    waited = await real_jars.client.get("/v1/jars/a", headers={**headers, "prefer": "wait=5"})
    await hearing
    assert waited.status_code == 200
    assert waited.headers["preference-applied"] == "wait"


@pytest.mark.parametrize("position", ["x", "", "eA==", "a" * 900])
async def test_a_position_cannot_be_made_up(real_jars: Served, position: str) -> None:
    headers = {**real_jars.tokens.of(Role.FB_BUDGET), "abacus-at-least": position}
    assert (await real_jars.client.get("/v1/jars", headers=headers)).status_code == 422


@pytest.mark.parametrize("query", ["at_least=99999999999999999999", "at_least=x", "at_least=-1"])
async def test_a_value_no_column_can_hold_is_refused(real_jars: Served, query: str) -> None:
    by = real_jars.tokens.of(Role.FB_BUDGET)
    answer = await real_jars.client.get(f"/v1/jars?{query}", headers=by)
    assert answer.status_code == 422
    assert "int" not in answer.json()["detail"]


async def test_an_absent_database_is_said_without_its_words(real_jars: Served) -> None:
    by = real_jars.tokens.of(Role.FB_BUDGET)
    await real_jars.open("a")
    server, _, name = real_jars.url.rpartition("/")
    admin = await asyncpg.connect(f"{server}/postgres")
    await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await admin.execute(
        "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE datname = $1", name
    )
    try:
        for answer in (
            await real_jars.client.get("/v1/jars", headers=by),
            await real_jars.client.post("/v1/jars", json={"jar_id": "b"}, headers=by),
        ):
            assert answer.status_code == 503, answer.text
            assert answer.headers["retry-after"]
            assert "connection" not in answer.text
            assert "postgres" not in answer.text.lower()
        ready = await real_jars.client.get("/readyz")
        assert ready.status_code == 503
    finally:
        await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        await admin.close()
    assert (await real_jars.client.get("/v1/jars", headers=by)).status_code == 200


async def test_readiness_notices_a_silent_worker(real_jars: Served) -> None:
    silent = await real_jars.client.get("/readyz")
    assert silent.status_code == 503
    assert silent.json()["worker"] == "silent"
    connection = await asyncpg.connect(real_jars.url)
    await connection.execute(
        "INSERT INTO es.cursor VALUES ('worker:bus', 1), "
        "('worker:beat_ms', (extract(epoch FROM clock_timestamp()) * 1000)::bigint), "
        "('worker:lag_ms', 1500), ('worker:replicas_missing', 1), ('lag:relay', 3)"
    )
    ready = await real_jars.client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["lag_seconds"] == 1.5
    assert ready.json()["lag_entries"] == {"relay": 3}
    assert ready.json()["replicas_missing"] == 1
    await connection.execute("INSERT INTO es.cursor VALUES ('worker:halted', 1)")
    halted = await real_jars.client.get("/readyz")
    assert (halted.status_code, halted.json()["feed"]) == (503, "knows more than the database")
    await connection.execute("UPDATE es.cursor SET position = 0 WHERE name = 'worker:halted'")
    assert (await real_jars.client.get("/readyz")).status_code == 200
    await connection.execute("UPDATE es.cursor SET position = 0 WHERE name = 'worker:bus'")
    assert (await real_jars.client.get("/readyz")).status_code == 503
    await connection.close()
    assert (await real_jars.client.get("/livez")).status_code == 200


async def test_imports_survive_the_process(real_jars: Served) -> None:
    by = real_jars.tokens.of(Role.FB_BUDGET)
    upload = await real_jars.client.post(
        "/v1/imports?operation=open_jar",
        content=b'{"body": {"jar_id": "a"}}\n{"body": {"jar_id": "b"}}\n',
        headers={**by, "content-type": "application/x-ndjson"},
    )
    accept = f"/v1/imports/{upload.json()['id']}/accept"
    answers = await asyncio.gather(*(real_jars.client.post(accept, headers=by) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200] * 3
    connection = await asyncpg.connect(real_jars.url)
    assert await connection.fetchval("SELECT count(*) FROM es.event") == 2
    await connection.close()
