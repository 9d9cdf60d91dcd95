"""What people and national tables write is read as what it means, and nothing else is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.targets.api.place_schemas import RegionBody
from services.targets.api.target_schemas import ContentBody, IndicatorBody
from services.targets.api.written import notes_by_key, notes_in_words, value_in_words

BASE = {
    "indicator_id": "I1",
    "level1": "OUTPUT",
    "level2": "QUANTITY",
    "name": "道路",
    "weight": "20",
}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥20公里", (">=", "20", "公里")),
        ("<= 5 %", ("<=", "5", "%")),
        ("＝100", ("=", "100", "")),
        ("≥-1.50亿元", (">=", "-1.50", "亿元")),
    ],
)
def test_a_value_with_its_sign_and_unit(text: str, parts: tuple[str, str, str]) -> None:
    read = IndicatorBody.model_validate({**BASE, "target_value": text})
    assert (read.operator, str(read.target_value), read.unit) == parts


def test_a_text_is_what_counts_as_met() -> None:
    read = IndicatorBody.model_validate({**BASE, "target_value": "就学条件明显改善"})
    assert (read.operator, read.target_value) == ("QUALITATIVE", None)
    assert dict(read.levels) == {"MET": "就学条件明显改善"}


@pytest.mark.parametrize("text", ["20", 7, "20公里", "≥", "≥二十", ">20", None])
def test_a_value_that_does_not_say_how_it_is_meant_needs_an_operator(text: object) -> None:
    with pytest.raises(ValidationError) as refused:
        IndicatorBody.model_validate({**BASE, "target_value": text})
    assert ("operator",) in {error["loc"] for error in refused.value.errors()}


def test_a_stated_operator_is_never_overruled() -> None:
    with pytest.raises(ValidationError):
        IndicatorBody.model_validate({**BASE, "operator": "=", "target_value": "≥20"})


values = st.decimals("-1e9", "1e9", places=2).map(str)


@given(values, st.sampled_from([">=", "<=", "="]), st.sampled_from(["", "公里", "%", "万元/公里"]))
def test_what_is_written_is_read_back(value: str, operator: str, unit: str) -> None:
    said = {**BASE, "operator": operator, "target_value": value, "unit": unit}
    read = IndicatorBody.model_validate({**BASE, "target_value": value_in_words(said)})
    assert (read.operator, str(read.target_value), read.unit) == (
        operator,
        value,
        unit,
    )


def test_kinds_of_evidence_by_label_or_code() -> None:
    def read(*said: Any) -> object:  # noqa: ANN401 - whatever a caller sends
        body = {**BASE, "target_value": "≥1", "evidence": list(said)}
        return IndicatorBody.model_validate(body).evidence

    assert read("正式资料", "WORKING_PAPER") == ("OFFICIAL_DOCUMENT", "WORKING_PAPER")
    with pytest.raises(ValidationError):
        read("口头说明")
    with pytest.raises(ValidationError):
        read(["正式资料"])


def test_notes_are_lines_with_a_key() -> None:
    notes = {"L05/annual_goal": "续建：三年", "L10/indicators/0/target_value": "停工"}
    assert notes_by_key(notes_in_words(notes)) == notes
    with pytest.raises(ValidationError):
        ContentBody.model_validate(
            {"annual_goal": "x", "indicators": [], "answers": "没有写规则的说明"}
        )


@pytest.mark.parametrize(
    ("code", "read"), [("653101000", "653101"), ("653101001", "653101001"), ("653101", "653101")]
)
def test_a_region_of_the_national_tables(code: str, read: str) -> None:
    assert RegionBody.model_validate({"region_code": code, "name": "喀什市"}).region_code == read
