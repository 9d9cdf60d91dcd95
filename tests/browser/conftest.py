"""The portal as a process of its own, and the Chromium of the system: `make browser`.

A browser that is missing fails these stories; nothing is skipped.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from services.disclosure.main import service
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.testing.servers import Postgres, free_port, fresh_database, migrated
from tests.disclosure.world import world
from tests.portal.year import play

CHROMIUM: Final = "/usr/bin/chromium"
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS_MAX: Final = 240.0
ROOT: Final = Path(__file__).parents[2]


async def _played(database: str, folder: Path) -> None:
    async with world(database, folder) as here:
        await play(here, database, folder)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the portal, with the key of its issuer."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture
def clerk(portal: str, folder: Path) -> Callable[[str, str], None]:
    """Somebody of the bureau, who shows a comment and answers it over the API."""
    issuer = Issuer.of(service.settings.model_validate({"data_dir": folder}))
    roles = (Role.FB_PERFORMANCE,)
    bearer = Bearer(subject="li", roles=roles, region_code="653100")
    headers = {"authorization": f"Bearer {issuer.mint(bearer)}", "if-match": "*"}

    def answers(case: str, text: str) -> None:
        for verb, body in (("publish", {"redactions": []}), ("answer", {"text": text})):
            address = f"{portal}/v1/comments/{case}/{verb}"
            answer = httpx.post(address, json=body, headers=headers)
            assert answer.status_code == 204, answer.text

    return answers


@pytest.fixture(scope="session")
def portal(postgres: Postgres, folder: Path) -> Iterator[str]:
    """The address of the portal over a played year."""
    with fresh_database(postgres, migrated(postgres, "disclosure")) as database:
        asyncio.run(_played(database, folder))
        port = free_port()
        environment = {
            **os.environ,
            "DISCLOSURE_DATABASE_URL": database,
            "DISCLOSURE_HOST": "127.0.0.1",
            "DISCLOSURE_PORT": str(port),
            "ABACUS_DATA_DIR": str(folder),
            "ABACUS_LOG_LEVEL": "ERROR",
        }
        server = subprocess.Popen(
            (sys.executable, "-m", "services.disclosure", "serve"), cwd=ROOT, env=environment
        )
        try:
            _wait(f"http://127.0.0.1:{port}/livez", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < end:
        assert server.poll() is None, "the portal ended"
        try:
            if httpx.get(address).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail("the portal did not start")


@pytest.fixture(scope="session")
def driver(portal: str) -> Iterator[Playwright]:
    """One driver for all. It keeps the loop of its thread, so the portal is played before."""
    assert portal
    with sync_playwright() as playwright:
        yield playwright


def _context(driver: Playwright, folder: Path, **more: object) -> BrowserContext:
    """Chromium with an empty folder of its own."""
    asked: dict[str, object] = {
        "executable_path": CHROMIUM,
        "args": list(FLAGS),
        "headless": True,
        "locale": "zh-CN",
        "accept_downloads": True,
        "viewport": {"width": 1280, "height": 900},
        **more,
    }
    found: BrowserContext = driver.chromium.launch_persistent_context(folder, **asked)  # type: ignore[arg-type]
    found.set_default_timeout(90_000)
    return found


@pytest.fixture(scope="session")
def context(
    driver: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A desktop."""
    with _context(driver, tmp_path_factory.mktemp("desktop")) as found:
        yield found


@pytest.fixture(scope="session")
def small(driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A small phone."""
    folder = tmp_path_factory.mktemp("phone")
    with _context(driver, folder, viewport={"width": 360, "height": 740}) as found:
        yield found


@pytest.fixture(scope="session")
def scriptless(
    driver: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser that runs no script."""
    folder = tmp_path_factory.mktemp("scriptless")
    with _context(driver, folder, java_script_enabled=False) as found:
        yield found


@pytest.fixture
def desktop(context: BrowserContext) -> Iterator[Page]:
    """A fresh page on a desktop; whatever the browser complains about fails the story."""
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert [one for one in complaints if "404" not in one] == []


@pytest.fixture
def phone(small: BrowserContext) -> Iterator[Page]:
    """A fresh page on a phone."""
    page = small.new_page()
    yield page
    page.close()


@pytest.fixture
def plain(scriptless: BrowserContext) -> Iterator[Page]:
    """A fresh page without a script."""
    page = scriptless.new_page()
    yield page
    page.close()
