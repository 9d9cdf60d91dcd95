"""Row K11: whatever happened, a public address with a fixed past day is answered alike for ever.

Every public GET that the OpenAPI document names is asked, over invented histories.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from services.disclosure.domain.idea import DeclareIdea
from services.disclosure.main import service
from shared.http.policy import EVERYONE
from tests.disclosure.first_year import PUBLISHER
from tests.disclosure.histories import YEAR, invented
from tests.disclosure.test_report_property import FIRST_DAY, NEXT_DAY
from tests.disclosure.world import World, world
from tests.portal.commented import comments

SEEDS: Final = (21, 22, 23)
TIMELESS: Final = frozenset(
    {
        "list_disclosable_fields",  # the law, not what was known
        "get_withholding_key",
        "get_feed_key",
    }
)
"""What does not depend on any fact."""
THE_LOG: Final = frozenset(
    {
        "list_feed", "get_json_feed", "get_atom_feed", "follow_feed", "get_feed_lines",
        "get_checkpoint", "get_inclusion_proof", "get_consistency_proof",
    }
)  # fmt: skip
"""The log has no days but places: a page of it, a size, a pair of sizes never change."""

OF_A_DAY: Final = frozenset(
    {
        "list_exports", "get_latest_export", "get_export", "get_export_file",
        "get_catalogue", "get_data_package", "get_dataset_schema",
    }
)  # fmt: skip
"""Exports have their day in the address (`test_bulk`), the catalogue tells of the last of them."""


async def asked(here: World) -> Mapping[str, Mapping[str, Any]]:
    """The public GETs, by their paths."""
    document = (await here.client.get("/openapi.json")).json()
    found = {path: one["get"] for path, one in document["paths"].items() if "get" in one}
    return {
        path: one
        for path, one in found.items()
        if service.policy.get(one["operationId"]) == EVERYONE
        and one["operationId"] not in TIMELESS | THE_LOG | OF_A_DAY
    }


def parameters(operation: Mapping[str, Any]) -> set[str]:
    """The names of what may be asked."""
    return {one["name"] for one in operation.get("parameters", ()) if "name" in one}


async def known(here: World, region: str) -> dict[str, str]:
    """Something of each kind that this history has, or a name that nobody has."""
    span = f"region={region}&fiscal_year={YEAR}"

    async def first(path: str, name: str) -> str:
        rows = (await here.get(path))["items"]
        return str(rows[0][name]) if rows else "none"

    return {
        "region": region,
        "fiscal_year": str(YEAR),
        "year": str(YEAR),
        "month": "2",
        "figure_id": "F17",
        "table": "targets",
        "number": "1",
        "ranking_id": "none",
        "report_id": f"{region}-{YEAR}",
        "item_id": await first(f"/v1/disclosures?{span}", "item_id"),
        "project_code": await first(f"/v1/projects?{span}", "project_code"),
        "bulletin_id": f"{region}-{YEAR}-02",
        "policy_id": await first(f"/v1/policies?{span}", "policy_id"),
        "session_id": await first(f"/v1/trainings?{span}", "session_id"),
        "article_id": await first(f"/v1/publicity/articles?{span}", "article_id"),
        "case_number": await first("/v1/comments", "case_number"),
    }


async def answers(here: World, names: Mapping[str, str]) -> dict[str, bytes]:
    """Every public GET as of the first day, byte for byte; of a refusal, which one it was."""
    query = f"region={names['region']}&fiscal_year={YEAR}&as_of={FIRST_DAY}"
    found: dict[str, bytes] = {}
    for path in await asked(here):
        answer = await here.client.get(f"{path.format(**names)}?{query}")
        refused = answer.status_code != httpx.codes.OK  # a problem names the request it is about
        body = answer.json()["type"].encode() if refused else answer.content
        found[path] = str(answer.status_code).encode() + b" " + body
    return found


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_fixed_past_day_is_answered_alike_for_ever(
    seed: int, database: str, tmp_path: Path
) -> None:
    history = invented(seed)
    async with world(database, tmp_path) as here:
        await here.hear(*history.first)
        await here.given(*history.here, *comments())
        names = await known(here, history.region)
        here.clock.moment = NEXT_DAY
        before = await answers(here, names)
        told = [path for path, answer in before.items() if answer.startswith(b"200")]
        assert len(told) > 40, sorted(set(before) - set(told))
        await here.hear(*history.later)
        late = DeclareIdea(
            idea_id="late", region_code=history.region, text="补记", text_en="Late",
            declared_on=date(YEAR, 1, 2), by=PUBLISHER, now=NEXT_DAY,
        )  # fmt: skip
        await here.given(late, now=NEXT_DAY)
        after = await answers(here, names)
        assert [path for path in before if after[path] != before[path]] == []
        span = f"region={history.region}&fiscal_year={YEAR}"
        now = (await here.get(f"/v1/policies/ideas?{span}"))["items"]
        assert any(one["text"] == "补记" for one in now), "the next day knows it"


async def test_every_public_question_takes_both_days(database: str, tmp_path: Path) -> None:
    """What was known everywhere; what had happened by then where a year is asked for."""
    async with world(database, tmp_path) as here:
        operations = await asked(here)
        for path, operation in operations.items():
            names = parameters(operation)
            assert "as_of" in names, path
            if {"region", "fiscal_year"} <= names:
                assert "effective_at" in names, path


async def test_the_future_is_not_known(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        tomorrow = (date.fromisoformat(FIRST_DAY) + timedelta(days=1)).isoformat()
        answer = await here.client.get(
            f"/v1/trainings?region=653100&fiscal_year={YEAR}&as_of={tomorrow}"
        )
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/as_of"
