"""Strangers may write so often, so much, and the same once; what is left is told in headers."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.disclosure.api.intake.rate_limit import ADDRESSES_MAX, RateLimit
from shared.http.problems import TooManyRequests
from tests.disclosure.library_acts import anonymous
from tests.disclosure.test_comment_http import BODY, NOW, filed, ready
from tests.disclosure.world import StandingClock, world

NOON = datetime(2021, 3, 1, 4, tzinfo=UTC)
HOUR = 3_600


def limit(per_address: int = 2, overall: int = 5) -> RateLimit:
    """A small limit by the hour."""
    return RateLimit(per_address=per_address, overall=overall, seconds=HOUR)


def test_an_address_may_write_so_often_and_then_waits() -> None:
    counter = limit()
    first = counter.take("a", NOON)
    assert first["ratelimit-policy"] == '"address";q=2;w=3600, "overall";q=5;w=3600'
    assert first["ratelimit"] == '"address";r=1;t=3600, "overall";r=4;t=3600'
    counter.take("a", NOON + timedelta(minutes=10))
    with pytest.raises(TooManyRequests) as refused:
        counter.take("a", NOON + timedelta(minutes=20))
    headers = refused.value.details["headers"]
    assert isinstance(headers, dict)
    assert headers["retry-after"] == str(40 * 60)
    assert headers["ratelimit"] == '"address";r=0;t=2400, "overall";r=3;t=2400'
    counter.take("b", NOON + timedelta(minutes=20))
    counter.take("a", NOON + timedelta(minutes=60))


def test_all_addresses_together_may_write_so_often() -> None:
    counter = limit()
    for place in range(5):
        counter.take(f"address {place}", NOON)
    with pytest.raises(TooManyRequests):
        counter.take("another one", NOON)
    counter.take("another one", NOON + timedelta(seconds=HOUR))


def test_what_is_remembered_has_an_end() -> None:
    counter = limit(overall=ADDRESSES_MAX * 2)
    for place in range(ADDRESSES_MAX + 10):
        counter.take(f"address {place}", NOON)
    assert len(counter.addresses) == ADDRESSES_MAX


@pytest.mark.parametrize(
    "office",
    [["203.0.113.7"] * 5, [f"2001:db8:0:1::{place}" for place in range(5)]],
    ids=["an address", "a network of IPv6"],
)
async def test_the_sixth_comment_of_an_hour_waits_and_says_how_long(
    office: Sequence[str], database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        for number, address in enumerate(office):
            body = {**BODY, "text": f"第{'一二三四五'[number]}件事情"}
            async with anonymous(here, address) as stranger:
                answer = await stranger.post("/v1/comments", json=body)
            assert answer.status_code == 201, answer.text
            assert answer.headers["ratelimit"].startswith(f'"address";r={4 - number};')
        async with anonymous(here, office[0]) as stranger:
            refused = await stranger.post("/v1/comments", json=BODY)
            assert refused.status_code == 429
            assert refused.headers["retry-after"] == "3600"
            assert refused.json()["type"].endswith("/too-many-requests")
            case = answer.json()["case_number"]
            again = await stranger.post(f"/v1/comments/{case}/reopen", json={"text": "还有问题"})
            assert again.status_code == 429
        await filed(here, address="198.51.100.4", text="别人的事情")
        clock = here.worker.desk.clock
        assert isinstance(clock, StandingClock)
        clock.moment = NOW + timedelta(hours=1)
        await filed(here, text="一小时以后的事情", address=office[0])


async def test_what_is_refused_counts_and_tells_what_is_left(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        async with anonymous(here) as stranger:
            wrong = await stranger.post("/v1/comments", json={**BODY, "texts": "x"})
            assert wrong.status_code == 422
            assert wrong.headers["ratelimit"].startswith('"address";r=4;')
            short = await stranger.post("/v1/comments", json={**BODY, "text": "短"})
            assert short.json()["errors"][0]["pointer"] == "/text"
            long = await stranger.post("/v1/comments", json={**BODY, "text": "长" * 2_001})
            assert long.status_code == 422
            large = await stranger.post("/v1/comments", json={**BODY, "name": "x" * 20_000})
            assert large.status_code == 413


async def test_the_same_text_from_one_address_is_refused(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        await filed(here)
        refused = await filed(here, 409)
        assert refused["type"].endswith("/comment-repeated")
        spaced = str(BODY["text"]).replace("。", " ！ ")
        await filed(here, 409, text=spaced, contact="13999999999")
        await filed(here, address="198.51.100.4")
        shown = await here.get("/v1/comments/statistics?region=653100&fiscal_year=2021")
        assert shown["filed"] == 2


async def test_one_key_is_one_case_however_often_it_is_sent(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        async with anonymous(here) as stranger:
            key = {"idempotency-key": "a-fresh-uuid"}
            first = await stranger.post("/v1/comments", json=BODY, headers=key)
            again = await stranger.post("/v1/comments", json=BODY, headers=key)
            assert (first.status_code, again.status_code) == (201, 201)
            assert first.json() == again.json()
            other = {**BODY, "text": "另外一件事情"}
            refused = await stranger.post("/v1/comments", json=other, headers=key)
            assert refused.status_code == 422
            assert refused.json()["type"].endswith("/key-reused-for-another")
