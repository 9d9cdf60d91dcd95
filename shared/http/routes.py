"""How routes look to FastAPI: commands as an `APIRoute` of their own, queries under one policy.

A `CommandRoute` declares everything FastAPI needs to print exact OpenAPI (body, parameters,
headers, answers); no request ever reaches one.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Body, Header, Path, Query, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from shared.contracts.fields import Instant
from shared.http import idempotency, preconditions
from shared.http.operations import Operation, PathTable
from shared.http.policy import Policy
from shared.http.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from shared.http.runtime import Runtime

PROBLEM_REFERENCE: Final = "#/components/schemas/Problem"
_ABSOLUTE: Final = ("/v1/", "/portal", "/.well-known")
_COMMON: Final = (400, 401, 403, 404, 422, 429, 500, 503)
_PHRASES: Final[Mapping[int, str]] = {
    400: "The request cannot be read.",
    401: "A valid access token is needed.",
    403: "Your roles do not include one that may do this.",
    404: "There is no such thing, or it is not yours to see.",
    406: "No form of this resource is acceptable to you.",
    409: "A rule or the state of the thing does not allow it, or the same key is still running.",
    410: "It is gone.",
    412: "The thing has changed since you read it.",
    413: "The body is larger than allowed.",
    415: "The content type is not one that this operation reads.",
    422: "A field is missing, unknown or malformed.",
    428: "Changing an existing thing needs `If-Match`.",
    429: "You ask more often than allowed.",
    500: "Something went wrong on our side.",
    503: "The service cannot answer at the moment, or what you wrote has not arrived yet.",
}
_VERSION_HEADERS: Final = {
    "ETag": {"description": "The version of the thing now.", "schema": {"type": "string"}},
    "Abacus-Position": {
        "description": "Send it as `Abacus-At-Least` to read what you have just written.",
        "schema": {"type": "string"},
    },
}


class Created(BaseModel):
    """What has come into being."""

    id: str = Field(examples=["0198f2b4-7c1e-7d3a-9b52-4f0a6c1d2e3f"])
    version: int = Field(examples=[1])


class FactShown(BaseModel):
    """One fact that would be recorded."""

    type: str
    data: dict[str, Any]


class WouldBe(BaseModel):
    """The answer to a dry run: nothing was stored."""

    id: str
    version: int
    facts: list[FactShown]


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI answers for these statuses, all as problem documents."""
    content = {MEDIA_TYPE: {"schema": {"$ref": PROBLEM_REFERENCE}}}
    return {
        status: {"description": _PHRASES[status], "content": content}
        for status in sorted({*_COMMON, *statuses})
    }


class CommandRoute(APIRoute):
    """One command as FastAPI tells it; requests are answered by the command lane."""

    def __init__(self, operation: Operation) -> None:
        """Declare its parameters, its body and its answers."""
        endpoint = operation.endpoint
        status = 201 if endpoint.creates else 204
        answers = refusals(409, 412, 413, 415, *(() if endpoint.creates else (428,)))
        answers[status] = {"headers": dict(_VERSION_HEADERS)}
        if endpoint.creates:
            answers[status]["headers"]["Location"] = {
                "description": "Where it can be read.",
                "schema": {"type": "string", "format": "uri-reference"},
            }
        answers[200] = {"description": "A dry run: what would be recorded.", "model": WouldBe}
        super().__init__(
            operation.path,
            _declared(operation),
            methods=["POST"],
            operation_id=operation.name,
            name=operation.name,
            tags=[endpoint.tag],
            status_code=status,
            response_model=Created if endpoint.creates else None,
            response_description="Done." if not endpoint.creates else "Created.",
            responses=answers,
        )


