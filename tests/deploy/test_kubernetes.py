"""The files for a cluster are valid, agree with the composition, and ask for no more than needed.

No cluster runs here: what is built is read. `deploy/kubernetes` says what is in it.
"""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator
from pydantic import AliasChoices
from referencing import Registry, Resource

from shared import cli, leaving
from shared.documents.workbook_process import MEMORY_BYTES_MAX
from shared.http.health import add_health
from shared.http.runtime import Runtime
from shared.settings import ServiceSettings
from tests.architecture.house import ROOT, SERVICES
from tests.deploy.cell import (
    COMPONENT,
    NAME,
    Cell,
    Json,
    built,
    composed,
    container,
    data,
    environment,
    labels,
    named,
    of_kind,
    pod,
    pods,
    quantity,
    secrets,
    selects,
    workloads,
)

OLDEST, NEWEST = "1.32", "1.37"
DATABASE_IMAGE: Final = "ghcr.io/cloudnative-pg/postgresql"
"""The operator runs images of its own; the version is that of the composition."""
BY_THE_OPERATOR: Final = frozenset({"postgres", "backup"})
"""Processes of the composition that CloudNativePG has in a cluster."""
FLOODED_BYTES: Final = 266 * 2**20
"""What an API took at most while strangers flooded it (docs/reliability.md, S8)."""
ASIDE: Final = 20
"""Connections for the operator, for people and for jobs."""
MINE: Final = {
    "databases": ["PGHOST", "POSTGRES_USER"],
    "gateway": ["ABACUS_SITE", "ABACUS_PROXIES"],
    "nats": ["NATS_CONFIG", "NATS_SERVERS", "NATS_SERVER_NAME"],
}
"""What programs that are not ours read."""


@cache
def schemas(version: str) -> Path:
    """The schemas of a version that allow nothing they do not name."""
    folder = files("kubernetes_validate") / "kubernetes-json-schema" / f"v{version}.0-local-strict"
    assert isinstance(folder, Path)
    return folder


@cache
def definitions(version: str) -> Registry[bool | Mapping[str, Any]]:
    """What the schemas of a version have in common."""
    common = json.loads((schemas(version) / "_definitions.json").read_text(encoding="utf-8"))
    return (Resource.from_contents(common) @ Registry()).crawl()


def invalid(cell: Cell, version: str) -> list[str]:
    """What an API server of this version would refuse; the operator's own kind is not known."""
    found: list[str] = []
    for one in cell:
        group, _, last = one["apiVersion"].rpartition("/")
        api = f"{group.partition('.')[0]}-{last}" if group else last
        file = schemas(version) / f"{one['kind'].lower()}-{api}.json"
        if one["kind"] == "Cluster":
            continue
        schema = json.loads(file.read_text(encoding="utf-8"))
        checker = Draft202012Validator(schema, registry=definitions(version))
        name = f"{one['kind']} {one['metadata']['name']}"
        found += [f"{name}: {error.message}" for error in checker.iter_errors(one)]
    return found


def weaknesses(cell: Cell) -> list[str]:
    """Where a process may do more than it needs, or take more than it is given."""
    found: list[str] = []
    for name, workload in workloads(cell).items():
        inside, outside = container(workload), pod(workload)
        context, own = outside["securityContext"], inside["securityContext"]
        more = set(own["capabilities"].get("add", ()))
        limits = inside["resources"]["limits"]
        checks = {
            "may be root": context["runAsNonRoot"] is True and context["runAsUser"] > 0,
            "may call what it likes": context["seccompProfile"] == {"type": "RuntimeDefault"},
            "has a token": outside["automountServiceAccountToken"] is False,
            "may write": own["readOnlyRootFilesystem"] is True,
            "may gain rights": own["allowPrivilegeEscalation"] is False,
            "has rights": own["capabilities"]["drop"] == ["ALL"]
            and more <= ({"NET_BIND_SERVICE"} if name == "gateway" else set()),
            "has no limits": limits.keys() == {"cpu", "memory", "ephemeral-storage"},
            "asks for nothing": inside["resources"]["requests"].keys() == limits.keys(),
            "shares the machine": not outside.keys() & {"hostNetwork", "hostPID", "hostIPC"},
            "runs others beside it": not outside.keys() & {"initContainers", "ephemeralContainers"},
            "mounts the machine": not [v for v in outside["volumes"] if "hostPath" in v],
        }
        found += [f"{name} {told}" for told, holds in checks.items() if not holds]
    return found


