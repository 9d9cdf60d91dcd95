"""A planted person: never in clear in any row, word, log line, problem or export; erasable."""

import json
import logging
import zlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import asyncpg
import httpx
from python_calamine import CalamineWorkbook

from services.monitoring.api.forms.key_fund_sheets import BENEFICIARY_SHEET
from services.monitoring.main import service
from services.monitoring.projections.key_fund_beneficiaries import key_fund_beneficiaries
from shared.contracts.envelope import Hearing
from shared.documents.writing import write_workbook
from shared.eventstore.connections import open_pool
from shared.eventstore.log import PostgresLog, Proofs
from shared.eventstore.merkle import inclusion_holds, root
from shared.http.policy import Role
from shared.http.workbooks import XLSX
from shared.rebuilding import Rebuilding
from tests.monitoring.key_fund_people import (
    PREFECTURE,
    a_county_with_money,
    beneficiary,
    by,
    id_number,
    ndjson,
    sent,
)
from tests.monitoring.stories import at
from tests.monitoring.world import World, eventually, world

NAME, NUMBER = "图尔荪古丽", id_number(777)
WRONG_NUMBER = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
CANARIES = (NAME, NUMBER, WRONG_NUMBER, NUMBER[6:])
CANARY = beneficiary(1, name=NAME, number=NUMBER)
SECRETS = [one.encode() for one in CANARIES] + [json.dumps(NAME)[1:-1].encode()]


