"""Atom (RFC 4287) with archive pages (RFC 5005): a closed page never changes again."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from services.disclosure.api.entries import Entry

MEDIA_TYPE: Final = "application/atom+xml"
ATOM: Final = "http://www.w3.org/2005/Atom"
HISTORY: Final = "http://purl.org/syndication/history/1.0"
ABACUS: Final = "urn:abacus:feed:1"
AUTHOR: Final = "Iron Abacus"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CONTROL: Final = {code: None for code in range(32) if code not in {9, 10, 13}}


def atom_feed(
    title: str,
    feed_id: str,
    links: Mapping[str, str],
    entries: Sequence[Entry],
    *,
    archive: bool,
) -> bytes:
    """The document; `links` are by relation, entries are newest first."""
    feed = Element("feed", {"xmlns": ATOM, "xmlns:fh": HISTORY, "xmlns:abacus": ABACUS})
    _text(feed, "id", feed_id)
    _text(feed, "title", title)
    _text(feed, "updated", _instant(max((e.said_at for e in entries), default=_EPOCH)))
    _text(SubElement(feed, "author"), "name", AUTHOR)
    if archive:
        SubElement(feed, "fh:archive")
    for relation, target in links.items():
        SubElement(feed, "link", {"rel": relation, "href": target, "type": MEDIA_TYPE})
    for entry in entries:
        _entry(feed, entry)
    document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _entry(feed: Element, entry: Entry) -> None:
    element = SubElement(feed, "entry")
    _text(element, "id", f"urn:uuid:{entry.id}")
    _text(element, "title", entry.title)
    _text(element, "updated", _instant(entry.said_at))
    _text(element, "published", _instant(entry.said_at))
    for tag in entry.tags:
        SubElement(element, "category", {"term": tag})
    SubElement(element, "content", {"type": "text"}).text = entry.text.translate(_CONTROL)
    _text(element, "abacus:sequence", str(entry.sequence))
    _text(element, "abacus:subject", entry.subject)
    _text(element, "abacus:leaf-hash", entry.leaf_hash)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text.translate(_CONTROL)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
