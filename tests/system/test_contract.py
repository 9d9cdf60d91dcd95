"""Chains of requests that follow what the documents link: one makes a thing, the next uses it.

A short reading for every submission; `make contract` reads for as long as it is told.
"""

import asyncio
import re
from pathlib import Path

import pytest

from deploy.local.layout import SERVICES
from tests.contract.reading import Asked, read
from tests.system.running import Year

CHAINS = Asked(phases="stateful", seconds=12, seed=1)
CASES_MIN = 20

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("installation")]


async def test_chains_of_requests_get_documented_answers(year: Year, tmp_path: Path) -> None:
    verdicts = await asyncio.gather(*(read(year, name, CHAINS, tmp_path) for name in SERVICES))
    for verdict in verdicts:
        assert verdict.sound, verdict.report
        found = re.search(r"([\d,]+) generated", verdict.report)
        assert found, verdict.report
        assert int(found[1].replace(",", "")) >= CASES_MIN, verdict.summary
