"""Bus, databases and gateway of a cluster run by the files of the composition, and agree."""

import os
import re
import subprocess
from pathlib import Path
from typing import Final

import yaml

from tests.architecture.house import ROOT
from tests.deploy.cell import (
    KUBERNETES,
    built,
    composed,
    container,
    data,
    environment,
    named,
    quantity,
    secrets,
    workloads,
)

DEPLOY: Final = ROOT / "deploy"
GIGABYTE: Final = 10**9


def written(tmp_path: Path) -> dict[str, dict[str, str]]:
    """Every secret as `secrets.sh` prints it, of a folder that deploy/secrets.sh made."""
    folder = tmp_path / "deploy"
    (folder / "secrets").mkdir(parents=True)
    script = folder / "secrets.sh"
    script.write_bytes((DEPLOY / "secrets.sh").read_bytes())
    subprocess.run(["/bin/sh", script], check=True)
    done = subprocess.run(
        ["/bin/sh", KUBERNETES / "secrets.sh", "abacus", folder / "secrets"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = list(yaml.safe_load_all(done.stdout))
    assert {one["metadata"]["namespace"] for one in found if one} == {"abacus"}
    return {one["metadata"]["name"]: one["data"] for one in found if one}


def test_every_secret_that_is_mounted_is_made(tmp_path: Path) -> None:
    made = written(tmp_path)
    for name, workload in workloads(built()).items():
        for secret, key in secrets(workload).values():
            assert key in made[secret], f"{name} {secret}"
    used = {secret for one in workloads(built()).values() for secret, _ in secrets(one).values()}
    # The operator copies by certificates of its own.
    assert made.keys() - used == {"postgres-backup"}
    cluster = named(built(), "Cluster", "postgres")["spec"]["superuserSecret"]["name"]
    assert made[cluster].keys() == {"username", "password"}


def test_no_secret_is_among_the_files() -> None:
    assert [one for one in built() if one["kind"] == "Secret"] == []


def test_the_files_are_those_of_the_composition() -> None:
    maps = {
        "nats": ["nats/accounts.conf", "nats/cluster.conf", "nats/nats.conf", "nats/start.sh",
                 "nats/streams.json"],
        "gateway": ["gateway/Caddyfile"],
        "well-known": ["gateway/well-known/api-catalog.json", "gateway/well-known/security.txt"],
        "postgres": ["postgres/init/10-services.sh", "postgres/own_server.sql",
                     "postgres/service.sql"],
    }  # fmt: skip
    for name, files in maps.items():
        wanted = {Path(one).name: (DEPLOY / one).read_text(encoding="utf-8") for one in files}
        assert data(built(), name) == wanted


def test_every_file_lies_where_it_is_looked_for() -> None:
    bus, script = workloads(built())["nats"], data(built(), "nats")
    assert container(bus)["command"] == composed()["nats"]["entrypoint"]
    folder = {m["name"]: m["mountPath"] for m in container(bus)["volumeMounts"]}
    assert environment(built(), bus)["NATS_CONFIG"] == f"{folder['nats']}/cluster.conf"
    assert re.findall(r"include (\S+)", script["cluster.conf"] + script["nats.conf"]) == [
        "nats.conf", "accounts.conf",
    ]  # fmt: skip
    assert re.findall(r"store_dir: (/\w+)", script["nats.conf"]) == [folder["data"]]
    provision = container(workloads(built())["provision"])
    places = {m["name"]: m["mountPath"] for m in provision["volumeMounts"]}
    assert provision["args"][1] == f"{places['nats']}/streams.json"
    databases = container(workloads(built())["databases"])
    called = re.findall(r"/etc/abacus/[\w.]+", data(built(), "postgres")["10-services.sh"])
    for path in {*called, *re.findall(r"/etc/abacus/[\w.-]+", databases["args"][0])}:
        assert Path(path).name in data(built(), "postgres")
    for name, root in (("gateway", "/etc/caddy"), ("well-known", "/etc/abacus")):
        gateway = container(workloads(built())["gateway"])
        assert {m["name"]: m["mountPath"] for m in gateway["volumeMounts"]}[name] == root


def test_the_servers_of_the_bus_know_each_other_and_everybody_knows_them() -> None:
    workload = workloads(built())["nats"]
    count = workload["spec"]["replicas"]
    home = workload["spec"]["serviceName"]
    names = [f"nats-{number}.{home}" for number in range(count)]
    told = environment(built(), workload)
    assert told["NATS_SERVERS"].split() == names
    assert named(built(), "Service", home)["spec"]["clusterIP"] == "None"
    assert named(built(), "Service", home)["spec"]["publishNotReadyAddresses"] is True
    # Before two are there none is ready: the second must not wait for the first.
    assert workload["spec"]["podManagementPolicy"] == "Parallel"
    bus = data(built(), "bus")
    assert bus["ABACUS_NATS_URL"] == ",".join(f"nats://{one}:4222" for one in names)
    assert bus["ABACUS_NATS_MONITORING_URL"] == ",".join(f"http://{one}:8222" for one in names)
    assert bus["ABACUS_FEED_REPLICAS"] == str(count)
    assert count >= 3


def test_start_gives_the_servers_routes_to_these_names(tmp_path: Path) -> None:
    server = tmp_path / "nats-server"
    server.write_text('#!/bin/sh\nprintf "%s %s\\n" "$NATS_ROUTES" "$*"\n')
    server.chmod(0o700)
    told = environment(built(), workloads(built())["nats"])
    done = subprocess.run(
        ["/bin/sh", DEPLOY / "nats" / "start.sh"], check=True, capture_output=True, text=True,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", **told},
    )  # fmt: skip
    assert re.findall(r"@(\S+):6222", done.stdout) == told["NATS_SERVERS"].split()
    assert done.stdout.split()[-2:] == ["-c", told["NATS_CONFIG"]]


def test_a_server_of_the_bus_has_every_password_and_the_room_it_is_promised() -> None:
    workload, bus = workloads(built())["nats"], data(built(), "nats")
    cluster = yaml.safe_load((DEPLOY / "nats" / "cluster.yml").read_text(encoding="utf-8"))
    wanted = {*composed()["nats"]["secrets"], *cluster["services"]["nats"]["secrets"]}
    assert set(secrets(workload)) == {f"/run/secrets/{one}" for one in wanted}
    [claim] = workload["spec"]["volumeClaimTemplates"]
    [room] = re.findall(r"max_file_store: (\d+)GB", bus["nats.conf"])
    asked = quantity(claim["spec"]["resources"]["requests"]["storage"])
    assert asked >= int(room) * GIGABYTE


def test_the_databases_are_made_by_a_script_that_may_run_again(tmp_path: Path) -> None:
    # psql is somebody who only writes down what he is told.
    said = tmp_path / "said"
    (tmp_path / "psql").write_text(
        f'#!/bin/sh\necho "$PGHOST $PGPASSWORD $*" >> {said}\ncat >> {said}\n'
    )
    (tmp_path / "psql").chmod(0o700)
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    for name, content in data(built(), "postgres").items():
        (mounted / name).write_text(content)
    keys = tmp_path / "keys"
    keys.mkdir()
    for path in secrets(workloads(built())["databases"]):
        (keys / Path(path).name).write_text(f"of-{Path(path).name}")
    workload = container(workloads(built())["databases"])
    for script in (mounted / "10-services.sh",):
        text = script.read_text().replace("/run/secrets", str(keys))
        script.write_text(text.replace("/etc/abacus", str(mounted)))
    line = (
        workload["args"][0].replace("/run/secrets", str(keys)).replace("/etc/abacus", str(mounted))
    )
    told = {one["name"]: one["value"] for one in workload["env"]}
    subprocess.run(
        [*workload["command"], line], check=True, stdin=subprocess.DEVNULL,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", **told},
    )  # fmt: skip
    text = said.read_text()
    assert text.count("postgres-rw of-postgres-superuser") == 5
    assert "\\set owner_password 'of-postgres-targets-owner'" in text
    assert "NOT EXISTS (SELECT FROM pg_database" in text
    assert "CREATE DATABASE" in text
