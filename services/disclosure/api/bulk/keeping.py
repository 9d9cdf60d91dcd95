"""Where made days are kept, and that a day is made once however many ask for it.

A day comes into being under another name and gets its own when it is whole, so nobody ever reads
half of one: not after a crash, and not where several processes share the folder. What a crash
left behind is swept away before the next day is made.
"""

import asyncio
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import structlog

from services.disclosure.api.bulk.apart import apart
from services.disclosure.api.bulk.making import MANIFEST, Progress, make
from services.disclosure.api.bulk.manifest import ExportManifest
from services.disclosure.api.bulk.places import Days
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime

MAKING: Final = ".making-"
LEFT_BEHIND_SECONDS: Final = 6 * 3_600

log = structlog.get_logger()


@dataclass(slots=True)
class Making:
    """A day that is being made."""

    progress: Progress = field(default_factory=Progress)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    trouble: Exception | None = None


class Kept:
    """The made days of one folder."""

    def __init__(self, runtime: Runtime, folder: Path, days_max: int) -> None:
        """Nothing is made before it is asked for."""
        self._runtime = runtime
        self.folder = folder
        self._days_max = days_max
        self._makings: dict[date, Making] = {}
        self._one_at_a_time = asyncio.Lock()

    def days(self) -> list[date]:
        """The days whose files lie ready, the oldest first."""
        return sorted(date.fromisoformat(one.name) for one in self._whole())

    def folder_of(self, day: date) -> Path | None:
        """Where the files of a day lie; nothing while they do not."""
        folder = self.folder / day.isoformat()
        return folder if (folder / MANIFEST).exists() else None

    async def ask(self, days: Days, day: date, seconds: float) -> Path | Progress:
        """The folder of a day, made now where it is not kept; how far it is after that time."""
        folder = self.folder_of(day)
        if folder is not None:
            return folder
        making = self._makings.get(day)
        if making is None:
            making = self._makings[day] = Making()
            self._runtime.background.start(self._make(days, day, making), f"export-{day}")
        try:
            async with asyncio.timeout(seconds):
                await making.ended.wait()
        except TimeoutError:
            return making.progress
        folder = self.folder_of(day)
        if folder is None:
            raise Unavailable(
                "The files of this day could not be made.",
                remedy="Ask again; the lists tell the same rows.",
                headers={"retry-after": "30"},
            ) from making.trouble
        return folder

    async def _make(self, days: Days, day: date, making: Making) -> None:
        try:
            async with self._one_at_a_time:
                await apart(self._sweep)
                place = Path(mkdtemp(prefix=MAKING, dir=self.folder))
                try:
                    (place / day.isoformat()).mkdir()
                    folder = place / day.isoformat()
                    await make(self._runtime, days, day, folder, making.progress)
                    await apart(self._keep, folder)
                finally:
                    shutil.rmtree(place, ignore_errors=True)
        except Exception as trouble:  # noqa: BLE001 - whoever waits is told; asking begins anew
            making.trouble = trouble
            log.warning("export_failed", day=day.isoformat(), why=repr(trouble))
        finally:
            del self._makings[day]
            making.ended.set()

    def _keep(self, folder: Path) -> None:
        """Give the day its name; where another process was first, its files are the same."""
        place = self.folder / folder.name
        if place.exists() and not (place / MANIFEST).exists():
            self._forget(place)
        try:
            folder.rename(place)
        except OSError:
            if not (place / MANIFEST).exists():
                raise
        kept = sorted(self._whole(), key=lambda one: one.stat().st_mtime)
        for old in kept[: max(0, len(kept) - self._days_max)]:
            if old.name != folder.name:
                self._forget(old)

    def _forget(self, old: Path) -> None:
        """Away from its name at once, then file by file: no half of a day is left under it."""
        away = Path(mkdtemp(prefix=MAKING, dir=self.folder))
        with suppress(OSError):  # another process was first
            old.rename(away / old.name)
        shutil.rmtree(away, ignore_errors=True)

    def _sweep(self) -> None:
        """Make room, and take away what somebody left who did not come to the end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        long_ago = time.time() - LEFT_BEHIND_SECONDS
        for left in self.folder.glob(f"{MAKING}*"):
            if left.stat().st_mtime < long_ago:
                shutil.rmtree(left, ignore_errors=True)

    def _whole(self) -> list[Path]:
        return [one.parent for one in self.folder.glob(f"????-??-??/{MANIFEST}")]


def manifest_in(folder: Path) -> ExportManifest:
    """The manifest of a made day."""
    return ExportManifest.model_validate_json((folder / MANIFEST).read_bytes())
