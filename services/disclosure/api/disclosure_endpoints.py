"""Addresses of the commands about replies and archives, and who may call what here."""

from typing import Final

from services.disclosure.api import disclosure_commands as do
from shared.http.commands import CommandEndpoint
from shared.http.policy import DEPARTMENT_ROLES, EVERYONE, Policy, Role

DISCLOSURES: Final = "Disclosures"
PREPARES_ANY: Final = frozenset(
    {
        Role.UNIT_BUSINESS,
        Role.UNIT_FINANCE,
        Role.UNIT_HEAD,
        Role.DEPT_REVIEWER,
        Role.DEPT_HEAD,
        Role.FB_BUSINESS,
        Role.FB_PERFORMANCE,
        Role.FB_BUDGET,
        Role.COUNTY_FB,
    }
)

OWED_COMMANDS: Final = (
    CommandEndpoint(
        path="/budget-replies",
        translate=do.record_budget_reply,
        tag=DISCLOSURES,
        creates=True,
        location="/v1/budget-replies",
        example={
            "kind": "BUDGET",
            "replied_by": "FINANCE",
            "region_code": "653100",
            "department_code": "653100101",
            "fiscal_year": 2021,
            "replied_on": "2021-01-20",
            "document_no": "喀地财预〔2021〕1号",
        },
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/archive",
        translate=do.archive_disclosure,
        tag=DISCLOSURES,
    ),
)

OWED_POLICY: Final[Policy] = {
    "record_budget_reply": frozenset(
        {Role.FB_PERFORMANCE, Role.FB_BUDGET, Role.FB_LEADER, Role.COUNTY_FB, *DEPARTMENT_ROLES}
    ),
    "archive_disclosure": frozenset({Role.FB_PERFORMANCE, Role.FB_LEADER, Role.COUNTY_FB}),
    "list_budget_replies": EVERYONE,
    "get_disclosure_balance": EVERYONE,
    "get_disclosure_calendar": EVERYONE,
    "list_overdue_disclosures": EVERYONE,
    "list_withheld_disclosures": EVERYONE,
    "get_withheld_disclosure": EVERYONE,
    "get_withholding_key": EVERYONE,
    "get_disclosure_history": EVERYONE,
    "list_disclosable_fields": EVERYONE,
    "export_public_table": EVERYONE,
    "export_preparation_table": PREPARES_ANY,
}
