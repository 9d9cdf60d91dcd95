"""Files go to one process whole, and so does everything that starts the system."""

import pytest

from tests.together import INSTALLATION, scope_of


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/targets/test_lint.py::test_a[x::y]", "tests/targets/test_lint.py"),
        ("tests/targets/test_lint.py::TestB::test_c", "tests/targets/test_lint.py"),
        ("tests/deploy/test_state.py::test_a", "tests/deploy/test_state.py"),
        ("tests/deploy/test_local.py::test_a", INSTALLATION),
        ("tests/system/test_year.py::test_a", INSTALLATION),
    ],
)
def test_whoever_needs_the_whole_system_waits_for_whoever_has_it(nodeid: str, scope: str) -> None:
    assert scope_of(nodeid) == scope
