"""The messages of real banks that were collected, line by line; what is not valid is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from services.monitoring.api.bank.files import read_file
from services.monitoring.domain.statement.lines import BankLine, DaySum, Direction
from shared.documents.refusals import MarkupInvalid
from tests.monitoring.bureau import XML

SAMPLES: Final = Path(__file__).parent / "iso20022"
CREDITED: Final = BankLine(
    number=1,
    row=131,
    direction=Direction.CREDIT,
    amount=Decimal("8.85"),
    currency="EUR",
    account="NL26VAYB8060476890",
    booked_on=date(2014, 12, 31),
    value_on=date(2015, 1, 2),
    bank_ref="AAAASESS-FP-CN_98765/01",
    return_id="AAAASESS-FP-CN_98765/01",
)
DEBITED: Final = BankLine(
    number=1,
    row=63,
    direction=Direction.DEBIT,
    amount=Decimal(200_000),
    currency="SEK",
    account="CH2801234000123456789",
    booked_on=date(2007, 10, 18),
    value_on=date(2007, 10, 18),
    bank_ref="ACSR160617103200001",
    flaw="the payments of the entry do not add up to it",
)
LINES: Final = {
    "camt053.v4": CREDITED,
    "camt053.v8": replace(CREDITED, row=133, end_to_end_id="MUELL/FINP/RA12345"),
    "camt054.v2": replace(
        DEBITED,
        row=58,
        bank_ref="AAAASESS-FP-ACCR001",
        flaw="3 payments in one entry, not each with its amount",
    ),
    "camt054.v4": DEBITED,
    "camt054.v8": DEBITED,
}
PAGE: Final = DaySum(
    account="NL26VAYB8060476890",
    day=date(2014, 12, 31),
    debits=Decimal(0),
    credits=Decimal("8.85"),
    currency="EUR",
    series="2014/12312",
    page=2,
    last=True,
)


def test_every_sample_is_read_or_refused() -> None:
    names = {path.name.removesuffix(".xml") for path in SAMPLES.glob("*.xml")}
    assert names == {*LINES, "camt053.v2.wrong"}


@pytest.mark.parametrize("name", LINES)
def test_every_line_of_a_sample_says_what_the_bank_wrote(name: str) -> None:
    message = read_file((SAMPLES / f"{name}.xml").read_bytes(), XML, "")
    assert message.lines == (LINES[name],)
    assert message.days == ((PAGE,) if name.startswith("camt053") else ())
    assert message.form.startswith("camt.053" if name.startswith("camt053") else "camt.054")


def test_the_sample_that_breaks_its_schema_is_refused_with_line_and_reason() -> None:
    with pytest.raises(MarkupInvalid) as caught:
        read_file((SAMPLES / "camt053.v2.wrong.xml").read_bytes(), XML, "")
    assert "Line 3" in caught.value.detail


@pytest.mark.parametrize("name", LINES)
def test_a_sample_that_lost_an_element_is_refused(name: str) -> None:
    content = (SAMPLES / f"{name}.xml").read_bytes()
    start, end = content.index(b"<CdtDbtInd>"), content.index(b"</CdtDbtInd>")
    broken = content[:start] + content[end + len(b"</CdtDbtInd>") :]
    with pytest.raises(MarkupInvalid):
        read_file(broken, XML, "")
