"""XML from outside: no DTD, no entities, no network; valid, or refused with its line."""

from pathlib import Path

import pytest

from shared.documents.markup import DEPTH_MAX, expect_valid, name_of, read_markup, row_of
from shared.documents.records import RecordUnreadable, project_of, read_record, read_records
from shared.documents.refusals import (
    MarkupForbidden,
    MarkupInvalid,
    MarkupTooDeep,
    MarkupUnreadable,
)

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a"
  elementFormDefault="qualified"><xs:element name="a"><xs:complexType><xs:sequence>
  <xs:element name="b" type="xs:int"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""


def test_a_document_is_read_with_its_lines() -> None:
    root = read_markup(b'<?xml version="1.0"?>\n<a xmlns="urn:a">\n<b>1</b></a>')
    assert name_of(root) == ("urn:a", "a")
    assert row_of(root[0]) == 3


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<a>", MarkupUnreadable),
        (b"", MarkupUnreadable),
        ("<a/>".encode("utf-16-le"), MarkupUnreadable),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', MarkupForbidden),
        (b'<!doctype a [<!entity b SYSTEM "file:///etc/passwd">]><a>&b;</a>', MarkupForbidden),
        (b"<a>" * (DEPTH_MAX + 1) + b"</a>" * (DEPTH_MAX + 1), MarkupTooDeep),
    ],
)
def test_what_no_message_needs_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_markup(content)


def test_a_document_is_valid_or_refused_with_its_line(tmp_path: Path) -> None:
    schema = tmp_path / "a.xsd"
    schema.write_text(SCHEMA)
    expect_valid(read_markup(b'<a xmlns="urn:a"><b>1</b></a>'), schema)
    with pytest.raises(MarkupInvalid) as caught:
        expect_valid(read_markup(b'<a xmlns="urn:a">\n<b>x</b></a>'), schema)
    assert caught.value.details["line"] == 2


def test_a_record_is_flat_and_of_texts() -> None:
    assert read_record(b'{"a": " x ", "b": 1, "c": null}') == {"a": "x", "b": "1"}
    assert read_records(b'{"lines": [{"a": "x"}], "message_id": "m"}') == ("m", [{"a": "x"}])
    for wrong in (b"[]", b'{"a": {}}', b'{"a": "\\u0000"}', b"{", b'{"a": "\xff"}'):
        with pytest.raises(RecordUnreadable):
            read_record(wrong)
    assert project_of(b'{"pro_code": "P1", "x": [1]}') == "P1"
    assert project_of(b"nonsense") == ""
