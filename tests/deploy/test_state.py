"""A process is known by its id and its birth, so that `make down` never ends a stranger."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.local.layout import Layout, Servers, environment
from deploy.local.state import Running, State


def test_a_process_is_found_as_long_as_it_is_the_same() -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    running = Running.of(sleeper.pid)
    stranger = Running(sleeper.pid, running.began_at - 100)
    assert running.process() is not None
    assert stranger.process() is None
    sleeper.kill()
    sleeper.wait()
    assert running.process() is None


def test_the_state_is_written_for_its_owner_only_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    state = State(supervisor=Running(1, 2.5), processes={"x": Running(3, 4.5)}, restarts={"x": 1})
    state.write(file)
    assert State.read(file) == state
    assert file.stat().st_mode & 0o077 == 0
    assert State.read(tmp_path / "nothing.json") is None


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    layout = Layout(data=tmp_path)
    assert layout.secret("a") == layout.secret("a") != layout.secret("b")
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_a_process_gets_the_password_of_its_own_role_only(tmp_path: Path) -> None:
    layout = Layout(data=tmp_path)
    servers = Servers(postgres="postgresql://root:word@127.0.0.1:5", nats="nats://127.0.0.1:4")
    given = environment(layout, servers, "targets", "app")
    assert layout.login("targets", "app") in given["TARGETS_DATABASE_URL"]
    ours = {name: value for name, value in given.items() if name not in os.environ}
    said = " ".join(ours.values())
    assert layout.login("targets", "owner") not in said
    assert layout.login("monitoring", "app") not in said
    assert "root:word" not in said
