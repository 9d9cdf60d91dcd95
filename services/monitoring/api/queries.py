"""Every question this service answers, in the caller's scope."""

from typing import Final

from services.monitoring.api.letter_queries import router as letters
from services.monitoring.api.money_queries import router as money
from services.monitoring.api.warning_cure_queries import router as cures
from services.monitoring.api.warning_queries import router as warnings
from services.monitoring.api.watching_queries import router as watching

QUERIES: Final = (money, watching, warnings, letters, cures)
