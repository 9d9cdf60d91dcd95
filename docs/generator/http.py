"""The OpenAPI document of every service, as its own application gives it."""

import json
from typing import Any

from docs.generator.house import NOTICE, House, Pages, table
from shared.http.app import create_app
from shared.manifest import Service


def pages(house: House) -> Pages:
    """A document per service and an index of its operations."""
    documents = {service.name: _document(service) for service in house.services}
    found = {
        f"http/{name}.openapi.json": json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        for name, document in documents.items()
    }
    parts = []
    for name, document in documents.items():
        rows = [
            [
                f"`{method.upper()} {path}`",
                f"`{operation.get('operationId', '')}`",
                (operation.get("description") or operation.get("summary", "")).partition("\n")[0],
            ]
            for path, item in document["paths"].items()
            for method, operation in item.items()
            if isinstance(operation, dict) and "responses" in operation
        ]
        parts.append(
            f"## {name}\n\nThe whole document: [{name}.openapi.json]({name}.openapi.json)\n\n"
            + table(["Request", "Operation", ""], rows)
        )
    return {"http/index.md": f"{NOTICE}# HTTP\n\n" + "\n".join(parts), **found}


def _document(service: Service) -> dict[str, Any]:
    """Of an application that is never started; with a key set named, it makes no key."""
    settings = service.settings(jwks="never-read", clock="system")
    return create_app(service, settings=settings).openapi()
