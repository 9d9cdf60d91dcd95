"""Who reaches whom in a cluster: exactly who does in the composition, and on no other port."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Final

import pytest

from tests.architecture.house import SERVICES
from tests.deploy.cell import (
    Cell,
    Json,
    built,
    composed,
    environment,
    named,
    of_kind,
    pods,
    workloads,
)
from tests.deploy.cell import selects as selected

CLIENT, MONITOR, ROUTE = 4222, 8222, 6222
DATABASE, STATUS = 5432, 8000
HTTP = 8000
SPACE: Final = "kubernetes.io/metadata.name"
OPERATED: Final = {
    ("postgres", "postgres", DATABASE),
    ("postgres", "postgres", STATUS),
    ("nats", "nats", ROUTE),
}
"""Servers among themselves."""

type Way = tuple[str, str, int]


def ways(cell: Cell) -> set[Way]:
    """Every (from, to, port) that both sides let through, among the pods of the cell."""
    policies, everybody = of_kind(cell, "NetworkPolicy"), pods(cell)
    out, into = (
        {way for one in policies for way in _sides(one, side, everybody)}
        for side in ("egress", "ingress")
    )
    return out & {(caller, called, port) for called, caller, port in into}


def _sides(policy: Json, side: str, everybody: Mapping[str, Mapping[str, str]]) -> Iterator[Way]:
    peer_key = {"egress": "to", "ingress": "from"}[side]
    meant = [w for w, it in everybody.items() if selected(policy["spec"]["podSelector"], it)]
    for rule in policy["spec"].get(side, ()):
        for peer in rule.get(peer_key, ()):
            if "podSelector" not in peer or "namespaceSelector" in peer:
                continue
            others = [w for w, it in everybody.items() if selected(peer["podSelector"], it)]
            for port in rule["ports"]:
                yield from ((one, other, port["port"]) for one in meant for other in others)


def open_sides(cell: Cell) -> list[str]:
    """Pods that may be called, or may call, by whoever no rule names."""
    closed = {
        side
        for one in of_kind(cell, "NetworkPolicy")
        if one["spec"]["podSelector"] == {} and not one["spec"].keys() & {"ingress", "egress"}
        for side in one["spec"]["policyTypes"]
    }
    loose = [
        f"{one['metadata']['name']} {side}"
        for one in of_kind(cell, "NetworkPolicy")
        for side, key in (("ingress", "from"), ("egress", "to"))
        for rule in one["spec"].get(side, ())
        if not rule.get(key) and (one["metadata"]["name"], side) != ("postgres", "egress")
    ]
    return [f"nothing closes {side}" for side in {"Ingress", "Egress"} - closed] + loose


def wanted(cell: Cell) -> set[Way]:
    """What each process needs by what it is told, and the composition's way in."""
    found = set(OPERATED)
    for name, workload in workloads(cell).items():
        told = " ".join(environment(cell, workload).values())
        if "postgres-rw" in told:
            found.add((name, "postgres", DATABASE))
        if "nats://nats-0.nats:4222" in told:
            found.add((name, "nats", CLIENT))
        # Who only pokes need not know whether the bus flushes.
        if "http://nats-0.nats:8222" in told and not name.endswith("-api"):
            found.add((name, "nats", MONITOR))
    behind = composed()["gateway"]["depends_on"]
    return found | {("gateway", name, HTTP) for name in behind}


def beyond(cell: Cell, side: str) -> set[tuple[str, str]]:
    """Which pod has to do with whom outside the cell: a space by its name, addresses, anybody."""
    found = set[tuple[str, str]]()
    for policy in of_kind(cell, "NetworkPolicy"):
        meant = {w for w, it in pods(cell).items() if selected(policy["spec"]["podSelector"], it)}
        for rule in policy["spec"].get(side, ()):
            for peer in rule.get({"egress": "to", "ingress": "from"}[side], ()):
                if peer.keys() == {"podSelector"}:
                    continue
                space = peer.get("namespaceSelector", {}).get("matchLabels", {})
                whom = "addresses" if "ipBlock" in peer else space.get(SPACE, "anybody")
                found |= {(one, whom) for one in meant}
    return found