def settings_of(name: str) -> type[ServiceSettings]:
    """What a service reads of its surroundings."""
    found = vars(import_module(f"services.{name}.settings"))[f"{name.capitalize()}Settings"]
    assert isinstance(found, type)
    assert issubclass(found, ServiceSettings)
    return found


@cache
def variables(name: str) -> frozenset[str]:
    """Every variable that the settings of a service read."""
    settings = settings_of(name)
    prefix = settings.model_config.get("env_prefix", "")
    fields = settings.model_fields.items()
    return frozenset(
        str(field.validation_alias.choices[0])
        if isinstance(field.validation_alias, AliasChoices)
        else f"{prefix}{key.upper()}"
        for key, field in fields
    )


def unread(cell: Cell) -> list[str]:
    """Variables that are given to a process which does not look at them."""
    found: list[str] = []
    # Every process has the map of all; a service overlooks what is another one's.
    anybody = {one for name in SERVICES for one in variables(name)} & {*data(cell, "surroundings")}
    for name, workload in workloads(cell).items():
        known = set(MINE.get(name, ())) | {"PGPASSWORD"}
        if name == "provision":
            text = (ROOT / "shared" / "bus" / "provision.py").read_text(encoding="utf-8")
            known |= set(re.findall(r"ABACUS_\w+", text))
        elif owner := labels(workload).get(COMPONENT) and labels(workload)[NAME]:
            known |= variables(owner) | anybody
        given = {one.removesuffix("_FILE") for one in environment(cell, workload)}
        found += [f"{name} {one}" for one in sorted(given - known)]
    return found


def connections(cell: Cell) -> int:
    """The most that all processes open at once while every service is rolled."""
    total = 0
    for name in SERVICES:
        fields = settings_of(name).model_fields
        pool, reads = fields["database_connections_max"], fields["read_connections_max"]
        api, worker = (workloads(cell)[f"{name}-{one}"]["spec"] for one in ("api", "worker"))
        apis = api["replicas"] + api["strategy"]["rollingUpdate"]["maxSurge"]
        workers = worker["replicas"] + worker["strategy"]["rollingUpdate"]["maxSurge"]
        # A worker that waits for its place has one connection; the reads of an api have two pools.
        total += apis * (pool.default + 2 * reads.default) + pool.default + workers
    return total


def changed(kind: str, name: str, change: Callable[[Json], object]) -> Cell:
    """The cell with one thing planted in it."""
    cell = deepcopy(list(built()))
    change(named(cell, kind, name))
    return cell


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_every_object_keeps_the_schemas_of_the_oldest_and_newest_version(version: str) -> None:
    assert invalid(built(), version) == []
    planted = changed("Deployment", "targets-api", lambda it: it["spec"].update(replicas="two"))
    assert len(invalid(planted, version)) == 1
    misspelt = changed("Deployment", "targets-api", lambda it: pod(it).update(hostNetwrk=True))
    assert len(invalid(misspelt, version)) == 1


def test_every_process_of_the_composition_runs_from_the_same_image() -> None:
    cell = built()
    wanted = {
        name: re.sub(r"\$\{ABACUS_VERSION:-(\w+)\}", r"\1", part["image"])
        for name, part in composed().items()
        if name not in BY_THE_OPERATOR
    }
    found = {name: container(one)["image"] for name, one in workloads(cell).items()}
    assert found == wanted | {"databases": composed()["postgres"]["image"]}
    verbs = {name: container(one).get("args") for name, one in workloads(cell).items()}
    for name in wanted.keys() - {"nats", "gateway"}:
        assert verbs[name] == composed()[name]["command"], name
    major = composed()["postgres"]["image"].partition(":")[2]
    image = named(cell, "Cluster", "postgres")["spec"]["imageName"]
    assert image.startswith(f"{DATABASE_IMAGE}:{major}-")


def test_no_process_may_do_more_than_it_needs() -> None:
    assert weaknesses(built()) == []


@pytest.mark.parametrize(
    ("told", "plant"),
    [
        ("may be root", lambda it: pod(it)["securityContext"].update(runAsUser=0)),
        ("may write", lambda it: container(it)["securityContext"].update(
            readOnlyRootFilesystem=False)),
        ("runs others beside it", lambda it: pod(it).update(initContainers=[{"name": "x"}])),
        ("has a token", lambda it: pod(it).update(automountServiceAccountToken=True)),
        ("has no limits", lambda it: container(it)["resources"]["limits"].pop("memory")),
        ("has rights", lambda it: container(it)["securityContext"]["capabilities"].update(
            add=["NET_BIND_SERVICE"])),
    ],
)  # fmt: skip
def test_a_planted_weakness_is_found(told: str, plant: Callable[[Json], object]) -> None:
    found = weaknesses(changed("Deployment", "monitoring-worker", plant))
    assert f"monitoring-worker {told}" in found


