"""A day is written in one form and an instant in one; digits are neither."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.contracts.fields import Day, Instant
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.shared.counters import OpenJar

JAR = OpenJar(jar_id="kitchen", unit_code="u1")
PUT = "/v1/jars/kitchen/put"
NO_DAY = (
    "1609459200", "20210101", "0", "-1", "1.5", "2021-1-1", "2021-02-30", "0000-01-01",
    "2021-01-01T00:00:00Z", "2021-W01-1", " 2021-01-01", "2021-01-01\n", "\uff12021-01-01", "",
)  # fmt: skip
NO_INSTANT = (
    "1609459200", "20210101", "20210101T000000Z", "1.5", "today", "2021-01-01",
    "2021-01-01T00:00:00", "2021-01-01T00:00Z", "2021-01-01 00:00:00Z", "2021-01-01T24:00:00Z",
    "2021-01-01T00:00:00+0800", "2021-01-01T00:00:00+08", "2021-02-30T00:00:00Z",
    "0001-01-01T00:00:00+08:00", "9999-12-31T23:00:00-08:00", "",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_DAY)
def test_a_day_has_one_form(text: str) -> None:
    _refuses(TypeAdapter(Day), text)


@pytest.mark.parametrize("text", NO_INSTANT)
def test_an_instant_has_one_form_with_an_offset(text: str) -> None:
    _refuses(TypeAdapter(Instant), text)


def test_days_and_instants_are_read_and_written_alike() -> None:
    day, instant = TypeAdapter(Day), TypeAdapter(Instant)
    assert day.validate_json('"2021-07-31"') == day.validate_python("2021-07-31")
    assert day.validate_python(date(2021, 7, 31)) == date(2021, 7, 31)
    assert day.dump_json(date(2021, 7, 31)) == b'"2021-07-31"'
    for text in ("2021-07-31T09:00:00+08:00", "2021-07-31t01:00:00.000z"):
        assert instant.validate_python(text) == datetime(2021, 7, 31, 1, tzinfo=UTC)
    assert instant.dump_json(datetime(2021, 7, 31, tzinfo=UTC)) == b'"2021-07-31T00:00:00+00:00"'


def test_a_moment_without_an_offset_and_an_instant_are_no_day() -> None:
    moment = datetime(2021, 7, 31, 9)  # noqa: DTZ001 - what is refused here
    for kind, value in ((Instant, moment), (Day, moment), (Instant, date(2021, 7, 31))):
        with pytest.raises(ValidationError):
            TypeAdapter[object](kind).validate_python(value)


@pytest.mark.parametrize("text", [*NO_INSTANT, "2021-01-01T00:00:00Z&effective_at=0"])
async def test_a_command_is_not_dated_by_digits(jars: Api, text: str) -> None:
    await jars.given(JAR)
    answer = await jars.post(
        f"{PUT}?effective_at={text.replace('+', '%2B')}", {"coins": 3}, if_match=1
    )
    answer.then(422).refused("fields-invalid").recorded_nothing()
    (error,) = answer.json["errors"]
    assert error["parameter"] == "effective_at"
    assert "2021-07-31T09:00:00+08:00" in error["remedy"]


@pytest.mark.parametrize("text", NO_INSTANT)
async def test_a_line_is_not_dated_by_digits(jars: Api, text: str) -> None:
    line = {"effective_at": text, "body": {"jar_id": "a"}}
    answer = await jars.post(
        "/v1/imports?operation=open_jar",
        content=json.dumps(line).encode(),
        headers={"content-type": "application/x-ndjson"},
    )
    (row,) = answer.then(201).recorded_nothing().json["refused"]
    assert row["pointer"] == "/effective_at"
    assert "2021-07-31T09:00:00+08:00" in row["remedy"]


@pytest.mark.parametrize("now", ["3786912000", 3_786_912_001, "2089-12-31"])
async def test_the_clock_is_not_set_by_digits(jars: Api, now: object) -> None:
    by = jars.tokens.of(Role.FB_LEADER)
    answer = await jars.post("/v1/clock", {"now": now}, by=by)
    (error,) = answer.then(422).refused("fields-invalid").json["errors"]
    assert error["pointer"] == "/now"
    assert "2021-07-31T09:00:00+08:00" in error["remedy"]


def _refuses(kind: TypeAdapter[Any], text: str) -> None:
    for read, value in ((kind.validate_python, text), (kind.validate_json, json.dumps(text))):
        with pytest.raises(ValidationError):
            read(value)
