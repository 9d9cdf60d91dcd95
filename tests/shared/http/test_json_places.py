"""What keeps a JSON text from being read is named by its place, however the text is built."""

import json
import time
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.domain.refusals import Refusal
from shared.http.failures import json_pointer
from shared.http.limits import BODY_BYTES_MAX, JSON_DEPTH_MAX, expect_sane_json
from shared.http.problems import FieldsInvalid, MalformedRequest

NEVER_ENDING: Final = (b'"' + b'\\"' * BODY_BYTES_MAX)[:BODY_BYTES_MAX]
SECONDS_MAX: Final = 10


def refusal_of(body: bytes) -> Refusal | None:
    """Why a body is refused."""
    try:
        expect_sane_json(body)
    except Refusal as refusal:
        return refusal
    return None


def at(value: Any, pointer: str) -> Any:  # noqa: ANN401 - JSON
    """What a pointer points at."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


texts = st.text(st.sampled_from('a\0"\\/~[{]},:\n喀'), max_size=4)
trees = st.recursive(
    st.none() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)


@given(tree=trees, ascii_only=st.booleans())
def test_the_character_nul_is_pointed_at_wherever_it_is(tree: object, *, ascii_only: bool) -> None:
    body = json.dumps(tree, ensure_ascii=ascii_only).encode()
    refusal = refusal_of(body)
    if b"\\u0000" not in body.replace(b"\\\\", b""):
        assert refusal is None
        return
    assert isinstance(refusal, FieldsInvalid)
    assert refusal.pointer is not None
    assert refusal.remedy
    found = at(tree, refusal.pointer)
    assert any("\0" in text for text in ([found] if isinstance(found, str) else found))


steps = st.lists(st.integers(0, 2) | texts.filter(lambda name: "\0" not in name), max_size=60)


@given(steps)
@example(path=[0] * (JSON_DEPTH_MAX - 1))
@example(path=["a", 2] * (JSON_DEPTH_MAX // 2))
def test_what_is_too_deep_is_pointed_at(path: list[str | int]) -> None:
    value: object = []
    for step in reversed(path):
        beside = ['"]}', "[{\\"]
        value = [*beside[:step], value] if isinstance(step, int) else {"": 1, step: value}
    refusal = refusal_of(json.dumps(value).encode())
    if len(path) + 1 <= JSON_DEPTH_MAX:
        assert refusal is None
        return
    assert isinstance(refusal, MalformedRequest)
    assert refusal.pointer == json_pointer(path[:JSON_DEPTH_MAX])
    assert refusal.remedy


@pytest.mark.parametrize(
    "body",
    [b"]" * 10 + b"[" * 50, b"[" * 32 + b",[", b"{" * 40 + b"}" * 40, b'["\\u0000',
     b"\\u0000", b'["\\u0000", "\xff"]'],
)  # fmt: skip
def test_a_text_that_is_no_json_has_no_place(body: bytes) -> None:
    refusal = refusal_of(body)
    assert refusal is not None
    assert refusal.pointer is None


@pytest.mark.parametrize("opening", [b"[" * 40, b'["' + b"\\u0000" + b'",', b"{" * 40])
def test_a_text_that_never_ends_is_refused_at_once(opening: bytes) -> None:
    begun = time.monotonic()
    refusal_of(opening + NEVER_ENDING)
    assert time.monotonic() - begun < SECONDS_MAX


def test_a_name_is_not_given_back_at_any_length() -> None:
    refusal = refusal_of(json.dumps({"a" * 100_000: "\0"}).encode())
    assert refusal is not None
    assert refusal.pointer == "/" + "a" * 100
