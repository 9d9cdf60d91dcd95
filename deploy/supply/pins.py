"""The pinned lists under `requirements/`, read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "requirements"
_PIN: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)")
_HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of one list."""

    name: str
    version: str
    hashes: int


def lists(folder: Path = FOLDER) -> Mapping[str, tuple[Pin, ...]]:
    """Every list with its pins."""
    return {path.stem: read(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")}


def read(text: str) -> tuple[Pin, ...]:
    """The pins of one list; what is no pin and no comment is an error."""
    found: list[Pin] = []
    for entry in text.replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        pin = _PIN.match(entry)
        if pin is None:
            raise ValueError(entry)
        found.append(Pin(pin["name"].lower(), pin["version"], len(_HASH.findall(entry))))
    return tuple(found)
