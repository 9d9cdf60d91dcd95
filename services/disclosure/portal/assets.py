"""The files of the site: one style, one small script, one emblem; named by what they hold."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
_KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file under a name that changes with it, so that it may be kept for ever."""

    name: str
    kind: str
    body: bytes


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(f"{path.stem}-{digest}{path.suffix}", _KINDS[path.suffix], body)


ASSETS: Final[Mapping[str, Asset]] = {path.name: _asset(path) for path in sorted(STATIC.iterdir())}
BY_NAME: Final[Mapping[str, Asset]] = {asset.name: asset for asset in ASSETS.values()}
