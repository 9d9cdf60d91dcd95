"""Plays a scenario's year against the system that runs, as a program of its own."""

import os
import subprocess
import sys
from argparse import Namespace

from deploy.local.layout import ROOT, SERVICES, Layout
from deploy.local.state import State


def play(layout: Layout, state: State, arguments: Namespace) -> int:
    """Its exit code: not zero where a figure differs and `--check` was asked."""
    command = [sys.executable, "-m", "deploy.demo", "play"]
    if arguments.check:
        command.append("--check")
    if arguments.scenario is not None:
        command += ["--scenario", str(arguments.scenario.absolute())]
    if arguments.projects is not None:
        command += ["--projects", str(arguments.projects)]
    surroundings = {
        **os.environ,
        "ABACUS_DATA_DIR": str(layout.data),
        **{f"{service.upper()}_URL": state.urls[service] for service in SERVICES},
    }
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode
