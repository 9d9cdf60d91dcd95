"""Quota documents by national field names: in as workbook and NDJSON, out, in again unchanged."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from services.monitoring.api.forms.quota_sheets import QUOTA_SHEETS
from shared.http.flat_records import commands_of
from shared.http.policy import Role
from shared.http.workbooks import XLSX
from tests.monitoring.bureau import NDJSON, Bureau, Json, bureau

ISSUED: dict[str, Any] = {
    "bgt_id": "6531212021030100042",
    "cor_bgt_doc_no": "喀财预〔2021〕7号",
    "sup_bgt_doc_no": "新财预〔2021〕3号",
    "pro_code": "P1",
    "fiscal_year": 2021,
    "amount": 100.10,
    "dis_amt": 0,
    "cur_amt": 0,
    "is_dir_code": "",
    "fund_type_code": "",
    "日期": "2021-03-01",
}
AMENDED: dict[str, Any] = {
    **ISSUED,
    "cor_bgt_doc_no": "喀财预〔2021〕8号",
    "amount": "-40.00",
    "原因": "压减",
}
RECALLED: dict[str, Any] = {
    **ISSUED,
    "cor_bgt_doc_no": "喀财预〔2021〕9号",
    "amount": "",
    "dis_amt": "10.10",
    "原因": "收回",
}
NATIONAL = [
    "bgt_id", "cor_bgt_doc_no", "sup_bgt_doc_no", "pro_code", "fiscal_year", "amount", "dis_amt",
    "cur_amt", "is_dir_code", "fund_type_code", "found_type_code", "source_type_code",
]  # fmt: skip


def workbook(*records: Mapping[str, Any], title: str = "Sheet1") -> bytes:
    """A table of another system: its columns in its own order, and one we do not know."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into)
    page = book.add_worksheet(title)
    names = ["is_new", *reversed(list(records[0]))]
    page.write_row(0, 0, names)
    for number, record in enumerate(records, 1):
        page.write_row(number, 0, [record.get(name, "1") for name in names])
    book.close()
    return into.getvalue()


def ndjson(*records: Mapping[str, Any]) -> bytes:
    """The same as a line of JSON each."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


async def imported(
    here: Bureau, operation: str, content: bytes, kind: str = XLSX, status: int = 201
) -> Json:
    """Sent by the budget section and applied when every row is good."""
    answer = await here.told.client.post(
        "/v1/imports",
        params={"operation": operation, "accept": "true"},
        content=content,
        headers={**here.budget, "content-type": kind},
    )
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


async def exported(here: Bureau, kind: str, form: str = "xlsx") -> bytes:
    """The documents of a kind as they leave."""
    query = {"fiscal_year": "2021", "kind": kind, "form": form}
    path = "/v1/quota-documents/form"
    answer = await here.told.client.get(path, headers=dict(here.budget), params=query)
    assert answer.is_success, answer.text
    return answer.content


def table(content: bytes) -> Sequence[Sequence[Any]]:
    """The cells of the first sheet."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


async def documents(here: Bureau) -> list[tuple[str, str, str]]:
    """What the quota book has."""
    found = (await here.ask("/ledgers/P1/2021/quota-documents"))["items"]
    return sorted((one["document_no"], one["kind"], one["change"]) for one in found)


@pytest.mark.parametrize("kind", [XLSX, NDJSON])
async def test_documents_come_in_leave_and_come_in_again_unchanged(
    database: str, kind: str
) -> None:
    write = workbook if kind == XLSX else ndjson
    async with bureau(database, quota="300.00") as here:
        for operation, record in (
            ("issue_quota", ISSUED),
            ("amend_quota", AMENDED),
            ("recall_quota", RECALLED),
        ):
            assert (await imported(here, operation, write(record), kind))["state"] == "ACCEPTED"
        booked = await documents(here)
        assert booked == [
            ("Q1", "ISSUED", "300.00"),
            ("喀财预〔2021〕7号", "ISSUED", "100.10"),
            ("喀财预〔2021〕8号", "AMENDED", "-40.00"),
            ("喀财预〔2021〕9号", "RECALLED", "-10.10"),
        ]
        ledger = await here.ask("/ledgers/P1/2021")
        assert ledger["available"] == "350.00"
        for operation, name in (
            ("issue_quota", "ISSUED"),
            ("amend_quota", "AMENDED"),
            ("recall_quota", "RECALLED"),
        ):
            file = await exported(here, name)
            assert table(file)[0][: len(NATIONAL)] == NATIONAL
            await imported(here, operation, file)
            await imported(here, operation, await exported(here, name, "ndjson"), NDJSON)
            assert await exported(here, name) == file
        assert await documents(here) == booked
        assert (await here.ask("/ledgers/P1/2021"))["version"] == ledger["version"]
        row = dict(zip(NATIONAL, table(await exported(here, "RECALLED"))[1], strict=False))
        assert (row["bgt_id"], row["amount"], row["dis_amt"], row["cur_amt"]) == (
            ISSUED["bgt_id"],
            "",
            "10.10",
            "350.00",
        )


@pytest.mark.parametrize(("said", "read"), [("1", "01"), (2, "02"), ("09", "09"), ("01", "01")])
async def test_one_is_yes_and_two_is_no(said: object, read: str) -> None:
    issued = QUOTA_SHEETS[0]
    text = await commands_of(ndjson({**ISSUED, "is_dir_code": said}), issued)
    assert json.loads(text)["body"]["direct_fund_flag"] == read
    assert json.loads(text)["body"]["amount"] == "100.10"
    assert json.loads(text)["path"] == {"project_code": "P1", "fiscal_year": "2021"}


async def test_what_is_no_record_of_the_form_stays_as_it_is() -> None:
    issued = QUOTA_SHEETS[0]
    command = b'{"path": {"project_code": "P1"}, "body": {}}\n{"key": "x", "pro_code": "P1"}\n'
    other = b'{"unknown": 1}\n[1]\nnonsense\n\n'
    assert await commands_of(command + other, issued) == command + other


@pytest.mark.parametrize("kind", [XLSX, NDJSON])
async def test_a_wrong_cell_is_named_and_nothing_is_booked(database: str, kind: str) -> None:
    write = workbook if kind == XLSX else ndjson
    async with bureau(database) as here:
        wrong = {**ISSUED, "cor_bgt_doc_no": "W1", "amount": "ten", "is_dir_code": "3"}
        answer = await here.told.client.post(
            "/v1/imports",
            params={"operation": "issue_quota"},
            content=write(ISSUED, wrong),
            headers={**here.budget, "content-type": kind},
        )
        report = answer.json()
        assert (report["rows"], report["refused_rows"]) == (2, 1)
        pointers = {one["pointer"] for one in report["refused"]}
        assert pointers == {"/body/amount", "/body/direct_fund_flag"}
        assert await documents(here) == [("Q1", "ISSUED", "500.00")]
        lacking = workbook({"cor_bgt_doc_no": "W2", "amount": "1.00"})
        missing = await imported(here, "issue_quota", lacking, status=422)
        assert missing["type"].endswith("headings-wrong")
        neighbour = here.told.tokens.of(Role.FB_BUDGET, region="653121")
        path = "/v1/quota-documents/form"
        seen = await here.told.client.get(path, headers=neighbour, params={"fiscal_year": "2021"})
        assert len(table(seen.content)) == 1
