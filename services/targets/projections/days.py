"""Conditions on rows that hold from a day to a day, both inclusive."""

from datetime import date
from typing import Any

from sqlmodel import col, or_


def not_ended(column: Any, day: date) -> Any:  # noqa: ANN401 - SQL conditions
    """The row still holds on the day."""
    return or_(col(column).is_(None), col(column) >= day)
