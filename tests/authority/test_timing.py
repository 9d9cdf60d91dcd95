"""How long an answer takes does not tell whether a thing is there or nowhere (`reliability` S2).

Pairs of requests, about something of another region and about nothing, in random order. What
counts is how often the one takes longer than the other: half of the time, if time tells nothing.
Noise of the machine meets both alike, so it can only hide a difference, never make one.
"""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
import structlog

from shared.clock import AdjustableClock, FixedOffset
from shared.domain.decider import Owner
from shared.http.app import create_app
from shared.http.scope import Scope
from shared.testing.servers import Postgres, fresh_database, migrated
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.authority.callers import header
from tests.authority.doors import House
from tests.authority.two_regions import client_of
from tests.targets.town import Town

if TYPE_CHECKING:
    from shared.manifest import Service

PAIRS: Final = int(os.environ.get("TIMING_PAIRS", "500"))
MANY: Final = 2_000
HIDING: Final = 10
TOLD_MAX: Final = 0.05
ALLOWED: Final = TOLD_MAX + (0 if PAIRS >= MANY else 4 / (6 * PAIRS) ** 0.5)
"""Few pairs differ by chance as well: four standard errors more."""
NAME: Final = b'{"name": "x", "from_on": "2021-03-01"}'
READ: Final = ("GET", "/v1/projects/{}", b"", ("P1", "P9"))
CHANGE: Final = ("POST", "/v1/regions/{}/rename", NAME, ("653101", "653199"))
SLOWER_SECONDS: Final = 0.002


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@asynccontextmanager
async def told(postgres: Postgres, folder: Path, hiding: int) -> AsyncIterator[House]:
    """The targets of one county on a real database."""
    manifest: Service = import_module("services.targets.main").service
    template = await asyncio.to_thread(migrated, postgres, "targets")
    with fresh_database(postgres, template) as url:
        tokens = Tokens.fresh()
        settings = manifest.settings.model_validate(
            {"issuer": ISSUER, "audience": AUDIENCE, "data_dir": folder, "database_url": url,
             "nats_url": "nats://127.0.0.1:9", "clock": "adjustable", "log_level": "ERROR",
             "requests_per_second_max": 0, "hiding_milliseconds": hiding}
        )  # fmt: skip
        clock = AdjustableClock(FixedOffset())
        app = create_app(manifest, settings=settings, keys=tokens.keys, clock=clock)
        async with app.router.lifespan_context(app):
            store = app.state.runtime.store
            house = House(name="targets", manifest=manifest, app=app, store=store, tokens=tokens)
            async with client_of(house) as client:
                town = Town(client, tokens, store, app.state.runtime.handling)
                await town.founded()
                await town.registered("P1")
            yield house


async def longer(house: House, method: str, path: str, body: bytes, names: Sequence[str]) -> float:
    """How often the foreign thing takes longer than the missing one, beyond half of the time."""
    roles = ["FB_LEADER", "FB_PERFORMANCE"]
    stranger = header(house.tokens, {"roles": roles, "region_code": "653121"})
    chance, taken = Random(2), {name: list[float]() for name in names}  # noqa: S311 - an order
    for _ in range(PAIRS):
        for name in chance.sample(names, 2):
            begun = time.perf_counter()
            answer = await house.ask(
                method, path.format(name), headers={**stranger, "if-match": "*"}, body=body
            )
            taken[name].append(time.perf_counter() - begun)
            assert answer.kind == (404, "not-found"), (path, name, answer.kind)
    return area(*taken.values()) - 0.5


def area(foreign: Sequence[float], missing: Sequence[float]) -> float:
    """The area under the curve: the share of pairs in which the first is the larger one."""
    ranked = sorted([(one, 1) for one in foreign] + [(one, 0) for one in missing])
    ranks = sum(rank for rank, (_, is_foreign) in enumerate(ranked, 1) if is_foreign)
    return (ranks - len(foreign) * (len(foreign) + 1) / 2) / (len(foreign) * len(missing))


def test_the_area_is_half_where_nothing_differs() -> None:
    assert area([1, 4], [2, 3]) == pytest.approx(0.5)
    assert area([3, 4], [1, 2]) == 1.0


async def test_a_foreign_thing_takes_as_long_as_a_missing_one(
    postgres: Postgres, tmp_path: Path
) -> None:
    async with told(postgres, tmp_path, HIDING) as house:
        found = [await longer(house, *one) for one in (READ, CHANGE)]
    print(f"\n{found}")  # noqa: T201 - for `pytest -s`
    assert all(abs(one) <= ALLOWED for one in found), found


async def test_a_planted_difference_is_seen(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    careful = Scope.may_write

    def careless(self: Scope, owner: Owner | None) -> bool:
        """Looks whose it is in a list that is long."""
        until = time.perf_counter() + SLOWER_SECONDS
        while time.perf_counter() < until:
            pass
        return careful(self, owner)

    monkeypatch.setattr(Scope, "may_write", careless)
    async with told(postgres, tmp_path, 0) as house:
        assert await longer(house, *CHANGE) > ALLOWED
