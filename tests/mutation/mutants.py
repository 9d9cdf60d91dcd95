"""Which mistakes can be made in a module: the operators of mutmut, one change at a time.

mutmut says what a mistake looks like; where it is planted is said here, because mutmut itself
leaves out every decorated function and every table of a module, and ours decide by both. Left
alone is what another gate holds or nobody can see: what the types forbid (`assert_never`), a
`case _: return` at the end of a function and `case _: pass` anywhere, annotations, decorators,
imports and what a module says that it exports (`ruff`, rules F401 and F822), docstrings, fields of
classes and values of enumerations (golden lines of `tests/evolution`, contracts), and prose: a text
with a blank or a Chinese character is written for people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Final

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

from tests.mutation.plan import ROOT

_LEFT_ALONE: Final = (
    cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.TypeAlias, cst.TypeParameters,
)  # fmt: skip
_TYPING_CALLS: Final = frozenset(
    {"len", "isinstance", "cast", "assert_never", "NewType", "TypeVar"}
)
_ENUMERATIONS: Final = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_EXPORTS: Final = m.Assign(targets=[m.AssignTarget(m.Name("__all__"))])
_PROSE: Final = re.compile(r"[\s\u3000-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One mistake: `number` is its place in the module, the lines are those of the original.

    `hot`: it is inside the body of a function, so that it can be planted in a loaded module.
    """

    module: str
    number: int
    function: str
    first: int
    last: int
    hot: bool


class Mutants:
    """Every mistake of one module."""

    def __init__(self, path: str, root: Path = ROOT) -> None:
        """Read and parse it."""
        self.path = path
        self.text = (root / path).read_text(encoding="utf-8")
        finder = _Finder(path)
        wrapper = MetadataWrapper(cst.parse_module(self.text), unsafe_skip_copy=True)
        wrapper.visit(finder)
        self._module = wrapper.module
        self._changes = finder.changes
        self.all = tuple(finder.found)

    def source(self, mutant: Mutant) -> str:
        """The whole module with this one mistake."""
        node, mistaken = self._changes[mutant.number]
        changed = self._module.deep_replace(node, mistaken)
        assert isinstance(changed, cst.Module)
        return changed.code

    def change(self, mutant: Mutant) -> tuple[str, str]:
        """The lines that it changes, before and after, each as one line."""
        before, after = self.text.splitlines(), self.source(mutant).splitlines()
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        return _one_line(before[head : len(before) - tail]), _one_line(
            after[head : len(after) - tail]
        )


