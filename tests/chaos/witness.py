"""A witness outside: takes away what was signed, while it is signed, and forgets nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import asyncpg

GONE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)


@dataclass(slots=True)
class Witness:
    """The signed notes of all services, in the order they were seen."""

    databases: Mapping[str, str]
    notes: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Nothing was seen yet."""
        self.notes = {service: [] for service in self.databases}

    async def look(self) -> None:
        """Take what is new; a database that is recovering is looked at the next time."""
        for service, url in self.databases.items():
            try:
                connection = await asyncpg.connect(url, timeout=5)
                try:
                    rows = await connection.fetch("SELECT note FROM es.checkpoint ORDER BY at")
                finally:
                    await connection.close(timeout=5)
            except GONE:
                continue
            known = set(self.notes[service])
            self.notes[service] += [note for (note,) in rows if note not in known]