def _declared(operation: Operation) -> Callable[..., None]:
    """A function whose signature says to OpenAPI what the slim path reads."""

    def declared(**_values: object) -> None:
        """Never called."""

    endpoint = operation.endpoint
    kind = inspect.Parameter.KEYWORD_ONLY
    fields: list[tuple[str, Any, Any]] = [
        (name, Annotated[operation.hints[name], Path()], inspect.Parameter.empty)
        for name in operation.parameters
    ]
    if operation.body_type is not None:
        examples = [dict(endpoint.example)] if endpoint.example else None
        body_type = operation.body_type
        body = Annotated[body_type, Body(examples=examples)]  # type: ignore[valid-type]
        fields.append(("body", body, inspect.Parameter.empty))
    fields.append(("dry_run", Annotated[bool, Query(description=_DRY_RUN)], False))
    fields.append(("effective_at", Annotated[Instant | None, Query(description=_WHEN)], None))
    key = Header(description=_KEY, pattern=idempotency.PATTERN)
    fields.append(_header("idempotency_key", key, required=endpoint.moves_money))
    if not endpoint.creates:
        tag = Header(description=_IF_MATCH, pattern=preconditions.PATTERN)
        fields.append(_header("if_match", tag, required=True))
    parameters = [
        inspect.Parameter(name, kind, annotation=annotation, default=default)
        for name, annotation, default in fields
    ]
    declared.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    declared.__name__ = operation.name
    declared.__doc__ = inspect.cleandoc(endpoint.translate.__doc__ or operation.name)
    return declared


_DRY_RUN: Final = "Decide everything, store nothing, and answer what would be recorded."
_WHEN: Final = "When it was true in the world, if not now (RFC 3339 with offset)."
_KEY: Final = "A fresh UUID per intention: the same key and body give the first answer again."
_IF_MATCH: Final = 'The `ETag` that was read, or `*` to repeat blindly. Example: `"3"`.'


def _header(name: str, header: object, *, required: bool) -> tuple[str, Any, Any]:
    if required:
        return name, Annotated[str, header], inspect.Parameter.empty
    return name, Annotated[str | None, header], None


async def authorize(request: Request) -> None:
    """Admit the caller of a query by the policy row of its operation."""
    runtime: Runtime = request.app.state.runtime
    admitted = runtime.policy[operation_name(request.scope["route"])]
    header = request.scope["abacus.headers"].get(b"authorization")
    await runtime.identity.admit(header, admitted, request.scope)
    request.scope["abacus.admitted"] = admitted


def operation_name(route: APIRoute) -> str:
    """The operation id of a route: given, or the name of its function."""
    return str(route.operation_id or route.endpoint.__name__)


def prefix_of(router: APIRouter) -> str:
    """`/v1`, unless the router's paths say themselves where they belong."""
    paths = [str(getattr(route, "path", "")) for route in router.routes]
    absolute = all(path == "/" or path.startswith(_ABSOLUTE) for path in paths)
    return "" if absolute else "/v1"


def query_routes(routers: Iterable[APIRouter]) -> list[APIRoute]:
    """Every operation of the query routers; each must be an ordinary FastAPI route."""
    found = [route for router in routers for route in router.routes]
    odd = [route for route in found if not isinstance(route, APIRoute)]
    if odd:
        raise TypeError(f"not an API route, so no policy can hold it: {odd}")
    return [route for route in found if isinstance(route, APIRoute)]


def methods_of(operations: Iterable[Operation], routers: Iterable[APIRouter]) -> PathTable:
    """The methods of each path, for `Allow`: several routes share a path."""
    table = PathTable()
    for operation in operations:
        known: set[str] = table.setdefault(operation.path, set())
        known.add("POST")
    for router in routers:
        for route in query_routes([router]):
            known = table.setdefault(prefix_of(router) + route.path, set())
            known.update(route.methods or ())
    return table


def check_policy(policy: Policy, operations: Iterable[str]) -> None:
    """Every operation has a row and every row an operation; else the service does not start."""
    named = list(operations)
    twice = {name for name in named if named.count(name) > 1}
    missing, idle = set(named) - set(policy), set(policy) - set(named)
    if twice or missing or idle:
        raise PolicyIncomplete(
            f"operations without a policy row: {sorted(missing)}; "
            f"rows without an operation: {sorted(idle)}; names used twice: {sorted(twice)}"
        )


class PolicyIncomplete(Exception):
    """The policy table and the routes do not match; nothing is served before they do."""
