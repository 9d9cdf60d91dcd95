"""The cell of `deploy/kubernetes`, as `kubectl kustomize` builds it, and how its parts are read."""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from tests.architecture.house import ROOT

KUBERNETES: Final = ROOT / "deploy" / "kubernetes"
KUBECTL: Final = Path(sys.executable).with_name("kubectl")
NAME: Final = "app.kubernetes.io/name"
COMPONENT: Final = "app.kubernetes.io/component"
TEMPLATED: Final = ("Deployment", "StatefulSet", "Job")

type Json = dict[str, Any]
type Cell = Sequence[Json]


@cache
def built(folder: Path = KUBERNETES) -> tuple[Json, ...]:
    """Everything that would be applied."""
    done = subprocess.run(
        [KUBECTL, "kustomize", folder], check=True, capture_output=True, text=True
    )
    return tuple(yaml.safe_load_all(done.stdout))


@cache
def composed() -> Json:
    """What the composition runs."""
    file = ROOT / "docker-compose.yml"
    parts: Json = yaml.safe_load(file.read_text(encoding="utf-8"))["services"]
    return parts


def of_kind(cell: Cell, *kinds: str) -> list[Json]:
    """The objects of some kinds."""
    return [one for one in cell if one["kind"] in kinds]


def named(cell: Cell, kind: str, name: str) -> Json:
    """The one object of this kind and name."""
    [found] = [one for one in of_kind(cell, kind) if one["metadata"]["name"] == name]
    return found


def workloads(cell: Cell) -> dict[str, Json]:
    """Whatever runs containers of ours, by name."""
    return {one["metadata"]["name"]: one for one in of_kind(cell, *TEMPLATED)}


def pod(workload: Json) -> Json:
    """What each of its pods is."""
    found: Json = workload["spec"]["template"]["spec"]
    return found


def container(workload: Json) -> Json:
    """The only container of each of its pods."""
    [found] = pod(workload)["containers"]
    assert isinstance(found, dict)
    return found


def labels(workload: Json) -> Mapping[str, str]:
    """The labels of its pods."""
    found: Mapping[str, str] = workload["spec"]["template"]["metadata"]["labels"]
    return found


def pods(cell: Cell) -> dict[str, Mapping[str, str]]:
    """The labels of every kind of pod; PostgreSQL's are given by its operator."""
    ours = {name: labels(one) for name, one in workloads(cell).items()}
    operated = {
        one["metadata"]["name"]: {"cnpg.io/cluster": one["metadata"]["name"]}
        for one in of_kind(cell, "Cluster")
    }
    return ours | operated


def selects(selector: Json, found: Mapping[str, str]) -> bool:
    """Whether a selector means a pod with these labels."""
    assert not selector.keys() - {"matchLabels", "matchExpressions"}
    wanted = selector.get("matchLabels", {}).items()
    expressions = selector.get("matchExpressions", ())
    assert all(one["operator"] == "In" for one in expressions)
    return wanted <= found.items() and all(
        found.get(one["key"]) in one["values"] for one in expressions
    )


def environment(cell: Cell, workload: Json) -> dict[str, str]:
    """What the container is told, the maps it takes whole among it."""
    told: dict[str, str] = {}
    for source in container(workload).get("envFrom", ()):
        told |= named(cell, "ConfigMap", source["configMapRef"]["name"])["data"]
    for one in container(workload).get("env", ()):
        told[one["name"]] = one.get("value", "")
    return told


def secrets(workload: Json) -> dict[str, tuple[str, str]]:
    """Which file of the container is which key of which secret."""
    mounts = {one["name"]: one for one in container(workload).get("volumeMounts", ())}
    found: dict[str, tuple[str, str]] = {}
    for volume in pod(workload).get("volumes", ()):
        place = mounts[volume["name"]]["mountPath"]
        for name, item in _sources(volume):
            found[place if item is None else f"{place}/{item['path']}"] = (
                name,
                mounts[volume["name"]]["subPath"] if item is None else item["key"],
            )
    return found


def _sources(volume: Json) -> Iterator[tuple[str, Json | None]]:
    if "secret" in volume:
        yield volume["secret"]["secretName"], None
    for source in volume.get("projected", {}).get("sources", ()):
        for item in source["secret"]["items"]:
            yield source["secret"]["name"], item


def data(cell: Cell, prefix: str) -> Mapping[str, str]:
    """The content of the one map whose name begins so and ends in the hash of its content."""
    maps = of_kind(cell, "ConfigMap")
    [found] = [m for m in maps if m["metadata"]["name"].rpartition("-")[0] == prefix]
    content: Mapping[str, str] = found["data"]
    return content


def quantity(text: str) -> float:
    """Bytes of a size as Kubernetes writes it."""
    units = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
    for unit, factor in units.items():
        if text.endswith(unit):
            return float(text.removesuffix(unit)) * factor
    return float(text)


def steps(cell: Iterable[Json]) -> set[str]:
    """The steps of `roll.sh` that bring these objects."""
    return {one["metadata"].get("labels", {}).get("rollout", "none") for one in cell}
