"""A story that fails without any mistake."""

from tests.mutation.planted.purse import capped


def test_that_is_wrong() -> None:
    assert capped(1) == 2
