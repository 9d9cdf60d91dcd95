"""Which facts a release reads and which it writes, asked of its own code.

A process that meets a fact it cannot read stops or answers 500. What everybody writes already must
therefore be written as the release before can read it, for as long as that one may be there.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from deploy.local.layout import SERVICES

_ASKED: Final = """
import importlib, json, sys
def said(service):
    deciders = importlib.import_module(f"services.{service}.main").service.deciders
    read = {name: one.versions.get(name, 1) for one in deciders for name in one.events}
    older = {name: at for one in deciders for name, at in getattr(one, "written", {}).items()}
    return {name: [version, older.get(name, version)] for name, version in read.items()}
print(json.dumps({service: said(service) for service in sys.argv[1:]}))
"""


class Versions(NamedTuple):
    """The newest version of a fact that is read, and the one that is written."""

    read: int
    written: int


type Facts = Mapping[str, Mapping[str, Versions]]
"""By service and name."""


def facts_of(tree: Path) -> Facts:
    """What the release in this folder knows."""
    done = subprocess.run(
        [sys.executable, "-c", _ASKED, *SERVICES], cwd=tree, capture_output=True, check=True
    )
    told = json.loads(done.stdout)
    return {
        service: {name: Versions(*versions) for name, versions in known.items()}
        for service, known in told.items()
    }


def too_new(before: Facts, now: Facts) -> list[str]:
    """The facts that the release before knows and could not read any more."""
    return [
        f"{service}: {name} is written in version {versions.written}, and the release before "
        f"reads {before[service][name].read} (`Decider.written`)"
        for service, known in now.items()
        for name, versions in known.items()
        if name in before[service] and versions.written > before[service][name].read
    ]


def unknown_before(before: Facts, now: Facts) -> list[str]:
    """The kinds of facts that the release before does not know: nobody asks for them at first."""
    return [
        f"{service} {name}"
        for service, known in now.items()
        for name in known
        if name not in before[service]
    ]
