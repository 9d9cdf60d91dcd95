"""Commands over HTTP: what is answered, and every way a bad request is refused."""

import asyncio
import json
from decimal import Decimal

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from shared.contracts.fields import WrittenNumber
from shared.eventstore import Transaction
from shared.eventstore.memory import MemoryStore
from shared.handling import Handling
from shared.http.commands import Asked, CommandEndpoint, with_examples
from shared.http.operations import Operation
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.shared.counters import CoinsPut, CoinsTaken, JarOpened, OpenJar, PutCoins
from tests.shared.http.jars import open_jar, service

JAR = OpenJar(jar_id="kitchen", unit_code="u1")
PUT = "/v1/jars/kitchen/put"
TAKE = "/v1/jars/kitchen/take"


async def test_creating_answers_where_the_thing_is_and_its_version(jars: Api) -> None:
    answer = await jars.post("/v1/jars", {"jar_id": "kitchen"})
    answer.then(201).recorded(JarOpened(unit_code="u1"))
    assert answer.json == {"id": "kitchen", "version": 1}
    assert answer.headers["location"] == "/v1/jars/kitchen"
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["abacus-position"]


async def test_behind_the_gateway_a_location_carries_its_prefix(jars: Api) -> None:
    answer = await jars.post(
        "/v1/jars", {"jar_id": "kitchen"}, headers={"x-forwarded-prefix": "/jars"}
    )
    assert answer.then(201).headers["location"] == "/jars/v1/jars/kitchen"


async def test_changing_answers_the_new_version(jars: Api) -> None:
    await jars.given(JAR)
    answer = await jars.post(PUT, {"coins": 3}, if_match=1)
    answer.then(204).recorded(CoinsPut(coins=3))
    assert answer.headers["etag"] == '"2"'
    assert answer.response.content == b""


async def test_a_stale_version_is_refused(jars: Api) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=1))
    answer = await jars.post(PUT, {"coins": 3}, if_match=1)
    answer.then(412).refused("version-stale").recorded_nothing()


async def test_changing_needs_a_precondition(jars: Api) -> None:
    await jars.given(JAR)
    answer = await jars.post(PUT, {"coins": 3})
    answer.then(428).refused("precondition-missing").recorded_nothing()


@pytest.mark.parametrize("tag", ["3", 'W/"1"', '"1", "2"', '"x"', ""])
async def test_a_precondition_is_one_strong_tag(jars: Api, tag: str) -> None:
    await jars.given(JAR)
    (await jars.post(PUT, {"coins": 3}, if_match=tag)).then(400).recorded_nothing()


async def test_a_star_repeats_blindly(jars: Api) -> None:
    await jars.given(JAR)
    (await jars.post(PUT, {"coins": 3}, if_match="*")).then(204)


@pytest.mark.parametrize("body", [b"{", b"", b"[1,", b"\xff"])
async def test_a_body_that_cannot_be_parsed_is_refused(jars: Api, body: bytes) -> None:
    await jars.given(JAR)
    answer = await jars.post(
        PUT, if_match=1, content=body, headers={"content-type": "application/json"}
    )
    answer.then(400).refused("malformed-request").recorded_nothing()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"coins": 0}, "/coins"),
        ({"coins": "many"}, "/coins"),
        ({}, "/coins"),
        ({"coins": 1, "cions": 2}, "/cions"),
    ],
)
async def test_a_wrong_field_is_pointed_at(jars: Api, body: object, pointer: str) -> None:
    await jars.given(JAR)
    answer = (await jars.post(PUT, body, if_match=1)).then(422).recorded_nothing()
    assert answer.json["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("body", [[], "text", 3, None], ids=repr)
async def test_a_body_of_another_shape_is_refused(jars: Api, body: object) -> None:
    await jars.given(JAR)
    answer = await jars.post(
        PUT,
        if_match=1,
        content=json.dumps(body),
        headers={"content-type": "application/json"},
    )
    answer.then(422).recorded_nothing()


@pytest.mark.parametrize(
    "worth", ["1", "1.0", "1.000", "1e2", "01.00", "+1.00", " 1.00", 1.0, 1, None], ids=repr
)
async def test_money_has_one_form(jars: Api, worth: object) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=500))
    answer = await jars.post(TAKE, {"worth": worth}, if_match="*", key="k")
    answer.then(422).recorded_nothing()
    assert answer.json["errors"][0]["pointer"] == "/worth"


