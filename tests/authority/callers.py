"""Those who come to a door: every role at home, elsewhere and nowhere, and every kind of token."""

import time
from collections.abc import Mapping
from typing import Any, Final

from shared.domain.decider import Owner
from shared.http.policy import BUREAU_ROLES, UNIT_ROLES, Role
from shared.testing.tokens import Tokens

REGION: Final = "653101"
UNIT: Final = "653101001"
DEPARTMENT: Final = "653101"
OWN: Final = Owner(region_code=REGION, department_code=DEPARTMENT, unit_code=UNIT)
ROLES: Final = sorted(set(Role) - {Role.PUBLIC})
HOME: Final[Mapping[str, Any]] = {
    "region_code": REGION,
    "unit_code": UNIT,
    "department_code": DEPARTMENT,
}
AWAY: Final[Mapping[str, Mapping[str, Any]]] = {
    "another unit": {"unit_code": "653101999"},
    "no unit": {"unit_code": ...},
    "another department": {"department_code": "653199"},
    "no department": {"department_code": ...},
    "a neighbouring region": {"region_code": "653121"},
    "the region above": {"region_code": "653100"},
    "a region below": {"region_code": "65310101"},
    "no region": {"region_code": ...},
}
"""How somebody differs from the one whose thing it is."""


def may_write(role: Role, place: str) -> bool:
    """Whether a thing is within reach for a change: `domain` §2.2, last paragraph, once more.

    A unit changes its own things, a department those of its units, everybody else those of their
    own region; a prefecture reads its counties and writes nothing there.
    """
    if place == "home":
        return True
    if place not in AWAY or "region" in place:
        return False
    if role in UNIT_ROLES:
        return "unit" not in place
    if role.value.startswith("DEPT"):
        return "department" not in place
    return True


def header(tokens: Tokens, claims: Mapping[str, Any], **head: object) -> Mapping[str, str]:
    """What somebody sends whose token says this."""
    return {"authorization": f"Bearer {tokens.forged(claims, head)}"}


def at_home(tokens: Tokens, *roles: Role) -> Mapping[str, str]:
    """Somebody with these roles, in the unit, department and region of the thing."""
    return header(tokens, {**HOME, "roles": list(roles)})


def worthless(tokens: Tokens) -> Mapping[str, Mapping[str, str]]:
    """Somebody with every role of a bureau whose token is no good, by what is wrong with it."""
    now, stranger = int(time.time()), Tokens.fresh()
    claims = {**HOME, "roles": sorted(BUREAU_ROLES)}
    past = {"iat": now - 600, "nbf": now - 600, "exp": now - 60}
    return {
        "expired": header(tokens, {**claims, **past}),
        "another audience": header(tokens, {**claims, "aud": "somebody-else"}),
        "another issuer": header(tokens, {**claims, "iss": "https://elsewhere.test"}),
        "an ID token": header(tokens, claims, typ="JWT"),
        "not valid yet": header(tokens, {**claims, "nbf": now + 120}),
        "a stranger's": header(stranger, claims, kid=tokens.kid),
        "of a service": header(tokens, {**claims, "sub": "monitoring", "roles": ...}),
        "of unit and bureau": header(tokens, {**claims, "roles": ["UNIT_HEAD", "FB_LEADER"]}),
        "no bearer": {"authorization": "Basic bGk6eA=="},
    }
