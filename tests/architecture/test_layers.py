"""The seven walls of the house stand, and each of them is shown to hold."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml over the packages of a folder."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_wall_stands() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


PLANTED = [
    ("services/targets/settings.py", "import services.monitoring.domain", "never import each"),
    ("services/targets/domain/planted.py", "import pydantic", "Domain is pure"),
    ("services/targets/warehouse/__init__.py", "", "Rooms of a service point inwards"),
    ("services/targets/domain/planted.py", "import services.targets.api", "Rooms of a service"),
    ("services/targets/api/planted.py", "import sqlalchemy", "Only the kernel touches"),
    ("services/targets/api/planted.py", "import shared.contracts.targets", "published language"),
    ("shared/planted.py", "", "The kernel is layered"),
    ("shared/domain/planted.py", "import shared.http", "The kernel is layered"),
    ("shared/tables.py", "import services.targets.domain", "The kernel knows no service"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and the contracts, to be damaged."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("services", "shared"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(("path", "line", "wall"), PLANTED)
def test_a_planted_hole_is_found(copy: Path, path: str, line: str, wall: str) -> None:
    file = copy / path
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{before or ''}\n{line}\n")
    done = lint_imports(copy)
    if before is None:
        file.unlink()
    else:
        file.write_text(before)
    if not any(file.parent.iterdir()):
        file.parent.rmdir()
    broken = done.stdout.partition("Broken contracts")[2]
    assert done.returncode != 0
    assert wall in broken
