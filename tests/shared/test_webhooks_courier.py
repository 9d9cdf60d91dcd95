"""What is said reaches whoever asked for it, at least once, under one name, for three days."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from shared.domain.refusals import Refusal
from shared.testing.servers import Postgres, as_template, fresh_database
from shared.webhooks import subscription as ask
from shared.webhooks.courier import RETRIES, payload
from shared.webhooks.deliveries import Deliveries, Tried
from tests.shared.counters import NOW, CoinsSeen
from tests.shared.receiving import OK, Receiver, receiver, status
from tests.shared.telling import CLERK, KEYS, install, telling


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    """A database with the tables of webhooks."""
    with fresh_database(postgres, as_template(postgres, "telling_v1", install)) as address:
        yield address


def at(one: Receiver, path: str = "/") -> str:
    """Where a receiver listens."""
    return f"http://127.0.0.1:{one.port}{path}"


def coins_of(one: Receiver) -> list[int]:
    """What arrived, in the order of arrival."""
    return [json.loads(got.body)["data"]["coins"] for got in one.got]


async def test_a_word_arrives_signed_and_the_official_library_believes_it(url: str) -> None:
    async with telling(url) as told, receiver() as one:
        await told.registered(at(one, "/abacus"))
        await told.say(3)
        await told.delivered()
        (got,) = one.got
        data = Webhook(KEYS.secret("w1", 1)).verify(got.body, dict(got.headers))
        assert (data["type"], data["data"]["coins"]) == (CoinsSeen.event_type(), 3)
        assert set(data) == {"type", "timestamp", "data"}
        assert got.headers["webhook-id"].startswith("msg_")
        assert "." not in got.headers["webhook-id"]
        await told.delivered(days=9)
        assert len(one.got) == 1


async def test_only_what_was_asked_for_in_ones_own_region_from_then_on(url: str) -> None:
    async with telling(url) as told, receiver() as one, receiver() as above, receiver() as other:
        await told.say(1)
        await told.delivered()
        await told.registered(at(one))
        await told.registered(at(above), "w2", region="650000")
        await told.registered(at(other), "w3", region="653200")
        await told.say(2)
        await told.delivered()
        assert coins_of(one) == [2]
        assert (len(above.got), len(other.got)) == (1, 0)


async def test_it_is_tried_ten_times_in_three_days_under_one_id(url: str) -> None:
    assert timedelta(hours=75) < sum(RETRIES, timedelta()) < timedelta(hours=76)
    async with telling(url) as told, receiver([status(500)]) as one:
        await told.registered(at(one))
        await told.say(5)
        await told.delivered()
        for pause in RETRIES:
            tried = len(one.got)
            await told.delivered(seconds=int(pause.total_seconds()) - 1)
            assert len(one.got) == tried, "too early"
            await told.delivered(seconds=1)
            assert len(one.got) == tried + 1, "too late"
        await told.delivered(days=30)
        assert len(one.got) == 10
        assert len({got.headers["webhook-id"] for got in one.got}) == 1
        assert len({got.body for got in one.got}) == 1
        (row,) = await told.rows("SELECT status, attempts, answered FROM es.webhook_delivery")
        assert tuple(row) == ("FAILED", 10, 500)
        log = await told.rows("SELECT answered FROM es.webhook_attempt ORDER BY attempt")
        assert [entry[0] for entry in log] == [500] * 10


async def test_a_little_later_by_chance(url: str) -> None:
    async with telling(url, chance=lambda: 1.0) as told, receiver([status(500)]) as one:
        await told.registered(at(one))
        await told.say(5)
        await told.delivered()
        (row,) = await told.rows("SELECT next_at FROM es.webhook_delivery")
        assert row[0] - NOW == RETRIES[0] * 1.1


async def test_who_asks_for_patience_gets_it(url: str) -> None:
    async with telling(url) as told, receiver([status(503, "Retry-After: 900"), OK]) as one:
        await told.registered(at(one))
        await told.say(5)
        await told.delivered()
        await told.delivered(seconds=899)
        assert len(one.got) == 1
        await told.delivered(seconds=1)
        assert len(one.got) == 2


async def test_what_was_sent_and_not_written_down_is_sent_again_under_the_same_id(
    url: str,
) -> None:
    class Dying(Deliveries):
        async def tried(self, tried: Tried) -> None:
            raise ConnectionError(tried.status)

    async with telling(url) as told, receiver() as one:
        await told.registered(at(one))
        await told.say(7)
        told.restart(Dying(told.pool))
        with pytest.raises(ConnectionError):
            await told.delivered()
        told.restart(Deliveries(told.pool))
        await told.delivered()
        assert len(one.got) == 2
        assert len({got.headers["webhook-id"] for got in one.got}) == 1


async def test_gone_disables_and_enabled_it_hears_again(url: str) -> None:
    async with telling(url) as told, receiver([status(410), OK]) as one:
        await told.registered(at(one))
        await told.say(1)
        await told.delivered()
        (row,) = await told.rows("SELECT enabled, disabled_because FROM webhook_register")
        assert tuple(row) == (False, "410")
        await told.say(2)
        await told.delivered(days=9)
        assert len(one.got) == 1
        await told.do(ask.EnableWebhook(webhook_id="w1", by=CLERK, now=NOW))
        await told.say(3)
        await told.delivered()
        assert coins_of(one) == [1, 3]


def replay(first: int, last: int) -> ask.ReplayWebhook:
    """Ask for these words again."""
    return ask.ReplayWebhook(webhook_id="w1", first=first, last=last, by=CLERK, now=NOW)


async def test_a_replay_sends_the_same_messages_once_more(url: str) -> None:
    async with telling(url) as told, receiver() as one:
        await told.say(1)
        await told.delivered()
        await told.registered(at(one))
        await told.say(2, 3)
        await told.delivered()
        before = {got.headers["webhook-id"]: got.body for got in one.got}
        await told.do(replay(1, 2))
        await told.delivered()
        again = {got.headers["webhook-id"]: got.body for got in one.got[2:]}
        assert sorted(coins_of(one)[2:]) == [1, 2]
        (same,) = set(before) & set(again)
        assert before[same] == again[same]
        await told.delivered(days=1)
        assert len(one.got) == 4


async def test_two_replays_in_a_row_are_both_done(url: str) -> None:
    async with telling(url) as told, receiver() as one:
        await told.registered(at(one))
        await told.say(1, 2, 3)
        await told.delivered()
        await told.do(replay(1, 1))
        await told.do(replay(3, 3))
        await told.delivered()
        assert sorted(coins_of(one)[3:]) == [1, 3]


async def test_for_a_day_both_keys_sign(url: str) -> None:
    async with telling(url) as told, receiver() as one:
        await told.registered(at(one))
        await told.do(ask.RotateWebhookKey(webhook_id="w1", by=CLERK, now=NOW))
        await told.say(1)
        await told.delivered()
        await told.delivered(hours=24)
        await told.say(2)
        await told.delivered()
        old, new = Webhook(KEYS.secret("w1", 1)), Webhook(KEYS.secret("w1", 2))
        during, after = one.got
        assert during.headers["webhook-signature"].count("v1,") == 2
        assert during.headers["webhook-signature"].count("v1a,") == 2
        old.verify(during.body, dict(during.headers))
        new.verify(during.body, dict(during.headers))
        new.verify(after.body, dict(after.headers))
        with pytest.raises(WebhookVerificationError):
            old.verify(after.body, dict(after.headers))


async def test_an_inner_address_is_not_connected_to_and_the_log_says_so(url: str) -> None:
    async with telling(url, network="public") as told, receiver() as sentinel:
        await told.registered(f"https://127.0.0.1:{sentinel.port}/")
        await told.registered("https://localhost/", "w2")
        await told.say(1)
        await told.delivered()
        assert sentinel.connections == 0
        rows = await told.rows("SELECT status, answered, failure FROM es.webhook_delivery")
        assert {row["status"] for row in rows} == {"WAITING"}
        assert {row["answered"] for row in rows} == {None}
        assert all("refused" in row["failure"] or "inner" in row["failure"] for row in rows)


async def test_a_name_is_looked_up_once_and_the_checked_address_is_connected_to(url: str) -> None:
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    async with telling(url, resolve=resolve) as told, receiver() as one:
        await told.registered(f"http://hooks.test:{one.port}/")
        await told.say(1)
        await told.delivered()
        assert (asked, len(one.got)) == (["hooks.test"], 1)


async def test_a_slow_receiver_takes_few_places_of_a_round(url: str) -> None:
    async with telling(url) as told, receiver([status(500)]) as slow, receiver() as one:
        await told.registered(at(slow), "w1")
        await told.registered(at(one), "w2")
        await told.say(*range(1, 31))
        await told.courier.round()
        assert (len(slow.got), len(one.got)) == (4, 4)


async def test_a_word_too_long_to_push_is_a_pointer(url: str) -> None:
    async with telling(url) as told:
        await told.say(1)
        (word,) = await told.store.read_words(0, 1)
        long = word.body.replace(b'"coins":1', b'"coins":1,"note":"' + b"x" * 30_000 + b'"')
        sent = json.loads(payload(type(word)(1, word.subject, word.event_type, long, b"")))
        assert sent["data"] == {"subject": "jar-a", "sequence": "1", "number": 1}


REFUSED: list[tuple[ask.WebhookCommand, type[Refusal]]] = [
    (ask.EnableWebhook(webhook_id="w9", by=CLERK, now=NOW), ask.WebhookUnknown),
    (replay(0, 3), ask.ReplayTooLong),
    (replay(3, 2), ask.ReplayTooLong),
    (replay(1, 10_001), ask.ReplayTooLong),
]


@pytest.mark.parametrize(("command", "refusal"), REFUSED)
def test_what_a_webhook_refuses(command: ask.WebhookCommand, refusal: type[Refusal]) -> None:
    known = ask.webhook_decider.fold([REGISTERED])
    state = ask.webhook_decider.initial if command.webhook_id == "w9" else known
    with pytest.raises(refusal) as refused:
        ask.webhook_decider.decide(command, state)
    assert refused.value.title_zh


REGISTERED = ask.WebhookRegistered(
    region_code="653100", url="https://a.cn/", event_types=("x",), registered_by=CLERK
)


def test_asking_twice_changes_nothing_and_a_disabled_webhook_replays_nothing() -> None:
    decider = ask.webhook_decider
    asked = ask.RegisterWebhook(
        webhook_id="w1",
        region_code="653100",
        url="https://a.cn/",
        event_types=("x",),
        by=CLERK,
        now=NOW,
    )
    known = decider.fold([REGISTERED])
    assert decider.decide(asked, decider.initial) == [REGISTERED]
    assert decider.decide(asked, known) == []
    off = ask.DisableWebhook(webhook_id="w1", reason="x", by=CLERK, now=NOW)
    on = ask.EnableWebhook(webhook_id="w1", by=CLERK, now=NOW)
    assert decider.decide(on, known) == []
    disabled = decider.fold(decider.decide(off, known), known)
    assert decider.decide(off, disabled) == []
    with pytest.raises(ask.WebhookDisabled):
        decider.decide(replay(1, 1), disabled)