async def test_the_rule_of_the_domain_is_told_in_both_languages(jars: Api) -> None:
    await jars.given(JAR)
    english = await jars.post(TAKE, {"worth": "0.01"}, if_match="*", key="k")
    english.then(409).refused("jar-empty").recorded_nothing()
    assert english.json["title"] == "Nobody takes more coins than there are."
    assert english.json["detail"] == "there are 0"
    chinese = await jars.post(
        TAKE,
        {"worth": "0.01"},
        if_match="*",
        key="k",
        headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.1"},
    )
    assert chinese.then(409).json["title"] == "余额不足"
    assert chinese.headers["content-language"] == "zh-CN"


async def test_moving_money_needs_a_key(jars: Api) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=5))
    answer = await jars.post(TAKE, {"worth": "0.01"}, if_match="*")
    answer.then(400).refused("key-missing").recorded_nothing()


async def test_the_same_key_gives_the_first_answer_again(jars: Api) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=5))
    first = await jars.post(TAKE, {"worth": "0.02"}, if_match=2, key='"k-1"')
    first.then(204).recorded(CoinsTaken(coins=2))
    again = await jars.post(
        TAKE,
        if_match=2,
        key="k-1",
        content=b'{ "worth" : "0.02" }',
        headers={"content-type": "application/json; charset=utf-8"},
    )
    again.then(204).recorded_nothing()
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["abacus-position"] == first.headers["abacus-position"]


async def test_a_repeated_creation_has_the_same_body(jars: Api) -> None:
    first = (await jars.post("/v1/jars", {"jar_id": "kitchen"}, key="k")).then(201)
    await jars.given(PutCoins(jar_id="kitchen", coins=1))
    again = (await jars.post("/v1/jars", {"jar_id": "kitchen"}, key="k")).then(201)
    assert again.response.content == first.response.content
    assert again.headers["location"] == first.headers["location"]


async def test_a_key_belongs_to_one_request(jars: Api) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=5))
    (await jars.post(TAKE, {"worth": "0.02"}, if_match="*", key="k")).then(204)
    for path, body in ((TAKE, {"worth": "0.03"}), (PUT, {"coins": 1})):
        answer = await jars.post(path, body, if_match="*", key="k")
        answer.then(422).refused("key-reused-for-another").recorded_nothing()


async def test_a_key_belongs_to_its_actor(jars: Api) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=5))
    (await jars.post(TAKE, {"worth": "0.02"}, if_match="*", key="k")).then(204)
    colleague = jars.tokens.of(Role.UNIT_FINANCE, unit="u1", subject="wang")
    answer = await jars.post(TAKE, {"worth": "0.02"}, if_match="*", key="k", by=colleague)
    answer.then(204).recorded(CoinsTaken(coins=2))


async def test_one_key_sent_many_times_at_once_counts_once(jars: Api) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=500))
    answers = await asyncio.gather(
        *(
            jars.client.post(
                TAKE,
                json={"worth": "1.00"},
                headers={**jars.by, "if-match": "*", "idempotency-key": "k"},
            )
            for _ in range(20)
        )
    )
    assert {answer.status_code for answer in answers} == {204}
    assert {answer.headers["etag"] for answer in answers} == {'"3"'}


async def test_a_dry_run_shows_the_facts_and_leaves_nothing(jars: Api) -> None:
    await jars.given(JAR)
    answer = await jars.post(PUT + "?dry_run=true", {"coins": 3}, if_match=1, key="k")
    answer.then(200).recorded_nothing()
    assert answer.json["facts"] == [{"type": "CoinsPut", "data": {"coins": 3}}]
    (await jars.post(PUT, {"coins": 3}, if_match=1, key="k")).then(204)


