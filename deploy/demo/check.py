"""The computed figures beside those the scenario expects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One figure: what was computed, what was expected."""

    id: str
    label: str
    computed: str | list[str]
    expected: str | list[str] | None

    @property
    def right(self) -> bool:
        """Whether they are the same."""
        return self.computed == self.expected


def compare(told: Mapping[str, Any], expected: Mapping[str, str | list[str]]) -> Iterator[Compared]:
    """Every expected figure, told or not, and every told one that nobody expected."""
    figures = {figure["id"]: figure for figure in told["figures"]}
    for number in sorted(expected.keys() | figures.keys()):
        figure = figures.get(number, {"label": "not told", "value": ""})
        values = (figure.get("values") or {}).get(number)
        yield Compared(
            id=number,
            label=figure["label"],
            computed=figure["value"] if values is None else values,
            expected=expected.get(number),
        )
