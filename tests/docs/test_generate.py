"""What is generated is fresh, and a difference is noticed."""

from pathlib import Path

import pytest

from docs import generate


def test_the_reference_is_what_the_code_says_now() -> None:
    found = generate.stale(generate.reference(), generate.REFERENCE)
    assert not found, f"run `make docs`: {found}"


def test_writing_removes_what_should_not_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    wanted = {tmp_path / "a.md": "one", tmp_path / "b" / "c.md": "two"}
    (tmp_path / "old.md").write_text("gone")
    assert generate.write(wanted, tmp_path) == ["a.md", "b/c.md", "old.md"]
    assert generate.stale(wanted, tmp_path) == []
    (tmp_path / "a.md").write_text("edited by hand")
    assert generate.stale(wanted, tmp_path) == ["a.md"]
