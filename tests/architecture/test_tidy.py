"""Style is a test: a rule that nobody holds is a wish. Every rule is shown to be able to fail."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.architecture import tidy
from tests.architecture.house import Source, sources

type Rule = Callable[[Source], Iterator[str]]


@pytest.mark.parametrize("rule", tidy.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    found = [wrong for source in sources() for wrong in rule(source)]
    assert not found, "\n".join(found)


PLANTED = [
    (tidy.impure_domain, "services/x/domain/y.py", "from datetime import datetime\ndatetime.now()"),
    (tidy.impure_domain, "services/x/domain/y.py", "import random"),
    (tidy.impure_domain, "shared/domain/y.py", "RATE = 0.2"),
    (tidy.too_long, "shared/y.py", "x = 1\n" * 301),
    (tidy.too_long, "shared/y.py", "def f():\n" + "    x = 1\n" * 50),
    (tidy.roomless, "services/x/utils.py", ""),
    (tidy.roomless, "shared/helpers/y.py", ""),
    (tidy.days_of_another_clock, "services/x/projections/y.py", "day = heard.effective_at.date()"),
    (tidy.unfinished, "shared/y.py", "x = 1  # TODO: later"),
    (tidy.unfinished, "shared/y.py", "raise NotImplementedError"),
    (tidy.commits_while_lending, "shared/y.py", "def f(s):\n    yield s\n    s.commit()"),
    (tidy.outside_the_design, "shared/y.py", "class M(BaseHTTPMiddleware): ..."),
    (tidy.outside_the_design, "shared/y.py", "def f(t: fastapi.BackgroundTasks): ..."),
    (tidy.mocked, "tests/x/test_y.py", "from unittest.mock import patch"),
    (tidy.mocked, "tests/x/test_y.py", "@pytest.mark.skip\ndef test_y(): ..."),
    (tidy.thick_endpoints, "services/x/api/commands.py", "def f(a):\n    if a: return 1"),
    (tidy.thick_endpoints, "services/x/api/commands.py", "def f():\n" + "    x = 1\n" * 7),
]


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED)
def test_a_planted_violation_is_found(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text)))


def test_no_file_is_dead() -> None:
    everything = sources()
    found = dead_modules(everything)
    assert not found, "\n".join(found)


def test_a_planted_dead_file_is_found() -> None:
    orphan = Source("shared/orphan.py", "x = 1")
    assert "shared/orphan.py" in dead_modules((*sources(), orphan))


def dead_modules(everything: tuple[Source, ...]) -> list[str]:
    """Files of the house that no other file imports and nobody runs."""
    wanted = {name for source in everything for name in _imported(source)}
    return [source.path for source in everything if not _alive(source, wanted)]


def _alive(source: Source, wanted: set[str]) -> bool:
    if not source.path.startswith(("shared/", "services/")):
        return True
    if source.path.endswith(("__init__.py", "__main__.py")) or "/migrations/" in source.path:
        return True
    return source.module in wanted or '__name__ == "__main__"' in source.text


def _imported(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # A module may be named by a text: an application for uvicorn, a package to import.
            yield node.value.partition(":")[0]
