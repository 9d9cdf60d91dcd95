"""Files of the county: sent to a service, fetched from it, and a second, empty service."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
from docx import Document

from services.targets.main import service
from shared.documents.reading import read_workbook
from shared.documents.sheet import Sheet
from shared.http.app import create_app
from shared.http.policy import Role
from shared.http.workbooks import NDJSON, XLSX
from shared.testing.servers import Postgres, fresh_database, migrated
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.targets.stories import REGION_CODE
from tests.targets.town import Town

KINDS: Final = {"xlsx": XLSX, "ndjson": NDJSON}


@asynccontextmanager
async def empty_service(postgres: Postgres, folder: Path) -> AsyncIterator[Town]:
    """The same county before anything happened in it, over a real, migrated database."""
    template = await asyncio.to_thread(migrated, postgres, "targets")
    with fresh_database(postgres, template) as url:
        tokens = Tokens.fresh()
        settings = service.settings.model_validate(
            {
                "issuer": ISSUER,
                "audience": AUDIENCE,
                "data_dir": folder,
                "database_url": url,
                "nats_url": "nats://127.0.0.1:9",
            }
        )
        app = create_app(service, settings=settings, keys=tokens.keys)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://targets") as client:
                yield Town(client, tokens, app.state.runtime.store)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of command lines, and who sends it."""

    role: Role
    operation: str
    content: bytes
    form: str = "xlsx"
    region: str = REGION_CODE


async def sent(town: Town, upload: Upload, *, accept: bool = False) -> httpx.Response:
    """The answer to a file."""
    return await town.client.post(
        "/v1/imports",
        params={"operation": upload.operation, "accept": str(accept).lower()},
        content=upload.content,
        headers={**town.by(upload.role, upload.region), "content-type": KINDS[upload.form]},
    )


async def taken(town: Town, upload: Upload) -> Mapping[str, Any]:
    """The report of a file of which every line is accepted."""
    answer = await sent(town, upload, accept=True)
    assert answer.is_success, answer.text[:2000]
    report: Mapping[str, Any] = answer.json()
    return report


async def fetched(town: Town, path: str, role: Role = Role.FB_PERFORMANCE, **query: str) -> bytes:
    """A file."""
    answer = await town.client.get(f"/v1{path}", params=query, headers=town.by(role))
    assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:800]}"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    return answer.content


def rows(content: bytes, sheet: Sheet) -> list[Mapping[str, Any]]:
    """What a workbook says, by its form; no cell of it is wrong."""
    found = list(read_workbook(content, sheet))
    assert not [line.wrong for line in found if line.wrong]
    return [line.fields for line in found]


def tables(content: bytes) -> list[list[list[str]]]:
    """The cells of every table of a DOCX."""
    read = Document(BytesIO(content))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]


def texts(content: bytes) -> list[str]:
    """The paragraphs of a DOCX."""
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


def facts(table: list[list[str]]) -> dict[str, str]:
    """The pairs of a table of facts."""
    flat = [cell for row in table for cell in row]
    return {name: said for name, said in zip(flat[::2], flat[1::2], strict=True) if name}
