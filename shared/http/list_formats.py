"""Every list in every form: JSON, CSV, XLSX, NDJSON, JSON Feed, Atom and SSE, said in one place.

An endpoint answers a `Page` and knows nothing of forms. `?format=` decides, else `Accept`; whoever
names neither, or nothing that is here, gets JSON. Filters and cursor are those of the list: a form
is another writing of the same page, and `Link: rel="next"` leads to the next one in the same form.
Each answer says how fresh it is (`Abacus-As-Of`, `Abacus-Event-Position`, `Abacus-Age-Seconds`).
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, quote

import msgspec
from starlette.types import ASGIApp

from shared.http import list_formats_events as events
from shared.http.freshness import Freshness, Header, fixed
from shared.http.limits import Receive
from shared.http.list_formats_asked import (
    FILES,
    MEDIA_TYPES,
    Format,
    Scope,
    address_of,
    asked_form,
    columns_of,
    known_form,
    next_address,
    past_day,
    row_model,
)
from shared.http.list_formats_page import Listed, PageRead
from shared.http.pages import RowMarks

if TYPE_CHECKING:
    from pydantic import BaseModel

type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Shown = Mapping[str, str | int | float]

_OK: Final = 200
_OF_THE_PAGE: Final = frozenset({b"link", b"cache-control"})


class ListFormats:
    """Between the router and revalidation: turns a JSON page into the form that was asked for."""

    def __init__(self, app: ASGIApp, fresh: Freshness) -> None:
        """Wrap what answers queries."""
        self._app = app
        self._fresh = fresh

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        form = asked_form(scope)
        if form == Format.JSON:
            await self._app(scope, receive, self._told(scope, send))
            return
        asked: Scope = {**scope}
        scope["abacus.rows"] = RowMarks()
        if form == Format.SSE:
            place = scope["abacus.headers"].get(b"last-event-id", b"")
            scope["abacus.cursor"] = place.decode("latin-1")
        answer = Held(scope, send)
        await self._app(scope, receive, answer.take)
        if answer.model is None:
            return
        if known_form(form) is Format.SSE:
            with suppress(events.ClientStalled):
                await self._stream(scope, asked, answer, send)
        else:
            await self._write(scope, Format(form), answer, send)

    def _told(self, scope: Scope, send: Send) -> Send:
        """A JSON list goes through as it is, with its freshness among its headers."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == _OK:
                headers = message.get("headers", ())
                if row_model(scope) is not None:
                    freshness, _ = await self._freshness(past_day(scope, headers))
                    message["headers"] = [*headers, *freshness]
            await send(message)

        return answer

    async def _freshness(self, day: str | None) -> tuple[list[Header], Shown]:
        """What is said of it in headers and in bodies."""
        if day is not None:
            return fixed(day), {"as_of": day}
        seen = await self._fresh.lately()
        return self._fresh.headers(seen), self._fresh.shown(seen)

    async def _write(self, scope: Scope, form: Format, answer: "Held", send: Send) -> None:
        from shared.http.list_formats_writing import written  # noqa: PLC0415 - seldom asked for

        listed, freshness = await self._listed(scope, answer)
        body = await asyncio.to_thread(written, form, listed)
        # The age of a feed moves while its rows stay: the tag is that of the rows.
        digest = hashlib.sha256(b"%b|%b|%d" % (answer.body, form.encode(), listed.bom)).hexdigest()
        headers = [
            *answer.kept(),
            *freshness,
            (b"content-type", MEDIA_TYPES[form].encode()),
            (b"content-length", str(len(body)).encode()),
            (b"etag", f'W/"{digest[:32]}"'.encode()),
        ]
        if form in FILES:
            name = quote(f"{listed.name}.{form}", safe="")
            disposition = f"attachment; filename*=UTF-8''{name}"
            headers.append((b"content-disposition", disposition.encode()))
        await send({"type": "http.response.start", "status": _OK, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _stream(self, scope: Scope, asked: Scope, answer: "Held", send: Send) -> None:
        """Row by row and page by page to the end of the list, each row under its cursor."""
        listed, freshness = await self._listed(scope, answer)
        headers = [*freshness, *events.HEADERS]
        await send({"type": "http.response.start", "status": _OK, "headers": headers})
        await events.timely(send, events.retry())
        while True:
            rows = zip(listed.rows, listed.cursors, strict=True)
            frames = [events.event(row, id_=cursor) for row, cursor in rows]
            await events.timely(send, b"".join(frames))
            if listed.next_cursor is None:
                break
            again: Scope = {
                **asked,
                "abacus.rows": RowMarks(),
                "abacus.cursor": listed.next_cursor,
            }
            answer = Held(again, _nowhere)
            await self._app(again, _nothing, answer.take)
            if answer.model is None:  # whoever reconnects goes on where it broke off
                break
            listed, _ = await self._listed(again, answer)
        await send({"type": "http.response.body", "body": events.event(b"{}", name="end")})

    async def _listed(self, scope: Scope, answer: "Held") -> tuple[Listed, list[Header]]:
        assert answer.model is not None
        page = msgspec.json.decode(answer.body, type=PageRead)
        rows = [bytes(row) for row in page.items]
        marks: RowMarks = scope["abacus.rows"]
        marked = len(marks.keys) == len(rows)
        day = past_day(scope, answer.headers)
        freshness, shown = await self._freshness(day)
        listed = Listed(
            name=scope["route"].path.strip("/").replace("/", "-"),
            columns=columns_of(answer.model),
            rows=rows,
            keys=marks.keys if marked else [hashlib.sha256(row).hexdigest() for row in rows],
            cursors=marks.cursors if marked else _last(page.next, len(rows)),
            next_cursor=page.next,
            address=address_of(scope),
            next_address=next_address(scope, answer.headers),
            freshness=shown,
            bom="bom" in parse_qs(scope["query_string"].decode("latin-1")),
        )
        return listed, freshness


class Held:
    """The answer of a list is kept until it is known what becomes of it; any other goes on."""

    def __init__(self, scope: Scope, send: Send) -> None:
        """Nothing has come yet."""
        self.model: type[BaseModel] | None = None
        self.headers: Sequence[Header] = ()
        self.body = b""
        self._scope = scope
        self._send = send

    async def take(self, message: Message) -> None:
        """One more part of it."""
        if message["type"] == "http.response.start":
            self.model = row_model(self._scope) if message["status"] == _OK else None
            self.headers = list(message.get("headers", ()))
        if self.model is None:
            await self._send(message)
        else:
            self.body += message.get("body", b"")

    def kept(self) -> list[Header]:
        """What holds of the page in any form."""
        return [(name, value) for name, value in self.headers if name in _OF_THE_PAGE]


def _last(cursor: str | None, rows: int) -> list[str | None]:
    """Only what follows the last row is known."""
    return [cursor if place == rows - 1 else None for place in range(rows)]


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _nowhere(_message: Message) -> None:
    """An answer that is no page ends the stream; nobody is told it in the middle of one."""
