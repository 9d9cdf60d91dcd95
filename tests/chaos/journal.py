"""What the load did, written before it is done: invoked, then acknowledged, refused or unknown."""

import asyncio
import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

type Kind = Literal["invoke", "ok", "fail", "info", "again", "other"]


@dataclass(slots=True)
class Journal:
    """Append-only, one JSON object per line.

    Who loads another process waits until what it begins is `on_disk` before the request leaves.
    """

    path: Path
    counts: Counter[str] = field(default_factory=Counter)
    _file: IO[str] | None = None
    _on_disk: int = 0
    """How many of those begun are on disk."""
    _flushing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def on_disk(self) -> None:
        """Wait until everything begun so far is on disk; one flush serves all who wait for it."""
        mine = self.counts["invoke"]
        async with self._flushing:
            if self._on_disk < mine:
                assert self._file is not None
                written = self.counts["invoke"]
                await asyncio.to_thread(os.fsync, self._file.fileno())
                self._on_disk = written

    def note(self, kind: Kind, key: str, **told: str | int) -> None:
        """Write one line about the request with this key."""
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8")
        self._file.write(json.dumps({"kind": kind, "id": key, **told}) + "\n")
        self._file.flush()
        self.counts[kind] += 1

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            self._file.close()