async def test_a_dry_run_shows_the_refusal(jars: Api) -> None:
    await jars.given(JAR)
    answer = await jars.post(TAKE + "?dry_run=true", {"worth": "1.00"}, if_match=1, key="k")
    answer.then(409).refused("jar-empty").recorded_nothing()


@pytest.mark.parametrize(
    "query",
    ["dry_rn=true", "dry_run=yes", "effective_at=today", "effective_at=2021-01-01T00:00:00"],
)
async def test_a_misspelt_query_does_not_become_a_command(jars: Api, query: str) -> None:
    await jars.given(JAR)
    (await jars.post(f"{PUT}?{query}", {"coins": 3}, if_match=1)).then(422).recorded_nothing()


async def test_a_year_can_be_told_afterwards(jars: Api) -> None:
    await jars.given(JAR)
    moment = "2021-03-31T18:00:00+08:00"
    answer = await jars.post(PUT, {"coins": 3}, if_match=1, params={"effective_at": moment})
    answer.then(204)
    entries = await jars.store.read_ledger(1, 10)
    assert jars.codec.decode(entries[0].event).effective_at.isoformat() == moment


async def test_a_role_that_is_not_in_the_row_is_refused(jars: Api) -> None:
    await jars.given(JAR, PutCoins(jar_id="kitchen", coins=5))
    business = jars.tokens.of(Role.UNIT_BUSINESS, unit="u1")
    answer = await jars.post(TAKE, {"worth": "0.01"}, if_match="*", key="k", by=business)
    answer.then(403).refused("role-missing").recorded_nothing()


async def test_a_foreign_thing_answers_exactly_as_a_missing_one(jars: Api) -> None:
    await jars.given(OpenJar(jar_id="theirs", unit_code="u2"))
    correlation = {"abacus-correlation-id": "same"}
    foreign = await jars.post("/v1/jars/theirs/put", {"coins": 3}, if_match=1, headers=correlation)
    foreign.then(404).refused("not-found").recorded_nothing()
    assert "theirs" not in foreign.response.text


async def test_nobody_opens_a_jar_for_another_unit(jars: Api) -> None:
    answer = await jars.post("/v1/jars", {"jar_id": "theirs", "unit_code": "u2"})
    answer.then(404).recorded_nothing()


async def test_a_body_must_say_that_it_is_json(jars: Api) -> None:
    for kind in ("text/plain", "application/xml", "application/jsonx"):
        answer = await jars.post(
            "/v1/jars", content=b'{"jar_id":"a"}', headers={"content-type": kind}
        )
        answer.then(415).refused("media-type-unsupported").recorded_nothing()


async def test_a_body_has_a_largest_size(jars: Api) -> None:
    answer = await jars.post("/v1/jars", {"jar_id": "a", "unit_code": "x" * 1_100_000})
    answer.then(413).refused("content-too-large").recorded_nothing()


async def test_json_has_a_deepest_depth(jars: Api) -> None:
    deep = b'{"jar_id":' + b"[" * 5_000 + b"]" * 5_000 + b"}"
    answer = await jars.post("/v1/jars", content=deep, headers={"content-type": "application/json"})
    (error,) = answer.then(400).refused("malformed-request").recorded_nothing().json["errors"]
    assert error["pointer"] == "/jar_id" + "/0" * 31
    assert error["remedy"]


@pytest.mark.parametrize("jar", ["kitchen%00", "a" * 300, "a%0Ab"])
async def test_a_path_holds_printable_text(jars: Api, jar: str) -> None:
    answer = await jars.post(f"/v1/jars/{jar}/put", {"coins": 1}, if_match="*")
    assert answer.response.status_code in {400, 422}
    answer.recorded_nothing()


async def test_a_text_cannot_hold_nul(jars: Api) -> None:
    answer = await jars.post("/v1/jars", {"jar_id": "a", "unit_code": "u1\x00"})
    (error,) = answer.then(422).recorded_nothing().json["errors"]
    assert (error["pointer"], error["remedy"]) == ("/unit_code", "Leave the character \\u0000 out.")
    harmless = await jars.post("/v1/jars", {"jar_id": "a", "unit_code": "u1\\u0000"})
    assert harmless.response.status_code == 404


