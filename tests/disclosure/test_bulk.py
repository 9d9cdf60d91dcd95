"""Exports: complete, equal to the lists, provable, and put together again from their deltas."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from services.disclosure.api.bulk.every_dataset import dataset_of
from shared.testing.servers import Postgres
from tests.disclosure.bulk_days import (
    EVERY,
    FIRST,
    SECOND,
    THIRD,
    after_three_days,
    lines,
    listed,
    manifest,
    rebuilt,
)
from tests.disclosure.world import World

pytestmark = pytest.mark.real


@pytest.fixture
async def here(postgres: Postgres, tmp_path: Path) -> AsyncIterator[World]:
    """Three days are over."""
    async with after_three_days(postgres, tmp_path) as found:
        yield found


async def test_every_file_is_what_its_manifest_says(here: World) -> None:
    for day in (FIRST, SECOND, THIRD):
        told = await manifest(here, day)
        assert list(told) == EVERY
        for dataset in told.values():
            for file in dataset["files"]:
                answer = await here.client.get(f"/v1/exports/{file['path']}")
                assert answer.status_code == 200, file
                assert len(answer.content) == file["bytes"]
                assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
                assert answer.headers["content-type"] == file["media_type"]
                assert "immutable" in answer.headers["cache-control"]


async def test_a_full_export_has_exactly_the_rows_of_the_lists(here: World) -> None:
    told = 0
    for name in EVERY:
        for day in (FIRST, SECOND):
            rows = [json.loads(row) for row in await lines(here, day, name, "full")]
            told += len(rows)
            assert (await manifest(here, day))[name]["rows"] == len(rows)
            if name in {"targets", "contents"}:  # more than the list: what the items tell
                continue
            if name == "ideas" and day == FIRST:  # its list tells of a day what is known now
                assert {one["idea_id"] for one in rows} == {"653100-I1", "653100-I2"}
                continue
            shown = await listed(here, name, day)
            assert sorted(map(_text, rows)) == sorted(map(_text, shown)), (name, day)
    assert told > 150


async def test_told_targets_and_contents_are_as_many_as_the_api_tells(here: World) -> None:
    targets = await lines(here, SECOND, "targets", "full")
    assert len(targets) == len(await listed(here, "targets", SECOND)) == 3
    contents = [json.loads(one) for one in await lines(here, SECOND, "contents", "full")]
    told = [one for one in await listed(here, "disclosures", SECOND) if one["content_sha256"]]
    assert {one["item_id"] for one in contents} == {one["item_id"] for one in told}
    goal = next(one for one in contents if one["item_id"] == "TARGET-A-2021")
    assert goal["content"]["annual_goal"] == "修渠12公里"
    before = [json.loads(one) for one in await lines(here, FIRST, "targets", "full")]
    assert "修渠12公里" not in {one["annual_goal"] for one in before}


async def test_the_delta_of_a_day_on_the_day_before_gives_the_day(here: World) -> None:
    changed = set()
    for day in (SECOND, THIRD):
        told, before = await manifest(here, day), await manifest(here, day - timedelta(days=1))
        for name in EVERY:
            rows = await rebuilt(here, day, name)
            assert rows == await lines(here, day, name, "full"), (name, day)
            packed = b"".join(row + b"\n" for row in rows)
            assert hashlib.sha256(packed).hexdigest() == told[name]["rows_sha256"]
            assert told[name]["delta"]["base_sha256"] == before[name]["rows_sha256"]
            if told[name]["delta"]["puts"] + told[name]["delta"]["drops"]:
                changed.add((name, day))
    assert {("warnings", SECOND), ("projects", SECOND), ("ideas", SECOND)} < changed
    assert not {one for one in changed if one[1] == THIRD}
    assert (await manifest(here, SECOND))["ideas"]["delta"]["drops"] == 1


async def test_the_first_day_has_everything_in_its_delta(here: World) -> None:
    await manifest(here, FIRST)
    await manifest(here, SECOND)
    told = await here.get(f"/v1/exports/{FIRST}")
    assert told["previous"] is None
    assert told["words"]["after"] == told["positions"]["after"] == 0
    assert all(one["delta"]["puts"] == one["rows"] for one in told["datasets"])
    later = await here.get(f"/v1/exports/{SECOND}")
    assert (later["previous"], later["words"]["after"]) == (str(FIRST), told["words"]["upto"])
    feed = await lines(here, SECOND, "feed", "delta")
    said = later["words"]["upto"] - later["words"]["after"]
    assert len(feed) == said > 0


async def test_csv_and_workbook_hold_the_same_rows(here: World) -> None:
    for name in EVERY:
        for kind in ("full", "delta"):
            rows = [json.loads(row) for row in await lines(here, SECOND, name, kind)]
            path = f"/v1/exports/{SECOND}/{name}/{kind}"
            table = gzip.decompress((await here.client.get(f"{path}.csv.gz")).content).decode()
            read = list(csv.DictReader(io.StringIO(table, newline="")))
            assert len(read) == len(rows), name
            book = (await here.client.get(f"{path}.xlsx")).content
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
            assert len(sheet.to_python()) == len(rows) + 1, name
            for key in dataset_of(name).key:
                assert [one[key] for one in read] == [str(one[key]) for one in rows], name


def _text(row: object) -> str:
    return json.dumps(row, sort_keys=True, ensure_ascii=False)
