"""Who gives way first: of whom most are silent, and there whoever has been so longest."""

import random
from collections import Counter

from shared.http.silence import First, Silence


def test_who_has_most_gives_way_first_and_there_the_oldest() -> None:
    silence = Silence[str]()
    for moment, (one, address) in enumerate(
        [("honest", "a"), ("first", "b"), ("second", "b"), ("other", "c")]
    ):
        silence.add(one, address, float(moment))
    assert silence.first() == First("first", 1.0, 2)
    silence.discard("first")
    # All are alone now; whoever has been alone longest is first.
    assert silence.first() == First("honest", 0.0, 1)
    assert [silence.of(name) for name in "abcd"] == [1, 1, 1, 0]


def test_who_spoke_in_between_is_the_youngest() -> None:
    silence = Silence[str]()
    for one in ("early", "late"):
        silence.add(one, "a", 1.0)
    silence.add("early", "a", 2.0)
    assert silence.first() == First("late", 1.0, 2)
    assert len(silence) == 2


def test_who_comes_from_elsewhere_now_is_counted_there() -> None:
    silence = Silence[str]()
    silence.add("one", "gateway", 1.0)
    silence.add("one", "client", 2.0)
    assert (silence.of("gateway"), silence.of("client")) == (0, 1)


def test_nobody_is_first_of_nobody() -> None:
    silence = Silence[str]()
    assert silence.first() is None
    silence.add("one", "a", 1.0)
    silence.discard("one")
    silence.discard("one")
    assert silence.first() is None
    assert len(silence) == 0


def test_it_holds_whatever_happens_in_which_order() -> None:
    chance, silence = random.Random(7), Silence[int]()  # noqa: S311 - the same every time
    known = dict[int, tuple[str, int]]()
    for moment in range(20_000):
        one = chance.randrange(60)
        if chance.random() < 0.5:
            address = chance.choice("abcde")
            silence.add(one, address, moment)
            known[one] = (address, moment)
        else:
            silence.discard(one)
            known.pop(one, None)
        counts = Counter(address for address, _ in known.values())
        first = silence.first()
        if first is None:
            assert not known
            continue
        address, since = known[first.one]
        assert first.of == counts[address] == max(counts.values())
        assert first.since == since == min(at for where, at in known.values() if where == address)
