"""Tables are exact, and no cell of them is a formula."""

import csv
import io
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http.list_formats_asked import Format, preferred_form
from shared.http.list_formats_tables import as_csv, as_ndjson, as_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DANGEROUS = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
    '=HYPERLINK("http://evil","x")', "＝1+1", "＋1", "－1", "\uff20A1", "-", "+1", "-1e5", "--1",
]  # fmt: skip
NUMBERS = ["-5.00", "0.00", "1490000000.00", "9999999999999999.99", "-9999999999999999.99", "-7"]


def row(**fields: object) -> bytes:
    """A row as it was answered."""
    return msgspec.json.encode(fields)


def csv_cell(value: object, *, bom: bool = False) -> str:
    """What stands in the cell of a CSV."""
    table = as_csv(["a"], [row(a=value)], bom=bom).decode()
    heading, (cell,) = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert heading == ["a"]
    return cell


def xlsx_cell(value: object) -> tuple[str, str, bool]:
    """What stands in the cell of a workbook: its type, its text, and whether it is marked."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx("list", ["a"], [row(a=value)]))) as package:
        sheet = ET.fromstring(package.read("xl/worksheets/sheet1.xml"))  # noqa: S314
        strings = ET.fromstring(package.read("xl/sharedStrings.xml"))  # noqa: S314
        styles = ET.fromstring(package.read("xl/styles.xml"))  # noqa: S314
    cell = next(one for one in sheet.iter(f"{MAIN}c") if one.get("r") == "A2")
    assert cell.find(f"{MAIN}f") is None
    text = cell.findtext(f"{MAIN}v") or ""
    if cell.get("t") == "s":
        shared = list(strings.iter(f"{MAIN}si"))[int(text)]
        text = "".join(part.text or "" for part in shared.iter(f"{MAIN}t"))
    formats = list(styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))
    marked = formats[int(cell.get("s", "0"))].get("quotePrefix") == "1"
    return cell.get("t", "n"), text, marked


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_could_be_a_formula_is_neutralised(text: str) -> None:
    assert csv_cell(text) == f"'{text}"
    kind, _, marked = xlsx_cell(text)
    assert kind == "s"
    assert marked


@given(st.text(min_size=1, max_size=40).filter(lambda text: "\0" not in text))
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    cell = csv_cell(text)
    if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        assert Decimal(cell) <= 0
    assert cell.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("number", NUMBERS)
def test_an_amount_is_no_formula_and_keeps_its_digits(number: str) -> None:
    assert csv_cell(number) == number
    assert xlsx_cell(number) == ("s", number, False)


def test_numbers_of_json_keep_their_digits() -> None:
    raw = b'{"a":12345678901234567890,"b":0.10,"c":7}'
    table = as_csv(["a", "b", "c"], [raw], bom=False).decode()
    assert table == "a,b,c\r\n12345678901234567890,0.10,7\r\n"
    assert xlsx_cell(12_345_678_901_234_567_890)[:2] == ("s", "12345678901234567890")
    assert xlsx_cell(7)[:2] == ("n", "7")
    assert as_ndjson([raw, raw]) == raw + b"\n" + raw + b"\n"


def test_what_is_nested_stays_json_and_nothing_is_empty() -> None:
    table = as_csv(["a", "b", "c", "d"], [row(a=None, b={"x": [1, "二"]}, c=True)], bom=False)
    assert list(csv.reader(io.StringIO(table.decode(), newline="")))[1] == [
        "", '{"x":[1,"二"]}', "true", "",
    ]  # fmt: skip


def test_a_table_begins_with_a_mark_where_it_is_asked_for() -> None:
    assert as_csv(["甲"], [], bom=True) == "\ufeff甲\r\n".encode()
    assert csv_cell("丙", bom=True) == "丙"


def test_the_same_rows_are_the_same_workbook() -> None:
    assert as_xlsx("x", ["a"], [row(a="1")]) == as_xlsx("x", ["a"], [row(a="1")])


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", Format.JSON),
        ("text/html,application/xhtml+xml,*/*;q=0.8", Format.JSON),
        ("text/csv", Format.CSV),
        ("text/csv;q=0.5, application/json", Format.JSON),
        ("text/csv;q=0.5, application/atom+xml;q=0.9", Format.ATOM),
        ("text/csv;q=0", Format.JSON),
        ("application/feed+json;charset=utf-8", Format.JSON_FEED),
        ("text/event-stream", Format.SSE),
        ("nonsense", Format.JSON),
        ("", Format.JSON),
    ],
)
def test_the_header_chooses(accept: str, form: Format) -> None:
    assert preferred_form(accept) is form
