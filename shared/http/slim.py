"""The slim route: one command request from its bytes to its answer, without FastAPI's chain.

    token → role → precondition and key → body → translate → Ask → handle → answer

FastAPI still owns the route, its place in OpenAPI and everything that is not a command; only
the path of a request is short, because it is walked 250,000 times in a demo (`performance` §2:
58 µs of dependencies against a database share of 30).
"""

import asyncio
import dataclasses
from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl

import msgspec

from shared.asking import Answer, Ask
from shared.contracts.fields import instant_of
from shared.domain.money import Money
from shared.domain.sealed import Sealed
from shared.http.commands import Asked
from shared.http.failures import REMEDIES
from shared.http.idempotency import fingerprint, scoped_key
from shared.http.identity import Person, scope_in
from shared.http.limits import BODY_BYTES_MAX, Receive, expect_json, read_body
from shared.http.operations import Operation, fresh_id
from shared.http.position import Position
from shared.http.preconditions import etag, expected_version
from shared.http.problems import FieldError, FieldsInvalid, Unavailable
from shared.http.runtime import Runtime
from shared.http.sealing import sealed_body
from shared.telemetry import current_correlation, traceparent_of

type Headers = list[tuple[bytes, bytes]]

COMMAND_SECONDS_MAX: Final = 10.0
"""A call of the database may take eight, giving it up two: so long a caller waits."""
_JSON: Final = (b"content-type", b"application/json")
_encode: Final = msgspec.json.Encoder().encode
_TRUTH: Final = {"true": True, "false": False}


class Reply(NamedTuple):
    """A whole answer, ready for the wire."""

    status: int
    headers: Headers
    body: bytes


class Wishes(NamedTuple):
    """What the query of a command may say."""

    dry_run: bool
    effective_at: datetime | None


_PLAIN: Final = Wishes(dry_run=False, effective_at=None)


async def answer_command(
    runtime: Runtime,
    operation: Operation,
    place: Mapping[str, str],
    scope: MutableMapping[str, Any],
    receive: Receive,
) -> Reply:
    """Answer one command request; raises what refused it."""
    headers: dict[bytes, bytes] = scope["abacus.headers"]
    endpoint = operation.endpoint
    person = await runtime.identity.admit(headers.get(b"authorization"), operation.admitted, scope)
    query: bytes = scope["query_string"]
    wishes = _wishes(query) if query else _PLAIN
    expected = expected_version(headers.get(b"if-match"), required=not endpoint.creates)
    key = scoped_key(headers.get(b"idempotency-key"), person.actor, required=endpoint.moves_money)
    body = await read_body(receive, headers, BODY_BYTES_MAX)
    if body or operation.body_type is not None:
        expect_json(headers)
    asked = asked_by(person, runtime.clock.now())
    sealed: Sealed | None = None
    if endpoint.confidential is not None:
        body, sealed = await sealed_body(runtime, operation, body)
    commands = operation.commands(asked, place, body, sealed=sealed)
    ask = Ask(
        commands=commands,
        actor=person.actor,
        unit=person.unit_code or person.department_code or person.region_code or "",
        now=asked.now,
        correlation_id=current_correlation(),
        causation_id=current_correlation(),
        effective_at=wishes.effective_at,
        expected_version=expected,
        may=scope_in(person, operation.admitted).may_write,
        key=None if wishes.dry_run else key,
        fingerprint=_print(operation, (place, query, body, sealed)) if key else b"",
        traceparent=traceparent_of(current_correlation()),
    )
    if runtime.handling is None:
        raise Unavailable
    async with asyncio.timeout(COMMAND_SECONDS_MAX):
        answer = await runtime.handling.handle(ask, dry_run=wishes.dry_run)
    if wishes.dry_run:
        return _would_be(runtime, answer)
    return _done(runtime, operation, answer, headers)


def _print(
    operation: Operation, asked: tuple[Mapping[str, str], bytes, bytes, Sealed | None]
) -> bytes:
    """The fingerprint of a request; personal fields enter it as they were sealed."""
    place, query, body, sealed = asked
    where = place if sealed is None else {**place, "sealed": f"{sealed.key_id}|{sealed.box}"}
    return fingerprint(operation.name, where, query, body)


def asked_by(person: Person, now: datetime) -> Asked:
    """Who asks, as translators see it."""
    return Asked(
        actor=person.actor,
        roles=person.roles,
        region_code=person.region_code,
        unit_code=person.unit_code,
        now=now,
        new_id=fresh_id,
    )


def _done(
    runtime: Runtime, operation: Operation, answer: Answer, headers: Mapping[bytes, bytes]
) -> Reply:
    position = Position(runtime.service, answer.stream, answer.version, answer.said)
    answered: Headers = [
        (b"etag", etag(answer.version).encode()),
        (b"abacus-position", position.token().encode()),
    ]
    if not operation.endpoint.creates:
        return Reply(204, answered, b"")
    thing = answer.id
    prefix = headers.get(b"x-forwarded-prefix", b"").decode("latin-1").rstrip("/")
    body = _encode({"id": thing, "version": answer.version})
    answered += (
        (b"location", (prefix + operation.location(thing)).encode("latin-1", "replace")),
        _JSON,
        (b"content-length", str(len(body)).encode()),
    )
    return Reply(201, answered, body)


def _would_be(runtime: Runtime, answer: Answer) -> Reply:
    facts = [
        {"type": runtime.event_names[type(fact.event)], "data": shown(fact.event)}
        for fact in answer.facts
    ]
    body = _encode({"id": answer.id, "version": answer.version, "facts": facts})
    return Reply(200, [_JSON, (b"content-length", str(len(body)).encode())], body)


def shown(value: object) -> Any:  # noqa: ANN401, PLR0911 - JSON is what it is
    """A fact as JSON in the forms of the API: money and numbers as text, names as fields."""
    match value:
        case Enum():
            return value.value
        case Money():
            return str(value)
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(shown(name)): shown(item) for name, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [shown(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            return {f.name: shown(getattr(value, f.name)) for f in dataclasses.fields(value)}
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def _wishes(query: bytes) -> Wishes:
    """Unknown and repeated names are refused: no slip of `dry_run` must become a payment."""
    dry_run, effective_at = False, None
    said: set[str] = set()
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in said:
            raise _bad_query(name)
        said.add(name)
        if name == "dry_run" and value in _TRUTH:
            dry_run = _TRUTH[value]
        elif name == "effective_at":
            effective_at = _instant(value)
        else:
            raise _bad_query(name)
    return Wishes(dry_run, effective_at)


def _instant(text: str) -> datetime:
    try:
        # An unescaped + of an offset arrives as a space.
        return instant_of(text.replace(" ", "+"))
    except ValueError:
        raise _bad_query("effective_at") from None


def _bad_query(name: str) -> FieldsInvalid:
    wrong = FieldError(
        "Known are dry_run=true|false and effective_at=<RFC 3339 with offset>.",
        parameter=name[:100],
        remedy=REMEDIES["datetime_parsing"] if name == "effective_at" else None,
    )
    return FieldsInvalid("1 wrong in the query", errors=[wrong], detail_zh="查询参数有误或未知")
