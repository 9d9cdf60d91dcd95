"""Which regions a question is about: one alone, or one with everything below it."""

from typing import Any

from sqlmodel import col, or_

from shared.http.scope import region_prefix


def regions(column: Any, region_code: str, *, tree: bool) -> Any:  # noqa: ANN401 - SQL conditions
    """A condition on the column that names the region (`scope=self` or `scope=tree`)."""
    own = col(column) == region_code
    prefix = region_prefix(region_code) if tree else None
    return own if prefix is None else or_(own, col(column).startswith(prefix, autoescape=True))
