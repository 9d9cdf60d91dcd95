"""Who asks without a known token pays as the address they come from (`reliability` §6, S8)."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from shared.http.app import Api as Application
from shared.http.pace import BYTES_OF_A_REQUEST, UNPACED
from shared.http.policy import Role
from shared.testing.api_spec import Api, api
from tests.shared.http.jars import service

BURST: Final = 4
PUBLIC: Final = "/v1/vocabulary"
WRONG: Final = {"authorization": "Bearer eyJhbGciOiJFZERTQSJ9.e30.x"}


@pytest.fixture
async def paced(tmp_path: Path) -> AsyncIterator[Api]:
    """One request a second from one address, four at once; time stands, and no refusal waits."""
    limits = {"address_requests_per_second_max": 1, "address_requests_burst_seconds": BURST - 1}
    async with api(service, data_dir=tmp_path, requests_per_second_max=0, **limits) as served:
        assert isinstance(served.app, Application)
        pace = served.app.runtime.paces.address
        assert pace is not None
        pace.now = lambda: 100.0
        pace.pause_seconds = 0.0
        yield served


def at(served: Api, address: str, **more: Any) -> httpx.AsyncClient:  # noqa: ANN401 - of httpx
    """Somebody at an address."""
    transport = httpx.ASGITransport(served.app, client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url="http://jars", **more)


def noted(served: Api, address: str, name: str, note: object) -> httpx.AsyncClient:
    """Somebody at an address, of whom the connection has noted something."""

    async def through(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - of ASGI
        await served.app({**scope, name: note}, receive, send)

    transport = httpx.ASGITransport(through, client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url="http://jars")


async def statuses(client: httpx.AsyncClient, path: str, times: int, **more: Any) -> list[int]:  # noqa: ANN401 - of httpx
    """What so many requests are answered."""
    return [(await client.get(path, **more)).status_code for _ in range(times)]


async def test_who_asks_without_a_token_has_a_pace_by_address(paced: Api) -> None:
    async with at(paced, "203.0.113.7") as one, at(paced, "203.0.113.8") as other:
        assert await statuses(one, PUBLIC, BURST + 1) == [200] * BURST + [429]
        refused = await one.get(PUBLIC, headers={"accept-language": "zh-CN"})
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["ratelimit-policy"] == '"address";q=3;w=3'
        assert refused.headers["ratelimit"] == '"address";r=0;t=1'
        assert refused.headers["cache-control"] == "no-store"
        document = refused.json()
        assert document["type"].endswith("/too-many-requests")
        assert document["title"] == "请求过于频繁"
        assert await statuses(other, PUBLIC, 1) == [200]
        pace = paced.app.state.runtime.paces.address
        pace.now = lambda: 101.0
        assert await statuses(one, PUBLIC, 2) == [200, 429]


async def test_an_office_of_ipv6_is_one_network(paced: Api) -> None:
    async with at(paced, "2001:db8:0:1::1") as one, at(paced, "2001:db8:0:1::2") as other:
        assert await statuses(one, PUBLIC, BURST) == [200] * BURST
        assert await statuses(other, PUBLIC, 1) == [429]


@pytest.mark.parametrize("path", ["/v1/jars", "/v1/nothing", "/openapi.json", "/v1/jars/x/put"])
@pytest.mark.parametrize("headers", [{}, WRONG])
async def test_whatever_is_asked_counts(paced: Api, path: str, headers: dict[str, str]) -> None:
    async with at(paced, "203.0.113.7", headers=headers) as one:
        found = await statuses(one, path, BURST + 1)
        assert 429 not in found[:-1]
        assert found[-1] == 429


async def test_a_wrong_token_is_not_verified_beyond_the_pace(
    paced: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bytes] = []
    verify = type(paced.app.state.runtime.identity)._verify  # noqa: SLF001 - what costs

    async def counted(self: Any, authorization: bytes) -> Any:  # noqa: ANN401 - as it is
        looked.append(authorization)
        return await verify(self, authorization)

    monkeypatch.setattr("shared.http.identity.Identity._verify", counted)
    async with at(paced, "203.0.113.7") as one:
        for number in range(BURST + 5):
            wrong = {"authorization": f"Bearer {WRONG['authorization']}{number}"}
            await one.get("/v1/imports/x", headers=wrong)
    assert len(looked) == BURST


async def test_who_is_known_does_not_pay_for_their_neighbours(paced: Api) -> None:
    async with at(paced, "203.0.113.7") as office:
        token = paced.tokens.of(Role.UNIT_FINANCE, unit="u1")
        assert await statuses(office, PUBLIC, 1, headers=token) == [200]
        assert 429 in await statuses(office, PUBLIC, BURST + 1)
        assert await statuses(office, PUBLIC, 20, headers=token) == [200] * 20


async def test_a_principal_pays_wherever_they_ask(tmp_path: Path) -> None:
    limits = {"requests_per_second_max": 1, "requests_burst_seconds": BURST - 1}
    async with api(service, data_dir=tmp_path, **limits) as served:
        pace = served.app.state.runtime.paces.principal
        pace.now, pace.pause_seconds = (lambda: 100.0), 0.0
        token = served.tokens.of(Role.UNIT_FINANCE, unit="u1")
        async with at(served, "203.0.113.7", headers=token) as here:
            # The first is the address's: nobody knows yet whose token it is.
            assert await statuses(here, PUBLIC, BURST + 1) == [200] * (BURST + 1)
            assert await statuses(here, "/v1/nothing", 1) == [429]
        async with at(served, "198.51.100.4", headers=token) as elsewhere:
            refused = await elsewhere.get(PUBLIC)
            assert refused.status_code == 429
            assert refused.headers["ratelimit-policy"] == '"principal";q=3;w=3'


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_large_body_is_worth_many_requests(tmp_path: Path, *, chunked: bool) -> None:
    limits = {"requests_per_second_max": 1, "requests_burst_seconds": BURST - 1}
    async with api(service, data_dir=tmp_path, **limits) as served:
        pace = served.app.state.runtime.paces.principal
        pace.now, pace.pause_seconds = (lambda: 100.0), 0.0
        token = served.tokens.of(Role.UNIT_FINANCE, unit="u1")
        body = b'{"jar_id":"' + b"x" * BYTES_OF_A_REQUEST * BURST + b'"}'

        async def parts() -> AsyncIterator[bytes]:
            yield body

        async with at(served, "203.0.113.7", headers=token) as here:
            assert await statuses(here, PUBLIC, 1) == [200]
            answer = await here.post(
                "/v1/jars",
                content=parts() if chunked else body,
                headers={"content-type": "application/json"},
            )
            assert answer.status_code == 422
            assert await statuses(here, PUBLIC, 1) == [429]
            pace.now = lambda: 103.0
            assert await statuses(here, PUBLIC, 1) == [200]


async def test_a_body_that_is_not_read_costs_its_neighbours_nothing(paced: Api) -> None:
    """Else one line of a stranger would put everybody of an office in debt."""
    async with at(paced, "203.0.113.7") as office:
        said = {"content-length": str(1 << 40), "content-type": "application/json"}
        answer = await office.post("/v1/jars", content=b"", headers=said)
        assert answer.status_code == 413
        assert await statuses(office, PUBLIC, BURST - 1) == [200] * (BURST - 1)


async def test_what_watches_a_process_is_not_paced_but_through_a_gateway(paced: Api) -> None:
    async with at(paced, "203.0.113.7") as probe:
        for path in sorted(UNPACED):
            assert 429 not in await statuses(probe, path, BURST + 1)
        assert await statuses(probe, PUBLIC, 1) == [200]
    async with noted(paced, "203.0.113.9", "abacus.gateway", "172.31.240.9") as stranger:
        assert (await statuses(stranger, "/readyz", BURST + 1))[-1] == 429


async def test_who_waits_for_a_refusal_gives_way_meanwhile(paced: Api) -> None:
    gave_way: list[str] = []
    async with noted(paced, "203.0.113.7", "abacus.gives_way", gave_way.append) as flood:
        assert await statuses(flood, PUBLIC, BURST) == [200] * BURST
        assert gave_way == []
        assert await statuses(flood, PUBLIC, 1) == [429]
    assert gave_way == ["203.0.113.7"]


async def test_without_a_limit_nobody_is_counted(tmp_path: Path) -> None:
    async with (
        api(service, data_dir=tmp_path, address_requests_per_second_max=0) as served,
        at(served, "203.0.113.7") as one,
    ):
        assert served.app.state.runtime.paces.address is None
        assert set(await statuses(one, PUBLIC, 50)) == {200}
