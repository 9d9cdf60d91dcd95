"""A page in the form that was asked for: which writer, and what a row is as an entry of a feed."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec

from shared.domain.workdays import business_date
from shared.http.list_formats_asked import Format
from shared.http.list_formats_atom import EPOCH, AtomEntry, AtomFeed, atom_document
from shared.http.list_formats_page import DOCUMENTED, Listed
from shared.http.list_formats_tables import as_csv, as_ndjson, as_xlsx, fields_of, value_of

JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
_TITLES: Final = ("title", "name", "project_name", "unit_name", "topic", "url")
_AHEAD: Final = re.compile(r"^(due|expires?|planned|next|until|valid)_|_until$")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?")
_encode: Final = msgspec.json.Encoder().encode


def written(form: Format, listed: Listed) -> bytes:
    """The whole page as bytes."""
    match form:
        case Format.CSV:
            return as_csv(listed.columns, listed.rows, bom=listed.bom)
        case Format.XLSX:
            return as_xlsx(listed.name, listed.columns, listed.rows)
        case Format.NDJSON:
            return as_ndjson(listed.rows)
        case Format.ATOM:
            return _atom(listed)
        case _:
            return _json_feed(listed)


def _json_feed(listed: Listed) -> bytes:
    """JSON Feed 1.1: each row an item, with its fields under `_abacus`."""
    feed: dict[str, Any] = {
        "version": JSON_FEED,
        "title": listed.name,
        "home_page_url": listed.address.partition("?")[0],
        "feed_url": listed.address,
        "_abacus": {"about": DOCUMENTED, **listed.freshness},
        "items": [
            _item(listed, row, key) for row, key in zip(listed.rows, listed.keys, strict=True)
        ],
    }
    if listed.next_address is not None:
        feed["next_url"] = listed.next_address
    return _encode(feed)


def _item(listed: Listed, row: bytes, key: str) -> dict[str, Any]:
    found = _shown(row)
    item: dict[str, Any] = {
        "id": _id(listed, key),
        "title": _title(found, key),
        "content_text": _text(found),
        "_abacus": {"about": DOCUMENTED, "row": msgspec.Raw(row)},
    }
    moment = newest(found, listed.as_of)
    if moment is not None:
        item["date_published"] = moment.isoformat()
    return item


def _atom(listed: Listed) -> bytes:
    """A paged feed (RFC 5005 §3): `next` leads on, `self` is what was asked for."""
    links = {"self": listed.address}
    if listed.next_address is not None:
        links["next"] = listed.next_address
    entries = []
    for row, key in zip(listed.rows, listed.keys, strict=True):
        found = _shown(row)
        entries.append(
            AtomEntry(
                id=_id(listed, key),
                title=_title(found, key),
                text=_text(found),
                updated=newest(found, listed.as_of) or EPOCH,
            )
        )
    more = {name.replace("_", "-"): str(value) for name, value in listed.freshness.items()}
    place = listed.address.partition("?")[0]
    return atom_document(
        AtomFeed(
            id=f"urn:uuid:{uuid5(NAMESPACE_URL, place)}",
            title=listed.name,
            links=links,
            entries=entries,
            more=more,
        )
    )


def _id(listed: Listed, key: str) -> str:
    """The same row has the same id on every page and in every form."""
    place = listed.address.partition("?")[0]
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{place}#{key}')}"


def _title(row: Mapping[str, str], key: str) -> str:
    return next((row[name] for name in _TITLES if row.get(name)), key)


def _shown(row: bytes) -> dict[str, str]:
    """The fields of a row as texts."""
    return {name: str(value_of(raw)) for name, raw in fields_of(row).items()}


def _text(row: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in row.items())


def newest(row: Mapping[str, str], as_of: str) -> datetime | None:
    """When something last happened to a row: its latest moment that is not ahead of the answer."""
    last = date.fromisoformat(as_of[:10])
    found = [
        moment
        for name, value in row.items()
        if _AHEAD.search(name) is None
        if (moment := _moment(value)) is not None and business_date(moment) <= last
    ]
    return max(found, default=None)


def _moment(text: str) -> datetime | None:
    if _MOMENT.fullmatch(text) is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
