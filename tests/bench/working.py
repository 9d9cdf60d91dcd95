"""The worker of a service as a process: `python -m tests.bench.working jars`, or `banks`."""

import sys

import uvloop

from shared.worker import work
from tests.bench.cast import banks, jars

if __name__ == "__main__":
    uvloop.run(work({"jars": jars, "banks": banks}[sys.argv[1]]))
