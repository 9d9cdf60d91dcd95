"""Which fields of public words a file reads: those of names that are bound to a word.

A name is bound by an annotation (also of a union, a type alias or a sequence), by a pattern
(`case targets.TargetApproved() as word`), or by a loop over a field that holds parts of a word.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from pydantic import BaseModel

from shared.contracts.classification import Classification, classes_of, parts_of
from tests.architecture.house import Source

WHOLE: Final = frozenset({"model_dump", "model_dump_json", "__dict__", "dict", "json"})
COPIES: Final = frozenset({"vars", "dict", "getattr", "asdict"})

type Models = frozenset[type[BaseModel]]


def leaks(source: Source) -> list[str]:
    """Reads of fields that are not public, and copies of whole words."""
    reader = _Reader(source, _names(source))
    return [f"{source.path}:{line} reads {what}" for line, what in reader.found()]


def _names(source: Source) -> dict[str, Any]:
    """What the imports of a file bind that tells of contracts."""
    found: dict[str, Any] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shared.contracts"):
            module = import_module(node.module or "")
            for one in node.names:
                bound = getattr(module, one.name, None)
                if bound is None:
                    bound = import_module(f"{node.module}.{one.name}")
                found[one.asname or one.name] = bound
    return found


@dataclass(slots=True)
class _Reader:
    source: Source
    names: Mapping[str, Any]
    aliases: dict[str, Models] = field(default_factory=dict)

    def found(self) -> Iterator[tuple[int, str]]:
        """Every read that should not be, once."""
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.TypeAlias):
                self.aliases[node.name.id] = self._models(node.value)
        seen: set[tuple[int, str]] = set()
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                seen |= set(self._in_function(node))
        yield from sorted(seen)

    def _models(self, node: ast.AST | None) -> Models:
        """The models an expression of types names."""
        found: set[type[BaseModel]] = set()
        for part in ast.walk(node) if node is not None else ():
            if isinstance(part, ast.Name) and part.id in self.aliases:
                found |= self.aliases[part.id]
            bound = self._bound(part)
            if isinstance(bound, type) and issubclass(bound, BaseModel):
                found.add(bound)
        return frozenset(found)

    def _bound(self, node: ast.AST) -> Any:  # noqa: ANN401 - a module, a class or nothing
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute):
            return getattr(self._bound(node.value), node.attr, None)
        return None

    def _in_function(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    ) -> Iterator[tuple[int, str]]:
        bound: dict[str, Models] = {}
        for one in (*function.args.args, *function.args.kwonlyargs, *function.args.posonlyargs):
            bound[one.arg] = self._models(one.annotation)
        cases = [node for node in ast.walk(function) if isinstance(node, ast.match_case)]
        of_cases = {inner for case in cases for inner in ast.walk(case)}
        yield from self._in_scope(
            [node for node in ast.walk(function) if node not in of_cases], bound
        )
        for case in cases:
            yield from self._in_scope(list(ast.walk(case)), bound)

    def _in_scope(
        self, body: list[ast.AST], outside: Mapping[str, Models]
    ) -> Iterator[tuple[int, str]]:
        """A name that each case binds anew is another word in each."""
        bound = dict(outside)
        for node in body:
            if isinstance(node, ast.MatchAs) and node.name and node.pattern is not None:
                self._add(bound, node.name, self._matched(node.pattern))
            if isinstance(node, ast.MatchClass):
                yield from self._patterns(node)
        for _ in range(2):  # a loop over a part may stand before the loop that binds it
            for node in body:
                if isinstance(node, ast.comprehension | ast.For) and isinstance(
                    node.target, ast.Name
                ):
                    self._add(bound, node.target.id, self._inside(node.iter, bound))
        for node in body:
            yield from self._reads(node, bound)

    def _add(self, bound: dict[str, Models], name: str, models: Models) -> None:
        bound[name] = bound.get(name, frozenset()) | models

    def _matched(self, pattern: ast.pattern) -> Models:
        if isinstance(pattern, ast.MatchOr):
            return frozenset().union(*(self._matched(one) for one in pattern.patterns))
        return self._models(pattern.cls) if isinstance(pattern, ast.MatchClass) else frozenset()

    def _patterns(self, node: ast.MatchClass) -> Iterator[tuple[int, str]]:
        for model in self._models(node.cls):
            for name in node.kwd_attrs:
                yield from self._judged(node.lineno, model, name)

    def _inside(self, iterated: ast.AST, bound: Mapping[str, Models]) -> Models:
        """The parts that a loop goes through: of a field, or of an annotated sequence."""
        if isinstance(iterated, ast.Name):
            return bound.get(iterated.id, frozenset())
        if isinstance(iterated, ast.Attribute) and isinstance(iterated.value, ast.Name):
            words = bound.get(iterated.value.id, frozenset())
            return frozenset(
                part
                for word in words
                if iterated.attr in word.model_fields
                for part in _held(word, iterated.attr)
            )
        return frozenset()

    def _reads(self, node: ast.AST, bound: Mapping[str, Models]) -> Iterator[tuple[int, str]]:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            for model in bound.get(node.value.id, ()):
                yield from self._judged(node.lineno, model, node.attr)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            copied = [one.id for one in node.args if isinstance(one, ast.Name)]
            if node.func.id in COPIES and any(bound.get(name) for name in copied):
                yield node.lineno, f"a whole word by {node.func.id}()"

    def _judged(self, line: int, model: type[BaseModel], name: str) -> Iterator[tuple[int, str]]:
        if name in WHOLE:
            yield line, f"the whole of {model.__name__}"
        if classes_of(model).get(name, Classification.PUBLIC) is not Classification.PUBLIC:
            yield line, f"{model.__name__}.{name}"


def _held(word: type[BaseModel], name: str) -> set[type[BaseModel]]:
    """The models that a field holds."""
    return set(parts_of(word.model_fields[name].annotation))
