"""The log as Atom (RFC 4287) with archive pages (RFC 5005): a closed page never changes again."""

from collections.abc import Mapping, Sequence
from typing import Final

from services.disclosure.api.feed.entries import Entry
from shared.http.list_formats_atom import AtomEntry, AtomFeed

FEED_ID: Final = "urn:abacus:disclosure:feed"


def atom_feed(
    title: str,
    links: Mapping[str, str],
    entries: Sequence[Entry],
    *,
    archive: bool,
) -> AtomFeed:
    """The feed; `links` are by relation, entries are newest first."""
    return AtomFeed(
        id=FEED_ID,
        title=title,
        links=links,
        entries=[_entry(entry) for entry in entries],
        archive=archive,
    )


def _entry(entry: Entry) -> AtomEntry:
    return AtomEntry(
        id=f"urn:uuid:{entry.id}",
        title=entry.title,
        text=entry.text,
        updated=entry.said_at,
        published=entry.said_at,
        tags=entry.tags,
        more={
            "sequence": str(entry.sequence),
            "subject": entry.subject,
            "leaf-hash": entry.leaf_hash,
        },
    )
