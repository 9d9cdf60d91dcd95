"""The rules of Atom (RFC 4287) and of its archives (RFC 5005), as far as a document shows them."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

ATOM: Final = "{http://www.w3.org/2005/Atom}"
HISTORY: Final = "{http://purl.org/syndication/history/1.0}"
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_IRI: Final = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_IN_FEED: Final = frozenset(
    {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights",
     "subtitle", "title", "updated", "entry"}
)  # fmt: skip
_IN_ENTRY: Final = frozenset(
    {"author", "category", "content", "contributor", "id", "link", "published", "rights",
     "source", "summary", "title", "updated"}
)  # fmt: skip


def broken(document: bytes) -> list[str]:
    """What is wrong with a feed; nothing where it is as the standards want it."""
    feed = ET.fromstring(document)  # noqa: S314 - our own document
    return [*_feed(feed), *_archive(feed), *(w for one in _entries(feed) for w in _entry(one))]


def _entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def _feed(feed: ET.Element) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield f"the document is {feed.tag}"
    yield from _common(feed, _IN_FEED)
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        yield "nobody is the author"  # §4.1.1
    if not [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]:
        yield "it does not say where it is"
    ids = Counter(
        (one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated")) for one in _entries(feed)
    )
    yield from (f"{id_} is there twice" for (id_, _), count in ids.items() if count > 1)


def _common(  # noqa: C901 - one look after the other
    element: ET.Element, known: frozenset[str]
) -> Iterator[str]:
    """§4.1.1 and §4.1.2: exactly one of each, and nothing of Atom that does not belong there."""
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1:
            yield f"{element.tag}: not one {name}"
    names = [one.tag.removeprefix(ATOM) for one in element if one.tag.startswith(ATOM)]
    yield from (f"{name} does not belong there" for name in names if name not in known)
    if not _IRI.fullmatch(element.findtext(f"{ATOM}id") or ""):
        yield "an id is no IRI"
    for name in ("updated", "published"):
        for one in element.findall(f"{ATOM}{name}"):
            if not _INSTANT.fullmatch(one.text or ""):
                yield f"{name} is no RFC 3339 instant: {one.text}"
    for link in element.findall(f"{ATOM}link"):
        if not link.get("href"):
            yield "a link leads nowhere"
    for category in element.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield "a category has no term"


def _entry(entry: ET.Element) -> Iterator[str]:
    yield from _common(entry, _IN_ENTRY)
    contents = entry.findall(f"{ATOM}content")
    if len(contents) > 1:
        yield "an entry has two contents"
    if not contents and not [
        x for x in entry.findall(f"{ATOM}link") if x.get("rel") == "alternate"
    ]:
        yield "an entry has neither content nor alternate"  # §4.1.2
    for content in contents:
        if content.get("type", "text") == "text" and len(content):
            yield "a text has elements in it"  # §4.1.3.3


def _archive(feed: ET.Element) -> Iterator[str]:
    """RFC 5005 §4: an archive says so, has no rest, and leads back to what is current."""
    relations = [one.get("rel") for one in feed.findall(f"{ATOM}link")]
    yield from (f"{one} leads to two places" for one, n in Counter(relations).items() if n > 1)
    marks = feed.findall(f"{HISTORY}archive")
    if marks and (len(marks) > 1 or len(marks[0]) or marks[0].text):
        yield "the mark of an archive is one empty element"
    if marks and "current" not in relations:
        yield "an archive does not lead to what is current"
    if "next-archive" in relations and not marks:
        yield "what is no archive leads to a next one"
