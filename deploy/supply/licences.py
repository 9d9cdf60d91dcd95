"""Under which licence each part comes, and whether we may pass it on.

What a package states of itself is believed; where it states nothing, `STATED_ELSEWHERE` says where
a person has read it. Allowed is what lets a public body use, change and pass on the whole.
"""

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from typing import Final

from deploy.supply.pins import Pin

ALLOWED: Final = frozenset({
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU",
    "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib",
})  # fmt: skip
STATED_ELSEWHERE: Final[Mapping[str, tuple[str, str]]] = {
    "kubernetes-validate": ("Apache-2.0", "its LICENSE file; development only"),
    "axe-playwright-python": ("MIT", "the LICENSE file in its repository; development only"),
    "pypdfium2": ("BSD-3-Clause AND Apache-2.0", "its README; the parts of PDFium likewise"),
    "pytest-timeout": ("MIT", "its LICENSE file"),
}
_SPOKEN: Final[Mapping[str, str]] = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_JOINTS: Final = re.compile(r"\s+(?:AND|OR)\s+|;\s*")


def licence(name: str) -> str | None:
    """What an installed package says of itself; nothing where it is not installed."""
    if name in STATED_ELSEWHERE:
        return STATED_ELSEWHERE[name][0]
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    classified = [
        line.rpartition("::")[2].strip()
        for line in told.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    return told.get("License-Expression") or "; ".join(classified) or told.get("License") or ""


def refused(expression: str) -> list[str]:
    """The parts of a licence that are not on the list; an empty one is not either."""
    parts = [_SPOKEN.get(part, part.strip("() ")) for part in _JOINTS.split(expression.strip())]
    return [part for part in parts if part not in ALLOWED]


def report(pins: Iterable[Pin]) -> list[tuple[Pin, str]]:
    """Each installed package with its licence."""
    known = {pin.name: pin for pin in pins}
    told = ((pin, licence(name)) for name, pin in sorted(known.items()))
    return [(pin, said) for pin, said in told if said is not None]
