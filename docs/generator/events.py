"""The event pages: what is said, by whom, about what, and who listens."""

import json
from collections.abc import Mapping
from typing import Any

from docs.generator.examples import example
from docs.generator.house import NOTICE, House, Pages, lead, published, table
from docs.generator.schemas import schema
from shared.contracts.public_event import PublicEvent


def pages(house: House) -> Pages:
    """A page per event and the matrix of who says what to whom."""
    found = {f"events/{word.__name__}.md": _page(house, word) for word in published()}
    return {"events/index.md": _matrix(house), **found}


def _matrix(house: House) -> str:
    names = [service.name for service in house.services]
    rows = []
    for word in published():
        heard = house.hearers(word)
        marks = [
            "says" if name == word.producer else "hears" if name in heard else "" for name in names
        ]
        rows.append([f"[{word.__name__}]({word.__name__}.md)", *marks, lead(word)])
    return (
        f"{NOTICE}# Public events\n\nWho says what, and who listens. Envelope: CloudEvents 1.0.2; "
        "machine-readable: [AsyncAPI](asyncapi.json) and one JSON Schema per version under "
        "`shared/contracts/schemas/`.\n\n" + table(["Event", *names, "What happened"], rows)
    )


def _page(house: House, word: type[PublicEvent]) -> str:
    heard = house.hearers(word)
    facts = table(
        ["", ""],
        [
            ["Said by", word.producer],
            ["Heard by", ", ".join(heard) or "nobody"],
            ["Type", f"`{word.event_type()}`"],
            ["Subject", f"`abacus.<region>.{word.event_type()}`"],
            ["Schema", f"`shared/contracts/schemas/{word.event_type()}.json`"],
        ],
    )
    fields = table(["Field", "Type", "Always", "Meaning"], _fields(schema(word)))
    shown = json.dumps(example(word), indent=2, ensure_ascii=False)
    return (
        f"{NOTICE}# {word.__name__}\n\n{lead(word)}\n\n{facts}\n## Fields\n\n{fields}\n"
        f"## Example of the data\n\n```json\n{shown}\n```\n"
    )


def _fields(whole: Mapping[str, Any]) -> list[list[str]]:
    required = set(whole.get("required", ()))
    return [
        [f"`{name}`", kind(part), "yes" if name in required else "", part.get("description", "")]
        for name, part in whole["properties"].items()
    ]


def kind(part: Mapping[str, Any]) -> str:
    """The type of a schema part in words."""
    match part:
        case {"$ref": reference}:
            said = str(reference).rpartition("/")[2]
        case {"anyOf": choices}:
            said = " or ".join(kind(one) for one in choices)
        case {"enum": codes}:
            said = ", ".join(f"`{code}`" for code in codes)
        case {"const": code}:
            said = f"`{code}`"
        case {"type": "array"}:
            said = f"list of {kind(part.get('items', {}))}"
        case {"type": "string", "pattern": str(pattern)} if "{2}$" in pattern:
            said = "amount in yuan"
        case {"type": "string", "format": form}:
            said = str(form)
        case _:
            said = str(part.get("type", "anything"))
    return said
