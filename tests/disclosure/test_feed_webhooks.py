"""Words of disclosure by webhook: narrowed, signed, replayed, given up on 410, never inwards."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from services.disclosure.main import service
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.working import PostgresWorking
from shared.handling import Handling
from shared.http.policy import Role
from shared.http.webhook_commands import WEBHOOK_OPERATIONS
from shared.webhooks.courier import RETRIES, Courier, Road
from shared.webhooks.deliveries import Deliveries
from shared.webhooks.keys import WebhookKeys
from shared.webhooks.subscription import (
    EVERYTHING,
    RegisterWebhook,
    ReplayWebhook,
    RotateWebhookKey,
    Wanted,
)
from tests.disclosure.first_year import CITY, KASHGAR, first_year, first_year_here
from tests.disclosure.world import AFTERWARDS, SAID_AT, World, world
from tests.shared.receiving import Receiver, receiver, status

pytestmark = pytest.mark.real
KEYS = WebhookKeys(b"a key of this installation")
TYPES = tuple(sorted(word.event_type() for word in service.offers))
HOOK = "/v1/webhooks"


@dataclass(slots=True)
class Delivering:
    """The world with a courier that is stepped by hand."""

    here: World
    courier: Courier

    async def register(self, one: Receiver, name: str = "w1", wanted: Wanted = EVERYTHING) -> None:
        """A webhook for all types, narrowed to what is wanted."""
        await self.here.given(
            RegisterWebhook(
                webhook_id=name,
                region_code=KASHGAR,
                url=f"http://127.0.0.1:{one.port}/{name}",
                event_types=TYPES,
                wanted=wanted,
                by="iss|bureau",
                now=SAID_AT,
            )
        )

    async def deliver(self, **later: int) -> None:
        """Business time passes, and whatever is due by then is sent."""
        clock: Any = self.here.worker.desk.clock
        clock.moment += timedelta(**later)
        while await self.courier.round():
            pass

    async def tell(self) -> list[dict[str, Any]]:
        """The first year is told; the words of it."""
        await self.here.hear(*first_year())
        await self.here.given(*first_year_here())
        words: list[dict[str, Any]] = (await self.here.get("/v1/feed?limit=1000"))["items"]
        return words


@asynccontextmanager
async def delivering(database: str, folder: Path) -> AsyncIterator[Delivering]:
    """Nothing was said yet, and nobody has subscribed."""
    async with world(database, folder) as here:
        pool = await open_pool(database)
        store = PostgresStore(pool)
        desk = replace(
            here.worker.desk,
            store=store,
            handling=Handling(service.aggregates, store),
            working=PostgresWorking(pool),
        )
        road = Road(keys=KEYS, network="private", chance=lambda: 0.0)
        try:
            yield Delivering(here, Courier(desk, Deliveries(pool), road))
        finally:
            await store.settle()
            await pool.close()


def told(one: Receiver) -> list[dict[str, Any]]:
    """The bodies that arrived."""
    return [json.loads(got.body) for got in one.got]


async def test_every_public_word_arrives_signed(database: str, tmp_path: Path) -> None:
    async with delivering(database, tmp_path) as at, receiver() as one:
        await at.register(one)
        words = await at.tell()
        await at.deliver()
        assert sorted(body["type"] for body in told(one)) == sorted(w["event_type"] for w in words)
        for got in one.got:
            Webhook(KEYS.secret("w1", 1)).verify(got.body, dict(got.headers))
            assert " v1a," in got.headers["webhook-signature"]


@pytest.mark.parametrize("name", ["regions", "units", "kinds"])
async def test_a_webhook_hears_what_it_is_narrowed_to(
    database: str, tmp_path: Path, name: str
) -> None:
    async with delivering(database, tmp_path) as at, receiver() as one, receiver() as none:
        field = {"regions": "region_code", "units": "unit_code", "kinds": "kind"}[name]
        code = {"regions": CITY, "units": "653100001", "kinds": "TARGET"}[name]
        await at.register(one, wanted=Wanted(**{name: (code,)}))
        await at.register(none, "w2", Wanted(**{name: ("440500",)}))
        words = await at.tell()
        await at.deliver()
        wanted = [word["data"] for word in words if word[field] == code]
        assert 0 < len(wanted) < len(words)
        key = json.dumps
        found = [body["data"] for body in told(one)]
        assert sorted(map(key, found)) == sorted(map(key, wanted))
        assert none.got == []


async def test_a_region_stands_for_those_below_it(database: str, tmp_path: Path) -> None:
    async with delivering(database, tmp_path) as at, receiver() as one:
        await at.register(one, wanted=Wanted(regions=(KASHGAR,)))
        words = await at.tell()
        await at.deliver()
        assert {word["region_code"] for word in words} > {KASHGAR}
        assert len(one.got) == len(words)


async def test_a_replay_comes_again_under_the_same_ids(database: str, tmp_path: Path) -> None:
    async with delivering(database, tmp_path) as at, receiver() as one:
        await at.register(one, wanted=Wanted(kinds=("TARGET",)))
        words = await at.tell()
        await at.deliver()
        before = [got.headers["webhook-id"] for got in one.got]
        replay = ReplayWebhook(
            webhook_id="w1", first=1, last=len(words), by="iss|bureau", now=AFTERWARDS
        )
        await at.here.given(replay)
        await at.deliver()
        assert sorted(got.headers["webhook-id"] for got in one.got) == sorted(before * 2)


async def test_two_keys_sign_for_a_day(database: str, tmp_path: Path) -> None:
    async with delivering(database, tmp_path) as at, receiver() as one:
        await at.register(one)
        await at.here.given(RotateWebhookKey(webhook_id="w1", by="iss|bureau", now=AFTERWARDS))
        await at.tell()
        await at.deliver()
        for generation in (1, 2):
            got = one.got[0]
            Webhook(KEYS.secret("w1", generation)).verify(got.body, dict(got.headers))


async def test_a_failure_is_tried_again_and_410_is_the_end(database: str, tmp_path: Path) -> None:
    answers = [status(500), status(204)]
    async with delivering(database, tmp_path) as at, receiver(answers) as one:
        await at.register(one, wanted=Wanted(units=("653100001",), kinds=("TARGET",)))
        await at.tell()
        await at.deliver()
        first = len(one.got)
        await at.deliver(seconds=int(RETRIES[0].total_seconds()))
        assert len(one.got) == first + 1
        one.answers = [status(410)]
        replay = ReplayWebhook(webhook_id="w1", first=1, last=99, by="iss|bureau", now=AFTERWARDS)
        await at.here.given(replay)
        await at.deliver()
        by = at.here.tokens.of(Role.FB_PERFORMANCE)
        shown = (await at.here.client.get(f"{HOOK}/w1", headers=by)).json()
        assert (shown["enabled"], shown["disabled_because"]) == (False, "410")
        assert shown["wanted"] == {"units": ["653100001"], "kinds": ["TARGET"]}


async def test_it_is_registered_over_http_by_the_bureau_and_shown_its_secret_once(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        by = here.tokens.of(Role.FB_PERFORMANCE)
        body = {"url": "https://hear.example.cn/x", "event_types": [TYPES[0]], "units": ["U1"]}
        headers = {**by, "idempotency-key": "one"}
        made = await here.client.post(HOOK, json=body, headers=headers)
        assert made.status_code == 201
        assert made.json()["secret"].startswith("whsec_")
        again = await here.client.post(HOOK, json=body, headers=headers)
        assert (again.json()["id"], again.json()["secret"]) == (made.json()["id"], None)
        (listed,) = (await here.client.get(HOOK, headers=by)).json()["items"]
        assert listed["wanted"] == {"units": ["U1"]}
        assert (await here.client.get(HOOK)).status_code == 401
        unit = here.tokens.of(Role.UNIT_HEAD, unit="U1")
        assert (await here.client.post(HOOK, json=body, headers=unit)).status_code == 403


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://10.0.0.8/", "https://169.254.169.254/latest", "https://[::1]/",
     "http://hear.example.cn/", "https://a:b@hear.example.cn/"],
)  # fmt: skip
async def test_an_inner_address_is_refused(database: str, tmp_path: Path, url: str) -> None:
    async with world(database, tmp_path) as here:
        by = here.tokens.of(Role.FB_PERFORMANCE)
        body = {"url": url, "event_types": [TYPES[0]]}
        answer = await here.client.post(HOOK, json=body, headers=by)
        assert answer.status_code == 422
        assert answer.json()["type"].endswith("/webhook-url-refused")
        assert answer.json()["errors"][0]["pointer"] == "/url"


def test_every_route_of_webhooks_is_here() -> None:
    assert set(WEBHOOK_OPERATIONS) <= set(service.policy)
