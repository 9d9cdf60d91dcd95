"""Swagger UI from the image: government networks have no CDN.

The wheel `fastapi-offline` brings Swagger UI 5, the first that reads OpenAPI 3.1. All links
are relative, so the page works alone and behind the gateway's prefix.
"""

import asyncio
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec
from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response

_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script>
</body></html>
"""
_START: Final = b"""window.ui = SwaggerUIBundle({
  url: "openapi.json", dom_id: "#swagger-ui", deepLinking: true, persistAuthorization: true,
  displayRequestDuration: true, filter: true, tryItOutEnabled: true,
  presets: [SwaggerUIBundle.presets.apis], layout: "BaseLayout"
});
"""
_KINDS: Final = {".css": "text/css", ".js": "text/javascript"}
_DAY: Final = {"cache-control": "public, max-age=86400"}


def _static() -> Path:
    found = find_spec("fastapi_offline")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "static"


def add_docs(app: FastAPI) -> None:
    """Serve `/docs` and `/openapi.json`."""
    folder = _static()
    files = {name: folder / name for name in ("swagger-ui.css", "swagger-ui-bundle.js")}

    async def page(_request: Request) -> Response:
        return HTMLResponse(_PAGE.format(title=app.title))

    async def start(_request: Request) -> Response:
        return Response(_START, media_type="text/javascript", headers=_DAY)

    async def asset(request: Request) -> Response:
        path = files[request.url.path.rpartition("/")[2]]
        return Response(path.read_bytes(), media_type=_KINDS[path.suffix], headers=_DAY)

    async def description(request: Request) -> Response:
        document = await asyncio.to_thread(app.openapi)
        servers = list(document["servers"])
        if request.headers.get("x-forwarded-prefix"):
            servers.reverse()
        body = msgspec.json.encode({**document, "servers": servers})
        return Response(body, media_type="application/json")

    app.add_route("/docs", page, include_in_schema=False)
    app.add_route("/docs/start.js", start, include_in_schema=False)
    for name in files:
        app.add_route(f"/docs/{name}", asset, include_in_schema=False)
    app.add_route("/openapi.json", description, include_in_schema=False)
