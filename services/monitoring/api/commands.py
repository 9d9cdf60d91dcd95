"""Everything that may be asked of this service, by what it is about."""

from typing import Final

from services.monitoring.api.adjustment_commands import ADJUSTMENT_COMMANDS
from services.monitoring.api.examples import EXAMPLES
from services.monitoring.api.intake_commands import INTAKE_COMMANDS
from services.monitoring.api.key_fund_commands import KEY_FUND_COMMANDS
from services.monitoring.api.key_fund_examples import KEY_FUND_EXAMPLES
from services.monitoring.api.key_fund_industry_commands import INDUSTRY_COMMANDS
from services.monitoring.api.key_fund_people_commands import PEOPLE_COMMANDS
from services.monitoring.api.ledger_commands import LEDGER_COMMANDS
from services.monitoring.api.money_commands import MONEY_COMMANDS
from services.monitoring.api.order_commands import ORDER_COMMANDS
from services.monitoring.api.order_treasury import TREASURY_COMMANDS
from services.monitoring.api.page_breaks import PAGE_BREAK_COMMANDS, PAGE_BREAK_EXAMPLES
from services.monitoring.api.warning_commands import WARNING_COMMANDS
from services.monitoring.api.watching_commands import WATCHING_COMMANDS
from shared.http.commands import with_examples
from shared.http.webhook_commands import WEBHOOK_COMMANDS

COMMANDS: Final = with_examples(
    (
        *MONEY_COMMANDS,
        *LEDGER_COMMANDS,
        *ADJUSTMENT_COMMANDS,
        *WATCHING_COMMANDS,
        *WARNING_COMMANDS,
        *INTAKE_COMMANDS,
        *PAGE_BREAK_COMMANDS,
        *ORDER_COMMANDS,
        *TREASURY_COMMANDS,
        *WEBHOOK_COMMANDS,
        *KEY_FUND_COMMANDS,
        *PEOPLE_COMMANDS,
        *INDUSTRY_COMMANDS,
    ),
    {**EXAMPLES, **KEY_FUND_EXAMPLES, **PAGE_BREAK_EXAMPLES},
)
