"""The tutorial is played as it is written, on an installation of its own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from deploy.local.layout import SERVICES
from shared.embedded import free_port
from tests.architecture.house import ROOT

PAGE = ROOT / "docs" / "tutorial" / "first-target.md"
CURL = Path(__file__).with_name("curl.py")
SECONDS_MAX = 280


def script(page: Path) -> str:
    """Every shell block of a page, in order; the first command that fails ends it."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join(["set -eu", *blocks])


def stand_in_for_curl(folder: Path) -> Path:
    """A folder with a program of that name: people have curl, a bare machine has not."""
    place = folder / "bin"
    place.mkdir()
    program = place / "curl"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{CURL}" "$@"\n')
    program.chmod(0o755)
    return place


@pytest.mark.real
def test_the_tutorial_works_as_it_is_written() -> None:
    folder = tempfile.mkdtemp(prefix="abacus-")
    surroundings = {**os.environ, "DATA": folder, "PORT": str(free_port(len(SERVICES)))}
    if shutil.which("curl") is None:
        surroundings["PATH"] = f"{stand_in_for_curl(Path(folder))}{os.pathsep}{os.environ['PATH']}"
    try:
        played = subprocess.run(
            ["bash", "-c", script(PAGE)],  # noqa: S607 - whichever bash the machine has
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )
        assert played.returncode == 0, played.stdout[-3000:] + played.stderr[-3000:]
        assert '"status":403' in played.stdout.replace(" ", "")
        assert '"2900000.00"' in played.stdout
    finally:
        subprocess.run(["make", "down"], cwd=ROOT, env=surroundings, check=True)  # noqa: S607
        shutil.rmtree(folder, ignore_errors=True)
