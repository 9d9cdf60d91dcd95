"""Bulk import: a report that promises nothing false, and acceptance all at once."""

import json
from collections.abc import Mapping, Sequence

import pytest

from shared.http.limits import UPLOAD_BYTES_MAX
from shared.http.policy import Role
from shared.testing.api_spec import Answered, Api
from tests.shared.counters import CoinsPut, JarOpened, OpenJar, PutCoins

OPEN = "/v1/imports?operation=open_jar"
NDJSON = {"content-type": "application/x-ndjson"}
GOOD: Sequence[Mapping[str, object]] = [
    {"body": {"jar_id": "a"}},
    {"body": {"jar_id": "b"}},
]
MIXED = b"""{"body": {"jar_id": "a"}}
{"body": {"jar_id": "B"}}

not json
{"body": {"jar_id": "c", "unit_code": "u2"}}
{"path": {"x": "1"}, "body": {"jar_id": "d"}}
{"body": {"jar_id": "e"}, "extra": 1}
"""


def lines(entries: Sequence[Mapping[str, object]]) -> bytes:
    """NDJSON."""
    return b"\n".join(json.dumps(entry).encode() for entry in entries)


async def send(jars: Api, content: bytes, to: str = OPEN, **more: str) -> Answered:
    """Upload a file."""
    return await jars.post(to, content=content, headers={**NDJSON, **more})


async def test_a_report_imports_nothing(jars: Api) -> None:
    answer = (await send(jars, lines(GOOD))).then(201).recorded_nothing()
    report = answer.json
    assert (report["rows"], report["good"], report["refused"]) == (2, 2, [])
    assert report["state"] == "REPORTED"
    assert answer.headers["location"] == f"/v1/imports/{report['id']}"
    found = (await jars.get(f"/v1/imports/{report['id']}")).then(200)
    assert found.json == report


async def test_accepting_imports_everything_once(jars: Api) -> None:
    report = (await send(jars, lines(GOOD))).then(201).json
    accept = f"/v1/imports/{report['id']}/accept"
    first = (await jars.post(accept)).then(200)
    first.recorded(JarOpened(unit_code="u1"), JarOpened(unit_code="u1"))
    assert first.json["state"] == "ACCEPTED"
    assert first.json["ids"] == ["a", "b"]
    assert first.headers["abacus-position"]
    again = (await jars.post(accept)).then(200).recorded_nothing()
    assert again.json == first.json


async def test_each_wrong_row_is_named_with_its_field(jars: Api) -> None:
    report = (await send(jars, MIXED)).then(201).recorded_nothing().json
    assert (report["rows"], report["good"], report["refused_rows"]) == (6, 1, 5)
    found = [
        (row["row"], row["problem"].rpartition("/")[2], row["pointer"]) for row in report["refused"]
    ]
    assert found == [
        (2, "fields-invalid", "/body/jar_id"),
        (4, "malformed-request", None),
        (5, "not-found", None),
        (6, "fields-invalid", "/path/x"),
        (7, "fields-invalid", None),
    ]


async def test_what_keeps_a_line_from_being_read_is_pointed_at(jars: Api) -> None:
    deep = b'{"body": {"jar_id": ' + b"[" * 40 + b"]" * 40 + b"}}"
    nul = b'{"body": {"jar_id": "a", "unit_code": "\\u0000"}}'
    report = (await send(jars, deep + b"\n" + nul)).then(201).recorded_nothing().json
    assert [(row["row"], row["pointer"]) for row in report["refused"]] == [
        (1, "/body/jar_id" + "/0" * 30),
        (2, "/body/unit_code"),
    ]
    assert all(row["remedy"] for row in report["refused"])


async def test_a_bad_row_changes_nothing_unless_the_good_ones_are_accepted(jars: Api) -> None:
    report = (await send(jars, MIXED)).then(201).json
    accept = f"/v1/imports/{report['id']}/accept"
    refused = (await jars.post(accept)).then(409).refused("import-refused").recorded_nothing()
    assert refused.json["details"]["report"]["refused_rows"] == 5
    good = (await jars.post(accept + "?only_good_rows=true")).then(200)
    good.recorded(JarOpened(unit_code="u1"))
    assert (await jars.get(f"/v1/imports/{report['id']}")).json["state"] == "ACCEPTED"


