"""Pages by keyset: an opaque, signed cursor bound to filter, sort and caller.

    @router.get("/targets", operation_id="list_targets")
    async def list_targets(
        read: Reading, page: PageRequest, status: Status | None = None
    ) -> Page[TargetRow]:
        return await read.page(targets(status, read.scope), page)

Rows come in primary-key order unless `order` says otherwise; the primary key always ends the
order, so inserting never shifts a page. There is no offset and no limit of depth.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, cast
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, and_, false, inspect, or_, tuple_
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import desc_op

from shared.http.problems import FieldError, FieldsInvalid

PAGE_SIZE: Final = 50
PAGE_SIZE_MAX: Final = 1_000
CURSOR_CHARACTERS_MAX: Final = 2_048
_MAC_BYTES: Final = 16
_OUTSIDE_FILTER: Final = frozenset({"cursor", "limit", "format", "bom"})


class Page[Row](BaseModel):
    """Some rows, and how to get the next ones."""

    items: list[Row]
    next: str | None = Field(
        default=None, description="Cursor of the next page; absent at the end.", examples=[None]
    )


class _Cursor(msgspec.Struct, array_like=True):
    bound_to: str
    after: list[Any]


@dataclass(slots=True)
class RowMarks:
    """Of each row that is read: what it is known by, and the cursor of what comes after it."""

    keys: list[str] = field(default_factory=list)
    cursors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paging:
    """What page a caller wants, and the means to sign the way to the next one."""

    limit: int
    cursor: str | None
    key: bytes
    bound_to: str
    request: Request
    response: Response

    def after(self, kinds: Sequence[type]) -> list[Any] | None:
        """The sort values of the last row already seen; `None` on the first page."""
        if self.cursor is None:
            return None
        try:
            raw = base64.b64decode(
                self.cursor + "=" * (-len(self.cursor) % 4), altchars=b"-_", validate=True
            )
            body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
            found = msgspec.json.decode(body, type=_Cursor)
        except (ValueError, binascii.Error, msgspec.DecodeError) as problem:
            raise _unusable() from problem
        genuine = hmac.compare_digest(mac, self._mac(body))
        if not genuine or found.bound_to != self.bound_to or len(found.after) != len(kinds):
            raise _unusable()
        pairs = zip(found.after, kinds, strict=True)
        return [
            None if value is None else msgspec.convert(value, kind, strict=False)
            for value, kind in pairs
        ]

    def lead_to(self, values: Sequence[object]) -> str:
        """The cursor of the page after these sort values; also answered as a `Link`."""
        cursor = self._cursor(values)
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if k != "cursor"]
        # A reference of a query alone stays true behind any gateway prefix.
        self.response.headers["link"] = f'<?{urlencode([*kept, ("cursor", cursor)])}>; rel="next"'
        return cursor

    @property
    def marking(self) -> bool:
        """Whether the form that was asked for needs to know its rows one by one."""
        return "abacus.rows" in self.request.scope

    def mark(self, key: Sequence[object], values: Sequence[object]) -> None:
        """Note a row where its form needs it: its primary key, and its sort values."""
        marks: RowMarks | None = self.request.scope.get("abacus.rows")
        if marks is not None:
            marks.keys.append("/".join(str(part) for part in key))
            marks.cursors.append(self._cursor(values))

    def _cursor(self, values: Sequence[object]) -> str:
        body = msgspec.json.encode(_Cursor(self.bound_to, list(values)))
        return base64.urlsafe_b64encode(body + self._mac(body)).decode().rstrip("=")

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self.key, body, hashlib.sha256)[:_MAC_BYTES]


def _unusable() -> FieldsInvalid:
    return FieldsInvalid(
        "This cursor does not belong to this list, filter, sort and caller.",
        errors=[FieldError("Start again without a cursor.", parameter="cursor")],
        detail_zh="该游标不属于此列表、筛选、排序和调用者，请不带游标重新开始。",
    )


def paging(
    request: Request,
    response: Response,
    limit: Annotated[
        int, Query(ge=1, le=PAGE_SIZE_MAX, description="How many rows at most.")
    ] = PAGE_SIZE,
    cursor: Annotated[
        str | None,
        Query(max_length=CURSOR_CHARACTERS_MAX, description="`next` of the page before."),
    ] = None,
) -> Paging:
    """The page a request asks for."""
    runtime = request.app.state.runtime
    filters = sorted(
        pair for pair in request.query_params.multi_items() if pair[0] not in _OUTSIDE_FILTER
    )
    person = request.scope["abacus.person"]
    bound = msgspec.json.encode([request.url.path, filters, person.actor])
    digest = hashlib.sha256(bound).hexdigest()[:24]
    # A stream of events goes on after the last one that arrived.
    cursor = request.scope.get("abacus.cursor") or cursor
    return Paging(limit, cursor, runtime.cursor_key, digest, request, response)


PageRequest = Annotated[Paging, Depends(paging)]
"""A dependency: `limit` and `cursor` of the request."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column of the order. PostgreSQL puts nulls last ascending and first descending."""

    column: ColumnElement[Any]
    descending: bool = False

    @property
    def ordering(self) -> UnaryExpression[Any]:
        """For `order_by`."""
        return self.column.desc() if self.descending else self.column.asc()

    @property
    def kind(self) -> type:
        """The Python type of its values."""
        return self.column.type.python_type

    @property
    def nullable(self) -> bool:
        """Whether a row may have no value here."""
        return bool(getattr(self.column, "nullable", True))

    def beyond(self, value: object) -> ColumnElement[bool]:
        """Rows that come after this value, by this column alone."""
        if value is None:
            return self.column.is_not(None) if self.descending else false()
        if self.descending:
            return self.column < value
        later = self.column > value
        return or_(later, self.column.is_(None)) if self.nullable else later

    def at(self, value: object) -> ColumnElement[bool]:
        """Rows with this value."""
        return self.column.is_(None) if value is None else self.column == value


def sort_keys(entity: type, order: Sequence[Any]) -> list[SortKey]:
    """The whole order: what was asked for, then the primary key."""
    keys = [_sort_key(entry) for entry in order]
    columns = {column.key: getattr(entity, column.key) for column in primary_key(entity)}
    named = {key.column.key for key in keys}
    return [*keys, *(SortKey(column) for name, column in columns.items() if name not in named)]


def primary_key(entity: type) -> Sequence[Any]:
    """The columns by which a row is known."""
    mapper: Any = inspect(entity)
    columns: Sequence[Any] = mapper.primary_key
    return columns


def _sort_key(entry: object) -> SortKey:
    if isinstance(entry, UnaryExpression) and entry.modifier is desc_op:
        return SortKey(entry.element, descending=True)
    if isinstance(entry, UnaryExpression):
        return SortKey(entry.element)
    return SortKey(cast("ColumnElement[Any]", entry))


def keyset(keys: Sequence[SortKey], values: Sequence[object]) -> ColumnElement[bool]:
    """The rows after the one with these sort values."""
    plain = not any(key.nullable for key in keys)
    if plain and len({key.descending for key in keys}) == 1:
        # One row comparison is what an index on these columns can answer alone.
        row = tuple_(*(key.column for key in keys))
        return row < tuple_(*values) if keys[0].descending else row > tuple_(*values)
    steps = []
    for index, key in enumerate(keys):
        level = [earlier.at(value) for earlier, value in zip(keys, values[:index], strict=False)]
        steps.append(and_(*level, key.beyond(values[index])))
    return or_(*steps)
