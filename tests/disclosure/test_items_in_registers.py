"""What a fact of an item changes of its row, of its public life and of what it will tell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from services.disclosure.domain.content import FieldChange, digest
from services.disclosure.domain.item_words import (
    Entry,
    ItemArchived,
    ItemCorrected,
    ItemEntryNoted,
    ItemEvent,
    ItemOverdue,
    ItemRestated,
    PrepareDisclosure,
    RestateItem,
    SecrecyReviewed,
    TermStarted,
    WithholdingExpired,
)
from services.disclosure.projections.disclosure_register import DisclosureRow, disclosure_register
from services.disclosure.projections.item_history import ItemHistoryRow, item_history
from services.disclosure.projections.item_parts import ItemPartRow, item_parts
from services.disclosure.projections.published_content import (
    ContentRow,
    CorrectionRow,
    published_content,
)
from services.disclosure.projections.withholding_register import (
    WithholdingRow,
    withholding_register,
)
from shared.domain.money import Money
from shared.http.policy import Role
from shared.projections import Projection
from shared.testing.projection_spec import MOMENT, ProjectionSpec
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, PREPARER, A, B
from tests.disclosure.settled import settle
from tests.disclosure.stories import CONTENT, ITEM, cleared, owed, prepared, published, withheld
from tests.disclosure.test_orders_told import turned_over
from tests.disclosure.test_owed_tables import QUERY, rows_of, table
from tests.disclosure.world import AFTERWARDS, World, world

NUMBER: Final = ITEM.item_id
NAMED: Final[dict[str, object]] = {
    "item_id": NUMBER,
    "kind": "TARGET",
    "channel": "WITH_BUDGET",
    "fiscal_year": 2021,
    "region_code": "653101",
    "department_code": "D1",
    "unit_code": "653101001",
    "project_code": "A",
    "title": "绩效目标：项目A",
}
MARCH: Final = date(2021, 3, 2)
told: Final = replace(
    published, url="https://x.gov.cn/1", file_sha256="ab" * 32, column="预算绩效公开专栏"
)
change: Final = FieldChange(pointer="/annual_goal", before="修渠10公里", after="修渠12公里")
corrected: Final = ItemCorrected(
    item=ITEM,
    content={**CONTENT, "annual_goal": "修渠12公里"},
    changes=(change,),
    reason="录入错误",
    corrected_on=date(2021, 3, 8),
)
shown: Final = {"pointer": "/annual_goal", "before": "修渠10公里", "after": "修渠12公里"}
archived: Final = ItemArchived(item=ITEM, archived_on=date(2021, 3, 9))
expired: Final = WithholdingExpired(item=ITEM, expired_on=date(2021, 3, 20), due_on=MARCH)
objected: Final = SecrecyReviewed(cleared=False, opinion="含个人信息", reviewed_by="iss|bureau")
begun: Final = TermStarted(due_on=date(2021, 3, 25), starts_on=date(2021, 3, 5))
moved: Final = TermStarted(due_on=date(2021, 3, 30))
restated: Final = ItemRestated(fields={"budget": "90.00"}, reason="调整")
entry: Final = Entry(entry_id="e", unit_code="u", project_code="A", amount=Money(1))
noted: Final = ItemEntryNoted(entry=entry, fields={"budget": "80.00"})
late: Final = ItemOverdue(item=ITEM, due_on=MARCH)

type Step = tuple[Sequence[ItemEvent], ItemEvent, dict[str, object]]

ROWS: Final[dict[str, Step]] = {
    "owed": (
        [],
        owed,
        {
            **NAMED,
            "status": "OWED",
            "due_on": MARCH,
            "starts_on": date(2021, 2, 10),
            "overdue": False,
            "url": "",
            "file_sha256": "",
            "shown_in": "",
            "protects": "",
        },
    ),
    "its term begins": (
        [owed, late],
        begun,
        {"due_on": date(2021, 3, 25), "starts_on": date(2021, 3, 5), "overdue": False},
    ),
    "its term is moved": ([owed], moved, {"due_on": date(2021, 3, 30)}),
    "prepared": ([owed], prepared, {"status": "PREPARED"}),
    "cleared": ([owed, prepared], cleared, {"status": "REVIEWED"}),
    "objected to": ([owed, prepared], objected, {"status": "OWED"}),
    "told": (
        [owed, prepared, cleared],
        told,
        {
            "status": "PUBLISHED",
            "published_on": date(2021, 3, 1),
            "published_at": datetime(2021, 3, 1, 2, tzinfo=UTC),
            "url": "https://x.gov.cn/1",
            "file_sha256": "ab" * 32,
            "shown_in": "预算绩效公开专栏",
            "content_sha256": digest(told.content),
        },
    ),
    "corrected": (
        [owed, told],
        corrected,
        {"corrected_on": date(2021, 3, 8), "content_sha256": digest(corrected.content)},
    ),
    "put on file": (
        [owed, told],
        archived,
        {"status": "ARCHIVED", "archived_on": date(2021, 3, 9)},
    ),
    "withheld": (
        [owed],
        withheld,
        {
            "status": "WITHHELD",
            "legal_basis": "预算法第十四条（涉及国家秘密）",
            "authority": "保密局",
            "expires_on": date(2021, 3, 20),
            "protects": "STATE_SECRET",
        },
    ),
    "no longer withheld": ([owed, withheld], expired, {"status": "OWED"}),
    "restated": ([owed], restated, {}),
    "one more entry": ([owed], noted, {}),
    "late": ([owed], late, {"overdue": True}),
}
LIFE: Final[dict[str, tuple[ItemEvent, dict[str, object]]]] = {
    "ItemOwed": (owed, {"due_on": "2021-03-02"}),
    "TermStarted": (begun, {"due_on": "2021-03-25"}),
    "ItemOverdue": (late, {"due_on": "2021-03-02"}),
    "ItemPublished": (
        told,
        {
            "content_sha256": digest(told.content),
            "url": "https://x.gov.cn/1",
            "file_sha256": "ab" * 32,
            "column": "预算绩效公开专栏",
        },
    ),
    "ItemCorrected": (
        corrected,
        {
            "reason": "录入错误",
            "changes": [shown],
            "content_sha256": digest(corrected.content),
        },
    ),
    "ItemWithheld": (
        withheld,
        {
            "protects": "STATE_SECRET",
            "legal_basis": "预算法第十四条（涉及国家秘密）",
            "authority": "保密局",
            "expires_on": "2021-03-20",
        },
    ),
    "WithholdingExpired": (expired, {"expired_on": "2021-03-20"}),
    "ItemArchived": (archived, {"archived_on": "2021-03-09"}),
}


async def row(of: Projection, table: type[Any], *key: object, facts: Sequence[ItemEvent]) -> Any:  # noqa: ANN401 - a row
    """A row after these facts of one item."""
    return await ProjectionSpec(of).given(f"item-{NUMBER}", *facts).row(table, *key)


@pytest.mark.parametrize("step", ROWS.values(), ids=ROWS)
async def test_a_fact_changes_this_of_the_row_of_its_item(step: Step) -> None:
    before, fact, changes = step
    facts: list[ItemEvent] = [*before, fact]
    first = await row(disclosure_register, DisclosureRow, NUMBER, facts=before) or {}
    then = await row(disclosure_register, DisclosureRow, NUMBER, facts=facts)
    changed = {name: value for name, value in then.items() if first.get(name) != value}
    assert changed == {**changes, "version": len(facts)}


@pytest.mark.parametrize("name", LIFE)
async def test_the_public_life_of_an_item_has_this_of_a_fact(name: str) -> None:
    fact, detail = LIFE[name]
    assert type(fact) in item_history.facts
    found = await row(item_history, ItemHistoryRow, NUMBER, 2, facts=[prepared, fact])
    assert found == {
        "item_id": NUMBER,
        "version": 2,
        "fact": name,
        "happened_at": MOMENT,
        "detail": detail,
    }


async def test_what_has_no_day_yet_is_told_without_one_and_who_prepared_it_not_at_all() -> None:
    undated = replace(owed, due_on=None)
    first = await row(item_history, ItemHistoryRow, NUMBER, 1, facts=[undated, prepared])
    assert first["detail"] == {"due_on": None}
    assert await row(item_history, ItemHistoryRow, NUMBER, 2, facts=[undated, prepared]) is None


async def test_the_withholding_register_says_why_by_whom_and_until_when() -> None:
    facts: list[ItemEvent] = [owed, withheld]
    found = await row(withholding_register, WithholdingRow, NUMBER, facts=facts)
    assert found == {
        **NAMED,
        "version": 2,
        "protects": "STATE_SECRET",
        "legal_basis": "预算法第十四条（涉及国家秘密）",
        "authority": "保密局",
        "withheld_on": date(2021, 3, 1),
        "expires_on": date(2021, 3, 20),
        "ended_on": None,
    }
    over = await row(withholding_register, WithholdingRow, NUMBER, facts=[*facts, expired])
    assert over == {**found, "ended_on": date(2021, 3, 20)}


async def test_the_public_reads_what_was_told_last_and_every_correction() -> None:
    facts: list[ItemEvent] = [owed, told, corrected]
    first = await row(published_content, ContentRow, NUMBER, facts=facts[:2])
    assert first == {"item_id": NUMBER, "content": told.content}
    last = await row(published_content, ContentRow, NUMBER, facts=facts)
    assert last == {"item_id": NUMBER, "content": corrected.content}
    assert await row(published_content, CorrectionRow, NUMBER, 3, facts=facts) == {
        "item_id": NUMBER,
        "version": 3,
        "reason": "录入错误",
        "changes": [shown],
        "corrected_on": date(2021, 3, 8),
    }


async def test_the_parts_of_a_content_are_facts_and_what_is_said_beside_them() -> None:
    facts: list[ItemEvent] = [owed, prepared, restated, noted]
    parts: list[tuple[str, object]] = [("FACTS", CONTENT), ("SUPPLEMENT", {"note": "说明"})]
    parts += [("FACTS", restated.fields), ("FACTS", noted.fields)]
    assert {type(fact) for fact in facts} == item_parts.facts
    for version, (part, fields) in enumerate(parts, 1):
        found = await row(item_parts, ItemPartRow, NUMBER, version, facts=facts)
        assert found == {"item_id": NUMBER, "version": version, "part": part, "fields": fields}


async def test_a_table_to_prepare_has_the_last_words_whatever_lies_first(
    database: str, tmp_path: Path
) -> None:
    who: dict[str, Any] = {"by": PREPARER, "now": AFTERWARDS}
    items = [f"SELF_EVALUATION-{code}-2021" for code in "AB"]
    first: dict[str, object] = {"explanation": "先", "link": "https://x.gov.cn/1"}
    async with world(database, tmp_path) as here:
        await here.hear(
            years.rules(KASHGAR, 2021), years.registered(A, 2021), years.registered(B, 2021),
            years.evaluated(A, 2021), years.evaluated(B, 2021),
        )  # fmt: skip
        then: dict[str, object] = {"explanation": "后"}
        for supplement in (first, then):
            await here.given(
                *(PrepareDisclosure(item_id=one, supplement=supplement, **who) for one in items)
            )
        for score in ("81.00", "82.00"):
            fields: dict[str, object] = {"final_score": score}
            await here.given(
                *(RestateItem(item_id=one, fields=fields, reason="复核", **who) for one in items)
            )
        await settle(here)
        before = await prepared_rows(here)
    await turned_over(database)
    async with world(database, tmp_path) as here:
        after = await prepared_rows(here)
    assert [one[7] for one in after] == ["82.00"] * 2
    assert [(one[9], one[10], one[-1]) for one in after] == [("后", "", one) for one in items]
    assert after == before


async def prepared_rows(here: World) -> list[list[Any]]:
    """The lines that a unit is given to prepare."""
    unit = here.tokens.of(Role.UNIT_FINANCE, unit=A.unit, subject="li")
    return rows_of(await table(here, f"self-evaluations/preparation?{QUERY}", unit))[1:]
