"""Everything that may be asked of this service."""

from typing import Final

from services.evaluation.api.case_commands import CASE_COMMANDS
from services.evaluation.api.cut_commands import CUT_COMMANDS
from services.evaluation.api.duplicate_commands import DUPLICATE_COMMANDS
from services.evaluation.api.effectiveness_commands import EFFECTIVENESS_COMMANDS
from services.evaluation.api.evaluation_commands import EVALUATION_COMMANDS
from services.evaluation.api.examples import EXAMPLES
from services.evaluation.api.judging_commands import JUDGING_COMMANDS
from services.evaluation.api.key_project_commands import KEY_PROJECT_COMMANDS
from services.evaluation.api.linkage_commands import LINKAGE_COMMANDS
from services.evaluation.api.recheck_commands import RECHECK_COMMANDS
from services.evaluation.api.recovery_commands import RECOVERY_COMMANDS
from services.evaluation.api.scoring_commands import SCORING_COMMANDS
from services.evaluation.api.self_evaluation_commands import SELF_EVALUATION_COMMANDS
from services.evaluation.api.standing_commands import STANDING_COMMANDS
from services.evaluation.api.third_party_commands import THIRD_PARTY_COMMANDS
from shared.http.commands import with_examples

COMMANDS: Final = (
    *with_examples(
        (
            *SELF_EVALUATION_COMMANDS,
            *JUDGING_COMMANDS,
            *EVALUATION_COMMANDS,
            *KEY_PROJECT_COMMANDS,
            *THIRD_PARTY_COMMANDS,
            *RECHECK_COMMANDS,
            *STANDING_COMMANDS,
            *LINKAGE_COMMANDS,
            *RECOVERY_COMMANDS,
            *CUT_COMMANDS,
            *DUPLICATE_COMMANDS,
            *CASE_COMMANDS,
            *EFFECTIVENESS_COMMANDS,
        ),
        EXAMPLES,
    ),
    *SCORING_COMMANDS,
)