async def test_what_became_wrong_since_the_report_is_refused(jars: Api) -> None:
    await jars.given(OpenJar(jar_id="a"), PutCoins(jar_id="a", coins=5))
    take = [{"path": {"jar_id": "a"}, "body": {"worth": "0.04"}}]
    report = (await send(jars, lines(take), "/v1/imports?operation=take_coins")).then(201).json
    assert report["good"] == 1
    (await jars.post("/v1/jars/a/take", {"worth": "0.02"}, if_match="*", key="k")).then(204)
    answer = await jars.post(f"/v1/imports/{report['id']}/accept")
    answer.then(409).recorded_nothing()
    assert answer.json["details"]["report"]["refused"][0]["problem"].endswith("/jar-empty")


async def test_rows_are_decided_in_order(jars: Api) -> None:
    await jars.given(OpenJar(jar_id="a"))
    moves = [{"path": {"jar_id": "a"}, "body": {"coins": n}} for n in (3, 4)]
    to = "/v1/imports?operation=put_coins&accept=true"
    answer = (await send(jars, lines(moves), to)).then(201)
    answer.recorded(CoinsPut(coins=3), CoinsPut(coins=4))


async def test_a_clean_file_is_imported_at_once_for_other_systems(jars: Api) -> None:
    answer = await send(jars, lines(GOOD), OPEN + "&accept=true")
    assert answer.then(201).json["state"] == "ACCEPTED"
    answer.recorded(JarOpened(unit_code="u1"), JarOpened(unit_code="u1"))
    dirty = await send(jars, MIXED.replace(b'"a"', b'"z"'), OPEN + "&accept=true")
    dirty.then(409).recorded_nothing()
    assert dirty.json["details"]["report"]["refused_rows"] == 5


async def test_a_retried_upload_finds_its_first_try(jars: Api) -> None:
    await jars.given(OpenJar(jar_id="a"))
    moves = lines([{"path": {"jar_id": "a"}, "body": {"coins": 3}}])
    to = "/v1/imports?operation=put_coins&accept=true"
    first = await send(jars, moves, to, **{"idempotency-key": "file-7"})
    first.then(201).recorded(CoinsPut(coins=3))
    again = await send(jars, moves, to, **{"idempotency-key": "file-7"})
    again.then(201).recorded_nothing()
    assert again.json == first.json
    assert again.headers["abacus-position"] == first.headers["abacus-position"]
    other = await send(jars, moves + b"\n" + moves, to, **{"idempotency-key": "file-7"})
    other.then(422).recorded_nothing()


async def test_a_line_with_a_key_of_its_own_counts_once_in_all_files(jars: Api) -> None:
    await jars.given(OpenJar(jar_id="a"))
    moves = lines([{"path": {"jar_id": "a"}, "body": {"coins": 3}, "key": "slip-1"}])
    to = "/v1/imports?operation=put_coins&accept=true"
    (await send(jars, moves, to)).then(201).recorded(CoinsPut(coins=3))
    (await send(jars, moves, to)).then(201).recorded_nothing()


async def test_an_import_needs_the_role_of_its_operation(jars: Api) -> None:
    by = jars.tokens.of(Role.UNIT_BUSINESS, unit="u1")
    to = "/v1/imports?operation=take_coins"
    (await jars.post(to, content=b"{}", headers=NDJSON, by=by)).then(403)
    (await jars.post(OPEN, content=lines(GOOD), headers=NDJSON, by={})).then(401)


async def test_other_peoples_imports_do_not_exist(jars: Api) -> None:
    report = (await send(jars, lines(GOOD))).then(201).json
    other = jars.tokens.of(Role.UNIT_FINANCE, unit="u1", subject="wang")
    for path in (f"/v1/imports/{report['id']}", f"/v1/imports/{report['id'][:-1]}0"):
        (await jars.get(path, by=other)).then(404)
    accept = f"/v1/imports/{report['id']}/accept"
    (await jars.post(accept, by=other)).then(404).recorded_nothing()


@pytest.mark.parametrize(
    ("to", "content", "kind", "status"),
    [
        ("/v1/imports?operation=nothing", b"{}", "application/x-ndjson", 422),
        ("/v1/imports", b"{}", "application/x-ndjson", 422),
        (OPEN, b"{}", "application/json", 415),
        (OPEN, b"{}\n" * 20_001, "application/x-ndjson", 413),
        (OPEN, b" " * (UPLOAD_BYTES_MAX + 1), "application/x-ndjson", 413),
    ],
    ids=["unknown operation", "no operation", "wrong type", "too many lines", "too many bytes"],
)
async def test_an_upload_that_cannot_be_an_import_is_refused(
    jars: Api, to: str, content: bytes, kind: str, status: int
) -> None:
    answer = await jars.post(to, content=content, headers={"content-type": kind})
    answer.then(status).recorded_nothing()
