"""Puts a mistake into a loaded module, or into one that is about to be loaded. Never on disk."""

import gc
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from types import CodeType, FunctionType, ModuleType

from tests.mutation.plan import ROOT

type Loaded = Mapping[tuple[str, int], Sequence[FunctionType]]
"""Name and line of its code → the functions of a module that have it."""


class CannotBePlanted(Exception):
    """The mistake changes more than the code of one function: the module must be loaded with it."""


def loaded(paths: Sequence[str]) -> Mapping[str, Loaded]:
    """The functions of modules, as they are in this process; decorated ones are among them."""
    files = {str(ROOT / path): path for path in paths}
    found: dict[str, dict[tuple[str, int], list[FunctionType]]] = {
        path: defaultdict(list) for path in paths
    }
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename in files:
            code = thing.__code__
            found[files[code.co_filename]][code.co_qualname, code.co_firstlineno].append(thing)
    return found


def plant(path: str, before: str, after: str, functions: Loaded) -> None:
    """Give the function that differs the code with the mistake."""
    old, new = (list(_functions(compiled(text, path))) for text in (before, after))
    if len(old) != len(new):
        raise CannotBePlanted(path)
    for was, becomes in zip(old, new, strict=True):
        if was == becomes:
            continue
        targets = functions.get((was.co_qualname, was.co_firstlineno), ())
        if not targets or was.co_freevars != becomes.co_freevars:
            raise CannotBePlanted(path)
        for function in targets:
            function.__code__ = becomes
        return
    raise CannotBePlanted(path)


def compiled(text: str, path: str) -> CodeType:
    """The code of a module; what the compiler warns about is the mistake itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(text, str(ROOT / path), "exec", dont_inherit=True)


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The functions and methods, in their order; what is inside a function belongs to it."""
    for inner in code.co_consts:
        if not isinstance(inner, CodeType):
            continue
        if inner.co_flags & 0x2 and not inner.co_name.startswith("<"):  # it is a function
            yield inner
        elif not inner.co_flags & 0x2 or inner.co_name.startswith("<generic parameters"):
            yield from _functions(inner)


class Planted(MetaPathFinder, InspectLoader):
    """Loads one module from another text."""

    def __init__(self, path: str, text: str) -> None:
        """Take its place before anybody has asked for it."""
        self._name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._path = path
        self._text = text
        assert self._name not in sys.modules, f"{self._name} is loaded already"
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The one module; all others are found as ever."""
        del path, target
        if fullname != self._name:
            return None
        place = ROOT / self._path
        within = [str(place.parent)] if place.name == "__init__.py" else None
        return spec_from_file_location(
            fullname, place, loader=self, submodule_search_locations=within
        )

    def get_code(self, fullname: str) -> CodeType:
        """With the mistake."""
        del fullname
        return compiled(self._text, self._path)

    def get_source(self, fullname: str) -> str:
        """The text with the mistake."""
        del fullname
        return self._text
