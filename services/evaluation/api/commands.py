"""Everything that may be asked of this service."""

from typing import Final

from services.evaluation.api.consequence_commands import CONSEQUENCE_COMMANDS
from services.evaluation.api.cut_commands import CUT_COMMANDS
from services.evaluation.api.duplicate_commands import DUPLICATE_COMMANDS
from services.evaluation.api.examples import EXAMPLES
from services.evaluation.api.judging_commands import JUDGING_COMMANDS
from services.evaluation.api.linkage_commands import LINKAGE_COMMANDS
from services.evaluation.api.recovery_commands import RECOVERY_COMMANDS
from shared.http.commands import with_examples

COMMANDS: Final = with_examples(
    (
        *JUDGING_COMMANDS,
        *CONSEQUENCE_COMMANDS,
        *LINKAGE_COMMANDS,
        *RECOVERY_COMMANDS,
        *CUT_COMMANDS,
        *DUPLICATE_COMMANDS,
    ),
    EXAMPLES,
)
