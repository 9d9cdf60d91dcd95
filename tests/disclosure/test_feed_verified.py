"""The verifier against the service: what is served holds, by all words, by proofs, and as files."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn

from shared.eventstore.log import PostgresLog
from shared.eventstore.postgres import open_pool
from shared.eventstore.signing import Signing, signer_of
from tests.disclosure.test_feed import say
from tests.disclosure.test_feed_events import app_of
from tests.disclosure.test_verifier import HOLDS, PROGRAM, TAMPERED
from tests.disclosure.world import World, world

pytestmark = pytest.mark.real


@asynccontextmanager
async def listening(here: World) -> AsyncIterator[str]:
    """The service on a real socket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(app_of(here), port=port, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server makes it true
        await asyncio.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


async def check(*arguments: str) -> tuple[int, str]:
    """What the program says."""
    command = [sys.executable, "-I", str(PROGRAM), *arguments]
    done = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


async def test_what_is_served_holds_and_a_changed_word_is_found(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        pool = await open_pool(database)
        signing = Signing(
            PostgresLog(pool), signer_of(tmp_path, "disclosure"), origin="abacus/653100/disclosure"
        )
        try:
            await say(here, 5)
            await signing.sign()
            kept = tmp_path / "kept.json"
            kept.write_bytes((await here.client.get("/v1/feed/checkpoint")).content)
            await say(here, 8)
            await signing.sign()
            item = tmp_path / "item.json"
            lines = (await here.client.get("/v1/feed/lines")).text.split("\n")
            item.write_bytes(lines[6].encode())
            key = (await here.get("/v1/feed/key"))["key"]
            async with listening(here) as url:
                given = ("--key", key, "--url", url)
                code, said = await check(*given, "--earlier", str(kept))
                assert (code, "13 words: dense" in said) == (HOLDS, True), said
                quick = await check(*given, "--quick", "--earlier", str(kept), "--item", str(item))
                assert quick[0] == HOLDS, quick[1]
                assert "word 7 is in the log" in quick[1]
                await pool.execute(
                    "ALTER TABLE es.word DISABLE TRIGGER ALL;"
                    "UPDATE es.word SET body = convert_to(replace(convert_from(body, 'UTF8'),"
                    " '项目数', '项目款'), 'UTF8') WHERE (append_id, idx) ="
                    " (SELECT append_id, idx FROM es.said WHERE number = 3)"
                )
                code, said = await check(*given)
                assert code == TAMPERED, said
                assert json.loads(lines[2])["word"]
        finally:
            await pool.close()


async def test_a_key_is_changed_under_the_eyes_of_who_keeps_the_old_one(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        pool = await open_pool(database)
        origin = "abacus/653100/disclosure"
        try:
            await say(here, 3)
            await Signing(
                PostgresLog(pool), signer_of(tmp_path, "disclosure"), origin=origin
            ).sign()
            old = (await here.get("/v1/feed/key"))["key"]
            kept = tmp_path / "kept.json"
            kept.write_bytes((await here.client.get("/v1/feed/checkpoint")).content)
            # The drawn key lies in the folder still, so it signs beside the one that is given.
            following = signer_of(tmp_path, "disclosure", "the key of this year")
            await say(here, 2)
            await Signing(PostgresLog(pool), following, origin=origin).sign()
            new = (await here.get("/v1/feed/key"))["key"]
            assert new == following.verifier.text != old
            async with listening(here) as url:
                code, said = await check("--key", old, "--url", url, "--earlier", str(kept))
                assert (code, f"keep this key, too: {new}" in said) == (HOLDS, True), said
            (tmp_path / "checkpoint-disclosure.key").unlink()
            following = signer_of(tmp_path, "disclosure", "the key of this year")
            await say(here, 1)
            await Signing(PostgresLog(pool), following, origin=origin).sign()
            async with listening(here) as url:
                assert (await check("--key", new, "--url", url))[0] == HOLDS
                assert (await check("--key", old, "--url", url))[0] == TAMPERED
        finally:
            await pool.close()