@pytest.mark.parametrize("name", SERVICES)
def test_every_process_is_told_what_the_composition_tells_it(name: str) -> None:
    elsewhere = {"postgres:5432": "postgres-rw:5432"}
    alone = {"ABACUS_NATS_URL", "ABACUS_NATS_MONITORING_URL", "ABACUS_GATEWAYS"}
    for part in ("api", "worker", "migrate"):
        told = environment(built(), workloads(built())[f"{name}-{part}"])
        for variable, value in composed()[f"{name}-{part}"]["environment"].items():
            wanted = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
            for here, there in elsewhere.items():
                wanted = wanted.replace(here, there)
            assert variable in told
            assert variable in alone or told[variable] == wanted, variable


def test_every_variable_is_read_by_whom_it_is_given() -> None:
    assert unread(built()) == []
    planted = changed(
        "Deployment",
        "targets-api",
        lambda it: container(it)["env"].append({"name": "TARGETS_DATABSE_URL", "value": "x"}),
    )
    assert unread(planted) == ["targets-api TARGETS_DATABSE_URL"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_process_has_the_secrets_of_the_composition_and_no_others(name: str) -> None:
    for part in ("api", "worker", "migrate"):
        workload = workloads(built())[f"{name}-{part}"]
        files = secrets(workload)
        wanted = {f"/run/secrets/{one}" for one in composed()[f"{name}-{part}"]["secrets"]}
        assert set(files) == wanted
        told = environment(built(), workload)
        read = {value for key, value in told.items() if key.endswith(("_FILE", "_JWKS"))}
        assert read <= set(files) | {"/run/secrets/cursor-key", "/run/secrets/jwks"}
        assert part == "migrate" or read == wanted


@pytest.mark.parametrize("name", SERVICES)
def test_the_worker_alone_signs_and_with_the_same_key_after_a_restart(name: str) -> None:
    wanted = {
        "ABACUS_CHECKPOINT_KEY_FILE": f"/run/secrets/checkpoint-{name}",
        "ABACUS_CHECKPOINT_KEYS_PREVIOUS_FILE": f"/run/secrets/checkpoint-{name}-previous",
    }
    for part in ("api", "worker", "migrate"):
        workload = workloads(built())[f"{name}-{part}"]
        for variable, place in wanted.items():
            told = {
                environment(built(), workload).get(variable),
                composed()[f"{name}-{part}"]["environment"].get(variable),
            }
            assert told == ({place} if part == "worker" else {None})
            assert (place in secrets(workload)) is (part == "worker")


@pytest.mark.parametrize("name", SERVICES)
def test_who_opens_what_is_sealed_opens_what_was_sealed_before_a_key_was_changed(name: str) -> None:
    for part in ("api", "worker", "migrate"):
        workload = workloads(built())[f"{name}-{part}"]
        for told in (
            environment(built(), workload),
            composed()[f"{name}-{part}"]["environment"],
        ):
            seals = "ABACUS_SEALING_KEY_FILE" in told
            assert ("ABACUS_SEALING_KEYS_PREVIOUS_FILE" in told) is seals


@pytest.mark.parametrize("name", SERVICES)
def test_probes_ask_for_what_is_there(name: str) -> None:
    inside = container(workloads(built())[f"{name}-api"])
    app = FastAPI()
    add_health(app, object.__new__(Runtime))  # it is looked at when somebody asks
    paths = {getattr(route, "path", "") for route in app.routes}
    ports = {one["name"]: one["containerPort"] for one in inside["ports"]}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        asked = inside[probe]["httpGet"]
        assert asked["path"] in paths
        assert ports[asked["port"]] == settings_of(name).model_fields["port"].default
    # What also asks for worker and bus would close every door when one of the two is away.
    assert inside["readinessProbe"]["httpGet"]["path"] != "/readyz"


def test_probes_of_the_other_servers_ask_as_the_composition_does() -> None:
    conf = (ROOT / "deploy" / "nats" / "nats.conf").read_text(encoding="utf-8")
    [monitor] = re.findall(r"^http: \S+:(\d+)$", conf, re.MULTILINE)
    site = environment(built(), workloads(built())["gateway"])["ABACUS_SITE"]
    assert f":{monitor}/" in composed()["nats"]["healthcheck"]["test"][-1]
    for name, listens in (("nats", monitor), ("gateway", site.rpartition(":")[2])):
        asked = composed()[name]["healthcheck"]["test"][-1]
        inside = container(workloads(built())[name])
        assert inside["livenessProbe"]["httpGet"]["path"] in asked
        assert inside["readinessProbe"]["httpGet"]["path"].partition("?")[0] in asked
        ports = {one["name"]: one["containerPort"] for one in inside["ports"]}
        for probe in inside.keys() & {"startupProbe", "readinessProbe", "livenessProbe"}:
            assert ports[inside[probe]["httpGet"]["port"]] == int(listens)


def test_whoever_is_told_to_stop_has_the_time_it_needs() -> None:
    patience = leaving.LOOKS * leaving.LOOK_SECONDS
    for name in SERVICES:
        workload = workloads(built())[f"{name}-api"]
        unheard = container(workload)["lifecycle"]["preStop"]["sleep"]["seconds"]
        needed = unheard + patience + cli.STOP_SECONDS_MAX
        assert unheard >= 5  # until nobody sends any more
        assert pod(workload)["terminationGracePeriodSeconds"] > needed
    bus = (ROOT / "deploy" / "nats" / "nats.conf").read_text(encoding="utf-8")
    [lame] = re.findall(r'lame_duck_duration: "(\d+)s"', bus)
    assert pod(workloads(built())["nats"])["terminationGracePeriodSeconds"] > int(lame) + 10


def test_an_api_may_take_what_it_was_seen_to_take() -> None:
    for name in SERVICES:
        limits = container(workloads(built())[f"{name}-api"])["resources"]["limits"]
        assert quantity(limits["memory"]) > FLOODED_BYTES + MEMORY_BYTES_MAX
        assert f"{composed()[f'{name}-api']['mem_limit']}i".upper() == limits["memory"].upper()


def test_the_database_has_room_for_every_connection() -> None:
    parameters = named(built(), "Cluster", "postgres")["spec"]["postgresql"]["parameters"]
    assert connections(built()) + ASIDE <= int(parameters["max_connections"])
    more = changed("Deployment", "targets-api", lambda it: it["spec"].update(replicas=9))
    assert connections(more) + ASIDE > int(parameters["max_connections"])


def test_the_database_is_set_as_in_the_composition() -> None:
    command = composed()["postgres"]["command"]
    wanted: Mapping[str, str] = dict(
        one.split("=", 1) for one in command if "=" in one and "${" not in one
    )
    found = named(built(), "Cluster", "postgres")["spec"]
    parameters = found["postgresql"]["parameters"]
    for key in wanted.keys() - {"max_connections"}:
        assert parameters[key] == wanted[key], key
    # A commit is answered once another server has it, and only such a one may take over.
    synchronous = found["postgresql"]["synchronous"]
    assert found["instances"] >= 3
    assert synchronous["number"] >= 1
    assert synchronous["dataDurability"] == "required"
    assert synchronous["failoverQuorum"] is True
    # The lead of a worker ends with its connection, also when its machine has lost its power.
    idle, interval, count = (
        int(parameters[f"tcp_keepalives_{one}"]) for one in ("idle", "interval", "count")
    )
    assert idle + interval * count <= 30


def test_every_selector_means_exactly_what_is_there() -> None:
    cell, everybody = built(), pods(built())
    for one in of_kind(cell, "Service", "PodDisruptionBudget"):
        selector = one["spec"]["selector"]
        selector = selector if one["kind"] != "Service" else {"matchLabels": selector}
        meant = [name for name, found in everybody.items() if selects(selector, found)]
        assert meant == [one["metadata"]["name"]]
    for name, workload in workloads(cell).items():
        for spread in pod(workload).get("topologySpreadConstraints", ()):
            chosen = [who for who, it in everybody.items() if selects(spread["labelSelector"], it)]
            assert chosen == [name]
    kept = {one["metadata"]["name"] for one in of_kind(cell, "PodDisruptionBudget")}
    assert kept == {one["metadata"]["name"] for one in of_kind(cell, "Deployment", "StatefulSet")}


def test_ports_of_services_lead_to_their_containers() -> None:
    for one in of_kind(built(), "Service"):
        name = one["metadata"]["name"]
        ports = {it["name"] for it in container(workloads(built())[name])["ports"]}
        assert {it["targetPort"] for it in one["spec"]["ports"]} <= ports
    text = (ROOT / "deploy" / "gateway" / "Caddyfile").read_text(encoding="utf-8")
    for name, port in re.findall(r"reverse_proxy ([\w-]+):(\d+)", text):
        service_ports = named(built(), "Service", name)["spec"]["ports"]
        assert [it["port"] for it in service_ports] == [int(port)]
