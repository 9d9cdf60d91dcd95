"""Garbage is collected rarely: nothing else stops a process for as long."""

import gc
from typing import Final

THRESHOLDS: Final = (50_000, 20, 50)


def collect_rarely() -> None:
    """Forget about what was made at start, which stays; look at the rest once in a while."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
