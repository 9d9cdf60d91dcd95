"""What others say, and what the clock says, as commands to ourselves."""

from services.monitoring.reactions.deadlines import fall_due, schedule
from services.monitoring.reactions.words import HEARS, react

__all__ = ["HEARS", "fall_due", "react", "schedule"]
