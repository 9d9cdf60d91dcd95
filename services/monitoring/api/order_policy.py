"""Who may do what with payment orders and requests to the treasury (`domain` §2.3).

The treasury drafts; another of the treasury or a leader releases, and the domain sees that it
is another. A county bureau does all of its own, by two people.
"""

from typing import Final

from shared.http.policy import BUREAU_ROLES, UNIT_ROLES, Policy, Role
from shared.http.webhook_commands import WEBHOOK_OPERATIONS

_TREASURY: Final = frozenset({Role.FB_TREASURY, Role.COUNTY_FB})
_RELEASERS: Final = _TREASURY | {Role.FB_LEADER}
_WATCHERS: Final = BUREAU_ROLES | {Role.AUDIT}
_READERS: Final = _WATCHERS | UNIT_ROLES

ORDER_POLICY: Final[Policy] = {
    "draft_payment_order": _TREASURY,
    "release_payment_order": _RELEASERS,
    "cancel_payment_order": _RELEASERS,
    "send_payment_batch": _TREASURY,
    "repeat_payment_batch": _TREASURY,
    "query_payment": _TREASURY,
    "hear_payment_status": _TREASURY,
    "hear_payment_return": _TREASURY,
    "recall_payment": _RELEASERS,
    "hear_recall_answer": _TREASURY,
    "resolve_order_break": _RELEASERS,
    "acknowledge_treasury_request": _TREASURY,
    "execute_treasury_request": _TREASURY,
    "refuse_treasury_request": _TREASURY,
    "list_payment_orders": _READERS,
    "get_payment_order": _READERS,
    "get_payment_recall": _READERS,
    "get_recall_message": _RELEASERS,
    "list_order_breaks": _WATCHERS,
    "get_payment_batch": _WATCHERS,
    "get_payment_message": _RELEASERS,
    "list_treasury_requests": _WATCHERS,
    "get_treasury_request": _WATCHERS,
    **dict.fromkeys(WEBHOOK_OPERATIONS, _RELEASERS),
}
