"""Lists of any length: dealt out by project, booked part by part, begun again where they broke."""

from collections.abc import Iterator
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

from services.monitoring.api.bank.columns import line_of
from services.monitoring.api.intake.gathering import gather, put_plain
from services.monitoring.api.intake.plain import PlainRows, in_reach
from services.monitoring.api.intake.spooling import Spool
from services.monitoring.domain.statement.sorting import Known
from services.monitoring.domain.statement.vouchers import VOUCHERS
from shared.eventstore.postgres import PostgresStore
from tests.monitoring.bureau import CSV, FILES, HEAD, NDJSON, Bureau, bureau
from tests.monitoring.messages import Entry, camt
from tests.monitoring.world import eventually

KNOWN = Known(ledgers=frozenset({"P1-2021"}))
TEXTS = {
    "voucher_no": ["", "5201", "2203", "5253", "9"],
    "pay_cert_no": ["Z1", "", "N" * 101],
    "ori_pay_cert_no": ["", "Z0"],
    "pro_code": ["P1", "", "P9"],
    "fiscal_year": ["2021", "", "21", "2022"],
    "xpay_amt": ["60.00", "0.00", "6", "6.5", "-6.00", "1,000.00", "x", "0.001", "\u0661.00"],
    "pay_amt": ["", "7.00"],
    "xpay_date": ["2021-03-01", "20210301", "2021-13-01", "", "2021-03-01T10:00"],
    "act_lqd_date": ["", "2021-03-02", "x"],
    "currency": ["", "CNY", "USD"],
    "pay_acct_no": ["", "A"],
    "is_deleted": ["", "1", "2"],
    "is_dir_code": ["", "1", "2", "01", "yes"],
    "recovery_id": ["", "C1"],
    "agent_business_no": ["", "B1", "B" * 101],
    "use_des": ["", "\u6821\u820d" * 100],
    "contract_no": ["", "H1"],
    "end_to_end_id": ["", "E1"],
    "reason_code": ["", "AC01"],
}
PLAIN = {name: found[0] for name, found in TEXTS.items()}


def records() -> Iterator[dict[str, str]]:
    """The plain row, and every row that differs from it in one field or in two."""
    odd = [(name, text) for name, found in TEXTS.items() for text in found]
    for one, other in combinations_with_replacement(odd, 2):
        yield PLAIN | dict([one, other])


def test_the_short_road_leads_where_the_long_one_does() -> None:
    named = PlainRows("GK/L1", VOUCHERS)
    table = PlainRows("GK/L1", VOUCHERS, tuple(TEXTS))
    assert named.of_record(PLAIN, 7) is not None
    taken = 0
    for record in records():
        plain = named.of_record(record, 7)
        assert table.of_row([f" {text}" for text in record.values()], 7) == plain
        if plain is None or not in_reach(plain, KNOWN):
            continue
        taken += 1
        near, far = gather([], "GK/L1", KNOWN), gather([line_of(record, 7)], "GK/L1", KNOWN)
        put_plain(near, *plain)
        assert near == far, record
    assert taken


def test_a_row_with_other_fields_than_the_heading_takes_the_long_road() -> None:
    few = PlainRows("GK/L1", VOUCHERS, ("pay_cert_no", "xpay_amt", "xpay_date", "", "xpay_amt"))
    row = ["Z1", "60.00", "2021-03-01", "what nobody knows", "7.00"]
    assert few.of_row(row, 7) is None, "it names no project"
    assert few.of_row(row[:-1], 7) is None
    names = ("pay_cert_no", "pro_code", "fiscal_year", "xpay_amt", "xpay_date", "xpay_amt")
    twice = PlainRows("GK/L1", VOUCHERS, names)
    plain = twice.of_row(["Z1", "P1", "2021", "60.00", "2021-03-01", "7.00"], 7)
    assert plain is not None
    assert str(plain[1].amount) == "60.00", "of two columns with one name the first counts"


def spooled(folder: Path, content: bytes, kind: str, chunk: int) -> Spool:
    spool = Spool(folder=folder, kind=kind, vouchers=VOUCHERS)
    for start in range(0, len(content), chunk):
        spool.feed(content[start : start + chunk])
    spool.close()
    return spool


@pytest.mark.parametrize("chunk", [1, 7, 1_000_000])
def test_a_list_is_dealt_out_the_same_way_however_it_arrives(tmp_path: Path, chunk: int) -> None:
    rows = "".join(f"5201,Z{n},,P{n % 5},2021,1.00,2021-03-01,B{n},,2\n" for n in range(40))
    quoted = '5201,Z99,,"P1",2021,"1,000.00",2021-03-01,B,,2\n\n'
    spool = spooled(tmp_path, (HEAD + rows + quoted).encode(), CSV, chunk)
    assert (spool.lines, len(spool.parts)) == (41, 5)
    found: dict[str, set[int]] = {}
    for part in spool.parts:
        places = []
        for place, fields in spool.read(part):
            record = spool.record(fields)
            assert isinstance(record, dict)
            found.setdefault(record["pro_code"], set()).add(part)
            places.append(place)
        assert places == sorted(places)
    assert all(len(parts) == 1 for parts in found.values())
    assert sum(1 for part in spool.parts for _ in spool.read(part)) == 41


