"""What a service measures of its own health when `/metrics` is asked: the numbers of the alarms.

They come from the same rows as `/readyz`, so both say the same; nothing is measured in between.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import asyncpg
from prometheus_client import Gauge
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shared.http.runtime import Runtime
from shared.http.sessions import Session

READY: Final = Gauge("abacus_ready", "Whether database, worker and bus are there", ("service",))
BUS: Final = Gauge("abacus_bus_answers", "Whether the bus answers the worker", ("service",))
REPLICAS_MISSING: Final = Gauge(
    "abacus_feed_replicas_missing", "Servers of the bus that should keep the feed", ("service",)
)
SILENT: Final = Gauge("abacus_worker_silent", "Whether no worker has been heard of", ("service",))
STOPPED: Final = Gauge(
    "abacus_stopped_readers", "Readers and relays that wait for a person", ("service",)
)
LAG_SECONDS: Final = Gauge(
    "abacus_lag_seconds", "For how long the slowest reader has been behind", ("service",)
)
UNNUMBERED: Final = Gauge(
    "abacus_unnumbered_oldest_seconds", "Age of the oldest append without a number", ("service",)
)
UNSIGNED: Final = Gauge(
    "abacus_unsigned_oldest_seconds",
    "For how long facts have stood outside a signed checkpoint",
    ("service",),
)
SNAPSHOT: Final = Gauge(
    "abacus_oldest_snapshot_seconds", "Age of the oldest open transaction seen here", ("service",)
)
DISK: Final = Gauge(
    "abacus_disk_used_ratio", "Used share of the volume of the data folder", ("service",)
)

_AGES: Final = text("""
SELECT
  (SELECT extract(epoch FROM clock_timestamp() - min(a.recorded_at))
     FROM es.unsequenced u JOIN es.append a USING (append_id)),
  (SELECT extract(epoch FROM clock_timestamp() - min(a.recorded_at))
     FROM es.ledger l JOIN es.append a USING (append_id)
    WHERE l.position = 1 + (SELECT coalesce(max(c.size), 0) FROM es.checkpoint c)),
  (SELECT extract(epoch FROM clock_timestamp() - min(s.xact_start))
     FROM pg_stat_activity s
    WHERE s.datname = current_database() AND s.backend_xmin IS NOT NULL
      AND s.pid <> pg_backend_pid())
""")
_GAUGES: Final = (UNNUMBERED, UNSIGNED, SNAPSHOT)


async def measure(runtime: Runtime, checks: Mapping[str, Any], *, ready: bool) -> None:
    """Write down what was just looked at, and the ages that only the database knows."""
    service = runtime.service
    READY.labels(service).set(ready)
    BUS.labels(service).set(checks.get("bus", "ok") == "ok")
    REPLICAS_MISSING.labels(service).set(checks.get("replicas_missing", 0))
    SILENT.labels(service).set(checks.get("worker") == "silent")
    STOPPED.labels(service).set(checks.get("stopped_readers", 0))
    LAG_SECONDS.labels(service).set(checks.get("lag_seconds", 0))
    DISK.labels(service).set(_used(runtime.settings.data_dir))
    if runtime.engine is None:
        return
    try:
        async with Session(runtime.engine) as session:
            ages = (await session.execute(_AGES)).one()
    except (SQLAlchemyError, asyncpg.PostgresError, OSError, TimeoutError):
        return  # `abacus_ready` says so
    for gauge, age in zip(_GAUGES, ages, strict=True):
        gauge.labels(service).set(age or 0)


def _used(folder: Path) -> float:
    """Of the volume on which the folder lies or would lie."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    usage = shutil.disk_usage(there)
    return usage.used / usage.total
