"""What is told: plain JSON values, their digest, and what differs between two of them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from shared.domain.decider import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a content before and after, named by its JSON Pointer (RFC 6901)."""

    pointer: str
    before: object
    after: object


def canonical(content: Mapping[str, object]) -> str:
    """One text for one content: sorted keys, no spaces (JCS for texts, whole numbers, lists)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Mapping[str, object]) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical(content).encode()).hexdigest()


def differences(before: object, after: object, pointer: str = "") -> tuple[FieldChange, ...]:
    """Every field in which two contents differ, in the order of their pointers."""
    return tuple(_walk(before, after, pointer))


def merged(content: Json, fields: Mapping[str, object]) -> Json:
    """The content with these fields in place of its own."""
    return {**content, **fields}


def _walk(before: object, after: object, pointer: str) -> Iterator[FieldChange]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            yield from _walk(before.get(key), after.get(key), f"{pointer}/{_escaped(str(key))}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _walk(old, new, f"{pointer}/{index}")
    elif before != after:
        yield FieldChange(pointer=pointer, before=before, after=after)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
