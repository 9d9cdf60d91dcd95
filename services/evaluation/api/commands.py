"""Everything that may be asked of this service."""

from typing import Final

from services.evaluation.api.consequence_commands import CONSEQUENCE_COMMANDS
from services.evaluation.api.judging_commands import JUDGING_COMMANDS

COMMANDS: Final = (*JUDGING_COMMANDS, *CONSEQUENCE_COMMANDS)
