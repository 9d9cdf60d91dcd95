"""Every aggregate of monitoring, for the manifest."""

from typing import Final

from services.monitoring.domain.adjustment import adjustment_decider, desk_decider
from services.monitoring.domain.beneficiary.looking import reveal_decider, subject_decider
from services.monitoring.domain.beneficiary.roll import roll_decider
from services.monitoring.domain.duty import duty_decider
from services.monitoring.domain.fund_finding.finding import fund_finding_decider
from services.monitoring.domain.idleness import idleness_decider
from services.monitoring.domain.industry.fund import industry_fund_decider
from services.monitoring.domain.key_fund.batch import key_fund_decider
from services.monitoring.domain.key_fund.link import quota_link_decider
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.letterbook import letterbook_decider
from services.monitoring.domain.letterfile import letterfile_decider
from services.monitoring.domain.linkage.linkage import linkage_decider
from services.monitoring.domain.payment_order.batch import payment_batch_decider
from services.monitoring.domain.payment_order.order import payment_order_decider
from services.monitoring.domain.record.record import record_decider
from services.monitoring.domain.region import region_decider
from services.monitoring.domain.roster import roster_decider
from services.monitoring.domain.round import round_decider
from services.monitoring.domain.rules import rules_decider
from services.monitoring.domain.statement.statement import statement_decider
from services.monitoring.domain.statement_pages import statement_pages_decider
from services.monitoring.domain.tie_out import tie_out_decider
from services.monitoring.domain.treasury_request import treasury_request_decider
from services.monitoring.domain.unit import unit_decider
from services.monitoring.domain.warning.warning import warning_decider
from services.monitoring.domain.watch import watch_decider

DECIDERS: Final = (
    region_decider,
    unit_decider,
    rules_decider,
    watch_decider,
    ledger_decider,
    round_decider,
    record_decider,
    warning_decider,
    letterbook_decider,
    letterfile_decider,
    adjustment_decider,
    desk_decider,
    duty_decider,
    roster_decider,
    idleness_decider,
    statement_decider,
    statement_pages_decider,
    tie_out_decider,
    payment_order_decider,
    payment_batch_decider,
    treasury_request_decider,
    key_fund_decider,
    quota_link_decider,
    fund_finding_decider,
    roll_decider,
    reveal_decider,
    subject_decider,
    linkage_decider,
    industry_fund_decider,
)
