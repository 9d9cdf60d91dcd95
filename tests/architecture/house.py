"""The house as the tests see it: its source files and the manifests of its services."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from shared.manifest import Service

ROOT: Final = Path(__file__).resolve().parents[2]
SERVICES: Final = ("targets", "monitoring", "evaluation", "disclosure")
FOLDERS: Final = ("shared", "services", "deploy", "docs", "tests")


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: where it is and what it says."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text, self.path)

    @property
    def module(self) -> str:
        """The name it is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the project."""
    found = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(
        Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in found
    )


@cache
def manifest(name: str) -> Service:
    """What a service says of itself."""
    found: Service = import_module(f"services.{name}.main").service
    return found


def manifests() -> tuple[Service, ...]:
    """All four."""
    return tuple(manifest(name) for name in SERVICES)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in it, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.AST) -> str:
    """`datetime.now` for the expression that says so; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else node.attr
    return ""
