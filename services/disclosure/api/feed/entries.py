"""A word said to the public as an entry of a feed: the same for every format."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import JsonValue

from shared.contracts.envelope import envelope
from shared.eventstore import SaidWord

_TITLES: Final = {
    "DisclosurePublished": "{title}",
    "DisclosureWithheld": "依法不予公开：{item_id}",
    "WithholdingExpired": "不予公开期满，应予公开：{item_id}",
    "DisclosureCorrected": "更正：{item_id}",
    "DisclosureOverdue": "逾期未公开：{item_id}",
    "MonthlyBulletinIssued": "{region_code} {year}年{month}月预算绩效工作月报",
    "AnnualReportIssued": "{region_code} {fiscal_year}年度全面实施预算绩效管理报告",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word with its place in the log and the hash of exactly the bytes that were said."""

    sequence: int
    id: UUID
    event_type: str
    subject: str
    said_at: datetime
    leaf_hash: str
    data: dict[str, JsonValue]

    @property
    def title(self) -> str:
        """What it is about, in Chinese; the event's name where nothing better is known."""
        name = self.event_type.split(".")[1]
        return _TITLES.get(name, name).format_map(_Told(self.data))

    @property
    def text(self) -> str:
        """What was said, as JSON."""
        return json.dumps(self.data, ensure_ascii=False, indent=1)

    @property
    def tags(self) -> list[str]:
        """Codes by which a reader may sort."""
        found = (self.code(name) for name in ("region_code", "channel", "kind"))
        return [self.event_type, *(tag for tag in found if tag is not None)]

    def code(self, name: str) -> str | None:
        """A code of what was said, where it has one."""
        found = self.data.get(name)
        return found if isinstance(found, str) else None


class _Told(dict[str, JsonValue]):
    """A field that was not said is a dash."""

    def __missing__(self, _key: str) -> str:
        return "—"


def entry_of(said: SaidWord) -> Entry:
    """Read the envelope of a word; its data stay as they were said."""
    cloud = envelope(said.body)
    return Entry(
        sequence=said.number,
        id=cloud.id,
        event_type=cloud.type,
        subject=cloud.subject,
        said_at=cloud.time,
        leaf_hash=said.leaf_hash.hex(),
        data=json.loads(bytes(cloud.data)),
    )
