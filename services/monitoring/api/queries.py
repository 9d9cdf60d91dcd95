"""Every question this service answers, in the caller's scope."""

from typing import Final

from services.monitoring.api.forms.key_fund_exports import router as key_fund_forms
from services.monitoring.api.key_fund_industry_queries import router as industry
from services.monitoring.api.key_fund_people_queries import router as people
from services.monitoring.api.key_fund_queries import router as key_funds
from services.monitoring.api.money_queries import router as money
from services.monitoring.api.warning_queries import router as warnings
from services.monitoring.api.watching_queries import router as watching

QUERIES: Final = (money, watching, warnings, key_funds, people, industry, key_fund_forms)
