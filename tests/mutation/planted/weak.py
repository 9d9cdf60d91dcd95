"""Stories that reach the lines and see little of them."""

from tests.mutation.planted.purse import Purse, capped


def test_nothing_is_spent() -> None:
    assert Purse(5, 0).left == 5


def test_a_small_amount() -> None:
    assert capped(1) == 1
