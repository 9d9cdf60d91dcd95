"""The rules that a look at the syntax can hold. Each answers with what is wrong, or nothing."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.architecture.house import Source, dotted, functions

FILE_LINES_MAX: Final = 300
STORY_LINES_MAX: Final = 400  # a book of stories is read one story at a time
FUNCTION_LINES_MAX: Final = 50
ENDPOINT_STATEMENTS_MAX: Final = 6

IMPURE_MODULES: Final = frozenset(
    {"asyncio", "io", "os", "pathlib", "random", "secrets", "socket", "subprocess", "time"}
)
IMPURE_CALLS: Final = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "uuid1", "uuid4", "uuid7",
     "uuid.uuid1", "uuid.uuid4", "uuid.uuid7", "open", "print", "input", "float"}
)  # fmt: skip
ROOMLESS_NAMES: Final = frozenset(
    {"util", "utils", "helper", "helpers", "common", "misc", "service", "manager", "models",
     "repository", "base"}
)  # fmt: skip
OUTSIDE_THE_DESIGN: Final = frozenset({"BaseHTTPMiddleware", "BackgroundTasks"})
UNFINISHED: Final = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|#.*\bfor now\b", re.IGNORECASE)
WITHOUT_A_ZONE: Final = frozenset(
    {"services/monitoring/api/bank/reading.py", "shared/documents/cells.py",
     "shared/domain/workdays.py"}
)  # fmt: skip
"""Where the legal day is made, and where a moment is read that names no zone."""
GENERATED: Final = re.compile(r"^services/[a-z]+/migrations/versions/")
OWN_WORDS: Final = "tests/architecture/"


def impure_domain(source: Source) -> Iterator[str]:
    """A domain reads no clock, no chance and no surroundings, and counts without floats."""
    if not re.match(r"^(services/[a-z]+|shared)/domain/", source.path):
        return
    for node in ast.walk(source.tree):
        line = f"{source.path}:{getattr(node, 'lineno', 0)}"
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            if name.partition(".")[0] in IMPURE_MODULES:
                yield f"{line} imports {name}"
        if isinstance(node, ast.Call) and dotted(node.func) in IMPURE_CALLS:
            yield f"{line} calls {dotted(node.func)}"
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{line} has the float {node.value}"


def too_long(source: Source) -> Iterator[str]:
    """A room has a ceiling."""
    if GENERATED.match(source.path):
        return
    lines = len(source.text.splitlines())
    if lines > (STORY_LINES_MAX if source.path.startswith("tests/") else FILE_LINES_MAX):
        yield f"{source.path} has {lines} lines"
    for function in functions(source.tree):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > FUNCTION_LINES_MAX:
            yield f"{source.path}:{function.lineno} {function.name} has {length} lines"


def roomless(source: Source) -> Iterator[str]:
    """No room without a purpose: such a room becomes the house."""
    for part in source.path.removesuffix(".py").split("/"):
        if part in ROOMLESS_NAMES:
            yield f"{source.path} is called {part}"


def days_of_another_clock(source: Source) -> Iterator[str]:
    """The day of a moment is that of the legal calendar (`business_date`), not that of UTC."""
    if not source.path.startswith(("services/", "shared/")) or source.path in WITHOUT_A_ZONE:
        return
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "date"
            and not node.args
        ):
            yield f"{source.path}:{node.lineno} takes the day of a moment by itself"


def unfinished(source: Source) -> Iterator[str]:
    """Nothing is promised for later in code."""
    if source.path.startswith(OWN_WORDS):
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield f"{source.path}:{number} {line.strip()}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "NotImplementedError":
            yield f"{source.path}:{node.lineno} NotImplementedError"


def commits_while_lending(source: Source) -> Iterator[str]:
    """What is lent by `yield` must not be committed in the same function: it may never return."""
    if source.path.startswith("tests/"):
        return
    for function in functions(source.tree):
        inside = list(ast.walk(function))
        lends = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in inside)
        commits = any(
            isinstance(node, ast.Call) and dotted(node.func).endswith(".commit") for node in inside
        )
        if lends and commits:
            yield f"{source.path}:{function.lineno} {function.name}"


def outside_the_design(source: Source) -> Iterator[str]:
    """Middleware that breaks cancellation, and work that dies with its process."""
    if source.path.startswith(OWN_WORDS):
        return
    for node in ast.walk(source.tree):
        name = dotted(node).rpartition(".")[2]
        if isinstance(node, ast.Name | ast.Attribute) and name in OUTSIDE_THE_DESIGN:
            yield f"{source.path}:{node.lineno} {name}"


def mocked(source: Source) -> Iterator[str]:
    """A test tells a story; it neither patches what it tests nor leaves a chapter out."""
    if not source.path.startswith("tests/") or source.path.startswith(OWN_WORDS):
        return
    for node in ast.walk(source.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [dotted(node)]
        for name in names:
            if re.search(
                r"unittest\.mock|pytest_mock|mark\.(skip|skipif|xfail)|pytest\.skip", name
            ):
                yield f"{source.path}:{getattr(node, 'lineno', 0)} {name}"


def thick_endpoints(source: Source) -> Iterator[str]:
    """An endpoint parses, commands and answers; it decides nothing."""
    if not re.match(r"^services/[a-z]+/api/commands", source.path):
        return
    for function in source.tree.body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        if len(function.body) > ENDPOINT_STATEMENTS_MAX:
            yield f"{source.path}:{function.lineno} {function.name} is long"
        for node in ast.walk(function):
            if isinstance(node, ast.If | ast.For | ast.While | ast.Try):
                yield f"{source.path}:{node.lineno} {function.name} decides"


RULES: Final = (
    impure_domain,
    too_long,
    roomless,
    days_of_another_clock,
    unfinished,
    commits_while_lending,
    outside_the_design,
    mocked,
    thick_endpoints,
)
