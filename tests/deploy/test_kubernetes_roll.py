"""How a cell is rolled: the steps of `roll.sh` in order, each waited for; a region of its own."""

import os
import re
import subprocess
from pathlib import Path
from typing import Final

import yaml

from tests.architecture.house import ROOT, SERVICES
from tests.deploy.cell import (
    KUBECTL,
    KUBERNETES,
    built,
    container,
    data,
    environment,
    named,
    of_kind,
    steps,
    workloads,
)

GUIDE: Final = ROOT / "docs" / "guides" / "run-on-kubernetes.md"
STEPS: Final = ["foundation", "databases", "tables", "processes"]
# Writes down what it is asked for; only what needs no cluster is really done.
ASKED: Final = """#!/bin/sh
echo "$*" >> {said}
case "$1" in kustomize) exec {kubectl} "$@" ;; esac
case "$*" in *"{refused}"*) exit 1 ;; esac
"""


def rolled(tmp_path: Path, refused: str = "nothing at all") -> tuple[int, list[str]]:
    """What `roll.sh` asks of `kubectl`, which refuses what holds these words."""
    said = tmp_path / "said"
    asked = ASKED.format(said=said, kubectl=KUBECTL, refused=refused)
    (tmp_path / "kubectl").write_text(asked)
    (tmp_path / "kubectl").chmod(0o700)
    done = subprocess.run(
        ["/bin/sh", KUBERNETES / "roll.sh"], check=False, capture_output=True, text=True,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )  # fmt: skip
    return done.returncode, said.read_text().splitlines()


def example(tmp_path: Path) -> Path:
    """The region of the guide, beside the files it builds on."""
    [text] = re.findall(
        r"^```yaml\n(# regions/.*?)^```",
        GUIDE.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert "../../deploy/kubernetes" in text
    way = os.path.relpath(KUBERNETES, tmp_path.resolve())
    (tmp_path / "kustomization.yaml").write_text(text.replace("../../deploy/kubernetes", way))
    return tmp_path.resolve()


def test_every_object_belongs_to_a_step() -> None:
    assert steps(built()) == set(STEPS)
    for job in of_kind(built(), "Job"):
        assert job["metadata"]["labels"]["rollout"] in {"databases", "tables"}


def test_each_step_is_applied_once_the_one_before_has_ended_well(tmp_path: Path) -> None:
    code, said = rolled(tmp_path)
    assert code == 0
    applied = [line.rpartition("rollout=")[2] for line in said if line.startswith("apply")]
    assert applied == STEPS
    places = {line: number for number, line in enumerate(said)}
    [database] = [n for line, n in places.items() if "wait --for=condition=Ready cluster" in line]
    [bus] = [n for line, n in places.items() if "rollout status statefulset/nats" in line]
    for step in ("databases", "tables"):
        # What ran before is taken away first: a job runs once, and may not be changed.
        [gone] = [
            n for line, n in places.items() if f"delete job --selector rollout={step}" in line
        ]
        [there] = [n for line, n in places.items() if line.endswith(f"--selector rollout={step}")]
        [over] = [
            n for line, n in places.items()
            if "--for=condition=Complete" in line and f"rollout={step} " in line
        ]  # fmt: skip
        assert max(database, bus) < gone < there < over
        assert over < places[said[-2]]
    assert "rollout status deployment" in said[-1]
    assert all("--namespace abacus " in line for line in said if " wait " in line)


def test_nothing_is_rolled_where_a_migration_did_not_end_well(tmp_path: Path) -> None:
    code, said = rolled(tmp_path, "--selector rollout=tables --timeout")
    assert code == 1
    assert not [line for line in said if "rollout=processes" in line]


def test_a_region_of_its_own_is_what_the_guide_says(tmp_path: Path) -> None:
    cell = built(example(tmp_path))
    [space] = of_kind(cell, "Namespace")
    assert space["metadata"]["name"] == "abacus-653101"
    rest = [one for one in cell if one["kind"] != "Namespace"]
    assert {one["metadata"]["namespace"] for one in rest} == {space["metadata"]["name"]}
    assert steps(cell) == set(STEPS)
    for name in SERVICES:
        for part in ("api", "worker"):
            workload = workloads(cell)[f"{name}-{part}"]
            told = environment(cell, workload)
            assert told["ABACUS_REGION"] == "653101"
            assert told["ABACUS_NATS_URL"] == data(built(), "bus")["ABACUS_NATS_URL"]
            assert container(workload)["image"] == f"registry.example.org/abacus-{name}@sha256:…"
    rule = named(cell, "Ingress", "gateway")["spec"]
    assert rule["rules"][0]["host"] == rule["tls"][0]["hosts"][0] == "abacus.example.org"


def test_the_files_that_the_guide_names_are_there() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    named_files = set(re.findall(r"`?(deploy/[\w./-]+\.\w+)", text))
    assert {"deploy/kubernetes/roll.sh", "deploy/kubernetes/secrets.sh"} <= named_files
    assert [one for one in named_files if not (ROOT / one).exists()] == []
    for script in ("roll.sh", "secrets.sh"):
        assert os.access(KUBERNETES / script, os.X_OK)


def test_every_file_of_the_cell_is_used() -> None:
    used = {KUBERNETES / "kustomization.yaml"}
    waiting = [KUBERNETES]
    while waiting:
        folder = waiting.pop()
        found = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
        patches = [one["path"] for one in found.get("patches", ()) if "path" in one]
        maps = [env for one in found.get("configMapGenerator", ()) for env in one.get("envs", ())]
        for name in (*found.get("resources", ()), *patches, *maps):
            place = (folder / name).resolve()
            if place.is_dir():
                waiting.append(place)
                place /= "kustomization.yaml"
            used.add(place)
    there = {path for path in KUBERNETES.rglob("*") if path.is_file() and path.suffix != ".sh"}
    assert there <= used
