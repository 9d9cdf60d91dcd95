"""How far each kind of role reaches, one by one: what may be changed, seen, and found in a list."""

from itertools import product
from typing import Any

import pytest
from sqlalchemy import column
from sqlalchemy.dialects.postgresql import asyncpg

from shared.domain.decider import Owner
from shared.http.policy import Role
from shared.http.scope import PUBLIC_SCOPE, Scope, bureau_alone, covers, region_prefix

COUNTY, PREFECTURE = "653121", "653100"
OURS = Owner(region_code=COUNTY, department_code="d1", unit_code="u1")
POSTGRES: Any = asyncpg.dialect
REGION: Any = column("region")
DEPARTMENT: Any = column("department")
UNIT: Any = column("unit")


def scope(*roles: Role, region: str | None = COUNTY, unit: str | None = "u1",
          department: str | None = "d1") -> Scope:  # fmt: skip
    return Scope(
        roles=frozenset(roles), region_code=region, unit_code=unit, department_code=department
    )


def said(found: Scope, **columns: object) -> str:
    condition = found.where(region=REGION, **columns)
    text = condition.compile(dialect=POSTGRES(), compile_kwargs={"literal_binds": True})
    return " ".join(str(text).split())


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("650000", "65"), ("653100", "6531"), ("653121", "653121"), ("000000", ""), ("65310", None),
     ("6531000", None), ("65310a", None), ("\uff16\uff15\uff13\uff11\uff10\uff10", None),
     ("653010", "653010")],
)  # fmt: skip
def test_a_code_names_its_place_in_the_tree(code: str, prefix: str | None) -> None:
    assert region_prefix(code) == prefix
    assert covers(code, code)


WRITES = {
    (Role.UNIT_HEAD, "own"): True,
    (Role.UNIT_HEAD, "unit"): False,
    (Role.UNIT_HEAD, "department"): False,
    (Role.UNIT_HEAD, "region"): False,
    (Role.DEPT_HEAD, "own"): True,
    (Role.DEPT_HEAD, "unit"): True,
    (Role.DEPT_HEAD, "department"): False,
    (Role.DEPT_HEAD, "region"): False,
    (Role.UNIT_HEAD, "moved"): True,
    (Role.DEPT_HEAD, "moved"): False,
    (Role.FB_BUDGET, "moved"): True,
    (Role.FB_BUDGET, "own"): True,
    (Role.FB_BUDGET, "unit"): True,
    (Role.FB_BUDGET, "department"): True,
    (Role.FB_BUDGET, "region"): False,
}
OWNERS = {
    "own": OURS,
    "unit": Owner(region_code=COUNTY, department_code="d1", unit_code="u2"),
    "department": Owner(region_code=COUNTY, department_code="d2", unit_code="u2"),
    "moved": Owner(region_code=COUNTY, department_code="d2", unit_code="u1"),
    "region": Owner(region_code="653122", department_code="d1", unit_code="u1"),
}


@pytest.mark.parametrize(("role", "whose"), WRITES)
def test_every_kind_of_role_reaches_so_far(role: Role, whose: str) -> None:
    assert scope(role).may_write(OWNERS[whose]) is WRITES[role, whose]
    assert scope(role).may_read(OWNERS[whose]) is WRITES[role, whose]


def test_a_bureau_above_reads_what_it_does_not_change() -> None:
    above = scope(Role.FB_BUDGET, region=PREFECTURE)
    assert (above.may_read(OURS), above.may_write(OURS)) == (True, False)
    for role in (Role.UNIT_HEAD, Role.DEPT_HEAD):
        unit_above = scope(role, region=PREFECTURE)
        assert (unit_above.may_read(OURS), unit_above.may_write(OURS)) == (False, False)


def test_two_roles_reach_as_far_as_each_of_them() -> None:
    both = scope(Role.UNIT_HEAD, Role.DEPT_HEAD)
    assert both.may_write(OWNERS["unit"])
    assert both.may_write(Owner(region_code=COUNTY, department_code="d2", unit_code="u1"))
    assert not both.may_write(OWNERS["department"])


def test_what_nobody_owns_and_who_has_no_region() -> None:
    nowhere = scope(Role.FB_BUDGET, region=None)
    for ask in (nowhere.may_read, nowhere.may_write):
        assert ask(None) is True
        assert ask(OURS) is False
    assert PUBLIC_SCOPE.may_read(OURS)
    assert PUBLIC_SCOPE.may_write(OURS)


def test_a_unit_or_a_department_that_is_not_named_is_nobodys() -> None:
    bare = Owner(region_code=COUNTY)
    assert not scope(Role.UNIT_HEAD, unit=None).may_read(bare)
    assert not scope(Role.UNIT_HEAD, unit="*").may_read(bare)
    assert scope(Role.UNIT_HEAD, unit="*").may_read(OURS)
    assert not scope(Role.DEPT_HEAD, department=None).may_read(bare)


def test_a_list_shows_the_same() -> None:
    columns = {"department": DEPARTMENT, "unit": UNIT}
    own, tree = f"region = '{COUNTY}'", f"(region LIKE '{COUNTY}' || '%' ESCAPE '/')"
    assert said(PUBLIC_SCOPE, **columns) == "true"
    assert said(scope(Role.FB_BUDGET, region=None), **columns) == "false"
    assert said(scope(Role.UNIT_HEAD), **columns) == f"{own} AND unit = 'u1'"
    assert said(scope(Role.UNIT_HEAD, unit="*"), **columns) == own
    assert said(scope(Role.UNIT_HEAD, unit=None), **columns) == "false"
    assert said(scope(Role.UNIT_HEAD), department=DEPARTMENT) == "false"
    assert said(scope(Role.UNIT_HEAD, unit="*"), department=DEPARTMENT) == "false"
    assert said(scope(Role.UNIT_HEAD)) == own
    assert said(scope(Role.DEPT_HEAD), **columns) == f"{own} AND department = 'd1'"
    assert said(scope(Role.DEPT_HEAD, department=None), **columns) == "false"
    assert said(scope(Role.DEPT_HEAD), unit=UNIT) == "false"
    assert said(scope(Role.DEPT_HEAD)) == own
    assert said(scope(Role.FB_BUDGET), **columns) == f"{own} OR {tree}"
    assert said(scope(Role.FB_BUDGET, region="opaque"), **columns) == "region = 'opaque'"
    two = said(scope(Role.UNIT_HEAD, Role.DEPT_HEAD), **columns)
    assert two == f"{own} AND unit = 'u1' OR {own} AND department = 'd1'"


def test_nobody_is_of_a_unit_and_of_the_bureau() -> None:
    kinds = (Role.UNIT_HEAD, Role.FB_LEADER, Role.DEPT_HEAD, Role.AUDIT)
    apart = {frozenset(pair): bureau_alone(frozenset(pair)) for pair in product(kinds, kinds)}
    assert [pair for pair, alone in apart.items() if not alone] == [
        frozenset({Role.UNIT_HEAD, Role.FB_LEADER})
    ]
