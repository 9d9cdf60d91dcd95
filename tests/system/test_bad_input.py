"""Whatever is wrong with a request, it is refused in words, and nothing has happened.

A good request of each service is spoilt in one way at a time. Every refusal is a problem
document that names the broken rule, and the place in the body where there is one; afterwards
none of the four services holds a fact, a word or an answer more than before.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

import httpx
import pytest

from deploy.demo.stage import Person, Stage
from deploy.local.layout import SERVICES
from shared.http.issuer import Bearer, Issuer
from shared.http.limits import BODY_BYTES_MAX, JSON_DEPTH_MAX, UPLOAD_BYTES_MAX
from shared.http.policy import Role
from shared.settings import ServiceSettings
from tests.system.requests import (
    OFFICE,
    PIECE_BYTES,
    Request,
    change_of_persons,
    good,
    pointers,
    quiet_project,
    refused,
    upload,
)
from tests.system.running import FISCAL_YEAR, REGION, Counts, Running, Year

ELSEWHERE: Final = "653121"
OTHER_UNIT: Final = "653100999999"
VISITOR: Final = Person(role=Role.EXPERT, region_code=REGION)
DEEP: Final = b'{"a":' * (JSON_DEPTH_MAX + 1) + b"1" + b"}" * (JSON_DEPTH_MAX + 1)
TEXTS: Final = (
    ("targets", "name"),
    ("monitoring", "purpose"),
    ("evaluation", "subject"),
    ("disclosure", "topic"),
)
MONEY: Final = (("targets", "requested"), ("monitoring", "amount"))
NO_MONEY: Final = (
    "1e2", 12.5, 12, "1.005", "1.5", "12", "01.00", "+1.00", "1,000.00", " 1.00", "1.00\n", "NaN",
    "\uff11.00", "99999999999999999.00", "", None,
)  # fmt: skip
HOUR_SECONDS: Final = 3_600

type Spoil = Callable[[Request], Request]
type Wrong = tuple[Spoil, int, str]

WRONG: Final[Mapping[str, Wrong]] = {
    "nobody asks": (lambda r: r.by(None), 401, "unauthenticated"),
    "the role may not": (lambda r: r.by(VISITOR), 403, "role-missing"),
    "the JSON ends early": (lambda r: r.saying(b'{"unit_code": "1'), 400, "malformed-request"),
    "it is no JSON": (lambda r: r.saying(b"unit_code=1"), 400, "malformed-request"),
    "the JSON is deep": (lambda r: r.saying(DEEP), 400, "malformed-request"),
    "it is no object": (lambda r: r.saying(b"[]"), 422, "fields-invalid"),
    "the bytes are no text": (lambda r: r.saying(b'{"a": "\xff"}'), 400, "malformed-request"),
    "a field is unknown": (lambda r: r.but(surprise=1), 422, "fields-invalid"),
    "it calls itself a form": (
        lambda r: r.under("Content-Type", "application/x-www-form-urlencoded"),
        415,
        "media-type-unsupported",
    ),
    "the query is misspelt": (lambda r: r.asking("dryrun=true"), 422, "fields-invalid"),
    "the key is no key": (
        lambda r: r.under("Idempotency-Key", "a b"),
        400,
        "malformed-request",
    ),
}

pytestmark = pytest.mark.real


@dataclass(slots=True)
class Calm:
    """How much of everything there was in the four databases."""

    running: Running
    before: Counts

    async def expect_again(self) -> None:
        """Take what there is now, after something that was meant."""
        await self.running.rest()
        self.before = await self.running.traces()


@pytest.fixture(scope="module", autouse=True)
def at_rest(year: Year) -> None:
    """Nothing is under way that could be taken for a consequence."""
    asyncio.run(year.running.rest())


@pytest.fixture(autouse=True)
async def calm(year: Year) -> AsyncIterator[Calm]:
    """Around every story of this file: nothing happens."""
    found = Calm(year.running, await year.running.traces())
    yield found
    assert await year.running.traces() == found.before


@pytest.mark.parametrize("service", SERVICES)
async def test_the_request_that_is_spoilt_is_a_good_one(
    year: Year, stage: Stage, service: str
) -> None:
    answer = await good(year, service).asking("dry_run=true").send(stage)
    assert answer.status_code == httpx.codes.OK, answer.text
    assert answer.json()["facts"]


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_spoilt_request_is_refused_by_every_service(
    year: Year, stage: Stage, wrong: str
) -> None:
    spoil, status, rule = WRONG[wrong]
    for service in SERVICES:
        await refused(spoil(good(year, service)).send(stage), status, rule)


async def test_an_unknown_field_is_pointed_at(year: Year, stage: Stage) -> None:
    for service in SERVICES:
        typo = good(year, service).but(surprise=1)
        problem = await refused(typo.send(stage), 422, "fields-invalid")
        assert pointers(problem) == ["/surprise"]


@pytest.mark.parametrize(("service", "field"), TEXTS)
async def test_no_text_holds_the_character_nul(
    year: Year, stage: Stage, service: str, field: str
) -> None:
    request = good(year, service).but(**{field: "a\0b"})
    problem = await refused(request.send(stage), 422, "fields-invalid")
    assert "NUL" in problem["detail"]
    assert pointers(problem) == [f"/{field}"]
    address = replace(request, path=f"{request.path}%00")
    await refused(address.send(stage), 400, "malformed-request")


@pytest.mark.parametrize(("service", "field"), MONEY)
async def test_money_has_one_form_and_every_other_is_pointed_at(
    year: Year, stage: Stage, service: str, field: str
) -> None:
    for amount in NO_MONEY:
        misspelt = good(year, service).but(**{field: amount})
        problem = await refused(misspelt.send(stage), 422, "fields-invalid")
        assert pointers(problem) == [f"/{field}"], amount


async def test_a_unit_that_nobody_registered_is_pointed_at(year: Year, stage: Stage) -> None:
    astray = good(year, "targets").but(unit_code="653100999999")
    problem = await refused(astray.send(stage), 404, "unit-unknown")
    assert pointers(problem) == ["/unit_code"]


@pytest.mark.parametrize("service", SERVICES)
async def test_what_belongs_to_others_is_not_there(year: Year, stage: Stage, service: str) -> None:
    request = good(year, service)
    assert request.person is not None
    elsewhere = replace(request.person, region_code=ELSEWHERE)
    # Who registers a project names a unit; another region's is told like one that is not there.
    rule = "unit-unknown" if service == "targets" else "not-found"
    await refused(request.by(elsewhere).send(stage), 404, rule)


async def test_a_thing_of_another_unit_is_told_like_one_that_is_not(
    year: Year, stage: Stage
) -> None:
    target = f"{quiet_project(year).code}-{FISCAL_YEAR}"
    url = f"{stage.urls['targets']}/v1/targets"
    neighbour = replace(OFFICE.unit_head, unit_code=OTHER_UNIT)
    foreign, missing = [
        await refused(
            stage.client.get(f"{url}/{one}", headers=stage.headers(neighbour)), 404, "not-found"
        )
        for one in (target, "no-such-target")
    ]
    assert foreign | {"correlation_id": ""} == missing | {"correlation_id": ""}
    written = good(year, "targets").by(replace(OFFICE.unit_business, unit_code=OTHER_UNIT))
    await refused(written.send(stage), 404, "not-found")


async def test_what_changed_since_it_was_read_is_not_changed_blindly(
    year: Year, stage: Stage
) -> None:
    change = change_of_persons(year)
    project = f"{stage.urls['targets']}{change.path.rpartition('/')[0]}"
    seen = await stage.client.get(project, headers=stage.headers(OFFICE.unit_head))
    fresh = change.under("If-Match", seen.headers["etag"]).asking("dry_run=true")
    assert (await fresh.send(stage)).status_code == httpx.codes.OK
    stale = change.under("If-Match", '"1"')
    assert (await refused(stale.send(stage), 412, "version-stale"))["remedy"]
    assert (await refused(change.send(stage), 428, "precondition-missing"))["remedy"]
    weak = change.under("If-Match", f"W/{seen.headers['etag']}")
    await refused(weak.send(stage), 400, "malformed-request")


async def test_money_does_not_move_without_a_key(year: Year, stage: Stage) -> None:
    careless = good(year, "monitoring").without("Idempotency-Key")
    assert (await refused(careless.send(stage), 400, "key-missing"))["remedy"]


async def test_a_key_belongs_to_one_request(year: Year, stage: Stage, calm: Calm) -> None:
    first = good(year, "monitoring").under("Idempotency-Key", uuid4().hex)
    first = first.but(payment_id=uuid4().hex)
    done = await first.send(stage)
    assert done.status_code == httpx.codes.CREATED, done.text
    await calm.expect_again()
    again = await first.send(stage)
    assert (again.status_code, again.json()) == (done.status_code, done.json())
    other = first.but(amount="2.00")
    await refused(other.send(stage), 422, "key-reused-for-another")


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_body_is_not_read_beyond_its_limit(
    year: Year, stage: Stage, *, streamed: bool
) -> None:
    for service in SERVICES:
        large = good(year, service).saying(b" " * (BODY_BYTES_MAX + PIECE_BYTES))
        await refused(large.send(stage, streamed=streamed), 413, "content-too-large")


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_file_is_not_read_beyond_its_limit(
    year: Year, stage: Stage, *, streamed: bool
) -> None:
    for service in SERVICES:
        large = upload(year, service, b"\n" * (UPLOAD_BYTES_MAX + PIECE_BYTES))
        await refused(large.send(stage, streamed=streamed), 413, "content-too-large")


async def test_of_a_file_with_one_bad_line_nothing_is_imported(
    year: Year, stage: Stage, calm: Calm
) -> None:
    first = good(year, "targets").body
    lines = [{"body": first}, {"body": {**first, "requested": "1e2"}}]
    file = upload(year, "targets", "\n".join(json.dumps(line) for line in lines).encode())
    accepted = replace(file, path=f"{file.path}&accept=true")
    problem = await refused(accepted.send(stage), 409, "import-refused")
    assert problem["remedy"]
    (row,) = problem["details"]["report"]["refused"]
    assert (row["row"], row["pointer"]) == (2, "/body/requested")
    # The file itself stays with its report, so that it can be read and accepted in part.
    calm.before = {**calm.before, "targets.import_job": calm.before["targets.import_job"] + 1}


@pytest.mark.parametrize("service", SERVICES)
async def test_only_a_good_token_opens_the_door(year: Year, stage: Stage, service: str) -> None:
    bearer = Bearer(
        subject="somebody", roles=[Role.FB_PERFORMANCE], region_code=REGION, unit_code="*"
    )
    issuer, settings = year.running.issuer, ServiceSettings(data_dir=year.running.layout.data)
    forger = Issuer.fresh(issuer=settings.issuer, audience=settings.audience)
    head, claims, signature = issuer.mint(bearer).split(".")
    bad = {
        "expired": issuer.mint(bearer, now=time.time() - 2 * HOUR_SECONDS),
        "lives too long": issuer.mint(bearer, seconds=HOUR_SECONDS),
        "forged": forger.mint(bearer),
        "changed": f"{head}.{claims[:-4]}AAAA.{signature}",
        "unsigned": f"{head}.{claims}.",
    }
    for token in bad.values():
        request = good(year, service).by(None).under("Authorization", f"Bearer {token}")
        await refused(request.send(stage), 401, "unauthenticated")


@pytest.mark.parametrize("day", [0, 1640995200.0, "2021-03-15T00:00:00Z", "15.3.2021"])
async def test_a_day_has_one_form(year: Year, stage: Stage, day: object) -> None:
    misspelt = good(year, "disclosure").but(planned_on=day)
    problem = await refused(misspelt.send(stage), 422, "fields-invalid")
    assert pointers(problem) == ["/planned_on"]


async def test_a_refusal_is_told_in_the_language_of_who_asks(year: Year, stage: Stage) -> None:
    request = good(year, "targets").by(VISITOR)
    english, chinese = [
        await refused(request.under("Accept-Language", one).send(stage), 403, "role-missing")
        for one in ("en", "zh-CN")
    ]
    assert english["title"].isascii()
    assert chinese["title"] == "您的角色无权执行该操作"
    assert english["type"] == chinese["type"]
