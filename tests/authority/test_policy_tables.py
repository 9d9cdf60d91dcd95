"""The tables of the services say what the law says, read side by side: quick, and before any door.

That the doors obey the tables is shown by `test_matrix.py`.
"""

from importlib import import_module

import pytest

from shared.http import policy as kernel
from shared.http.policy import Role
from tests.authority.division import SERVICES, expected

EVERYBODY = frozenset(Role)
"""What is open needs no token, and none hinders."""
LAWS = {service: expected(service) for service in SERVICES}
KERNEL = frozenset.intersection(*(frozenset(law) for law in LAWS.values()))
"""The doors that every service has, because the kernel opens them."""


@pytest.mark.parametrize("service", SERVICES)
def test_every_row_of_a_table_has_the_roles_of_the_law(service: str) -> None:
    table, law = import_module(f"services.{service}.api.policy").POLICY, LAWS[service]
    assert table.keys() <= law.keys()
    pages = law.keys() - table.keys() - KERNEL  # of the portal: open to everybody
    assert all(law[name] == EVERYBODY for name in pages)
    for name, roles in table.items():
        assert (EVERYBODY if roles == kernel.EVERYONE else roles) == law[name], name


def test_the_groups_of_roles_are_those_of_the_law() -> None:
    assert {Role.UNIT_BUSINESS, Role.UNIT_FINANCE, Role.UNIT_HEAD} == kernel.UNIT_ROLES
    assert {Role.DEPT_REVIEWER, Role.DEPT_HEAD} == kernel.DEPARTMENT_ROLES
    bureau = {role for role in Role if role.value.startswith("FB_")} | {Role.COUNTY_FB}
    assert bureau == kernel.BUREAU_ROLES
    assert {Role.CONGRESS, Role.AUDIT} == kernel.OVERSIGHT_ROLES
    assert {Role.PUBLIC} == kernel.EVERYONE
    assert set(Role) - {Role.PUBLIC} == kernel.SIGNED_IN
