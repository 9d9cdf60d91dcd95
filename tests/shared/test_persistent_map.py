"""A persistent map is a mapping like any other, but one more entry is not a copy of all."""

import tracemalloc
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.persistent_map import PersistentMap

ENTRIES: Final = 4_000
BYTES_MAX: Final = 60_000_000
"""Of all maps on the way to that many: 15 MB as they are, 400 MB as copies."""

NAMES: Final = st.text(max_size=3)
CHANGES: Final = st.lists(st.tuples(NAMES, st.none() | st.integers()))
"""A name gets a value, or goes."""


def changed(before: PersistentMap[int], name: str, value: int | None) -> PersistentMap[int]:
    return before.without(name) if value is None else before.with_entry(name, value)


@given(st.dictionaries(NAMES, st.integers()), CHANGES)
def test_a_map_holds_what_a_dictionary_would(
    first: dict[str, int], changes: list[tuple[str, int | None]]
) -> None:
    maps, wanted = [PersistentMap.of(first)], [dict(first)]
    for name, value in changes:
        maps.append(changed(maps[-1], name, value))
        told = {key: one for key, one in wanted[-1].items() if key != name}
        wanted.append(told if value is None else {**told, name: value})
    for one, entries in zip(maps, wanted, strict=True):  # also long after it was made
        assert one == entries
        assert one == PersistentMap.of(entries)
        assert len(one) == len(list(one)) == len(entries)
        assert all((name in one) is (name in entries) for name, _ in changes)


def test_what_is_not_there_is_not_found_and_goes_in_silence() -> None:
    one = PersistentMap.of({"a": 1})
    with pytest.raises(KeyError):
        one["b"]
    assert one.without("b") is one
    assert repr(one) == "PersistentMap.of({'a': 1})"
    assert PersistentMap[int]() == {}


def test_another_entry_is_no_copy_of_all_the_others() -> None:
    names = [f"653100101{nth:06d}" for nth in range(ENTRIES)]
    maps = [PersistentMap[int]()]
    tracemalloc.start()
    try:
        for nth, name in enumerate(names):
            maps.append(maps[-1].with_entry(name, nth))
        for name in names[::2]:
            maps.append(maps[-1].without(name))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(maps[-1]) == ENTRIES // 2
    assert kept < BYTES_MAX, f"{kept / 1e6:.0f} MB"
