"""Messages to banks: valid against their schemas, mapped as agreed, always the same bytes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.monitoring.api import bank
from services.monitoring.api.bank.outgoing.orders import block_of, payment_message
from services.monitoring.api.bank.outgoing.recalls import Recalled, bank_recall, customer_recall
from services.monitoring.domain.payment_order.identity import end_to_end_id, order_id, uetr_of
from services.monitoring.projections.payment_orders import (
    PaymentBatchRow,
    PaymentOrderRow,
    PaymentRecallRow,
)

SCHEMAS = Path(bank.__file__).parent / "schemas"
GOLDEN = Path(__file__).parent / "data" / "653101-B1.pain.001.xml"
LONG = "喀财支〔2021〕第" + "9" * 80 + "号"
SENT_AT = datetime(2021, 4, 15, 2, 30, 59, 999, tzinfo=UTC)


def row(voucher: str = "ZF1", fen: int = 86_000_000, **more: Any) -> PaymentOrderRow:  # noqa: ANN401
    """A released order."""
    key = order_id("653101", voucher)
    usual: dict[str, Any] = {
        "order_id": key,
        "pay_cert_no": voucher,
        "end_to_end_id": end_to_end_id(voucher),
        "uetr": uetr_of(key),
        "project_code": "65312121T000000000042",
        "fiscal_year": 2021,
        "region_code": "653101",
        "department_code": "D1",
        "unit_code": "U1",
        "amount_fen": fen,
        "debtor": {"name": "疏附县国库集中支付中心", "number": "65001", "bank_no": "105894000010"},
        "creditor": {"name": "喀什建工 <A&B>", "number": "65002", "bank_no": "102894000027"},
        "codes": {
            "bgt_id": "6531212021030100042",
            "exp_func_code": "2050203",
            "gov_bgt_eco_code": "50601",
            "dep_bgt_eco_code": "31006",
        },
        "fund_type_code": "111",
        "direct_fund_flag": "01",
        "purpose": "校舍维修改造首期工程款",
        "execute_on": date(2021, 4, 15),
        "drafted_by": "x",
        "status": "SENT",
        "batch_id": "653101-B1",
        "version": 3,
    }
    return PaymentOrderRow(**{**usual, **more})


def batch(*rows: PaymentOrderRow) -> PaymentBatchRow:
    """A batch of these."""
    return PaymentBatchRow(
        batch_id="653101-B1",
        region_code="653101",
        orders=[one.order_id for one in rows],
        total_fen=sum(one.amount_fen for one in rows),
        sent_by="x",
        sent_at=SENT_AT,
        version=1,
    )


def valid(content: bytes, form: str) -> Any:  # noqa: ANN401 - an element of lxml
    """The root of a message that is valid against the schema of its form."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    root = etree.fromstring(content, parser)
    schema(form).assertValid(root)
    return root


@cache
def schema(form: str) -> Any:  # noqa: ANN401 - a schema of lxml
    """The schema of a message, read once."""
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{form}.xsd"))


def texts(root: Any, path: str) -> Sequence[str]:  # noqa: ANN401
    """The texts at a path, whatever the namespace."""
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    return [one.text for one in root.xpath(f".//{steps}")]


ROWS = (
    row(),
    row("ZF2", 1),
    row(LONG, 200, execute_on=date(2021, 4, 16)),
    row("ZF4", 12_345, debtor={"name": "另一账户", "number": "7", "bank_no": "105894000010"}),
)


def test_a_batch_is_valid_and_its_sums_are_right() -> None:
    root = valid(payment_message(batch(*ROWS), ROWS), "pain.001.001.09")
    assert texts(root, "GrpHdr/MsgId") == ["653101-B1"]
    assert texts(root, "GrpHdr/CreDtTm") == ["2021-04-15T10:30:59+08:00"]
    assert texts(root, "GrpHdr/NbOfTxs") == ["4"]
    amounts = [Decimal(text) for text in texts(root, "InstdAmt")]
    assert sorted(amounts) == [Decimal(n) for n in ("0.01", "2.00", "123.45", "860000.00")]
    assert Decimal(texts(root, "GrpHdr/CtrlSum")[0]) == sum(amounts)
    blocks = [Decimal(text) for text in texts(root, "PmtInf/CtrlSum")]
    assert (len(blocks), sum(blocks)) == (3, sum(amounts))
    assert sorted(map(int, texts(root, "PmtInf/NbOfTxs"))) == [1, 1, 2]


