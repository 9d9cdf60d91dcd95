"""Where in a JSON text something is that keeps it from being read, as a JSON Pointer.

Only what is refused is looked at here. A text that is no JSON has no places, so it has none to
name either: every answer may be None.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from shared.http.failures import json_pointer

NAME_SHOWN_MAX: Final = 100

# The next bracket outside of strings. A string that never ends is one up to the end, and nothing
# is given back: else each of its quotes would be tried.
_BRACKET: Final = re.compile(
    rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+(?:"|\\?\Z))*+([\[\]{}])', re.DOTALL
)
_CLOSING: Final = {b"[": b"]", b"{": b"}"}
_decode: Final = msgspec.json.decode


def place_of_nul(body: bytes) -> str | None:
    """The first value that holds the character NUL, or the object that has it in a name."""
    try:
        steps = _with_nul(_decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return None if steps is None else _pointer(steps)


def place_below(body: bytes, depth: int) -> str | None:
    """The first value that is nested deeper: what goes on below it is not looked at."""
    opened: list[bytes] = []
    for found in _BRACKET.finditer(body):
        bracket = found[1]
        if bracket in _CLOSING and len(opened) == depth:
            closed = b"".join(_CLOSING[one] for one in reversed(opened))
            return _last(body[: found.start(1)] + b"null" + closed, depth)
        if bracket in _CLOSING:
            opened.append(bracket)
        else:
            del opened[-1:]
    return None


def _with_nul(value: Any) -> list[str | int] | None:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, str):
        return [] if "\0" in value else None
    inner: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for step, item in inner:
        if isinstance(step, str) and "\0" in step:
            return []
        found = _with_nul(item)
        if found is not None:
            return [step, *found]
    return None


def _last(body: bytes, depth: int) -> str | None:
    """The last value of the last container, and so on: where a text was cut off."""
    try:
        value = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    steps: list[str | int] = []
    for _ in range(depth):
        if not isinstance(value, dict | list) or not value:
            return None
        step = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
        steps.append(step)
        value = value[step]
    return _pointer(steps)


def _pointer(steps: Iterable[str | int]) -> str:
    return json_pointer(
        [step[:NAME_SHOWN_MAX] if isinstance(step, str) else step for step in steps]
    )
