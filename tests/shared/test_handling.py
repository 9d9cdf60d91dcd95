"""THE transaction, over the memory store: grouped, refused alone, repeated, never half."""

import asyncio

import pytest
from msgspec.structs import replace

from shared.aggregates import StateCache, Working
from shared.asking import Answer, NotYours, VersionStale
from shared.eventstore import EVENTS_PER_APPEND_MAX, KeyReused, Transaction, VersionConflict
from shared.eventstore.memory import MemoryStore
from shared.handling import Handling
from tests.shared.counters import (
    BARN,
    KEEPER,
    KEPT,
    TITHED,
    JarEmpty,
    OpenJar,
    PutCoins,
    TakeCoins,
    aggregates,
    ask,
)


class CountingStore(MemoryStore):
    """A memory store that says how often it was asked, and may lose a race on purpose."""

    def __init__(self) -> None:
        """Count from nothing."""
        super().__init__()
        self.commits = 0
        self.assured = 0
        self.conflicts_ahead = 0

    async def assure(self) -> None:
        """Somebody is told what was true before."""
        self.assured += 1

    async def commit(self, transaction: Transaction) -> None:
        """Commit, or conflict as ordered."""
        await asyncio.sleep(0)
        if self.conflicts_ahead:
            self.conflicts_ahead -= 1
            raise VersionConflict
        self.commits += 1
        await super().commit(transaction)


async def test_a_request_is_answered_with_the_version_it_made() -> None:
    handling = Handling(aggregates(), CountingStore())
    answer = await handling.handle(ask(OpenJar(jar_id="a"), PutCoins(jar_id="a", coins=3)))
    assert (answer.id, answer.version, answer.said) == ("a", 2, 2)


async def test_an_answer_that_writes_nothing_waits_for_what_was_written_before() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(OpenJar(jar_id="a"), key="k"))
    assert (store.commits, store.assured) == (1, 0), "its commit waits"
    assert (await handling.handle(ask(OpenJar(jar_id="a"), key="k"))).replayed
    assert store.assured == 1
    await handling.handle(ask(OpenJar(jar_id="a")))
    assert (store.commits, store.assured) == (1, 2), "what is so already"
    with pytest.raises(JarEmpty):
        await handling.handle(ask(TakeCoins(jar_id="a", coins=1)))
    assert store.assured == 2, "a refusal promises nothing"


async def test_waiting_requests_share_one_commit_and_the_refused_one_fails_alone() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(OpenJar(jar_id="a")))
    before = store.commits
    results = await asyncio.gather(
        *(handling.handle(ask(PutCoins(jar_id="a", coins=1))) for _ in range(20)),
        handling.handle(ask(TakeCoins(jar_id="b", coins=1))),
        return_exceptions=True,
    )
    assert isinstance(results.pop(), JarEmpty)
    assert sorted(r.version for r in results if isinstance(r, Answer)) == list(range(2, 22))
    assert store.commits - before < 5


async def test_commands_of_one_request_are_all_or_nothing() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    with pytest.raises(JarEmpty):
        await handling.handle(ask(PutCoins(jar_id="a", coins=1), TakeCoins(jar_id="b", coins=1)))
    assert not (await store.load({"jar-a": 0})).streams


async def test_a_decision_knows_what_an_earlier_command_of_its_batch_did_elsewhere() -> None:
    handling = Handling(aggregates(), CountingStore())
    await handling.handle(ask(PutCoins(jar_id="a", coins=9)))
    with pytest.raises(JarEmpty):
        await handling.handle(ask(TakeCoins(jar_id="a", coins=5, guard="g")))
    put_then_take = [
        ask(PutCoins(jar_id="g", coins=5)),
        ask(TakeCoins(jar_id="a", coins=5, guard="g")),
    ]
    outcomes = await handling.handle_all(put_then_take)
    assert all(isinstance(outcome, Answer) for outcome in outcomes)


async def test_a_decision_knows_the_streams_that_only_the_state_names() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(OpenJar(jar_id="a", unit_code=KEPT), PutCoins(jar_id="a", coins=9)))
    with pytest.raises(JarEmpty):
        await handling.handle(ask(TakeCoins(jar_id="a", coins=2)))
    await handling.handle(ask(PutCoins(jar_id=KEEPER, coins=2)))
    assert (await handling.handle(ask(TakeCoins(jar_id="a", coins=2)))).version == 3
    with pytest.raises(JarEmpty):
        await Handling(aggregates(), store).handle(ask(TakeCoins(jar_id="a", coins=3)))


