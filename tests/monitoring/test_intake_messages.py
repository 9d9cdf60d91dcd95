"""Messages of banks: known by namespace, valid against the schema, told line by line."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from services.monitoring.api.bank.answers import read_answers
from services.monitoring.api.bank.entries import read_entries
from services.monitoring.api.bank.files import CSV, JSON, NDJSON, XLSX, XML, read_file
from services.monitoring.api.bank.messages import forms, valid_message
from services.monitoring.api.bank.refusals import (
    FileTooLong,
    FileUnreadable,
    MessageCarriesNoLines,
    MessageIdMissing,
    MessageUnknown,
)
from services.monitoring.api.bank.returns import read_returns
from services.monitoring.domain.statement.lines import Direction, LineUse, StatusReport
from services.monitoring.domain.statement.vouchers import Voucher
from shared.documents.refusals import MarkupForbidden, MarkupInvalid, MarkupUnreadable
from tests.monitoring.bureau import HEAD
from tests.monitoring.messages import (
    Entry,
    camt,
    camt_029,
    closing,
    pacs_004,
    pain_002,
)

SAMPLES = Path(__file__).parent / "iso20022"
ORDER = Path(__file__).parent / "data" / "653101-B1.pain.001.xml"
STATEMENTS = [f"camt.{n}.001.{v}" for n in ("052", "053", "054") for v in ("02", "04", "08")]
PAID = Entry(amount="60.00", end_to_end_id="Z1", bank_ref="B1", project="P1", year="2021")


@pytest.mark.parametrize("form", STATEMENTS)
def test_every_version_tells_the_same(form: str) -> None:
    back = Entry(amount="5.00", way="CRDT", end_to_end_id="Z1", bank_ref="B2", reason="AC01")
    message = read_entries(*valid_message(camt(form, "M1", [PAID, back])))
    assert (message.form, message.message_id) == (form, "M1")
    paid, returned = message.lines
    assert (paid.number, paid.amount, paid.currency) == (1, Decimal("60.00"), "CNY")
    assert (paid.project_code, paid.fiscal_year, paid.end_to_end_id) == ("P1", 2021, "Z1")
    assert (paid.direction, paid.booked_on) == (Direction.DEBIT, date(2021, 3, 1))
    assert (returned.direction, returned.return_id) == (Direction.CREDIT, "B2")
    assert returned.reason_code == "AC01"
    assert paid.row > 1


def test_only_a_statement_of_a_whole_day_has_sums() -> None:
    sums = closing("61.00", "0.00")
    [day] = read_entries(*valid_message(camt("camt.053.001.08", "M1", [PAID], sums=sums))).days
    assert (day.debits, day.credits, day.day) == (Decimal(61), Decimal(0), date(2021, 3, 1))
    [own] = read_entries(*valid_message(camt("camt.053.001.02", "M1", [PAID]))).days
    assert own.debits == Decimal(60)
    assert read_entries(*valid_message(camt("camt.052.001.08", "M1", [PAID]))).days == ()


def test_an_entry_whose_parts_do_not_add_up_stays_one_line_with_a_flaw() -> None:
    for name in ("camt054.v2", "camt054.v4", "camt054.v8"):
        form, root = valid_message((SAMPLES / f"{name}.xml").read_bytes())
        [line] = read_entries(form, root).lines
        assert (line.amount, line.currency) == (Decimal(200_000), "SEK")
        assert line.flaw


def test_parts_that_add_up_are_lines_of_their_own() -> None:
    whole = camt("camt.053.001.08", "M1", [Entry(amount="60.00", bank_ref="B1", way="CRDT")])
    part = (
        "<TxDtls><Refs><EndToEndId>Z{0}</EndToEndId></Refs>"
        '<Amt Ccy="CNY">{1}</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>'
    )
    start, end = whole.index(b"<TxDtls>"), whole.index(b"</TxDtls>") + len(b"</TxDtls>")
    parts = (part.format(1, "20.00") + part.format(2, "40.00")).encode()
    message = read_entries(*valid_message(whole[:start] + parts + whole[end:]))
    assert [(one.end_to_end_id, one.amount) for one in message.lines] == [
        ("Z1", Decimal(20)),
        ("Z2", Decimal(40)),
    ]
    first, second = (one.return_id for one in message.lines)
    assert first != second


def test_what_a_message_says_in_its_supplement_counts_too() -> None:
    plain = camt("camt.054.001.08", "M1", [Entry(amount="60.00", end_to_end_id="Z1")])
    more = (
        b'<SplmtryData><Envlp><x:P xmlns:x="urn:x"><x:pro_code>P1</x:pro_code>'
        b"<x:fiscal_year>2021</x:fiscal_year></x:P></Envlp></SplmtryData></TxDtls>"
    )
    [line] = read_entries(*valid_message(plain.replace(b"</TxDtls>", more))).lines
    assert (line.project_code, line.fiscal_year) == ("P1", 2021)


@pytest.mark.parametrize("form", ["pacs.004.001.02", "pacs.004.001.09"])
def test_a_return_between_banks(form: str) -> None:
    [line] = read_returns(*valid_message(pacs_004(form, "M1", "Z1", "5.00", "R1"))).lines
    assert (line.end_to_end_id, line.return_id, line.reason_code) == ("Z1", "R1", "AC01")
    assert (line.direction, line.booked_on) == (Direction.CREDIT, date(2021, 4, 1))


@pytest.mark.parametrize("form", ["pain.002.001.03", "pain.002.001.10"])
def test_an_answer_to_an_order(form: str) -> None:
    assert read_answers(pain_002(form, "O1", [("Z1", "RJCT", "AC04")])) == (
        StatusReport(
            message_id="ST1",
            original_message_id="O1",
            end_to_end_id="Z1",
            status="RJCT",
            reason_code="AC04",
            text="told so",
        ),
    )


@pytest.mark.parametrize("form", ["camt.029.001.03", "camt.029.001.09"])
def test_an_answer_to_a_recall(form: str) -> None:
    [answer] = read_answers(camt_029(form, "C1", "Z1", "RJCR", "LEGL"))
    assert (answer.end_to_end_id, answer.status, answer.reason_code) == ("Z1", "RJCR", "LEGL")


def test_no_version_is_assumed() -> None:
    assert {form[:8] for form in forms()} >= {"camt.052", "camt.053", "camt.054", "pain.002"}
    unknown = camt("camt.053.001.08", "M1", [PAID]).replace(b"camt.053.001.08", b"camt.053.001.99")
    with pytest.raises(MessageUnknown):
        valid_message(unknown)
    with pytest.raises(MessageCarriesNoLines):
        read_file(ORDER.read_bytes(), XML, "")
    answers = read_file(pain_002("pain.002.001.03", "O1", [("Z1", "ACSC", "AC01")]), XML, "")
    assert (answers.message_id, answers.lines, len(answers.answers)) == ("ST1", (), 1)
    with pytest.raises(MessageUnknown):
        read_answers(camt("camt.053.001.08", "M1", [PAID]))


def test_an_invalid_message_is_refused_with_line_and_reason() -> None:
    with pytest.raises(MarkupInvalid) as caught:
        valid_message((SAMPLES / "camt053.v2.wrong.xml").read_bytes())
    assert caught.value.details["line"] == 3
    assert "Stmt" in str(caught.value.details["reason"])


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<a>", MarkupUnreadable),
        ("<a/>".encode("utf-16"), MarkupUnreadable),
        (b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', MarkupForbidden),
        (b'<!doctype a [<!ENTITY b "c">]><a>&b;</a>', MarkupForbidden),
    ],
)
def test_nothing_is_read_that_a_bank_never_needs(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        valid_message(content)


def test_a_list_is_told_by_its_number_and_its_size() -> None:
    row = "5201,Z1,,P1,2021,60.00,2021-03-01,B1,,2\n"
    with pytest.raises(MessageIdMissing):
        read_file((HEAD + row).encode(), CSV, "")
    with pytest.raises(FileTooLong):
        read_file((HEAD + row * 20_001).encode(), CSV, "L1")
    with pytest.raises(FileUnreadable):
        read_file(HEAD.encode() + b"\xff\xfe", CSV, "L1")


def test_the_same_row_in_every_kind_of_list() -> None:
    row = {"pay_cert_no": "Z1", "pro_code": "P1", "fiscal_year": 2021, "xpay_amt": "60.00",
           "xpay_date": "20210301", "is_deleted": "2"}  # fmt: skip
    text = str({**row}).replace("'", '"')
    as_json = read_file(f'{{"message_id": "L1", "lines": [{text}]}}'.encode(), JSON, "")
    as_lines = read_file(f"{text}\n".encode(), NDJSON, "L1")
    titles = "支付凭证号,项目代码,预算年度,实际支付金额,实际支付日期\nZ1,P1,2021,60.00,20210301\n"
    as_csv = read_file(titles.encode("utf-8-sig"), CSV, "L1")
    for message in (as_json, as_lines, as_csv):
        [line] = message.lines
        assert (message.message_id, line.payment_no, line.project_code) == ("L1", "Z1", "P1")
        assert (line.amount, line.booked_on) == (Decimal(60), date(2021, 3, 1))


def test_one_is_yes_and_two_is_no() -> None:
    head = "pay_cert_no,xpay_amt,xpay_date,is_deleted,is_dir_code\n"
    rows = "Z1,1.00,2021-03-01,1,1\nZ2,1.00,2021-03-01,2,2\nZ3,1.00,2021-03-01,2,yes\n"
    gone, there, odd = read_file((head + rows).encode(), CSV, "L1").lines
    assert (gone.use, there.use) == (LineUse.DELETED, LineUse.MONEY)
    assert odd.unread.startswith("is_dir_code")


def test_an_installation_says_what_its_vouchers_are() -> None:
    text = b"voucher_no,pay_cert_no,xpay_amt,xpay_date\n7777,Z1,1.00,2021-03-01\n"
    [unknown] = read_file(text, CSV, "L1").lines
    assert "7777" in unknown.unread
    [known] = read_file(text, CSV, "L1", {"7777": Voucher.RETURN}).lines
    assert known.direction is Direction.CREDIT


def test_a_workbook_tells_the_same_as_a_list() -> None:
    written = BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["支付凭证号", "项目代码", "预算年度", "实际支付金额", "实际支付日期"])
    sheet.write_row(1, 0, ["Z1", "P1", 2021, 60.5])
    sheet.write_datetime(1, 4, datetime(2021, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001 - a cell has no zone
    book.close()
    [line] = read_file(written.getvalue(), XLSX, "L1").lines
    assert (line.payment_no, line.fiscal_year, line.row) == ("Z1", 2021, 2)
    assert (line.amount, line.booked_on) == (Decimal("60.5"), date(2021, 3, 1))


def test_a_workbook_is_looked_into_before_it_is_read() -> None:
    with pytest.raises(Exception, match="no XLSX"):
        read_file(b"PK\x03\x04nonsense", XLSX, "L1")
