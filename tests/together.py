"""Which tests one process runs, where several share the work.

A file stays whole: what it sets up is set up once. Whole installations are up one at a time, for
each of them fills a small machine.
"""

from typing import Final

from xdist.scheduler import LoadScopeScheduling

INSTALLATION: Final = "installation"
_INSTALLATIONS: Final = ("tests/system/", "tests/deploy/test_local.py")


class WholeFiles(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out files; those that start the system go to one process, one after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """What a test is run together with."""
    path = nodeid.partition("::")[0]
    return INSTALLATION if path.startswith(_INSTALLATIONS) else path
