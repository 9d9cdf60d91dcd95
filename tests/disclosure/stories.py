"""The data of the stories: an item, its people, its days."""

from datetime import UTC, date, datetime
from typing import Final

from services.disclosure.domain import terms
from services.disclosure.domain.budget_reply import Replies
from services.disclosure.domain.item_words import (
    Item,
    ItemOwed,
    ItemPrepared,
    ItemPublished,
    ItemWithheld,
    OweItem,
    SecrecyReviewed,
)
from services.disclosure.domain.values import Channel, ItemKind

NOW: Final = datetime(2021, 3, 1, 2, tzinfo=UTC)
LATER: Final = datetime(2021, 4, 1, 2, tzinfo=UTC)
TODAY: Final = date(2021, 3, 1)
UNIT, BUREAU = "iss|unit", "iss|bureau"
ITEM: Final = Item(
    item_id="TARGET-A-2021",
    kind=ItemKind.TARGET,
    channel=Channel.WITH_BUDGET,
    fiscal_year=2021,
    region_code="653101",
    department_code="D1",
    unit_code="653101001",
    project_code="A",
    title="绩效目标：项目A",
)
CONTENT: Final[dict[str, object]] = {
    "budget": "100.00",
    "annual_goal": "修渠10公里",
    "indicators": [{"name": "长度", "target_value": "10"}],
}
NOBODY_RULES: Final = (terms.Known(), terms.Known(), terms.Known())
NOBODY_KNOWS: Final = (*NOBODY_RULES, Replies())

owe: Final = OweItem(item=ITEM, content=CONTENT, starts_on=date(2021, 2, 10), by=UNIT, now=NOW)
owed: Final = ItemOwed(
    item=ITEM, content=CONTENT, due_on=date(2021, 3, 2), starts_on=date(2021, 2, 10)
)
prepared: Final = ItemPrepared(supplement={"note": "说明"}, prepared_by=UNIT)
cleared: Final = SecrecyReviewed(cleared=True, opinion="可公开", reviewed_by=BUREAU)
published: Final = ItemPublished(
    item=ITEM,
    content={"note": "说明", **CONTENT},
    url="",
    published_on=TODAY,
    due_on=date(2021, 3, 2),
    published_at=NOW,
)
withheld: Final = ItemWithheld(
    item=ITEM,
    legal_basis="预算法第十四条（涉及国家秘密）",
    authority="保密局",
    expires_on=date(2021, 3, 20),
    protects="STATE_SECRET",
)
