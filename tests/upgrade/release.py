"""The release before this one: which it is, and its files in a folder of their own."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from deploy.local.layout import ROOT

PREVIOUS: Final = ROOT / "deploy" / "previous-release"


def previous() -> str:
    """The commit of the release from which installations come."""
    return PREVIOUS.read_text(encoding="utf-8").strip()


def commit_of(ref: str) -> str | None:
    """The full name of a commit; nothing where this clone does not hold it."""
    done = _git("rev-parse", "--quiet", "--verify", f"{ref}^{{commit}}")
    return done.stdout.decode().strip() if done.returncode == 0 else None


def git_folder() -> Path:
    """Where this clone has its commits, for who asks from elsewhere."""
    return Path(_git("rev-parse", "--absolute-git-dir").stdout.decode().strip())


@contextmanager
def laid_out(commit: str) -> Iterator[Path]:
    """The tree of a commit, gone afterwards."""
    archive = _git("archive", "--format=tar", commit)
    assert archive.returncode == 0, archive.stderr.decode()
    with tempfile.TemporaryDirectory(prefix="abacus-release-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["git", *arguments],  # noqa: S607 - whichever git the machine has
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