async def test_what_an_earlier_command_made_the_state_name_is_read_in_between() -> None:
    handling = Handling(aggregates(), CountingStore())
    await handling.handle(ask(PutCoins(jar_id=KEEPER, coins=2)))
    kept = (OpenJar(jar_id="a", unit_code=KEPT), PutCoins(jar_id="a", coins=9))
    with pytest.raises(JarEmpty):
        await handling.handle(ask(*kept, TakeCoins(jar_id="a", coins=3)))
    answer = await handling.handle(ask(*kept, TakeCoins(jar_id="a", coins=2)))
    assert [fact.version for fact in answer.facts] == [1, 2, 3]


async def test_what_a_fact_entails_is_decided_and_committed_with_it() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(OpenJar(jar_id="a", unit_code=TITHED)))
    before = store.commits
    answer = await handling.handle(ask(PutCoins(jar_id="a", coins=50)))
    assert (answer.id, answer.version, answer.said) == ("a", 2, 2)
    assert [fact.id for fact in answer.facts] == ["a", BARN]
    assert store.commits == before + 1
    await handling.handle(ask(TakeCoins(jar_id=BARN, coins=5)))


async def test_requests_of_a_batch_see_what_the_others_entailed() -> None:
    handling = Handling(aggregates(), CountingStore())
    tithed = [ask(OpenJar(jar_id=jar, unit_code=TITHED)) for jar in ("a", "b")]
    await handling.handle_all(tithed)
    puts = [ask(PutCoins(jar_id=jar, coins=50)) for jar in ("a", "b")]
    outcomes = await handling.handle_all([*puts, ask(TakeCoins(jar_id=BARN, coins=10))])
    assert all(isinstance(outcome, Answer) for outcome in outcomes)


async def test_what_is_entailed_meets_another_process_and_is_tried_again() -> None:
    store = CountingStore()
    first, second = Handling(aggregates(), store), Handling(aggregates(), store)
    await first.handle_all([ask(OpenJar(jar_id=j, unit_code=TITHED)) for j in ("a", "b")])
    await asyncio.gather(
        first.handle(ask(PutCoins(jar_id="a", coins=50))),
        second.handle(ask(PutCoins(jar_id="b", coins=50))),
    )
    assert (await first.handle(ask(TakeCoins(jar_id=BARN, coins=10)))).version == 3


async def test_what_is_refused_entails_nothing() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(OpenJar(jar_id="a", unit_code=TITHED)))
    with pytest.raises(JarEmpty):
        await handling.handle(ask(PutCoins(jar_id="a", coins=50), TakeCoins(jar_id="a", coins=51)))
    assert not (await store.load({f"jar-{BARN}": 0})).streams


async def test_the_same_key_gives_the_first_answer_again_and_another_body_is_refused() -> None:
    store = CountingStore()
    first = await Handling(aggregates(), store).handle(ask(PutCoins(jar_id="a", coins=3), key="k"))
    handling = Handling(aggregates(), store)
    again = await handling.handle(ask(PutCoins(jar_id="a", coins=3), key="k"))
    assert (again.stream, again.version, again.replayed) == (first.stream, first.version, True)
    with pytest.raises(KeyReused):
        await handling.handle(ask(PutCoins(jar_id="a", coins=4), key="k", fingerprint=b"g"))
    assert len((await store.load({"jar-a": 0})).streams["jar-a"].events) == 1


async def test_two_requests_with_one_key_in_the_same_group_have_one_effect() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    answers = await asyncio.gather(
        *(handling.handle(ask(PutCoins(jar_id="a", coins=3), key="k")) for _ in range(5))
    )
    assert {answer.version for answer in answers} == {1}
    assert len((await store.load({"jar-a": 0})).streams["jar-a"].events) == 1


async def test_a_lost_race_is_tried_again_on_fresh_state() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(PutCoins(jar_id="a", coins=1)))
    # Another process writes; this one still has the old state cached.
    await Handling(aggregates(), store).handle(ask(PutCoins(jar_id="a", coins=1)))
    answer = await handling.handle(ask(PutCoins(jar_id="a", coins=1)))
    assert answer.version == 3


async def test_nothing_is_refused_on_a_cached_state() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(PutCoins(jar_id="a", coins=1)))
    await Handling(aggregates(), store).handle(ask(PutCoins(jar_id="a", coins=5)))
    answer = await handling.handle(ask(TakeCoins(jar_id="a", coins=6)))
    assert answer.version == 3


async def test_endless_conflict_is_answered_and_not_retried_for_ever() -> None:
    store = CountingStore()
    store.conflicts_ahead = 100
    handling = Handling(aggregates(), store)
    with pytest.raises(VersionConflict):
        await handling.handle(ask(PutCoins(jar_id="a", coins=1)))
    assert store.conflicts_ahead > 90