async def test_one_correlation_id_goes_in_and_out(jars: Api) -> None:
    given = await jars.post(
        "/v1/jars", {"jar_id": "a"}, headers={"abacus-correlation-id": "order-7"}
    )
    assert given.headers["abacus-correlation-id"] == "order-7"
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    traced = await jars.post(
        "/v1/jars", {"jar_id": "b"}, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    )
    assert traced.headers["abacus-correlation-id"] == trace
    entries = await jars.store.read_ledger(0, 10)
    found = [jars.codec.decode(entry.event).correlation_id for entry in entries]
    assert found == ["order-7", trace]
    odd = await jars.post("/v1/jars", {"jar_id": "c"}, headers={"abacus-correlation-id": "a b"})
    assert odd.headers["abacus-correlation-id"] != "a b"


@pytest.mark.parametrize("value", ["1_0", " 10 ", "\uff11", "1e1", "", "0x10", "Infinity"])
def test_a_number_has_one_form(value: str) -> None:
    number = TypeAdapter(WrittenNumber)
    assert number.validate_json('"-10.50"') == Decimal("-10.50")
    with pytest.raises(ValidationError):
        number.validate_json(f'"{value}"')


async def test_a_slip_of_dry_run_executes_nothing(jars: Api) -> None:
    twice = await jars.post("/v1/jars?dry_run=true&dry_run=false", {"jar_id": "a"})
    twice.then(422).refused("fields-invalid").recorded_nothing()


@pytest.mark.parametrize("coins", ["3", 3.0, True])
async def test_a_body_is_read_strictly(jars: Api, coins: object) -> None:
    await jars.given(JAR)
    put = await jars.post(PUT, {"coins": coins}, if_match="*")
    assert put.then(422).json["errors"][0]["pointer"] == "/coins"


def test_a_body_that_is_not_strict_keeps_the_service_from_starting() -> None:
    class Lax(BaseModel):
        coins: int

    def put_coins(asked: Asked, body: Lax) -> object:
        return asked, body

    with pytest.raises(TypeError, match="must be strict"):
        Operation(
            endpoint=CommandEndpoint(path="/x", translate=put_coins, tag="x"),
            admitted=frozenset(),
            hints={"body": Lax},
        )


def test_an_example_of_no_operation_is_a_mistake() -> None:
    endpoint = CommandEndpoint(path="/jars", translate=open_jar, tag="Jars")
    (shown,) = with_examples([endpoint], {"open_jar": {"jar_id": "a"}})
    assert shown.example == {"jar_id": "a"}
    for examples in ({"opn_jar": {"jar_id": "a"}}, {"open_jar": {"jar_id": "b"}}):
        with pytest.raises(TypeError, match="example"):
            with_examples([shown], examples)


class Silent(MemoryStore):
    """Nobody knows whether it commits before it speaks again."""

    def __init__(self) -> None:
        super().__init__()
        self.speaks = asyncio.Event()

    async def commit(self, transaction: Transaction) -> None:
        """Whenever it speaks."""
        await self.speaks.wait()
        await super().commit(transaction)


async def test_nobody_waits_for_ever_for_a_database_and_the_key_tells_later(
    jars: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Silent()
    jars.app.state.runtime.handling = Handling(service.aggregates, store)
    with monkeypatch.context() as hasty:
        hasty.setattr("shared.http.slim.COMMAND_SECONDS_MAX", 0.05)
        async with asyncio.timeout(60):
            unknown = await jars.post("/v1/jars", {"jar_id": "kitchen"}, key="once")
    assert unknown.then(503).headers["retry-after"] == "2"
    store.speaks.set()
    for _ in range(2):
        told = await jars.post("/v1/jars", {"jar_id": "kitchen"}, key="once")
        assert told.then(201).json == {"id": "kitchen", "version": 1}
