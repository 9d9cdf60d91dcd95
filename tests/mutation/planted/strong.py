"""Stories that see everything there is to see."""

from tests.mutation.planted.purse import Purse, capped, coins, halvings, worth


def test_what_is_left() -> None:
    assert [Purse(5, 3).left, Purse(3, 5).left, Purse(3, 3).left] == [2, 0, 0]


def test_the_most() -> None:
    assert [capped(99), capped(100), capped(101), capped(500)] == [99, 100, 100, 100]


def test_halvings() -> None:
    assert [halvings(amount) for amount in (0, 1, 2, 7, 8)] == [0, 1, 2, 3, 4]


def test_worth() -> None:
    assert [worth(coin) for coin in (0, 7, "stone")] == [0, 7, None]


def test_coins() -> None:
    assert [coins(things) for things in ((), (0, 7), (1, "stone", 2))] == [0, 2, 2]
