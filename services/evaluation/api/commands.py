"""Everything that may be asked of this service."""

from typing import Final

from services.evaluation.api.consequence_commands import CONSEQUENCE_COMMANDS
from services.evaluation.api.evaluation_commands import EVALUATION_COMMANDS
from services.evaluation.api.examples import EXAMPLES
from services.evaluation.api.judging_commands import JUDGING_COMMANDS
from services.evaluation.api.recheck_commands import RECHECK_COMMANDS
from services.evaluation.api.third_party_commands import THIRD_PARTY_COMMANDS
from shared.http.commands import with_examples

COMMANDS: Final = with_examples(
    (
        *JUDGING_COMMANDS,
        *CONSEQUENCE_COMMANDS,
        *EVALUATION_COMMANDS,
        *THIRD_PARTY_COMMANDS,
        *RECHECK_COMMANDS,
    ),
    EXAMPLES,
)
