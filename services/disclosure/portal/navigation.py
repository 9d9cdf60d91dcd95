"""The rooms of the portal, in the order of the menu. A new room is one line here."""

from typing import Final, NamedTuple


class Room(NamedTuple):
    """A place of the menu: its address and its Chinese name (English by `texts`)."""

    path: str
    name: str


NAVIGATION: Final = (
    Room("/", "概览"),
    Room("/portal/regions", "地区与单位"),
    Room("/portal/projects", "项目"),
    Room("/portal/rankings", "排名"),
    Room("/portal/calendar", "公开日历"),
    Room("/portal/letters", "预警函"),
    Room("/portal/recoveries", "资金收回"),
    Room("/portal/policies", "制度库"),
    Room("/portal/bulletins", "月报"),
    Room("/portal/annual-reports", "年报"),
    Room("/portal/feeds", "订阅与下载"),
    Room("/portal/verify", "核验"),
    Room("/portal/comments", "公众留言"),
)
