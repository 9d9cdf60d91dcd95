"""A plugin of pytest: it loads the tests once, then tries each mutant in a child of its own.

`python -m pytest -p tests.mutation.trying --task FILE --verdicts FILE <tests>`. First every test
runs once, each file in a child, which tells the lines it reaches and how long it takes; then each
mutant is planted in a child that runs the tests which reach it until one fails: first those that
are quick, and those that found others before. With `ABACUS_MUTANT` set, the one module named there
is loaded with its mistake, and pytest runs as ever.
"""

import gc
import json
import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Final

import pytest
from _pytest.fixtures import SubRequest
from hypothesis import Phase, settings

from shared.testing.servers import Postgres, private_postgres
from tests.mutation.children import allow_processor_time, in_a_child
from tests.mutation.measuring import Measuring
from tests.mutation.mutants import Mutant, Mutants
from tests.mutation.planting import CannotBePlanted, Planted, loaded, plant
from tests.mutation.reaching import Reaching

if _planted := os.environ.get("ABACUS_MUTANT"):
    Planted(_planted, Path(os.environ["ABACUS_MUTANT_TEXT"]).read_text(encoding="utf-8"))

EXAMPLES: Final = 25  # of a property, not its hundred: a score is too low rather than late
LONGER: Final = 10  # times what the test took without a mistake
SECONDS: Final = 5  # and so much more
WAITING: Final = 60  # seconds for a test that waits for something without working
LOADING: Final = 600  # seconds for loading everything anew, before any test runs
MEASURING: Final = 1800  # seconds for the tests of one file without a mistake


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the mutants are told, and where the verdicts go."""
    parser.addoption("--task", type=Path, default=None)
    parser.addoption("--verdicts", type=Path, default=None)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before any `conftest.py` loads what is mutated: what runs then is to be seen, too."""
    asked = early_config.known_args_namespace
    if asked.task:
        told = json.loads(asked.task.read_text(encoding="utf-8"))
        early_config.pluginmanager.register(_Trial(told, asked.verdicts))


def pytest_configure() -> None:
    """Properties try the same examples for every mutant, and do not look for smaller ones."""
    settings.register_profile(
        "mutants",
        settings.get_profile("house"),
        derandomize=True,
        database=None,
        max_examples=EXAMPLES,
        phases=(Phase.explicit, Phase.generate),
    )
    settings.load_profile("mutants")


class _Trial:
    def __init__(self, task: Mapping[str, Sequence[int]], verdicts: Path) -> None:
        self._modules = {path: Mutants(path) for path in task}
        self._asked = [
            self._modules[path].all[n] for path, numbers in task.items() for n in numbers
        ]
        self._reaching = Reaching(task)
        self._verdicts = verdicts
        self._failed = False
        self._costs: dict[str, float] = {}
        self._lasting: dict[str, float] = {}
        self._found: Counter[str] = Counter()
        self._database: Postgres | None = None
        self._by_line: dict[tuple[str, int], set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object], request: SubRequest
    ) -> object | None:
        """One server for all children: whoever asks for the database is given the one that runs."""
        if fixturedef.argname != "postgres" or self._database is None:
            return None
        fixturedef.cached_result = (self._database, fixturedef.cache_key(request), None)
        return self._database

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be loaded")
        with ExitStack() as servers:
            if any("postgres" in getattr(item, "fixturenames", ()) for item in session.items):
                self._database = servers.enter_context(private_postgres())
            self._try_all(session)
        return True

    def _try_all(self, session: pytest.Session) -> None:
        self._functions = loaded(tuple(self._modules))
        self._reaching.loaded(self._functions.values())
        self._items = {item.nodeid: item for item in session.items}
        gc.collect()
        gc.freeze()
        for _, items in groupby(session.items, key=lambda item: item.nodeid.partition("::")[0]):
            self._measure(list(items))
        with self._verdicts.open("w", encoding="utf-8") as told:
            for mutant in self._asked:
                verdict, by = self._tried(mutant)
                line = {"module": mutant.module, "number": mutant.number, "by": by}
                line |= {
                    "verdict": verdict,
                    "limit": LOADING + LONGER * sum(self._lasting.values()),
                }
                line["files"] = self._files(mutant.module) if verdict == "cold" else []
                print(json.dumps(line), file=told, flush=True)

    def _measure(self, items: Sequence[pytest.Item]) -> None:
        """What the tests of one file cost and reach; what they share is made once."""
        measuring = Measuring(self._reaching)

        def measured(item: pytest.Item, following: pytest.Item | None) -> object:
            cost = measuring.cost(item, lambda: self._fails([item], following))
            return self._failed, cost.worked, cost.lasted, sorted(cost.lines)

        def work() -> object:
            items[0].config.pluginmanager.register(measuring)
            return [measured(*two) for two in zip(items, [*items[1:], None], strict=True)]

        answer = in_a_child(work, MEASURING)
        assert isinstance(answer, list), f"{items[0].nodeid} and its file do not end"
        for item, (failed, worked, lasted, lines) in zip(items, answer, strict=True):
            assert not failed, f"{item.nodeid} fails without a mistake"
            self._costs[item.nodeid] = worked
            self._lasting[item.nodeid] = lasted
            for path, line in lines:
                self._by_line[path, line].add(item.nodeid)

    def _tried(self, mutant: Mutant) -> tuple[str, str]:
        if not mutant.hot:
            return "cold", ""
        # Tests may have got things from it while they were loaded: it is loaded anew to be sure.
        alive = "cold" if self._runs_at_loading(mutant) else "survived"
        tests = self._tests(mutant)
        if not tests:
            return ("cold" if alive == "cold" else "unreached"), ""

        def work() -> object:
            module = self._modules[mutant.module]
            try:
                source = module.source(mutant)
                plant(mutant.module, module.text, source, self._functions[mutant.module])
            except CannotBePlanted:
                return "cold"
            except SyntaxError:
                return "found"
            return self._fails([self._items[test] for test in tests]) or alive

        limit = WAITING + LONGER * sum(self._lasting[test] for test in tests)
        answer = in_a_child(work, limit)
        if answer in {"cold", "survived"}:
            return str(answer), ""
        self._found[str(answer)] += answer is not None
        return ("endless", "") if answer is None else ("found", str(answer))

    def _runs_at_loading(self, mutant: Mutant) -> bool:
        return any(
            path == mutant.module and name.replace(".<locals>", "") == mutant.function
            for path, name, _ in self._reaching.at_loading
        )

    def _tests(self, mutant: Mutant) -> list[str]:
        """Who reaches it; first of all who takes little time for what was found so far."""
        lines = range(mutant.first, mutant.last + 1)
        found = set().union(*(self._by_line[mutant.module, line] for line in lines))
        return sorted(found, key=lambda test: (self._lasting[test] / (1 + self._found[test]), test))

    def _files(self, module: str) -> list[str]:
        """All files of tests: first those that reach the module, the quick ones first of all."""
        reaching = {
            test for (path, _), tests in self._by_line.items() if path == module for test in tests
        }
        costs: dict[str, float] = defaultdict(float)
        for test, seconds in self._costs.items():
            costs[test.partition("::")[0]] += seconds
        near = {test.partition("::")[0] for test in reaching}
        return sorted(costs, key=lambda file: (file not in near, costs[file]))

    def _fails(self, items: Sequence[pytest.Item], last: pytest.Item | None = None) -> str:
        """The first that fails before `last`; each has its own limit of processor time."""
        for item, following in zip(items, [*items[1:], last], strict=True):
            allow_processor_time(SECONDS + LONGER * self._costs.get(item.nodeid, WAITING))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return item.nodeid
        return ""
