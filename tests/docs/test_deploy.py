"""The files of the deployment are valid and agree with each other."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared import cli, leaving, worker
from shared.http import app, slim
from tests.architecture.house import ROOT, SERVICES

COMPOSE = ROOT / "docker-compose.yml"


def compose() -> dict[str, Any]:
    """The composition as it is read after its anchors."""
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return found


def seconds(told: str) -> int:
    """A length of time as Docker and Caddy write it."""
    return int(told[:-1]) * {"s": 1, "m": 60}[told[-1]]


def valid(path: Path) -> bool:
    """Whether a file keeps the schema of the compose specification."""
    checker = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [str(checker), "--builtin-schema", "vendor.compose-spec", str(path)],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_the_composition_keeps_the_specification() -> None:
    assert valid(COMPOSE)


def test_a_planted_mistake_is_found(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(
        COMPOSE.read_text(encoding="utf-8").replace("read_only: true", "read_only: 3")
    )
    assert not valid(broken)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_its_three_processes_and_its_own_secrets(service: str) -> None:
    parts = compose()["services"]
    for verb, role in (("migrate", "owner"), ("api", "app"), ("worker", "worker")):
        part = parts[f"{service}-{verb}"]
        assert part["build"]["args"] == {"SERVICE": service}
        assert part["read_only"] is True
        assert part["cap_drop"] == ["ALL"]
        assert f"postgres-{service}-{role}" in part["secrets"]
        others = [name for name in SERVICES if name != service]
        assert not [s for s in part["secrets"] if any(other in s for other in others)]


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_is_as_well_as_its_api_says(service: str) -> None:
    fields = vars(import_module(f"services.{service}.settings"))[
        f"{service.capitalize()}Settings"
    ].model_fields
    asked = compose()["services"][f"{service}-worker"]["healthcheck"]["test"]
    place = f"http://{service}-api:{fields['port'].default}/readyz"
    assert asked == ["CMD", "python", "healthcheck.py", place]


def test_no_log_fills_the_disk() -> None:
    parts = compose()["services"]
    logs = [part["logging"] for part in parts.values()]
    assert logs == [{"driver": "local", "options": {"max-size": "100m", "max-file": "10"}}] * len(
        logs
    )
    cluster = yaml.safe_load((ROOT / "deploy" / "nats" / "cluster.yml").read_text(encoding="utf-8"))
    others = {name: part for name, part in cluster["services"].items() if name not in parts}
    assert others.keys() == {"nats-2", "nats-3"}
    assert [part["logging"] for part in others.values()] == logs[:2]


@pytest.mark.parametrize("service", SERVICES)
def test_docker_waits_until_a_process_has_answered_what_it_took(service: str) -> None:
    parts = compose()["services"]
    last_looks = leaving.LOOKS * leaving.LOOK_SECONDS
    needed = last_looks + cli.STOP_SECONDS_MAX + app.CLOSE_SECONDS_MAX
    assert seconds(parts[f"{service}-api"]["stop_grace_period"]) > needed
    assert seconds(parts[f"{service}-worker"]["stop_grace_period"]) > worker.END_SECONDS_MAX


def test_docker_waits_for_the_gateway_and_the_gateway_for_commands() -> None:
    text = (ROOT / "deploy" / "gateway" / "Caddyfile").read_text(encoding="utf-8")
    [grace] = re.findall(r"^\tgrace_period (\w+)$", text, re.MULTILINE)
    assert seconds(grace) > slim.COMMAND_SECONDS_MAX
    assert seconds(grace) < seconds(compose()["services"]["gateway"]["stop_grace_period"])


def test_every_secret_is_declared_made_and_never_committed() -> None:
    document = compose()
    used = {secret for part in document["services"].values() for secret in part.get("secrets", ())}
    assert used == set(document["secrets"])
    ignored = (ROOT / "deploy" / "secrets" / ".gitignore").read_text().split()
    assert ignored == ["*", "!.gitignore"]


def test_the_secrets_are_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "deploy"
    (folder / "secrets").mkdir(parents=True)
    script = folder / "secrets.sh"
    script.write_bytes((ROOT / "deploy" / "secrets.sh").read_bytes())
    subprocess.run(["/bin/sh", str(script)], check=True)
    first = {path.name: path.read_bytes() for path in (folder / "secrets").iterdir()}
    subprocess.run(["/bin/sh", str(script)], check=True)
    assert first == {path.name: path.read_bytes() for path in (folder / "secrets").iterdir()}
    wanted = {Path(one["file"]).name for one in compose()["secrets"].values()}
    assert wanted <= set(first)
    assert (folder / "secrets").stat().st_mode & 0o077 == 0


def test_nothing_runs_as_root_and_only_one_service_is_in_an_image() -> None:
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001", last, re.MULTILINE)
    assert "COPY services/${SERVICE}/ services/${SERVICE}/" in last
    assert "COPY services/ " not in text
    assert "HEALTHCHECK" in last


def test_the_gateway_knows_every_service() -> None:
    text = (ROOT / "deploy" / "gateway" / "Caddyfile").read_text(encoding="utf-8")
    for service in SERVICES:
        assert f"handle_path /{service}/*" in text
        assert f"reverse_proxy {service}-api:8000" in text


FREED = """
import psutil
from deploy.local.nest import give_back
held = [bytes(4_000) for _ in range(20_000)]
held = held[::64]  # what is still used lies between what was freed
before = psutil.Process().memory_info().rss
assert give_back()
print((before - psutil.Process().memory_info().rss) // 1_000_000)
"""


def test_a_process_of_the_nest_gives_back_what_lies_between_what_it_still_uses() -> None:
    told = subprocess.run(
        [sys.executable, "-c", FREED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(told.stdout) > 60  # of the eighty megabytes that were taken
