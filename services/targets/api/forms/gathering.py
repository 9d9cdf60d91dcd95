"""All rows of a list for one file, part by part: no query is long, and the whole has a limit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any, Final

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.refusals.applications import FormTooLong
from shared.http.reading import Read

LINES_MAX: Final = 20_000
"""As many as one import reads; what is exported must be importable."""
PART_MAX: Final = 1_000


async def every[T](read: Read, rows: SelectOfScalar[T], key: Any) -> list[T]:  # noqa: ANN401 - a column
    """Every row, by its key, which is a text; too many are refused."""
    found: list[T] = []
    last = ""
    while True:
        following = rows.where(col(key) > last).order_by(col(key)).limit(PART_MAX)
        part = await read.all(following)
        found += part
        if len(found) > LINES_MAX:
            raise FormTooLong(
                f"More than {LINES_MAX:,} lines.",
                remedy="Narrow the list by region or unit, and export part by part.",
            )
        if len(part) < PART_MAX:
            return found
        last = getattr(part[-1], key.key)


async def by_code[T](
    read: Read, of: Callable[[Sequence[str]], SelectOfScalar[T]], name: str, codes: Iterable[str]
) -> Mapping[str, T]:
    """The rows of a register by the code that `name` has, for those codes."""
    found: dict[str, T] = {}
    for part in batched(sorted(set(codes)), PART_MAX):
        found |= {getattr(row, name): row for row in await read.all(of(part))}
    return found
