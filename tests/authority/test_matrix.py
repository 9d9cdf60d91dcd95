"""Nobody acts without right: every door × every role, every kind of token and every method.

The doors are those of the running apps, the rights those of `expected/`, written from the law; a
door without a row fails, a row without a door as well. Source: `reliability` S1, `domain` §2.3.
"""

import logging
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

import pytest
import structlog

from shared.http.policy import BUREAU_ROLES, UNIT_ROLES, Role
from tests.authority.callers import HOME, ROLES, at_home, header, worthless
from tests.authority.division import division, expected, unlocked
from tests.authority.doors import METHODS, Door, House

DOORS_MIN: Final = 680
ROLE_MISSING: Final = (403, "role-missing")
UNAUTHENTICATED: Final = 401
NOT_ALLOWED: Final = 405
# It has no end, so whoever is let in never comes back; whoever is not is tried like at any door.
ENDLESS: Final = "follow_feed"

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are no news here; `test_denials.py` reads what is logged."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    yield
    structlog.reset_defaults()


async def test_the_law_is_read_as_it_stands() -> None:
    law = division()
    assert len(law.steps) == 23
    assert {len(cells) for cells in law.steps.values()} == {len(law.columns)}
    draft = law.holding("Target draft", "C")
    assert draft == {Role.UNIT_BUSINESS, Role.UNIT_FINANCE}


async def test_every_door_has_a_row_and_every_row_a_door(houses: Sequence[House]) -> None:
    doors = [door for house in houses for door in house.doors]
    for house in houses:
        assert {door.operation for door in house.doors} == set(expected(house.name))
    assert len(doors) >= DOORS_MIN
    everybody = [
        role for house in houses for roles in expected(house.name).values() for role in roles
    ]
    assert set(everybody) == set(Role)


async def test_a_role_is_let_in_or_refused_as_the_law_says(houses: Sequence[House]) -> None:
    wrong, asked = [], 0
    for house in houses:
        tokens = {role: at_home(house.tokens, role) for role in ROLES}
        for door, role in product(_locked(house), ROLES):
            admitted = role in expected(house.name)[door.operation]
            if admitted and door.operation == ENDLESS:
                continue
            answer = await house.ask(door.method, door.address, headers=tokens[role])
            asked += 1
            refused = answer.status == ROLE_MISSING[0] and door.method == "HEAD"
            refused = refused or answer.kind == ROLE_MISSING
            if refused is admitted or answer.status in {0, UNAUTHENTICATED, 500}:
                wrong.append(f"{_told(door)} by {role}: {answer.kind}")
    assert not wrong, "\n".join(wrong)
    assert asked >= DOORS_MIN * len(ROLES)


async def test_without_a_good_token_only_public_doors_open(houses: Sequence[House]) -> None:
    wrong, asked, opened = [], 0, 0
    for house in houses:
        bad = worthless(house.tokens)
        for door in _locked(house):
            public = Role.PUBLIC in expected(house.name)[door.operation]
            for kind, token in {"none": {}, **bad}.items():
                if kind == "none" and public:
                    continue
                answer = await house.ask(door.method, door.address, headers=token)
                asked += 1
                if answer.status != UNAUTHENTICATED or "www-authenticate" not in answer.headers:
                    wrong.append(f"{_told(door)} with {kind}: {answer.kind}")
            if public and door.operation != ENDLESS:
                answer = await house.ask(door.method, door.address)
                opened += answer.status not in {UNAUTHENTICATED, 403}
    assert not wrong, "\n".join(wrong)
    assert asked >= DOORS_MIN * 9
    assert opened >= 100


async def test_a_token_without_a_role_opens_what_is_public_and_nothing_else(
    houses: Sequence[House],
) -> None:
    wrong = []
    for house in houses:
        nobody = header(house.tokens, {**HOME, "roles": []})
        unheard = header(house.tokens, {**HOME, "roles": ["ROOT", "PUBLIC", "fb_leader"]})
        for door, token in product(_locked(house), (nobody, unheard)):
            if door.operation == ENDLESS or Role.PUBLIC in expected(house.name)[door.operation]:
                continue
            answer = await house.ask(door.method, door.address, headers=token)
            if answer.kind != ROLE_MISSING:
                wrong.append(f"{_told(door)}: {answer.kind}")
    assert not wrong, "\n".join(wrong)


async def test_nobody_is_of_a_unit_and_of_the_bureau(houses: Sequence[House]) -> None:
    pairs = list(product(sorted(UNIT_ROLES), sorted(BUREAU_ROLES)))
    for house, pair in product(houses, pairs):
        answer = await house.ask("GET", "/v1/imports/x", headers=at_home(house.tokens, *pair))
        assert answer.status == UNAUTHENTICATED, (house.name, pair)
    assert len(pairs) == 21


async def test_no_other_method_gets_anybody_in(houses: Sequence[House]) -> None:
    wrong, asked = [], 0
    for house in houses:
        known: dict[str, set[str]] = {}
        for door in house.doors:
            known.setdefault(door.address, set()).add(door.method)
        everything = at_home(house.tokens, *sorted(set(ROLES) - UNIT_ROLES))
        for address, methods in known.items():
            for method in set(METHODS) - methods - _elsewhere(house, address):
                answer = await house.ask(method, address, headers=everything)
                asked += 1
                if answer.status != NOT_ALLOWED:
                    wrong.append(f"{house.name} {method} {address}: {answer.kind}")
        assert (await house.store.read_ledger(0, 1)) == []
    assert not wrong, "\n".join(wrong)
    assert asked >= DOORS_MIN * 6


async def test_a_bent_path_leads_nowhere_else(houses: Sequence[House]) -> None:
    wrong, asked = [], 0
    for house in houses:
        for door in house.doors:
            if Role.PUBLIC in expected(house.name)[door.operation]:
                continue
            for path in _bent(door.address):
                answer = await house.ask(door.method, path)
                asked += 1
                # A redirect to the address itself lets nobody in.
                if answer.status not in {UNAUTHENTICATED, 404, NOT_ALLOWED, 307, 308}:
                    wrong.append(f"{_told(door)} as {path}: {answer.kind}")
    assert not wrong, "\n".join(wrong)
    assert asked >= 4 * 500


def _bent(address: str) -> Iterator[str]:
    """The same address as a careless gateway would pass it on."""
    yield address + "/"
    yield "/" + address
    yield address.replace("/v1/", "/v1/./")
    yield address.replace("/v1/", "/V1/")


def _elsewhere(house: House, address: str) -> set[str]:
    """Methods of other doors to which this leads as well: `/x/validate` is an `/x/{id}`."""
    parts = address.split("/")
    return {
        door.method
        for door in house.doors
        if len(door.path.split("/")) == len(parts)
        and all(
            ours == theirs or theirs.startswith("{")
            for ours, theirs in zip(parts, door.path.split("/"), strict=True)
        )
    }


def _locked(house: House) -> Sequence[Door]:
    """Every door at which a token is looked at."""
    return [door for door in house.doors if door.operation not in unlocked()]


def _told(door: Door) -> str:
    return f"{door.service}.{door.operation} {door.method}"