def changed(name: str, change: Callable[[Json], object]) -> Cell:
    """The cell with one policy that is planted."""
    cell = deepcopy(list(built()))
    change(named(cell, "NetworkPolicy", name)["spec"])
    return cell


def test_every_way_that_is_needed_is_open_and_no_other_one() -> None:
    assert ways(built()) == wanted(built())
    assert open_sides(built()) == []


@pytest.mark.parametrize(
    "plant",
    [
        ("worker", lambda spec: spec["egress"].pop()),
        ("nats", lambda spec: spec["ingress"].pop(0)),
        ("api", lambda spec: spec["ingress"][0]["from"][0].update(podSelector={})),
        ("migrate", lambda spec: spec["egress"][0]["ports"].append({"port": 4222})),
        ("gateway", lambda spec: spec["egress"][0]["ports"][0].update(port=80)),
    ],
)
def test_a_planted_way_and_a_planted_wall_are_found(
    plant: tuple[str, Callable[[Json], object]],
) -> None:
    cell = changed(*plant)
    assert ways(cell) != wanted(cell) or surplus(cell)


def surplus(cell: Cell) -> set[tuple[str, Way]]:
    """What one side opens and the other does not, or nobody needs."""
    needed = wanted(cell)
    found: set[tuple[str, Way]] = set()
    for one in of_kind(cell, "NetworkPolicy"):
        for side in ("egress", "ingress"):
            for near, far, port in _sides(one, side, pods(cell)):
                way = (near, far, port) if side == "egress" else (far, near, port)
                if way not in needed:
                    found.add((side, way))
    return found


def test_neither_side_opens_what_the_other_one_keeps_closed() -> None:
    assert surplus(built()) == set()


def test_no_service_reaches_another_one() -> None:
    owners = {f"{name}-{part}" for name in SERVICES for part in ("api", "worker", "migrate")}
    assert not [way for way in ways(built()) if way[0] in owners and way[1] in owners]


def test_who_calls_out_and_who_is_called_is_as_in_the_composition() -> None:
    networks = {name: part.get("networks", []) for name, part in composed().items()}
    calling = {name for name, found in networks.items() if "calling" in found}
    assert beyond(built(), "egress") == {
        *((name, "addresses") for name in calling),
        *((name, "kube-system") for name in pods(built())),
    }
    # Beside the gateway: Prometheus asks the apis, the operator looks after its servers.
    assert beyond(built(), "ingress") == {
        *((name, "ingress") for name, found in networks.items() if "outside" in found),
        *((f"{name}-api", "monitoring") for name in SERVICES),
        ("postgres", "cnpg-system"),
    }


@pytest.mark.parametrize(
    ("name", "peer", "found"),
    [
        ("api", {"namespaceSelector": {}}, "anybody"),
        ("gateway", {"namespaceSelector": {"matchLabels": {"team": "any"}}}, "anybody"),
        ("postgres", {"namespaceSelector": {}, "podSelector": {}}, "anybody"),
        ("nats", {"ipBlock": {"cidr": "0.0.0.0/0"}}, "addresses"),
    ],
)
def test_a_planted_way_from_outside_is_found(name: str, peer: Json, found: str) -> None:
    cell = changed(name, lambda spec: spec["ingress"][0]["from"].append(peer))
    more = beyond(cell, "ingress") - beyond(built(), "ingress")
    assert {whom for _, whom in more} == {found}


def test_webhooks_reach_no_private_address() -> None:
    [rule] = named(built(), "NetworkPolicy", "calling")["spec"]["egress"]
    assert [port["port"] for port in rule["ports"]] == [443]
    fourth = rule["to"][0]["ipBlock"]
    private = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16"}
    assert private <= set(fourth["except"])


def test_a_way_that_nobody_closes_is_found() -> None:
    assert open_sides(changed("closed", lambda spec: spec.update(policyTypes=["Ingress"]))) == [
        "nothing closes Egress"
    ]
    assert open_sides(changed("api", lambda spec: spec["ingress"][0].pop("from"))) == [
        "api ingress"
    ]
