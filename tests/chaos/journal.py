"""What the load did, written before it is done: invoked, then acknowledged, refused or unknown."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO


@dataclass(slots=True)
class Journal:
    """Append-only, one JSON object per line; `invoke` is on disk before the request leaves."""

    path: Path
    counts: dict[str, int] = field(default_factory=dict)
    _file: IO[str] | None = None

    def note(self, kind: str, service: str, mark: str, request: str) -> None:
        """Write one line. `mark` is the id that an effect of the request carries."""
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8")
        entry = {"kind": kind, "id": request, "service": service, "mark": mark}
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()
        if kind == "invoke":
            os.fsync(self._file.fileno())
        self.counts[kind] = self.counts.get(kind, 0) + 1