def _common(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _one_line(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


class _Finder(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.found: list[Mutant] = []
        self.changes: list[tuple[cst.CSTNode, cst.CSTNode]] = []
        self._path = path
        self._names: list[str] = []
        self._within: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _left_alone(node):
            return False
        self._within.append(node)
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.append(node.name.value)
        if not self._in_a_class():
            for change in _mistakes(node):
                if not (self._ends_a_function(node) and _ends_anyway(node, change)):
                    self._add(node, change)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if self._within and self._within[-1] is original_node:
            self._within.pop()
            if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
                self._names.pop()

    def _add(self, node: cst.CSTNode, change: cst.CSTNode) -> None:
        statement = next(
            (one for one in reversed(self._within) if isinstance(one, cst.SimpleStatementLine)),
            node,
        )
        span = self.get_metadata(PositionProvider, statement)
        self.found.append(
            Mutant(
                module=self._path,
                number=len(self.found),
                function=".".join(self._names),
                first=span.start.line,
                last=span.end.line,
                hot=self._in_a_body(),
            )
        )
        self.changes.append((node, change))

    def _in_a_class(self) -> bool:
        """In its body, or its own name and bases; what is inside a method is not."""
        kinds = (cst.FunctionDef, cst.ClassDef)
        return isinstance(
            next((n for n in reversed(self._within) if isinstance(n, kinds)), None), cst.ClassDef
        )

    def _ends_a_function(self, node: cst.CSTNode) -> bool:
        """Whether it is the last statement of a function: nothing comes after it."""
        if len(self._within) < 3:
            return False
        function, block = self._within[-3:-1]
        return (
            isinstance(function, cst.FunctionDef)
            and isinstance(block, cst.IndentedBlock)
            and block.body[-1] is node
        )

    def _in_a_body(self) -> bool:
        """A default is made once, when the function is; so is everything outside functions."""
        for outer, inner in pairwise(self._within):
            if isinstance(outer, cst.FunctionDef):
                return not isinstance(inner, cst.Parameters)
        return False


def _left_alone(node: cst.CSTNode) -> bool:
    if isinstance(node, _LEFT_ALONE) or m.matches(node, _EXPORTS):
        return True
    if isinstance(node, cst.Expr):
        return isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)
    if isinstance(node, cst.Call):
        return isinstance(node.func, cst.Name) and node.func.value in _TYPING_CALLS
    if isinstance(node, cst.ClassDef):
        names = (base.value for base in node.bases)
        return any(isinstance(name, cst.Name) and name.value in _ENUMERATIONS for name in names)
    if isinstance(node, cst.Assign | cst.AnnAssign):
        return node.value is not None and _prose(node.value)
    return isinstance(node, cst.BaseString) and _prose(node)


def _mistakes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if not isinstance(node, kind):
            continue
        for number, change in enumerate(operator(node)):
            if operator is operator_string and number:
                break  # the same text in other letters is the same question
            if isinstance(node, cst.Call) and _only_prose(node, change):
                continue
            if isinstance(node, cst.Match) and _never_comes(node, change):
                continue
            yield change


def _never_comes(before: cst.Match, after: cst.CSTNode) -> bool:
    """Whether the dropped case never comes, as the types say, or is `case _: pass`."""
    never = m.Call(func=m.Name("assert_never"))
    nothing = m.IndentedBlock(body=[m.SimpleStatementLine(body=[m.Pass()])])
    return all(
        m.findall(case.body, never) or (_takes_anything(case) and m.matches(case.body, nothing))
        for case in _lost(before, after)
    )


def _ends_anyway(before: cst.CSTNode, after: cst.CSTNode) -> bool:
    """Whether only `case _: return` was dropped: a function without it ends there as well."""
    ends = m.IndentedBlock(
        body=[m.SimpleStatementLine(body=[m.Return(value=None) | m.Return(m.Name("None"))])]
    )
    return isinstance(before, cst.Match) and all(
        _takes_anything(case) and m.matches(case.body, ends) for case in _lost(before, after)
    )


def _takes_anything(case: cst.MatchCase) -> bool:
    """Whether it is `case _`."""
    of = case.pattern
    return (
        isinstance(of, cst.MatchAs)
        and of.pattern is None
        and of.name is None
        and case.guard is None
    )


def _lost(before: cst.Match, after: cst.CSTNode) -> list[cst.MatchCase]:
    """The case that was dropped."""
    assert isinstance(after, cst.Match)
    kept = {id(case) for case in after.cases}
    return [case for case in before.cases if id(case) not in kept]


def _only_prose(before: cst.Call, after: cst.CSTNode) -> bool:
    """Whether a call lost nothing but a text for people."""
    assert isinstance(after, cst.Call)
    kept = {id(argument) for argument in after.args}
    lost = [argument for argument in before.args if id(argument) not in kept]
    return bool(lost) and all(_prose(argument.value) for argument in lost)


def _prose(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.SimpleString):
        return bool(_PROSE.search(node.value))
    if isinstance(node, cst.ConcatenatedString):
        return _prose(node.left) or _prose(node.right)
    if isinstance(node, cst.FormattedString):
        texts = (part.value for part in node.parts if isinstance(part, cst.FormattedStringText))
        return any(_PROSE.search(text) for text in texts)
    return False
