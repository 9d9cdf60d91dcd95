"""Everything that may be asked of this service, in the order of a budget's life."""

from typing import Final

from services.targets.api.adjustment_commands import ADJUSTMENT_COMMANDS
from services.targets.api.budget_request_commands import BUDGET_REQUEST_COMMANDS
from services.targets.api.duty_commands import DUTY_COMMANDS
from services.targets.api.ex_ante_commands import EX_ANTE_COMMANDS
from services.targets.api.examples import EXAMPLES
from services.targets.api.joint_review_commands import JOINT_REVIEW_COMMANDS
from services.targets.api.library_commands import LIBRARY_COMMANDS
from services.targets.api.place_commands import PLACE_COMMANDS
from services.targets.api.register_commands import REGISTER_COMMANDS
from services.targets.api.target_commands import TARGET_COMMANDS
from shared.http.commands import with_examples

COMMANDS: Final = with_examples(
    (
        *PLACE_COMMANDS,
        *REGISTER_COMMANDS,
        *LIBRARY_COMMANDS,
        *DUTY_COMMANDS,
        *EX_ANTE_COMMANDS,
        *TARGET_COMMANDS,
        *JOINT_REVIEW_COMMANDS,
        *ADJUSTMENT_COMMANDS,
        *BUDGET_REQUEST_COMMANDS,
    ),
    EXAMPLES,
)
