"""The same events as an AsyncAPI 3.1.0 document, for those whose tools read it."""

import json
from typing import Any, Final

from docs.generator.examples import example
from docs.generator.house import House, Pages, lead, published
from docs.generator.schemas import schema
from shared.contracts.public_event import PublicEvent

ENVELOPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "sequence",
        "partitionkey", "correlationid", "causationid", "effectivetime", "dataclassification",
        "data",
    ],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "format": "uuid"},
        "source": {"type": "string", "description": "`/abacus/<region>/<service>`"},
        "type": {"type": "string"},
        "subject": {"type": "string", "description": "The stream the word tells of."},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "sequence": {"type": "string", "description": "The version of the stream."},
        "partitionkey": {"type": "string"},
        "correlationid": {"type": "string"},
        "causationid": {"type": "string"},
        "effectivetime": {"type": "string", "format": "date-time"},
        "recordedtime": {"type": "string", "format": "date-time"},
        "dataclassification": {"type": "string"},
        "traceparent": {"type": "string"},
    },
}  # fmt: skip


def pages(house: House) -> Pages:
    """One document for the whole system."""
    document = {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Iron Abacus",
            "version": "1",
            "description": "Every public event: CloudEvents 1.0.2, structured JSON, JetStream.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {word.event_type(): _channel(word) for word in published()},
        "operations": _operations(house),
        "components": {
            "messages": {word.event_type(): _message(word) for word in published()},
            "schemas": {"Envelope": ENVELOPE},
        },
    }
    return {"events/asyncapi.json": json.dumps(document, indent=2, ensure_ascii=False) + "\n"}


def _channel(word: type[PublicEvent]) -> dict[str, Any]:
    name = word.event_type()
    return {
        "address": f"abacus.{{region}}.{name}",
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "parameters": {"region": {"description": "The code of the region it tells of."}},
    }


def _message(word: type[PublicEvent]) -> dict[str, Any]:
    data = schema(word)
    return {
        "name": word.event_type(),
        "title": word.__name__,
        "summary": lead(word),
        "payload": {
            "allOf": [
                {"$ref": "#/components/schemas/Envelope"},
                {"type": "object", "properties": {"data": _inlined(data)}},
            ]
        },
        "examples": [{"payload": {"type": word.event_type(), "data": example(word)}}],
    }


def _inlined(whole: dict[str, Any]) -> dict[str, Any]:
    """A schema without references to its own definitions: they would point elsewhere here."""
    definitions = whole.get("$defs", {})

    def resolve(part: object) -> object:
        if isinstance(part, dict):
            reference = part.get("$ref")
            if isinstance(reference, str):
                return resolve(definitions[reference.rpartition("/")[2]])
            skipped = ("$defs", "$schema")
            return {key: resolve(value) for key, value in part.items() if key not in skipped}
        return [resolve(one) for one in part] if isinstance(part, list) else part

    resolved = resolve(whole)
    assert isinstance(resolved, dict)
    return resolved


def _operations(house: House) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word in published():
        channel = {"$ref": f"#/channels/{word.event_type()}"}
        found[f"{word.producer}.says.{word.__name__}"] = {"action": "send", "channel": channel}
        for hearer in house.hearers(word):
            found[f"{hearer}.hears.{word.__name__}"] = {"action": "receive", "channel": channel}
    return found
