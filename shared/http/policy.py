"""Who may do what: one table per service, one row per operation; no row, no start.

Source of the roles: `domain` §2.2. A role decides how far a person reaches: a unit role its
own unit, a department role the units of its department, a bureau role its own region (and,
for reading, the regions below it).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """The roles a token may carry."""

    UNIT_BUSINESS = "UNIT_BUSINESS"
    UNIT_FINANCE = "UNIT_FINANCE"
    UNIT_HEAD = "UNIT_HEAD"
    DEPT_REVIEWER = "DEPT_REVIEWER"
    DEPT_HEAD = "DEPT_HEAD"
    FB_BUSINESS = "FB_BUSINESS"
    FB_PERFORMANCE = "FB_PERFORMANCE"
    FB_BUDGET = "FB_BUDGET"
    FB_TREASURY = "FB_TREASURY"
    FB_SUPERVISION = "FB_SUPERVISION"
    FB_LEADER = "FB_LEADER"
    COUNTY_FB = "COUNTY_FB"
    EXPERT = "EXPERT"
    THIRD_PARTY_LEAD = "THIRD_PARTY_LEAD"
    THIRD_PARTY_MEMBER = "THIRD_PARTY_MEMBER"
    CONGRESS = "CONGRESS"
    AUDIT = "AUDIT"
    DISCIPLINE = "DISCIPLINE"
    PUBLIC = "PUBLIC"
    SYS_ADMIN = "SYS_ADMIN"


UNIT_ROLES: Final = frozenset({Role.UNIT_BUSINESS, Role.UNIT_FINANCE, Role.UNIT_HEAD})
DEPARTMENT_ROLES: Final = frozenset({Role.DEPT_REVIEWER, Role.DEPT_HEAD})
BUREAU_ROLES: Final = frozenset(
    {
        Role.FB_BUSINESS,
        Role.FB_PERFORMANCE,
        Role.FB_BUDGET,
        Role.FB_TREASURY,
        Role.FB_SUPERVISION,
        Role.FB_LEADER,
        Role.COUNTY_FB,
    }
)
OVERSIGHT_ROLES: Final = frozenset({Role.CONGRESS, Role.AUDIT})
EVERYONE: Final = frozenset({Role.PUBLIC})
"""A row with this value needs no token."""
SIGNED_IN: Final = frozenset(Role) - EVERYONE

type Policy = Mapping[str, frozenset[Role]]
"""Operation id → the roles that may call it."""
