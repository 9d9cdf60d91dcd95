"""Which lines of the mutated modules a test reaches, and which functions run while they load."""

import sys
from collections.abc import Iterable
from types import CodeType
from typing import Final

from tests.mutation.plan import ROOT
from tests.mutation.planting import Loaded

_TOOL: Final = sys.monitoring.COVERAGE_ID
_EVENTS: Final = sys.monitoring.events


class Reaching:
    """Notes what runs, in this process and in those forked from it."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Begin with the functions that run while modules are loaded."""
        self._files = {str(ROOT / path): path for path in paths}
        self.at_loading: set[tuple[str, str, int]] = set()
        self.lines: set[tuple[str, int]] = set()
        sys.monitoring.use_tool_id(_TOOL, "mutation")
        sys.monitoring.register_callback(_TOOL, _EVENTS.PY_START, self._started)
        sys.monitoring.set_events(_TOOL, _EVENTS.PY_START)

    def loaded(self, functions: Iterable[Loaded]) -> None:
        """Everything is loaded: from now on the lines of these functions are noted."""
        sys.monitoring.set_events(_TOOL, _EVENTS.NO_EVENTS)
        sys.monitoring.register_callback(_TOOL, _EVENTS.LINE, self._line)
        for those in functions:
            for found in those.values():
                for function in found:
                    self._watch(function.__code__)

    def anew(self) -> None:
        """Nothing was reached yet: what the next test reaches is noted from its first line on."""
        self.lines.clear()
        sys.monitoring.restart_events()

    def _watch(self, code: CodeType) -> None:
        sys.monitoring.set_local_events(_TOOL, code, _EVENTS.LINE)
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                self._watch(inner)

    def _started(self, code: CodeType, offset: int) -> object:
        del offset
        if path := self._files.get(code.co_filename):
            self.at_loading.add((path, code.co_qualname, code.co_firstlineno))
        return sys.monitoring.DISABLE

    def _line(self, code: CodeType, line: int) -> object:
        self.lines.add((self._files[code.co_filename], line))
        return sys.monitoring.DISABLE