async def stored(url: str) -> AsyncIterator[tuple[str, bytes]]:
    """Everything that the database holds, table by table, unpacked."""
    connection = await asyncpg.connect(url)
    tables = await connection.fetch(
        "SELECT schemaname, tablename FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    for schema, table in tables:
        every = f'SELECT * FROM "{schema}"."{table}"'  # noqa: S608 - names of the catalogue
        for row in await connection.fetch(every):
            for column, value in row.items():
                yield f"{schema}.{table}.{column}", unpacked(value)
    await connection.close()


def unpacked(value: object) -> bytes:
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return value + zlib.decompress(value)
    except zlib.error:
        return value


async def seen(url: str) -> list[str]:
    """Where a planted person is in clear."""
    return [place async for place, value in stored(url) if shows(value)]


def shows(value: bytes) -> bool:
    return any(secret in value for secret in SECRETS)


def upload() -> bytes:
    """Good lines, a canary, and canaries that cannot be read."""
    lines = ndjson(
        [
            CANARY,
            *(beneficiary(n) for n in range(2, 7)),
            beneficiary(7, name=NAME, number=WRONG_NUMBER),
            {**beneficiary(8, name=NAME), "hint": NAME},
            beneficiary(9, name=NAME, number=NUMBER, month="2021-13"),
        ]
    )
    forged = {
        "body": beneficiary(10, name=NAME),
        "sealed": {"subject": "", "key_id": "", "box": ""},
    }
    return lines + b'{"body": {"name": "' + NAME.encode() + b'",\n' + json.dumps(forged).encode()


class Written(logging.Handler):
    """Every log line as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.exc_info}")


async def test_a_planted_person_is_nowhere_in_clear(database: str) -> None:
    async with world(database, at(7, 1)) as told:
        handler = Written()
        logging.getLogger().addHandler(handler)
        await a_county_with_money(told)
        answers = [
            *await the_file_is_imported_without_its_bad_lines(told),
            *await single_lines_are_taken_and_refused(told),
            *await everybody_sees_masks(told),
        ]
        await told.settled()
        assert [answer for answer in answers if shows(answer)] == []
        assert await seen(database) == []
    logging.getLogger().removeHandler(handler)
    assert [line for line in handler.lines if shows(line.encode())] == []
    assert any("request_denied" in line for line in handler.lines)


async def the_file_is_imported_without_its_bad_lines(told: World) -> Sequence[bytes]:
    who = by(told, Role.FB_BUDGET)
    report = await sent(told, "record_beneficiary", upload(), who)
    assert report.status_code == 409, report.text
    refused = {
        row["row"]: row
        for row in (await told.get(report.headers["location"].removeprefix("/v1"), who))["refused"]
    }
    assert sorted(refused) == [7, 8, 9, 10, 11]
    assert (refused[7]["pointer"], refused[8]["pointer"], refused[9]["pointer"]) == (
        "/body/number",
        "/body/hint",
        "/body/month",
    )
    place = f"{report.headers['location']}/accept"
    taken = await told.client.post(place, params={"only_good_rows": True}, headers=who)
    assert (taken.json()["state"], len(taken.json()["ids"])) == ("ACCEPTED", 6), taken.text
    # The same lines again, in another file: recognised, although they were sealed anew.
    again = await sent(told, "record_beneficiary", ndjson([CANARY]), who)
    assert again.json()["state"] == "ACCEPTED", again.text
    lines = [{"body": beneficiary(11, name=NAME, number=NUMBER, month="2021-05")}]
    book = write_workbook(BENEFICIARY_SHEET, lines)
    sheet = await sent(told, "record_beneficiary", book, who, XLSX)
    assert sheet.json()["state"] == "ACCEPTED", sheet.text
    wrong = [{"body": beneficiary(12, name=NAME, number=WRONG_NUMBER)}]
    bad = await sent(
        told, "record_beneficiary", write_workbook(BENEFICIARY_SHEET, wrong), who, XLSX
    )
    assert (await told.get(bad.headers["location"].removeprefix("/v1"), who))["refused"][0][
        "cell"
    ] == "K2"
    return [one.content for one in (report, taken, again, sheet, bad)]


async def refused_rows(told: World, answer: httpx.Response) -> Sequence[Any]:
    """The rows of an upload that were not taken, as whoever sent it reads of them."""
    place = answer.headers["location"].removeprefix("/v1")
    report = await told.get(place, by(told, Role.FB_BUDGET))
    rows: Sequence[Any] = report["refused"]
    return rows


async def single_lines_are_taken_and_refused(told: World) -> Sequence[bytes]:
    who = by(told, Role.FB_BUDGET)
    double = beneficiary(20, name=f"{NAME} ", number=NUMBER, amount="2.00")
    answers = [
        await told.post("/beneficiaries", double, who),
        await told.post("/beneficiaries", double, who),
        await told.post("/beneficiaries", {**double, "number": WRONG_NUMBER}, who, status=422),
        await told.post("/beneficiaries", {**double, "note": NAME}, who, status=422),
        await told.post("/beneficiaries", {**double, "amount": "3.00"}, who, status=409),
        await told.post("/beneficiaries", double, by(told, Role.FB_LEADER), status=403),
    ]
    dry = await told.client.post(
        "/v1/beneficiaries", params={"dry_run": True}, json=double, headers={**who}
    )
    assert dry.json()["facts"] == []
    key = {"idempotency-key": "one", **who}
    other = beneficiary(21, name=NAME, number=NUMBER, month="2021-04")
    first, second, third = [
        await told.client.post("/v1/beneficiaries", json=body, headers=key)
        for body in (other, other, {**other, "name": "另一人"})
    ]
    assert (first.status_code, second.status_code, third.status_code) == (201, 201, 422)
    assert first.json() == second.json()
    (found,) = (await told.get("/fund-findings", who, kind="PAID_TWICE"))["items"]
    assert (found["level"], found["project_code"]) == ("YELLOW", "P1")
    return [one.content for one in (*answers, dry, first, second, third)]


async def everybody_sees_masks(told: World) -> Sequence[bytes]:
    roles = (Role.FB_BUDGET, Role.FB_SUPERVISION, Role.AUDIT, Role.FB_LEADER, Role.CONGRESS)
    answers = []
    for role in roles:
        listed = await told.client.get("/v1/beneficiaries", headers=by(told, role))
        masked = {(one["name"], one["number"]) for one in listed.json()["items"]}
        assert ("图****", f"{NUMBER[:6]}********{NUMBER[-4:]}") in masked
        assert listed.headers["cache-control"] == "no-store"
        answers.append(listed.content)
    head = by(told, Role.UNIT_HEAD, unit="U2")
    stranger = await told.client.get("/v1/beneficiaries", headers=head)
    assert stranger.json()["items"] == []
    for form in ("xlsx", "ndjson"):
        file = await told.client.get(
            "/v1/beneficiary-ledger",
            params={"project_code": "P1", "fiscal_year": 2021, "form": form},
            headers=by(told, Role.AUDIT),
        )
        answers.append(file.content)
        if form == "xlsx":
            page = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0)
            cells = page.to_python()
            assert cells[1][9:11] == ["图****", f"{NUMBER[:6]}********{NUMBER[-4:]}"]
            answers.append(str(cells).encode())
    publish = {"project_code": "P1", "fiscal_year": 2021, "month": "2021-06"}
    await told.post("/beneficiaries/publish", publish, by(told, Role.FB_BUDGET))
    totals = await told.get("/beneficiary-totals/2021", by(told, Role.FB_BUDGET))
    assert [(one["place_code"], one["payees"]) for one in totals] == [("653101100", 6)]
    return answers


LOOK: dict[str, Any] = {
    "project_code": "P1",
    "fiscal_year": 2021,
    "payment_id": "Z1",
    "line_id": "0001",
    "purpose": "FINDING",
    "reason": "核实同月两次发放",
}


async def test_one_line_is_seen_in_clear_by_whoever_says_why_and_for_minutes(
    database: str,
) -> None:
    async with world(database, at(7, 1)) as told:
        await a_county_with_money(told)
        lines = ndjson([CANARY])
        await sent(told, "record_beneficiary", lines, by(told, Role.FB_BUDGET))
        watch, audit = by(told, Role.FB_SUPERVISION), by(told, Role.AUDIT, PREFECTURE)
        await told.post("/reveals", LOOK, by(told, Role.FB_BUDGET), status=403)
        await told.post("/reveals", {**LOOK, "reason": "?"}, watch, status=422)
        elsewhere = by(told, Role.FB_SUPERVISION, "653121")
        await told.post("/reveals", LOOK, elsewhere, status=404)
        place = (await told.post("/reveals", LOOK, watch)).headers["location"].removeprefix("/v1")
        shown = await told.get(place, watch)
        assert (shown["name"], shown["number"]) == (NAME, NUMBER)
        other = await told.client.get(f"/v1{place}", headers=audit)
        assert other.json()["type"].endswith("/reveal-not-yours")
        (logged,) = (await told.get("/reveals", audit))["items"]
        assert (logged["purpose"], logged["line_id"]) == ("FINDING", "0001")
        await told.later(datetime.fromisoformat(shown["until"]) + timedelta(seconds=1))

        async def over() -> bool:
            late = await told.client.get(f"/v1{place}", headers=watch)
            return late.status_code == httpx.codes.FORBIDDEN

        await eventually(over)


async def test_an_erased_person_is_gone_everywhere_and_every_proof_stays(database: str) -> None:
    async with world(database, at(7, 1)) as told:
        await a_county_with_money(told)
        budget, watch = by(told, Role.FB_BUDGET), by(told, Role.FB_SUPERVISION)
        both = ndjson([CANARY, beneficiary(2), beneficiary(3, number=NUMBER, month="2021-05")])
        await sent(told, "record_beneficiary", both, budget)
        await told.settled()
        before = await told.store.head()
        proof = await proved(database, before.position)
        place = (await told.post("/reveals", LOOK, watch)).headers["location"].removeprefix("/v1")
        (mine, other, mine_too) = (await told.get("/beneficiaries", budget))["items"]
        assert mine["subject"] == mine_too["subject"] != other["subject"]
        erase = {name: LOOK[name] for name in ("project_code", "fiscal_year", "payment_id")}
        body = {**erase, "line_id": "0001", "reason": "保存期满"}
        path = f"/subjects/{mine['subject']}/erase"
        await told.post(path, body, budget, status=403)
        await told.post(path, body, watch)
        await told.post(path, {**body, "reason": "再次"}, watch)
        await told.settled()
        await it_is_gone(told, place)
        await every_proof_holds(told, database, (before.position, proof))
        await rebuilt(database)
        await it_is_gone(told, place)
        paid_again = beneficiary(30, name=NAME, number=NUMBER, month="2021-07")
        await told.post("/beneficiaries", paid_again, budget)
        shown = (await told.get("/beneficiaries", budget, month="2021-07"))["items"]
        assert [one["name"] for one in shown] == ["图****"]
        await it_is_gone(told, place)


async def it_is_gone(told: World, reveal: str) -> None:
    for role in (Role.FB_BUDGET, Role.FB_SUPERVISION):
        chinese = {**by(told, role), "accept-language": "zh-CN"}
        for line in ("2021-06", "2021-05"):
            found = (await told.get("/beneficiaries", chinese, month=line))["items"]
            gone = [one for one in found if one["erased"]]
            assert [(one["name"], one["number"]) for one in gone] == [("已删除", "已删除")]
            assert all("*" in one["name"] for one in found if not one["erased"])
    shown = await told.get(reveal, by(told, Role.FB_SUPERVISION))
    assert (shown["name"], shown["erased"]) == ("[erased]", True)
    chinese = {**by(told, Role.AUDIT), "accept-language": "zh-CN"}
    file = await told.client.get(
        "/v1/beneficiary-ledger",
        params={"project_code": "P1", "fiscal_year": 2021, "form": "ndjson"},
        headers=chinese,
    )
    assert "已删除" in file.text


async def proved(url: str, size: int) -> list[bytes]:
    """What proves the first line of the ledger at this size."""
    pool = await open_pool(url)
    try:
        return await Proofs(PostgresLog(pool), "ledger").inclusion(1, size)
    finally:
        await pool.close()


async def every_proof_holds(told: World, url: str, old: tuple[int, list[bytes]]) -> None:
    """The root is that of the facts as they are stored; what was proved before still is."""
    size, proof = old
    pool = await open_pool(url)
    try:
        log = PostgresLog(pool)
        now, frontier = await log.frontier("ledger")
        # The worker may have more to say meanwhile; what is proved is what there was just now.
        assert size < now <= (await told.store.head()).position
        proofs = Proofs(log, "ledger")
        assert await proofs.root(now) == root(frontier)
        leaves = [leaf async for page in log.leaves("ledger", 0, now) for leaf in page]
        assert inclusion_holds(leaves[0], 0, size, proof, await proofs.root(size))
        [whole] = await pool.fetch(_CHAIN)
        assert whole["broken"] == 0
    finally:
        await pool.close()


async def rebuilt(url: str) -> None:
    """The read model made again from the facts."""
    connection = await asyncpg.connect(url)

    async def quiet(_name: str, _folded: int) -> None:
        return None

    rebuilding = Rebuilding(connection, service.aggregates.codec, Hearing(service.hears))
    assert await rebuilding.rebuild(key_fund_beneficiaries, quiet) > 0
    await connection.close()


_CHAIN = """
SELECT count(*) AS broken FROM es.event e LEFT JOIN es.event b
  ON b.stream = e.stream AND b.version = e.version - 1
WHERE e.prev_hash IS DISTINCT FROM coalesce(b.hash, decode(repeat('00', 32), 'hex'))
   OR e.hash <> sha256('\\x00'::bytea || uuid_send(e.event_id) || int4send(e.version)
        || e.prev_hash || int4send(octet_length(e.stream)) || convert_to(e.stream, 'UTF8')
        || e.body)
"""