def test_every_field_stands_where_it_was_agreed() -> None:
    root = valid(payment_message(batch(row()), [row()]), "pain.001.001.09")
    assert texts(root, "PmtId/EndToEndId") == ["ZF1"]
    assert texts(root, "PmtId/UETR") == [uetr_of("653101-ZF1")]
    assert texts(root, "CtgyPurp/Cd") == ["GOVT"]
    assert set(texts(root, "ClrSysId/Cd")) == {"CNAPS"}
    assert texts(root, "DbtrAgt/FinInstnId/ClrSysMmbId/MmbId") == ["105894000010"]
    assert texts(root, "CdtrAgt/FinInstnId/ClrSysMmbId/MmbId") == ["102894000027"]
    assert texts(root, "Cdtr/Nm") == ["喀什建工 <A&B>"]
    assert texts(root, "CdtrAcct/Id/Othr/Id") == ["65002"]
    assert texts(root, "RmtInf/Ustrd") == ["校舍维修改造首期工程款"]
    kinds, numbers = texts(root, "CdOrPrtry/Prtry"), texts(root, "RfrdDocInf/Nb")
    assert dict(zip(kinds, numbers, strict=True)) == {
        "PRO": "65312121T000000000042",
        "BGT": "6531212021030100042",
        "FY": "2021",
        "FUNC": "2050203",
        "GOVECO": "50601",
        "DEPECO": "31006",
        "FUND": "111",
        "DIR": "01",
    }


def test_a_long_voucher_number_survives_whole() -> None:
    root = valid(payment_message(batch(row(LONG)), [row(LONG)]), "pain.001.001.09")
    assert texts(root, "PmtId/EndToEndId") == [end_to_end_id(LONG)]
    kinds, numbers = texts(root, "CdOrPrtry/Prtry"), texts(root, "RfrdDocInf/Nb")
    parts = [number for kind, number in zip(kinds, numbers, strict=True) if kind == "CERT"]
    assert "".join(parts) == LONG


def test_the_same_batch_is_the_same_bytes_whatever_order_the_rows_come_in() -> None:
    message = payment_message(batch(*ROWS), ROWS)
    assert payment_message(batch(*ROWS), list(reversed(ROWS))) == message
    later = [row(v.pay_cert_no, v.amount_fen, status="SETTLED", version=9) for v in ROWS[:1]]
    assert payment_message(batch(row()), later) == payment_message(batch(row()), [row()])


def test_the_bytes_are_those_that_were_always_sent() -> None:
    """A bank recognises a repeated message by its content; this file is never edited."""
    assert payment_message(batch(*ROWS), ROWS) == GOLDEN.read_bytes()


def recalled(**more: Any) -> Recalled:  # noqa: ANN401
    """A recall of the first order."""
    recall = PaymentRecallRow(
        order_id="653101-ZF1",
        recall_id="CH1",
        region_code="653101",
        reason_code="DUPL",
        reason="重复申请" * 40,
        requested_at=SENT_AT,
        status="REQUESTED",
    )
    order = row(**more)
    return Recalled(
        recall=recall,
        order=order,
        batch=batch(*ROWS),
        block_id=block_of(batch(*ROWS), ROWS, "653101-ZF1"),
    )


def test_a_recall_to_our_bank_names_the_block_it_was_sent_in() -> None:
    root = valid(customer_recall(recalled()), "camt.055.001.08")
    message = valid(payment_message(batch(*ROWS), ROWS), "pain.001.001.09")
    (block,) = (
        one.getparent().getparent() for one in message.xpath(".//*[local-name()='PmtId'][*='ZF1']")
    )
    assert texts(root, "OrgnlPmtInfId") == texts(block, "PmtInfId")
    assert texts(root, "OrgnlGrpInf/OrgnlMsgId") == ["653101-B1"]
    assert texts(root, "OrgnlEndToEndId") == ["ZF1"]
    assert texts(root, "OrgnlInstdAmt") == ["860000.00"]
    assert texts(root, "CxlRsnInf/Rsn/Cd") == ["DUPL"]
    assert "".join(texts(root, "CxlRsnInf/AddtlInf")) == "重复申请" * 40


@pytest.mark.parametrize("settled_on", [None, date(2021, 4, 16)])
def test_a_recall_from_bank_to_bank(settled_on: date | None) -> None:
    root = valid(bank_recall(recalled(settled_on=settled_on)), "camt.056.001.08")
    assert texts(root, "OrgnlUETR") == [uetr_of("653101-ZF1")]
    assert texts(root, "OrgnlIntrBkSttlmDt") == [(settled_on or date(2021, 4, 15)).isoformat()]
    assert texts(root, "CtrlData/CtrlSum") == ["860000.00"]


VOUCHERS = st.from_regex(r"[\w.()（）〔〕-]{1,100}", fullmatch=True)
NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=140,
)


@settings(max_examples=60, deadline=None)
@given(
    vouchers=st.lists(VOUCHERS, min_size=1, max_size=5, unique=True),
    fen=st.integers(min_value=1, max_value=10**17),
    name=NAMES.filter(str.strip),
)
def test_whatever_may_be_drafted_makes_a_valid_message(
    vouchers: list[str], fen: int, name: str
) -> None:
    creditor = {"name": name, "number": "1", "bank_no": "102894000027"}
    rows = [row(voucher, fen, creditor=creditor, purpose=name) for voucher in vouchers]
    root = valid(payment_message(batch(*rows), rows), "pain.001.001.09")
    assert set(texts(root, "Cdtr/Nm")) == {name}
    assert Decimal(texts(root, "GrpHdr/CtrlSum")[0]) * 100 == fen * len(rows)