def rows_of(projects: int, each: int) -> str:
    return "".join(
        f"5201,Z{p}-{n},,P{p},2021,1.00,2021-03-01,B,,2\n"
        for n in range(each)
        for p in range(1, projects + 1)
    )


async def send(here: Bureau, content: bytes, kind: str, **headers: str) -> dict[str, Any]:
    asked = {"system": "GK", "message_id": "L1", "accept": "true"}
    answer = await here.told.client.post(
        FILES,
        params=asked,
        headers={**here.treasury, "content-type": kind, **headers},
        content=content,
    )
    found: dict[str, Any] = answer.json()
    return {**found, "status": answer.status_code}


async def test_a_list_is_booked_as_it_comes_and_adds_nothing_the_second_time(
    database: str,
) -> None:
    content = (HEAD + rows_of(30, 5) + "2203,R1,Z1-0,P1,2021,1.00,2021-03-02,B,,2\n").encode()
    async with bureau(database) as here:
        first = await send(here, content, CSV)
        assert (first["status"], first["state"]) == (201, "ACCEPTED")
        assert first["counts"] == {
            "lines": 151, "booked": 6, "breaks": 145, "duplicates": 0, "refused": 0, "heard": 0
        }  # fmt: skip
        again = await send(here, content, CSV)
        assert again["counts"]["duplicates"] == 151
        ledger = await here.ask("/ledgers/P1/2021")
        assert (ledger["paid"], ledger["returned"]) == ("5.00", "1.00")
        statement = await here.ask("/treasury-statements/GK-L1")
        assert statement["counts"] == first["counts"]
        assert statement["parts"] == statement["parts_taken"]
        named = camt(
            "camt.053.001.08",
            "S1",
            [Entry(amount="7.00", end_to_end_id="E7", bank_ref="B7", project="P1", year="2021")],
        )
        await here.book(named)
        same = HEAD + "5201,ZF7,,P1,2021,7.00,2021-03-01,B7,,2\n"
        told = await here.told.client.post(
            FILES,
            params={"system": "GK", "message_id": "L2", "accept": "true"},
            headers={**here.treasury, "content-type": CSV},
            content=same.encode(),
        )
        assert told.json()["counts"]["duplicates"] == 1
        other = await send(here, content + b"\n5201,Z9,,P1,2021,1.00,2021-03-01,B,,2\n", CSV)
        assert (other["status"], other["type"].rpartition("/")[2]) == (409, "message-reused")


async def test_a_list_that_broke_off_goes_on_where_it_was(database: str) -> None:
    content = (HEAD + rows_of(60, 40)).encode()
    async with bureau(database) as here:
        begun = await send(here, content, CSV, prefer="respond-async")
        assert (begun["status"], begun["state"]) == (202, "ACCEPTING")

        async def some_parts_are_there() -> bool:
            taken = (await here.ask("/treasury-statements"))["items"]
            return bool(taken) and taken[0]["parts_taken"] > 0

        await eventually(some_parts_are_there)
        await here.told.runtime.background.stop()
        store = here.told.runtime.store
        assert isinstance(store, PostgresStore)
        await store.settle()
        before = await here.ask("/treasury-statements/GK-L1")
        rest = await send(here, content, CSV)
        statement = await here.ask("/treasury-statements/GK-L1")
        assert statement["parts_taken"] == statement["parts"] > before["parts_taken"]
        assert statement["counts"] == {
            "lines": 2_400, "booked": 40, "breaks": 2_360, "duplicates": 0, "refused": 0, "heard": 0
        }  # fmt: skip
        assert rest["counts"]["duplicates"] == before["counts"]["lines"] > 0
        assert (await here.ask("/ledgers/P1/2021"))["paid"] == "40.00"


async def test_what_is_no_list_is_refused_before_anything_is_booked(database: str) -> None:
    async with bureau(database) as here:
        assert (await send(here, b"<a/>", "application/xml"))["status"] == 415
        assert (await send(here, b"a,b\n", CSV))["type"].endswith("columns-missing")
        assert (await send(here, b"", CSV))["type"].endswith("columns-missing")
        long = b'{"pay_cert_no": "' + b"x" * 70_000 + b'"}\n'
        assert (await send(here, long, NDJSON))["type"].endswith("file-unreadable")
        assert (await here.ask("/treasury-statements"))["items"] == []
