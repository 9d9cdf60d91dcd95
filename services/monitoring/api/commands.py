"""Everything that may be asked of this service, by what it is about."""

from typing import Final

from services.monitoring.api.money_commands import MONEY_COMMANDS
from services.monitoring.api.warning_commands import WARNING_COMMANDS
from services.monitoring.api.watching_commands import WATCHING_COMMANDS

COMMANDS: Final = (*MONEY_COMMANDS, *WATCHING_COMMANDS, *WARNING_COMMANDS)
