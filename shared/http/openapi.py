"""The OpenAPI document: FastAPI's, plus security, the problem schema and both servers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from shared.http.list_formats_openapi import declare_forms
from shared.http.policy import Policy, Role
from shared.http.problems import Problems
from shared.http.routes import refusals

# What the framework says where nobody says anything.
_SAID: Final = {
    "Successful Response": "What was asked for.",
    "Accepted": "It is being worked on; read it again to see how far it is.",
}
_EXAMPLE_TYPE: Final = "target-not-submitted"


def problem_schema(problems: Problems) -> dict[str, Any]:
    """JSON Schema of every error answer."""
    text = {"type": "string"}
    place = {"pointer": {**text, "description": "JSON Pointer into the body."}, "parameter": text}
    entry = {
        "type": "object",
        "properties": {**place, "code": text, "detail": text, "remedy": text},
        "required": ["detail"],
    }
    return {
        "type": "object",
        "title": "Problem",
        "description": "RFC 9457: why a request was refused. Nothing was changed.",
        "properties": {
            "type": {**text, "format": "uri"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "errors": {"type": "array", "items": entry},
            "remedy": text,
            "details": {"type": "object", "additionalProperties": True},
            "correlation_id": text,
        },
        "required": ["type", "title", "status", "detail"],
        "examples": [
            {
                "type": f"{problems.base}{_EXAMPLE_TYPE}",
                "title": "Only a submitted target can be approved.",
                "status": 409,
                "detail": "Only a submitted target can be approved.",
                "correlation_id": "4bf92f3577b34da6a3ce929d0e0e4736",
            }
        ],
    }


def openapi_document(
    app: FastAPI, routes: Sequence[BaseRoute], policy: Policy, problems: Problems, service: str
) -> dict[str, Any]:
    """The whole document of these routes."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=routes,
        tags=app.openapi_tags,
        servers=[
            {"url": "/", "description": "The service alone"},
            {"url": f"/{service}", "description": "Behind the gateway"},
        ],
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = problem_schema(problems)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "An access token of the configured issuer; `make token ROLE=…` here.",
        }
    }
    for operation in _operations(document):
        declare_forms(operation)
        _complete(operation, policy)
    return document


def _operations(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        operation
        for path in document.get("paths", {}).values()
        for operation in path.values()
        if isinstance(operation, dict) and "operationId" in operation
    ]


def _complete(operation: dict[str, Any], policy: Policy) -> None:
    operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
    admitted = policy.get(operation["operationId"], frozenset())
    public = Role.PUBLIC in admitted
    operation["security"] = [{}, {"bearer": []}] if public else [{"bearer": []}]
    operation["x-abacus-roles"] = sorted(admitted)
    declared = operation.setdefault("responses", {})
    for status, answer in refusals().items():
        known = declared.get(str(status))
        if known is None or "application/problem+json" not in known.get("content", {}):
            declared[str(status)] = answer
    for answer in declared.values():
        answer["description"] = _SAID.get(answer["description"], answer["description"])
    operation["responses"] = dict(sorted(declared.items()))
