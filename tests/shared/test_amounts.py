"""What money and reaches are at their edges, in single figures."""

from decimal import Decimal

import pytest

from shared.domain.money import ZERO, Money
from shared.domain.scoring import deviation, over_reach, reach, reaches


def number(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(-1, "-0.01"), (-100, "-1.00"), (0, "0.00"), (1, "0.01"), (99, "0.99"), (101, "1.01"),
     (12345, "123.45")],
)  # fmt: skip
def test_an_amount_is_written_with_two_digits_of_fen(fen: int, text: str) -> None:
    assert str(Money(fen)) == text
    assert Money.parse(text) == Money(fen)


def test_sixteen_digits_of_yuan_are_read_and_seventeen_are_not() -> None:
    assert Money.parse("9999999999999999.99") == Money(10**18 - 1)
    with pytest.raises(ValueError, match=r'^money is a text of yuan with two decimals, like "1490'):
        Money.parse("10000000000000000.00")


def test_amounts_are_added_compared_and_asked_whether_they_are_anything() -> None:
    assert (Money(3) + Money(4), Money(3) - Money(4), -Money(3)) == (Money(7), Money(-1), Money(-3))
    assert [bool(Money(fen)) for fen in (-1, 0, 1)] == [True, False, True]
    assert max(Money(2), Money(10)) == Money(10)
    assert Money.total([]) == ZERO == Money(0)


@pytest.mark.parametrize(
    ("fen", "ratio", "share"),
    [(1, "0.5", 1), (1, "0.49", 0), (-1, "0.5", -1), (3, "1.5", 5), (200, "0.0049", 1)],
)
def test_a_share_is_rounded_half_away_from_nothing(fen: int, ratio: str, share: int) -> None:
    assert Money(fen).times(number(ratio)) == Money(share)


def test_a_ratio_is_not_rounded_to_whole_fen() -> None:
    assert Money(1).ratio_to(Money(8)) == number("0.125")
    assert Money(5).ratio_to(Money(1)) == 5
    assert Money(1).ratio_to(ZERO) == 0


@pytest.mark.parametrize(
    ("actual", "target", "operator", "lower", "expected"),
    [
        ("5", "10", ">=", False, "0.5"),
        ("15", "10", ">=", False, "1.5"),
        ("-5", "10", ">=", False, "0"),
        ("10", "10", "<=", False, "1"),
        ("20", "10", "<=", False, "0.5"),
        ("20", "10", ">=", True, "0.5"),
        ("5", "10", ">=", True, "1"),
        ("8", "10", "=", False, "0.8"),
        ("12", "10", "=", False, "0.8"),
        ("25", "10", "=", False, "0"),
        ("-8", "-10", "=", False, "0.8"),
        ("1", "0", ">=", False, "1"),
        ("0", "0", ">=", False, "1"),
        ("-1", "0", ">=", False, "0"),
        ("1", "-1", "<=", False, "0"),
        ("1", "0.5", "<=", False, "0.5"),
    ],
)
def test_how_far_a_target_is_reached(
    actual: str,
    target: str,
    operator: str,
    lower: bool,  # noqa: FBT001 - a column of the table
    expected: str,
) -> None:
    found = reach(number(actual), number(target), operator, lower_is_better=lower)
    assert found == number(expected)
    told = reaches(number(actual), number(target), operator, lower_is_better=lower)
    assert told is (found >= 1)


@pytest.mark.parametrize(
    ("actual", "target", "operator", "lower", "expected"),
    [
        ("5", "10", "<=", False, "2"),
        ("5", "10", ">=", True, "2"),
        ("20", "10", ">=", True, "0.5"),
        ("12", "10", "=", True, "0.8"),
        ("15", "10", ">=", False, "1.5"),
        ("0", "10", "<=", False, "1"),
        ("5", "0", "<=", False, "0"),
        ("-1", "10", "<=", False, "1"),
        ("-1", "10", ">=", True, "1"),
        ("0.5", "1", "<=", False, "2"),
        ("1", "0.5", "<=", False, "0.5"),
    ],
)
def test_how_far_a_target_is_bettered(
    actual: str,
    target: str,
    operator: str,
    lower: bool,  # noqa: FBT001 - a column of the table
    expected: str,
) -> None:
    found = over_reach(number(actual), number(target), operator, lower_is_better=lower)
    assert found == number(expected)


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [("12", "10", "0.2"), ("8", "10", "-0.2"), ("-8", "-10", "0.2"), ("0", "0", "0"),
     ("7", "0", "1"), ("-7", "0", "-1")],
)  # fmt: skip
def test_a_deviation_has_the_sign_of_the_distance(actual: str, target: str, expected: str) -> None:
    assert deviation(number(actual), number(target)) == number(expected)
