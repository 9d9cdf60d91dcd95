"""What clients look for at the gateway is valid, and every link of it leads somewhere."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI

from shared.eventstore.memory import MemoryStore
from shared.http.app import create_app
from tests.architecture.house import ROOT, SERVICES, manifest

FOLDER: Final = ROOT / "deploy" / "gateway" / "well-known"
CADDY: Final = (ROOT / "deploy" / "gateway" / "Caddyfile").read_text("utf-8")
DOCS: Final = "https://docs.abacus.local/"
REMINDED: Final = timedelta(days=30)
LONGEST: Final = timedelta(days=366)
# RFC 9727 §4 with the relations of RFC 8631; their targets are links (RFC 9264 §4.2.3).
RELATIONS: Final = {"item", "service-desc", "service-doc", "service-meta", "status"}


def linkset() -> list[dict[str, Any]]:
    """The contexts of the API catalogue."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "api-catalog.json").read_text("utf-8"))[
        "linkset"
    ]
    return found


def targets() -> Iterator[dict[str, str]]:
    """Every link in it."""
    for context in linkset():
        for relation, links in context.items():
            if relation != "anchor":
                yield from links


def app_of(service: str, folder: Path) -> FastAPI:
    """A service as it stands behind the gateway."""
    found = manifest(service)
    settings = found.settings.model_validate({"data_dir": folder})
    return create_app(found, settings=settings, store=MemoryStore())


def test_the_api_catalogue_is_a_linkset_of_every_service() -> None:
    first, *others = linkset()
    assert first["anchor"] == "/.well-known/api-catalog"
    assert [one["anchor"] for one in others] == [f"/{service}/v1" for service in SERVICES]
    for context in (first, *others):
        assert set(context) - {"anchor"} <= RELATIONS
        assert set(context) > {"anchor"}
    for one in targets():
        assert set(one) <= {"href", "type", "title"}
        assert one["href"].startswith("/")
    assert len(first["item"]) == len(SERVICES)


@pytest.mark.parametrize("service", SERVICES)
async def test_every_link_of_the_catalogue_leads_somewhere(service: str, tmp_path: Path) -> None:
    app = app_of(service, tmp_path)
    own = [one for one in targets() if one["href"].startswith(f"/{service}/")]
    assert len(own) >= 4
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            document = (await client.get("/openapi.json")).json()
            for one in own:
                path = one["href"].removeprefix(f"/{service}")
                if path in document["paths"]:  # what it answers needs a database
                    said = document["paths"][path]["get"]["responses"]["200"]["content"]
                else:
                    answer = await client.get(path)
                    assert answer.status_code == 200, one
                    said = {answer.headers["content-type"].partition(";")[0]: {}}
                assert one["type"] in said, one


def test_security_txt_is_valid_and_will_be_for_a_month() -> None:
    lines = (FOLDER / "security.txt").read_text("utf-8").splitlines()
    fields = [line.partition(": ")[::2] for line in lines if line and not line.startswith("#")]
    names = [name for name, _ in fields]
    assert set(names) <= {
        "Acknowledgments", "Canonical", "Contact", "Encryption", "Expires", "Hiring", "Policy",
        "Preferred-Languages",
    }  # fmt: skip
    assert "Contact" in names
    assert names.count("Expires") == names.count("Preferred-Languages") == 1
    told = dict(fields)
    left = datetime.fromisoformat(told["Expires"]) - datetime.now(UTC)
    assert REMINDED < left < LONGEST, "renew Expires in deploy/gateway/well-known/security.txt"
    for name in ("Contact", "Policy"):
        assert urlsplit(told[name]).scheme in {"https", "mailto", "tel"}
    assert told["Policy"].startswith(DOCS)
    assert (ROOT / "docs" / f"{told['Policy'].removeprefix(DOCS)}.md").exists()


def test_the_gateway_serves_both_as_what_they_are() -> None:
    for name, file, kind in (
        ("api-catalog", "api-catalog.json", "application/linkset+json"),
        ("security.txt", "security.txt", "text/plain; charset=utf-8"),
    ):
        _, _, rest = CADDY.partition(f"handle /.well-known/{name} {{")
        block = rest.partition("\n\t}")[0]
        assert f"rewrite * /{file}" in block
        assert kind in block
        assert (FOLDER / file).exists()
    assert 'rel="api-catalog"' in CADDY
