"""Every member of the workspace declares what it imports, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SERVICES

MEMBERS = ("shared", *(f"services/{name}" for name in SERVICES))


def undeclared(member: Path) -> str:
    """What deptry finds wrong with a member; empty when nothing is."""
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("deptry")),
            str(member),
            "--config",
            str(member / "pyproject.toml"),
            "--no-ansi",
        ],
        cwd=member,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stderr


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_declares_exactly_what_it_imports(member: str) -> None:
    assert undeclared(ROOT / member) == ""


def test_a_planted_import_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "shared"
    shutil.copytree(ROOT / "shared", copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "planted.py").write_text("import yaml\n")
    assert "yaml" in undeclared(copy)
