"""A role reaches its own things and no others: every command × every role × own, other and none.

What stands between a command and its decision is caught, and asked whether the caller may change a
thing of one unit. The expectation is `domain` §2.2, written once more in `callers.may_write`. That
a decision asks is the kernel's part (`test_one_thing_that_somebody_owns`), which things are
nobody's stands in a list of its own.
"""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pytest
import structlog

from shared.asking import Ask
from shared.domain.refusals import Conflict
from shared.http.policy import Role
from tests.authority.callers import AWAY, HOME, OWN, ROLES, header, may_write
from tests.authority.division import expected
from tests.authority.doors import House
from tests.authority.writing import bodies

COMMANDS_MIN: Final = 300
CAUGHT_MIN: Final = 0.97
ASKED_MIN: Final = 6_000
KNOCKS: Final = {"if-match": "*", "idempotency-key": "6f0f2b52-0000-4000-8000-000000000000"}
LIES: Final = {
    "x-actor": "root", "x-role": "FB_LEADER", "x-forwarded-user": "root", "x-region-code": "650000",
    "x-unit-code": "*", "x-http-method-override": "DELETE", "x-original-url": "/v1/clock",
}  # fmt: skip
NOBODYS: Final[Mapping[str, Mapping[str, str]]] = {
    "targets": {"unit_goals": "written by the service itself when a project of the unit is"},
    "monitoring": {
        "reveal": "asks for a line of a ledger: the look is held against the ledger's region",
        "subject": "a person has no region: held against the region of the line that names them",
    },
    "evaluation": {
        "rules": "heard from targets", "watched": "heard from monitoring",
        "third_party": "one register for all: institutions work everywhere",
        "funds": "heard from monitoring", "similar_projects": "written by the service itself",
        "wording": "written by the service itself", "proof": "written by the service itself",
    },
    "disclosure": {
        "policynumber": "a number is taken once in all regions",
        "commentsender": "counts how often somebody writes", "subject": "erased with its comment",
    },
}  # fmt: skip
"""Streams without an owner, and why nobody's unit or region could own them."""

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Caught(Conflict):
    """The command has arrived; no more is needed."""

    title_zh = "已收到"


class Catcher:
    """Stands where a service decides, and keeps what it is asked."""

    def __init__(self) -> None:
        """Nothing has come."""
        self.ask: Ask | None = None

    async def handle(self, ask: Ask, *, dry_run: bool = False) -> None:
        """Keep it."""
        assert not dry_run
        self.ask = ask
        raise Caught

    def taken(self) -> Ask | None:
        """What has come since, if anything."""
        found, self.ask = self.ask, None
        return found


@pytest.fixture
def catchers(houses: Sequence[House]) -> Iterator[Mapping[str, Catcher]]:
    """A catcher in the place of every service's decisions."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    kept = {house.name: house.app.state.runtime.handling for house in houses}
    found = {house.name: Catcher() for house in houses}
    for house in houses:
        house.app.state.runtime.handling = found[house.name]
    yield found
    for house in houses:
        house.app.state.runtime.handling = kept[house.name]
    structlog.reset_defaults()


async def test_a_command_reaches_ones_own_things_and_no_others(
    houses: Sequence[House], catchers: Mapping[str, Catcher]
) -> None:
    wrong: list[str] = []
    caught: set[tuple[str, str]] = set()
    asked = commands = 0
    for house in houses:
        examples = {body.door.operation: body.example for body in bodies(house)}
        places = {"home": HOME, **{name: {**HOME, **away} for name, away in AWAY.items()}}
        tokens = {
            (role, place): header(house.tokens, {**claims, "roles": [role], "sub": str(role)})
            for role in ROLES
            for place, claims in places.items()
        }
        for door in house.doors:
            if not door.command:
                continue
            commands += 1
            body = json.dumps(examples.get(door.operation, {})).encode()
            for (role, place), token in tokens.items():
                if role not in expected(house.name)[door.operation]:
                    continue
                sent = {**KNOCKS, **LIES, **token}
                answer = await house.ask(door.method, door.address, headers=sent, body=body)
                came = catchers[house.name].taken()
                if came is None:
                    # Refused by the shape of the request: nothing is reached by nobody.
                    assert answer.status in {404, 409, 422, 403}, (door, answer.kind)
                    continue
                caught.add((house.name, door.operation))
                asked += 1
                if came.may(OWN) is not may_write(role, place):
                    wrong.append(f"{house.name}.{door.operation} by {role} of {place}")
                if came.actor != f"https://issuer.test|{role}":
                    wrong.append(f"{house.name}.{door.operation} in the name of {came.actor}")
    assert not wrong, "\n".join(wrong)
    assert commands >= COMMANDS_MIN
    assert asked >= ASKED_MIN
    missed = {(h.name, d.operation) for h in houses for d in h.doors if d.command} - caught
    assert len(missed) <= commands * (1 - CAUGHT_MIN), sorted(missed)


async def test_whatever_is_nobodys_stands_in_the_list(houses: Sequence[House]) -> None:
    for house in houses:
        ownerless = {
            decider.category
            for decider in house.manifest.deciders
            if decider.owner.__name__ == "_owned_by_nobody"
        }
        assert ownerless == set(NOBODYS[house.name])


async def test_one_thing_that_somebody_owns_is_missing_to_everybody_else(
    houses: Sequence[House],
) -> None:
    """The decision does ask: a region is registered, and the same command comes from elsewhere."""
    house = houses[0]
    found = {"region_code": "659000", "name": "某地区"}
    body = json.dumps(found).encode()
    leader = {"roles": [Role.FB_LEADER], "region_code": "659000"}
    made = await house.ask("POST", "/v1/regions", headers=header(house.tokens, leader), body=body)
    assert made.status == 201, made.body
    rename = json.dumps({"name": "新名", "from_on": "2021-03-01"}).encode()
    told = {}
    for code in ("659000", "653100", "650000", None):
        theirs = header(house.tokens, {"roles": [Role.FB_LEADER], "region_code": code or ...})
        path = "/v1/regions/659000/rename"
        answer = await house.ask("POST", path, headers={**theirs, "if-match": "*"}, body=rename)
        told[code] = answer.status
    assert told == {"659000": 204, "653100": 404, "650000": 404, None: 404}
