"""Nobody sets a hidden field: every name known anywhere, put into every object of every body.

Each is refused (422) with a pointer at the field, and nothing is recorded. Source: `reliability`
S3 (OWASP API3).
"""

import json
import logging
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any, Final

import pytest
import structlog

from shared.http.failures import ERRORS_MAX
from shared.http.policy import Role
from tests.authority.callers import ROLES, at_home
from tests.authority.division import expected
from tests.authority.doors import House
from tests.authority.writing import TEMPTING, Body, Place, bodies, every_name, put

BODIES_MIN: Final = 280
NAMES_MIN: Final = 400
TRIES_MIN: Final = 150_000
KNOCKS: Final = {"if-match": "*", "idempotency-key": "6f0f2b52-0000-4000-8000-000000000000"}

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    yield
    structlog.reset_defaults()


async def test_no_known_name_is_taken_where_it_does_not_belong(houses: Sequence[House]) -> None:
    wrong, found, tries = [], 0, 0
    for house in houses:
        assert len(every_name(house)) >= NAMES_MIN
        for body in bodies(house):
            found += 1
            for place in body.places:
                whole = every_name(house) if place is body.places[0] else TEMPTING
                names = [name for name in whole if name not in place.names]
                for some in batched(names, ERRORS_MAX - 1):
                    wrong += await _tried(house, body, place, some)
                    tries += len(some)
        assert await house.store.read_ledger(0, 1) == []
    assert not wrong, "\n".join(wrong[:50])
    assert found >= BODIES_MIN
    assert tries >= TRIES_MIN


async def _tried(house: House, body: Body, place: Place, names: Sequence[str]) -> list[str]:
    """What was not refused by its name."""
    roles = expected(house.name)[body.door.operation] - {Role.PUBLIC}
    token = at_home(house.tokens, next(role for role in ROLES if role in roles))
    answer = await house.ask(
        body.door.method,
        body.door.address,
        headers={**token, **KNOCKS},
        body=json.dumps(put(body, place, dict.fromkeys(names, "x"))).encode(),
    )
    told: dict[str, Any] = json.loads(answer.body) if answer.body else {}
    refused = {
        error["pointer"] for error in told.get("errors", ()) if error["code"] == "extra_forbidden"
    }
    wanted = {f"{place.pointer}/{_escaped(name)}" for name in names}
    where = f"{house.name}.{body.door.operation} {place.pointer}"
    if answer.status == 503 and not body.door.command:
        return []  # it asks the database first; `bodies` has seen that its schema is closed
    if answer.status != 422:
        return [f"{where}: {answer.kind} {answer.body[:200]!r}"]
    return [f"{where}: {one} was not refused" for one in sorted(wanted - refused)]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


async def test_a_line_of_a_file_hides_nothing_either(houses: Sequence[House]) -> None:
    tried = 0
    for house in houses:
        for body in bodies(house):
            if not body.door.command:
                continue
            roles = expected(house.name)[body.door.operation]
            token = at_home(house.tokens, next(role for role in ROLES if role in roles))
            whole = Place((), frozenset())
            hidden = put(body, whole, {"approved_by": "me", "actor": "me"})
            places = [part[1:-1] for part in body.door.path.split("/") if part.startswith("{")]
            line = {"path": dict.fromkeys(places, "2021"), "body": hidden}
            for text in (line, {**line, "actor": "me", "body": body.example}):
                answer = await house.ask(
                    "POST",
                    "/v1/imports",
                    headers={**token, "content-type": "application/x-ndjson"},
                    query=f"operation={body.door.operation}&accept=true",
                    body=json.dumps(text).encode(),
                )
                assert answer.status in {409, 422}, (body.door, answer.kind, answer.body[:300])
                tried += 1
        assert await house.store.read_ledger(0, 1) == []
    assert tried >= 2 * 250
