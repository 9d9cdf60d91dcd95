"""Everything that may be asked of this service, by what it is about."""

from typing import Final

from services.monitoring.api.examples import EXAMPLES
from services.monitoring.api.key_fund_commands import KEY_FUND_COMMANDS
from services.monitoring.api.key_fund_examples import KEY_FUND_EXAMPLES
from services.monitoring.api.key_fund_industry_commands import INDUSTRY_COMMANDS
from services.monitoring.api.key_fund_people_commands import PEOPLE_COMMANDS
from services.monitoring.api.money_commands import MONEY_COMMANDS
from services.monitoring.api.warning_commands import WARNING_COMMANDS
from services.monitoring.api.watching_commands import WATCHING_COMMANDS
from shared.http.commands import with_examples

COMMANDS: Final = (
    *with_examples((*MONEY_COMMANDS, *WATCHING_COMMANDS, *WARNING_COMMANDS), EXAMPLES),
    *with_examples((*KEY_FUND_COMMANDS, *PEOPLE_COMMANDS, *INDUSTRY_COMMANDS), KEY_FUND_EXAMPLES),
)
