"""What the load did, written before it is done: invoked, then acknowledged, refused or unknown."""

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

type Kind = Literal["invoke", "ok", "fail", "info", "again", "other"]


@dataclass(slots=True)
class Journal:
    """Append-only, one JSON object per line; `invoke` is on disk before the request leaves."""

    path: Path
    counts: Counter[str] = field(default_factory=Counter)
    _file: IO[str] | None = None

    def note(self, kind: Kind, key: str, **told: str | int) -> None:
        """Write one line about the request with this key."""
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8")
        self._file.write(json.dumps({"kind": kind, "id": key, **told}) + "\n")
        self._file.flush()
        if kind == "invoke":
            os.fsync(self._file.fileno())
        self.counts[kind] += 1

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            self._file.close()
