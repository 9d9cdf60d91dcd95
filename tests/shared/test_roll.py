"""A roll is a list like any other, but one more name is not a copy of all."""

import tracemalloc
from itertools import pairwise
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.roll import Roll

NAMES: Final = 4_000
BYTES_MAX: Final = 6_000_000
"""Of all rolls on the way to that many: 1.7 MB as they are, 64 MB and more as copies."""


@given(st.lists(st.text(max_size=3)), st.lists(st.text(max_size=3)))
def test_a_roll_holds_each_name_once_in_the_order_in_which_they_came(
    first: list[str], later: list[str]
) -> None:
    rolls = [Roll.of(*first)]
    for name in later:
        rolls.append(rolls[-1].with_name(name))
    for length, roll in enumerate(rolls):
        names = tuple(dict.fromkeys([*first, *later[:length]]))  # also long after it was made
        assert tuple(roll) == names
        assert len(roll) == len(names)
        assert [roll[place] for place in range(len(names))] == list(names)
        assert roll == Roll.of(*names)
        assert hash(roll) == hash(Roll.of(*names))
        assert all(name in roll for name in names)
        assert all((name in roll) is (name in names) for name in later)
    for shorter, longer in pairwise(rolls):
        assert (shorter == longer) is (len(shorter) == len(longer))


def test_a_roll_is_no_tuple_and_says_whom_it_holds() -> None:
    assert Roll.of("a") != ("a",)
    assert repr(Roll.of("a", "b")) == "Roll.of('a', 'b')"
    assert list(Roll()) == []


def test_another_name_is_no_copy_of_all_the_others() -> None:
    names = [f"653100101{nth:06d}" for nth in range(NAMES)]
    rolls = [Roll()]
    tracemalloc.start()
    try:
        for name in names:
            rolls.append(rolls[-1].with_name(name))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(rolls[-1]) == NAMES
    assert kept < BYTES_MAX


def test_another_name_is_not_compared_with_all_the_others() -> None:
    compared = 0

    class Code(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return str.__eq__(self, other)

    roll = Roll()
    for nth in range(NAMES):
        roll = roll.with_name(Code(nth))
    assert len(roll) == NAMES
    assert compared < NAMES
