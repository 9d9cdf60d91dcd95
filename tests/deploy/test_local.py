"""The system on one machine: it comes up, stays up, fits, and leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from urllib.request import Request, urlopen

import psutil
import pytest

from deploy.local.launcher import NotStarted, down, memory_bytes, up
from deploy.local.layout import SERVICES
from deploy.local.supervisor import is_ready
from tests.architecture.house import ROOT
from tests.deploy.installation import Installation, installed

MEMORY_BYTES_MAX = 1_536 * 1024 * 1024
SECONDS_MAX = 60

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """One for all stories of this file."""
    with installed() as found:
        yield found


def eventually(promise: Callable[[], bool], seconds_max: float = SECONDS_MAX) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds_max
    while not promise():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_every_service_is_ready_with_an_api_and_a_worker(installation: Installation) -> None:
    state = installation.state
    assert state.phase == "ready"
    wanted = {f"{service}-{verb}" for service in SERVICES for verb in ("serve", "work")}
    assert set(state.processes) == wanted | {"postgres", "nats"}
    eventually(lambda: all(is_ready(url) for url in state.urls.values()))


def test_all_processes_together_fit_into_a_small_machine(installation: Installation) -> None:
    assert memory_bytes(installation.state) < MEMORY_BYTES_MAX


def test_starting_again_finds_it_running(installation: Installation) -> None:
    assert up(installation.layout).supervisor == installation.state.supervisor


@pytest.mark.parametrize("name", ["targets-serve", "monitoring-work", "nats", "postgres"])
def test_what_dies_is_started_again(installation: Installation, name: str) -> None:
    before = installation.state
    os.kill(before.processes[name].pid, signal.SIGKILL)
    eventually(lambda: installation.state.restarts.get(name, 0) > before.restarts.get(name, 0))
    eventually(lambda: all(is_ready(url) for url in installation.state.urls.values()))
    assert installation.state.processes[name] != before.processes[name]


def test_a_server_that_cannot_start_at_once_is_tried_until_it_can(
    installation: Installation,
) -> None:
    before, log = installation.state, installation.layout.logs / "supervisor.log"
    already = len(log.read_text())
    postmaster = psutil.Process(before.processes["postgres"].pid)
    heir = next(one for one in postmaster.children() if "checkpointer" in " ".join(one.cmdline()))
    heir.suspend()
    try:
        postmaster.kill()
        eventually(lambda: "postgres is tried again" in log.read_text()[already:])
    finally:
        heir.resume()
    eventually(
        lambda: installation.state.restarts.get("postgres", 0) > before.restarts.get("postgres", 0)
    )
    eventually(lambda: all(is_ready(url) for url in installation.state.urls.values()))
    assert "shared memory" in log.read_text()[already:]


def test_another_installation_does_not_take_its_ports(installation: Installation) -> None:
    other = type(installation.layout)(
        data=installation.base / "other", first_port=installation.layout.first_port
    )
    with pytest.raises(NotStarted, match="taken by another program"):
        up(other)


def test_a_token_of_make_opens_the_door(installation: Installation) -> None:
    done = subprocess.run(
        ["make", "-s", "token", "ROLE=FB_PERFORMANCE", f"DATA={installation.base}"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    token = done.stdout.strip()
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token)
    url = f"{installation.state.urls['targets']}/v1/units"
    asked = Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urlopen(asked, timeout=10) as answer:  # noqa: S310 - our own loopback address
        assert isinstance(json.load(answer), dict)


def test_the_documentation_opens_without_the_internet(installation: Installation) -> None:
    for url in installation.state.urls.values():
        with urlopen(f"{url}/docs", timeout=10) as answer:  # noqa: S310
            page = answer.read().decode()
        assert "https://" not in page
        assert "http://" not in page


def test_nothing_is_left_behind_and_data_is_found_again() -> None:
    with installed() as found:
        pids = [running.pid for running in found.state.processes.values()]
        assert down(found.layout)
        assert not [pid for pid in pids if psutil.pid_exists(pid)]
        assert down(found.layout) is False
        up(found.layout)
        # A supervisor that was killed leaves its processes; the next `down` still knows them.
        os.kill(found.state.supervisor.pid, signal.SIGKILL)
        pids = [running.pid for running in found.state.processes.values()]
        assert down(found.layout)
        eventually(lambda: not [pid for pid in pids if psutil.pid_exists(pid)])
