"""What the entry point of an image makes of the secrets that are mounted."""

import os
import subprocess
from pathlib import Path
from typing import Final

import pytest

from services.disclosure.settings import DisclosureSettings
from tests.architecture.house import ROOT

ENTRYPOINT: Final = ROOT / "deploy" / "image" / "entrypoint.sh"


def surroundings(folder: Path, **files: str) -> dict[str, str]:
    """What a process of disclosure finds around it when these files are named for it."""
    (folder / "bin").mkdir()
    python = folder / "bin" / "python"
    python.write_text('#!/bin/sh\nenv -0 > "$PLACE"\n', encoding="utf-8")
    python.chmod(0o755)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    named = {f"{name}_FILE": str(folder / name) for name in files}
    place = folder / "found"
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    around = {"PATH": path, "PLACE": str(place), "ABACUS_SERVICE": "disclosure", **named}
    subprocess.run(["/bin/sh", ENTRYPOINT, "work"], env=around, check=True)
    lines = place.read_text(encoding="utf-8").split("\0")
    return dict(line.split("=", 1) for line in lines if line)


@pytest.mark.parametrize(("content", "keys"), [("", ()), ("one,two\n", ("one", "two"))])
def test_keys_of_before_come_from_a_file_that_is_empty_while_none_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, keys: tuple[str, ...]
) -> None:
    found = surroundings(
        tmp_path,
        ABACUS_CHECKPOINT_KEY="new",
        ABACUS_CHECKPOINT_KEYS_PREVIOUS=content,
        ABACUS_SEALING_KEYS_PREVIOUS=content,
    )
    assert not [name for name in found if name.endswith("_FILE")]
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    settings = DisclosureSettings()
    assert settings.checkpoint_key == "new"
    assert settings.checkpoint_keys_previous == keys
    assert settings.sealing_keys_previous == keys
