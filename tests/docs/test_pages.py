"""What the pages claim is so: links lead somewhere, commands exist, lengths are kept."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "deploy/**/*.md", "services/*/README.md", "shared/*.md")
    for path in ROOT.glob(pattern)
)
README_LINES_MAX = 120


def verbs() -> set[str]:
    """Every verb that `make help` lists."""
    done = subprocess.run(
        ["make", "help"],  # noqa: S607 - whichever make the machine has
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(re.findall(r"^  make ([a-z-]+)", done.stdout, re.MULTILINE))


def broken_links(page: Path, text: str) -> list[str]:
    """Relative links of a page that lead nowhere."""
    targets = re.findall(
        r"\[[^\]]*\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    )
    local = [target.partition("#")[0] for target in targets if "://" not in target]
    return [target for target in local if target and not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


def test_a_planted_dead_link_is_found() -> None:
    assert broken_links(ROOT / "README.md", "[gone](docs/gone.md) [here](LICENSE)") == [
        "docs/gone.md"
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_on_pages_exist(page: Path) -> None:
    mentioned = re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(mentioned) <= verbs()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_is_short_and_names_the_two_commands(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= README_LINES_MAX
    assert "make demo" in text
    assert "make test" in text


def test_the_two_readmes_say_the_same() -> None:
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    )
    for mark in (r"^## ", r"^\| ", r"^- "):
        assert len(re.findall(mark, english, re.MULTILINE)) == len(
            re.findall(mark, chinese, re.MULTILINE)
        ), mark
    assert set(re.findall(r"make [a-z]+", chinese)) <= set(re.findall(r"make [a-z]+", english))


def test_every_decision_is_listed_and_has_its_four_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "index.md").read_text(encoding="utf-8")
    records = sorted(folder.glob("0*.md"))
    assert [path.name[:4] for path in records] == [f"{n:04d}" for n in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert f"]({path.name})" in index
        parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences", "Alternatives"], path.name
