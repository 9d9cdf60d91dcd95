"""What OpenAPI says of the forms of lists: the parameters and the media types, on every list."""

from typing import Any, Final

from shared.http.list_formats_asked import MEDIA_TYPES, Format

_PAGE: Final = "#/components/schemas/Page_"
_SCHEMAS: Final[dict[Format, dict[str, Any]]] = {
    Format.XLSX: {"type": "string", "format": "binary"},
    Format.JSON_FEED: {"type": "object"},
}
_PARAMETERS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "format",
        "in": "query",
        "required": False,
        "description": "The form of the answer; else `Accept` decides. Filters and cursor stay.",
        "schema": {"type": "string", "enum": [*Format], "default": Format.JSON.value},
    },
    {
        "name": "bom",
        "in": "query",
        "required": False,
        "description": "Where it is said: CSV begins with the byte order mark of old programs.",
        "schema": {"type": "string", "examples": ["1"]},
    },
)
_HEADERS: Final = {
    "Abacus-As-Of": "The moment the answer stands for, or the day that was asked for.",
    "Abacus-Event-Position": "The last position of the ledger at that moment.",
    "Abacus-Age-Seconds": "How old what was read may be at most; absent for a day that is over.",
}


def declare_forms(operation: dict[str, Any]) -> None:
    """Complete one operation, if it answers a page."""
    answer = operation.get("responses", {}).get("200", {})
    content = answer.get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    if not str(schema.get("$ref", "")).startswith(_PAGE):
        return
    operation["parameters"] = [*operation.get("parameters", ()), *_PARAMETERS]
    for form, media_type in MEDIA_TYPES.items():
        schemas = {"schema": _SCHEMAS[form]} if form in _SCHEMAS else {}
        content.setdefault(media_type.partition(";")[0], schemas)
    headers = answer.setdefault("headers", {})
    for name, description in _HEADERS.items():
        headers.setdefault(name, {"description": description, "schema": {"type": "string"}})
