"""The sealing key of the installation is changed by its runbook, on the service itself."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from services.monitoring.main import service
from services.monitoring.settings import MonitoringSettings
from shared.eventstore.connections import open_pool
from shared.http.app import create_app
from shared.sealing import Personal, PostgresKeys, Ring, SealingKeyMissing, Vault
from shared.sealing.ring import InstallationKey

OLD, NEW = "a key of last year", "a key of this year"
ZHANG = Personal(identity="PERSON|11010519491231002X", fields={"name": "张三"})


async def command(url: str, current: str, previous: str = "") -> tuple[int, str]:
    """`python -m services.monitoring rewrap`, as the operator calls it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.monitoring",
        "rewrap",
        env={
            **os.environ,
            "MONITORING_DATABASE_URL": url,
            "ABACUS_SEALING_KEY": current,
            "ABACUS_SEALING_KEYS_PREVIOUS": previous,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 300)
    return process.returncode or 0, said.decode()


async def starts(url: str, current: str, *previous: str) -> None:
    """The api comes up and goes down again."""
    settings = MonitoringSettings.model_validate(
        {"database_url": url, "sealing_key": current, "sealing_keys_previous": previous}
    )
    app = create_app(service, settings=settings)
    async with app.router.lifespan_context(app):
        pass


async def test_the_runbook_from_the_old_key_to_the_new_one(database: str) -> None:
    pool = await open_pool(database)
    keys = PostgresKeys(pool)
    (box,) = await Vault(Ring(OLD.encode()), keys).seal([ZHANG])
    # 1 the new key may open, 2 it wraps, 3 what is old is wrapped again, 4 the old one is gone.
    await starts(database, OLD, NEW)
    await starts(database, NEW, OLD)
    code, said = await command(database, NEW, OLD)
    assert (code, said.splitlines()[-1]) == (
        0,
        f"Every key is wrapped by {InstallationKey(NEW.encode()).id}.",
    )
    assert "1 keys" in said
    code, said = await command(database, NEW)
    assert (code, "keys\n" in said) == (0, False), "asked again, there is nothing to do"
    await starts(database, NEW)
    assert await Vault(Ring(NEW.encode()), keys).open([box]) == [ZHANG.fields]
    await pool.close()


async def test_a_process_without_the_key_does_not_start_and_says_why(database: str) -> None:
    await starts(database, OLD)
    with pytest.raises(SealingKeyMissing) as caught:
        await starts(database, NEW)
    assert InstallationKey(OLD.encode()).id in str(caught.value)
    code, said = await command(database, NEW)
    assert code == 1
    assert "ABACUS_SEALING_KEYS_PREVIOUS" in said
    assert "Traceback" not in said


def test_previous_keys_come_as_one_text_with_commas(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ABACUS_SEALING_KEYS_PREVIOUS", "a, b,")
    monkeypatch.setenv("ABACUS_DATA_DIR", str(tmp_path))
    first, *previous = MonitoringSettings().sealing_secrets
    assert previous == [b"a", b"b"]
    assert first == (tmp_path / "sealing.key").read_bytes()
