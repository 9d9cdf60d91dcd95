"""Webhooks over HTTP: register and rotate answer a secret, once; the rest are plain commands.

    QUERIES = (…, webhook_router(WebhookRow))
    COMMANDS = (…, *WEBHOOK_COMMANDS)

A secret is in the answer of the request that made it and nowhere else. Whoever repeats that
request by its key is told what it was about, not the secret: lost, it is rotated.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Header, Query, Request, Response
from pydantic.json_schema import SkipJsonSchema
from sqlmodel import select

from shared.asking import Answer, Ask
from shared.http import idempotency, preconditions
from shared.http.idempotency import fingerprint, scoped_key
from shared.http.identity import Person, scope_in
from shared.http.operations import fresh_id
from shared.http.pages import Page, PageRequest
from shared.http.position import Position
from shared.http.preconditions import etag, expected_version
from shared.http.problems import Unavailable
from shared.http.reading import Read, Reading, ReadingNow
from shared.http.routes import refusals
from shared.http.runtime import Runtime
from shared.http.webhook_commands import (
    EXAMPLE,
    TAG,
    AttemptView,
    DeliveryView,
    EventTypeNotOffered,
    NoRegion,
    RegisterWebhookBody,
    WebhookSecret,
    WebhookView,
)
from shared.telemetry import current_correlation, traceparent_of
from shared.webhooks.addresses import target_of
from shared.webhooks.deliveries import AttemptRow, DeliveryRow
from shared.webhooks.keys import WebhookKeys
from shared.webhooks.register import WebhookColumns
from shared.webhooks.subscription import RegisterWebhook, RotateWebhookKey, Wanted

# Only shown: who breaks it is told in the words of the house.
_KEY: Final[dict[str, Any]] = {"pattern": idempotency.PATTERN}
_TAG: Final[dict[str, Any]] = {"pattern": preconditions.PATTERN}


def webhook_router(row: type[WebhookColumns]) -> APIRouter:
    """The routes over the webhooks of a service."""
    router = APIRouter(tags=[TAG])
    _add_writing(router)
    _add_reading(router, row)
    return router


def _add_writing(router: APIRouter) -> None:
    @router.post(
        "/webhooks",
        operation_id="register_webhook",
        status_code=201,
        responses=refusals(409, 422),
    )
    async def register_webhook(
        request: Request,
        response: Response,
        body: Annotated[RegisterWebhookBody, Body(examples=[EXAMPLE])],
        idempotency_key: Annotated[
            str | None, Header(max_length=256, json_schema_extra=_KEY)
        ] = None,
    ) -> WebhookSecret:
        """Tell an address what this service says from now on, signed. The secret is shown once."""
        runtime, person = _caller(request)
        command = _registration(runtime, person, body)
        asked = fingerprint(
            "register_webhook", {}, b"", body.model_dump_json(exclude_defaults=True).encode()
        )
        answer = await _handled(request, command, (idempotency_key, asked), None)
        prefix = request.headers.get("x-forwarded-prefix", "").rstrip("/")
        response.headers["location"] = f"{prefix}/v1/webhooks/{answer.id}"
        return _shown(runtime, answer, response, generation=1)

    @router.post(
        "/webhooks/{webhook_id}/rotate-key",
        operation_id="rotate_webhook_key",
        responses=refusals(409, 412, 428),
    )
    async def rotate_webhook_key(
        request: Request,
        response: Response,
        webhook_id: str,
        if_match: Annotated[
            str | SkipJsonSchema[None], Header(max_length=64, json_schema_extra=_TAG)
        ] = None,
    ) -> WebhookSecret:
        """Sign with a new key, and for a day with the one before, too. The secret is shown once."""
        runtime, person = _caller(request)
        sent = None if if_match is None else if_match.encode("latin-1", "replace")
        expected = expected_version(sent, required=True)
        command = RotateWebhookKey(webhook_id=webhook_id, by=person.actor, now=runtime.clock.now())
        answer = await _handled(request, command, (None, b""), expected)
        generation = next(fact.event.generation for fact in answer.facts)
        return _shown(runtime, answer, response, generation=generation)


def _add_reading(router: APIRouter, row: type[WebhookColumns]) -> None:
    table: Any = row

    async def found(read: Read, webhook_id: str) -> WebhookColumns:
        one: WebhookColumns = await read.one(select(table).where(table.webhook_id == webhook_id))
        read.check(one.region_code)
        return one

    @router.get("/webhooks", operation_id="list_webhooks")
    async def list_webhooks(read: Reading, page: PageRequest) -> Page[WebhookView]:
        """The webhooks of a region."""
        keys = _keys(read.runtime)
        query = select(table).where(read.scope.where(region=table.region_code))
        return await read.page(query, page, into=lambda one: WebhookView.of(one, keys))

    @router.get("/webhooks/{webhook_id}", operation_id="get_webhook")
    async def get_webhook(read: Reading, webhook_id: str) -> WebhookView:
        """One webhook, with the public key that verifies what it is sent."""
        one = await found(read, webhook_id)
        read.tag(one.version)
        return WebhookView.of(one, _keys(read.runtime))

    @router.get("/webhooks/{webhook_id}/deliveries", operation_id="list_deliveries")
    async def list_deliveries(
        read: ReadingNow,
        page: PageRequest,
        webhook_id: str,
        status: Annotated[str | None, Query(pattern=r"^(WAITING|DELIVERED|FAILED)$")] = None,
    ) -> Page[DeliveryView]:
        """What was sent to a webhook and what waits, by the number of the word."""
        await found(read, webhook_id)
        query = select(DeliveryRow).where(DeliveryRow.webhook_id == webhook_id)
        if status is not None:
            query = query.where(DeliveryRow.status == status)
        return await read.page(query, page, into=DeliveryView.of)

    @router.get("/webhooks/{webhook_id}/deliveries/{number}/attempts", operation_id="list_attempts")
    async def list_attempts(
        read: ReadingNow, page: PageRequest, webhook_id: str, number: int
    ) -> Page[AttemptView]:
        """Every attempt of one delivery."""
        await found(read, webhook_id)
        query = select(AttemptRow).where(AttemptRow.webhook_id == webhook_id)
        return await read.page(query.where(AttemptRow.number == number), page, into=AttemptView.of)


def _registration(runtime: Runtime, person: Person, body: RegisterWebhookBody) -> RegisterWebhook:
    target_of(body.url, runtime.settings.webhook_network)
    for place, name in enumerate(body.event_types):
        if name not in runtime.offers:
            raise EventTypeNotOffered(
                f"{name} is not offered.",
                pointer=f"/event_types/{place}",
                remedy=f"Offered are {', '.join(runtime.offers)}.",
            )
    if person.region_code is None:
        raise NoRegion
    return RegisterWebhook(
        webhook_id=fresh_id(),
        region_code=person.region_code,
        url=body.url,
        event_types=tuple(sorted(set(body.event_types))),
        wanted=Wanted(
            regions=tuple(sorted(set(body.regions))),
            units=tuple(sorted(set(body.units))),
            kinds=tuple(sorted(set(body.kinds))),
        ),
        by=person.actor,
        now=runtime.clock.now(),
    )


def _caller(request: Request) -> tuple[Runtime, Person]:
    return request.app.state.runtime, request.scope["abacus.person"]


def _keys(runtime: Runtime) -> WebhookKeys:
    return WebhookKeys(runtime.settings.webhook_master)


async def _handled(
    request: Request,
    command: RegisterWebhook | RotateWebhookKey,
    asked: tuple[str | None, bytes],
    expected: int | None,
) -> Answer:
    runtime, person = _caller(request)
    if runtime.handling is None:
        raise Unavailable
    key, digest = asked
    correlation = current_correlation()
    ask = Ask(
        commands=(command,),
        actor=person.actor,
        unit=person.region_code or "",
        now=command.now,
        correlation_id=correlation,
        causation_id=correlation,
        expected_version=expected,
        may=scope_in(person, request.scope["abacus.admitted"]).may_write,
        key=scoped_key(
            key.encode("latin-1", "replace") if key else None, person.actor, required=False
        ),
        fingerprint=digest if key else b"",
        traceparent=traceparent_of(correlation),
    )
    return await runtime.handling.handle(ask)


def _shown(
    runtime: Runtime, answer: Answer, response: Response, *, generation: int
) -> WebhookSecret:
    keys = _keys(runtime)
    position = Position(runtime.service, answer.stream, answer.version, answer.said)
    response.headers["etag"] = etag(answer.version)
    response.headers["abacus-position"] = position.token()
    response.headers["cache-control"] = "no-store"
    return WebhookSecret(
        id=answer.id,
        version=answer.version,
        secret=None if answer.replayed else keys.secret(answer.id, generation),
        public_key=keys.public_key(answer.id, generation),
    )
