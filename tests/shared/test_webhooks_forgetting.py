"""What was delivered can be looked up for its time, then it is forgotten; what was not, longer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.testing.servers import Postgres, as_template, fresh_database
from shared.webhooks import subscription as ask
from shared.webhooks.courier import FORGOTTEN_MAX
from shared.webhooks.deliveries import Deliveries, Keeping
from tests.shared.receiving import OK, Receiver, receiver, status
from tests.shared.telling import CLERK, Telling, install, telling

KEEPING = Keeping(delivered=timedelta(days=30), failed=timedelta(days=300))


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    """A database with the tables of webhooks."""
    with fresh_database(postgres, as_template(postgres, "telling_v1", install)) as address:
        yield address


def at(one: Receiver) -> str:
    """Where a receiver listens."""
    return f"http://127.0.0.1:{one.port}/"


async def left(told: Telling) -> tuple[int, int]:
    """How many deliveries and attempts there are."""
    ((deliveries,),) = await told.rows("SELECT count(*) FROM es.webhook_delivery")
    ((attempts,),) = await told.rows("SELECT count(*) FROM es.webhook_attempt")
    return deliveries, attempts


async def test_a_delivered_one_is_forgotten_with_its_attempts_after_its_time(url: str) -> None:
    async with telling(url, keeping=KEEPING) as told, receiver() as one:
        await told.registered(at(one))
        await told.say(1, 2)
        await told.delivered()
        await told.delivered(days=20)
        await told.say(3)
        await told.delivered()
        assert await left(told) == (3, 3)
        await told.delivered(days=10, hours=-1)
        assert await left(told) == (3, 3)
        await told.delivered(hours=2)
        assert await left(told) == (1, 1)
        await told.delivered(hours=2)
        assert await left(told) == (1, 1)
        assert len(one.got) == 3, "nothing that was forgotten is sent again"


async def test_a_failed_one_stays_until_it_was_sent_again_or_for_long(url: str) -> None:
    answers = [*[status(500)] * 10, OK]
    async with telling(url, keeping=KEEPING) as told, receiver(answers) as one:
        await told.registered(at(one))
        await told.say(1)
        await told.delivered()
        for _ in range(10):
            await told.delivered(days=1)
        await told.delivered(days=60)
        assert await left(told) == (1, 10)
        again = ask.ReplayWebhook(webhook_id="w1", first=1, last=1, by=CLERK, now=told.clock.now())
        await told.do(again)
        await told.delivered()
        ((found,),) = await told.rows("SELECT status FROM es.webhook_delivery")
        assert found == "DELIVERED"
        await told.delivered(days=30, hours=2)
        assert await left(told) == (0, 0)


async def test_what_nobody_ever_took_is_forgotten_in_the_end(url: str) -> None:
    async with telling(url, keeping=KEEPING) as told, receiver([status(500)]) as one:
        await told.registered(at(one))
        await told.say(1)
        for _ in range(10):
            await told.delivered(days=1)
        await told.delivered(days=290)
        assert (await left(told))[0] == 1
        await told.delivered(days=12)
        assert await left(told) == (0, 0)


async def test_many_are_forgotten_in_batches_and_a_second_worker_does_no_harm(url: str) -> None:
    async with telling(url, keeping=KEEPING) as told:
        await told.pool.execute(
            "INSERT INTO es.webhook_delivery (webhook_id, number, message_id, event_type, status,"
            " next_at) SELECT 'w1', n, 'm', 'e', 'DELIVERED', $1 FROM generate_series(1, $2) n",
            told.clock.now() - timedelta(days=31),
            FORGOTTEN_MAX + 5,
        )
        await told.courier.round()
        assert (await left(told))[0] == 5
        told.restart(Deliveries(told.pool))
        await told.courier.round()
        assert await left(told) == (0, 0)
