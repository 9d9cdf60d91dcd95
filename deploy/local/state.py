"""What runs on this machine, as a file: exact enough to end these processes and no others."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, Self

import psutil

type Phase = Literal["starting", "ready", "stopping", "failed"]


@dataclass(frozen=True, slots=True)
class Running:
    """A process, known by its id and the moment it began: ids are given again."""

    pid: int
    began_at: float

    @classmethod
    def of(cls, pid: int) -> Self:
        """The process that has this id now."""
        return cls(pid, psutil.Process(pid).create_time())

    def process(self) -> psutil.Process | None:
        """The very same process, or nothing when it has ended."""
        try:
            found = psutil.Process(self.pid)
            same = abs(found.create_time() - self.began_at) < 1
            ended = found.status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return None
        return found if same and not ended else None


@dataclass(slots=True, kw_only=True)
class State:
    """What the supervisor tells the world."""

    supervisor: Running
    phase: Phase = "starting"
    step: str = ""
    processes: dict[str, Running] = field(default_factory=dict)
    restarts: dict[str, int] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    servers: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Replace the file in one step, readable by its owner only: addresses hold passwords."""
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(0o600)
        draft.write_text(json.dumps(asdict(self), indent=2))
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The last state, or nothing where nothing was ever started."""
        if not path.exists():
            return None
        found = json.loads(path.read_text())
        found["supervisor"] = Running(**found["supervisor"])
        found["processes"] = {
            name: Running(**process) for name, process in found["processes"].items()
        }
        return cls(**found)

    @property
    def alive(self) -> bool:
        """Whether its supervisor still runs."""
        return self.supervisor.process() is not None
