"""Atom (RFC 4287): one writer for the log of words and for the pages of every list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

MEDIA_TYPE: Final = "application/atom+xml"
ATOM: Final = "http://www.w3.org/2005/Atom"
HISTORY: Final = "http://purl.org/syndication/history/1.0"
ABACUS: Final = "urn:abacus:feed:1"
AUTHOR: Final = "Iron Abacus"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# XML 1.0 §2.2: what no document may hold, however it is written.
_FORBIDDEN: Final = {
    code: None
    for code in (*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
    if code not in {9, 10, 13}
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomEntry:
    """One entry; `more` are elements of our own namespace."""

    id: str
    title: str
    text: str
    updated: datetime
    published: datetime | None = None
    tags: Sequence[str] = ()
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomFeed:
    """The document; `links` are by relation, `complete` and `archive` are marks of RFC 5005."""

    id: str
    title: str
    links: Mapping[str, str]
    entries: Sequence[AtomEntry]
    updated: datetime | None = None
    archive: bool = False
    more: Mapping[str, str] = field(default_factory=dict)


def atom_document(feed: AtomFeed) -> bytes:
    """The feed as bytes."""
    root = Element("feed", {"xmlns": ATOM, "xmlns:fh": HISTORY, "xmlns:abacus": ABACUS})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    newest = max((entry.updated for entry in feed.entries), default=EPOCH)
    _text(root, "updated", instant(feed.updated or newest))
    _text(SubElement(root, "author"), "name", AUTHOR)
    if feed.archive:
        SubElement(root, "fh:archive")
    for relation, target in feed.links.items():
        SubElement(root, "link", {"rel": relation, "href": target, "type": MEDIA_TYPE})
    for name, value in feed.more.items():
        _text(root, f"abacus:{name}", value)
    for entry in feed.entries:
        _entry(root, entry)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(feed: Element, entry: AtomEntry) -> None:
    element = SubElement(feed, "entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", instant(entry.updated))
    if entry.published is not None:
        _text(element, "published", instant(entry.published))
    for tag in entry.tags:
        SubElement(element, "category", {"term": tag.translate(_FORBIDDEN)})
    SubElement(element, "content", {"type": "text"}).text = entry.text.translate(_FORBIDDEN)
    for name, value in entry.more.items():
        _text(element, f"abacus:{name}", value)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text.translate(_FORBIDDEN)


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC, in whole seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