async def test_a_stale_version_is_refused_and_names_the_current_one() -> None:
    handling = Handling(aggregates(), CountingStore())
    await handling.handle(ask(PutCoins(jar_id="a", coins=1)))
    with pytest.raises(VersionStale) as stale:
        await handling.handle(ask(PutCoins(jar_id="a", coins=1), expected_version=7))
    assert stale.value.details["version"] == 1


async def test_a_foreign_thing_answers_like_a_missing_one_before_and_after_it_exists() -> None:
    handling = Handling(aggregates(), CountingStore())
    with pytest.raises(NotYours):
        await handling.handle(ask(OpenJar(jar_id="a"), may=lambda _owner: False))
    await handling.handle(ask(OpenJar(jar_id="a")))
    with pytest.raises(NotYours):
        await handling.handle(ask(PutCoins(jar_id="a", coins=1), may=lambda _owner: False))


async def test_a_dry_run_shows_the_facts_and_stores_nothing() -> None:
    store = CountingStore()
    answer = await Handling(aggregates(), store).handle(
        ask(PutCoins(jar_id="a", coins=1), key="k"), dry_run=True
    )
    assert [type(fact.event).__name__ for fact in answer.facts] == ["CoinsPut"]
    loaded = await store.load({"jar-a": 0}, ["k"])
    assert not loaded.streams
    assert not loaded.records


async def test_many_requests_are_one_transaction_or_only_the_good_ones() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    asks = [ask(PutCoins(jar_id=f"j{n}", coins=1)) for n in range(50)]
    asks.append(ask(TakeCoins(jar_id="j0", coins=9)))
    await handling.handle_all(asks)
    assert store.commits == 0
    outcomes = await handling.handle_all(asks, all_or_nothing=False)
    assert store.commits == 1
    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 50


async def test_what_one_person_asks_together_is_one_append_as_far_as_it_has_room() -> None:
    handling = Handling(aggregates(), CountingStore())
    count = EVENTS_PER_APPEND_MAX // 2
    asks = [
        ask(OpenJar(jar_id=f"{n}"), PutCoins(jar_id=f"{n}", coins=n + 1), key=f"k-{n}")
        for n in range(count + 1)
    ]
    transaction = (await handling.prepare(asks)).transaction
    assert [len(one.events) for one in transaction.appends] == [EVENTS_PER_APPEND_MAX, 2]
    assert [len(one.words) for one in transaction.appends] == [count, 1]
    assert [one.key for one in transaction.records] == [one.key for one in asks]
    others = [ask(OpenJar(jar_id="a")), replace(ask(OpenJar(jar_id="b")), actor="tests|another")]
    assert len((await handling.prepare(others)).transaction.appends) == len(others)


async def test_a_long_stream_is_read_through_its_snapshot_and_folds_to_the_same_state() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    for _ in range(25):
        await handling.handle(ask(PutCoins(jar_id="a", coins=1)))
    loaded = (await store.load({"jar-a": 0})).streams["jar-a"]
    assert loaded.snapshot is not None
    assert len(loaded.events) < 10
    with pytest.raises(JarEmpty):
        await Handling(aggregates(), store).handle(ask(TakeCoins(jar_id="a", coins=26)))
    await Handling(aggregates(), store).handle(ask(TakeCoins(jar_id="a", coins=25)))


async def test_what_stands_upon_an_uncommitted_batch_is_true_after_it_and_only_after_it() -> None:
    store = CountingStore()
    handling = Handling(aggregates(), store)
    await handling.handle(ask(OpenJar(jar_id="a")))
    first = await handling.prepare([ask(PutCoins(jar_id="a", coins=3))])
    second = await handling.prepare([ask(TakeCoins(jar_id="a", coins=2))], upon=first)
    assert all(isinstance(one, Answer) for one in second.outcomes), "the coins are there by then"
    with pytest.raises(VersionConflict):
        await handling.commit(second)
    await handling.commit(await handling.written(first))
    await handling.commit(await handling.written(second))
    answer = await handling.handle(ask(TakeCoins(jar_id="a", coins=1)))
    assert answer.version == 4


def test_the_cache_is_bounded_by_what_states_weigh() -> None:
    def state(weight: int) -> Working:
        return Working(1, b"", weight)

    cache = StateCache(lambda _stream, weight: int(str(weight)), streams_max=3, weight_max=10)
    cache.keep({"a": state(4), "b": state(4)})
    cache.keep({"c": state(5)})
    assert (cache.get("a"), len(cache), cache.weight) == (None, 2, 9)
    cache.keep({"d": state(11)})
    assert cache.get("d") is None, "what is too large is not kept, and drives nothing out"
    cache.keep({"b": state(1), "e": state(1), "f": state(1)})
    assert (cache.get("c"), len(cache), cache.weight) == (None, 3, 3)
    cache.forget(["b", "never kept"])
    assert (len(cache), cache.weight) == (2, 2)
