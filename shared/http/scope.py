"""How far a person reaches: own unit, own department, own region, and reading also below it.

Source: `domain` §2.2. A six-digit region code names its place in the tree: 650000 covers
65xxxx, 653100 covers 6531xx, 653121 only itself. Other codes are opaque and cover themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, and_, false, or_, true

from shared.domain.decider import Owner
from shared.http.policy import BUREAU_ROLES, DEPARTMENT_ROLES, UNIT_ROLES, Role

ALL_UNITS: Final = "*"
_REGION_DIGITS: Final = 6
_DISCLOSED: Final = Role.PUBLIC


def region_prefix(code: str) -> str | None:
    """The digits that all regions below (and at) this one begin with; `None` if opaque."""
    if len(code) != _REGION_DIGITS or not code.isdigit() or not code.isascii():
        return None
    while code.endswith("00"):
        code = code[:-2]
    return code


def covers(region: str, other: str) -> bool:
    """Whether `other` is this region or lies below it."""
    prefix = region_prefix(region)
    return other == region or (prefix is not None and other.startswith(prefix))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the caller of one operation reaches with the roles that admit them to it."""

    roles: frozenset[Role]
    region_code: str | None
    unit_code: str | None
    department_code: str | None
    public: bool = False

    def may_write(self, owner: Owner | None) -> bool:
        """Whether a thing of this owner may be changed. What nobody owns, everybody reaches."""
        return self._reaches(
            owner, lambda region: owner is not None and owner.region_code == region
        )

    def may_read(self, owner: Owner | None) -> bool:
        """Whether a thing of this owner may be seen."""
        return self._reaches(
            owner, lambda region: owner is not None and covers(region, owner.region_code)
        )

    def _reaches(self, owner: Owner | None, in_region: Callable[[str], bool]) -> bool:
        if owner is None or self.public:
            return True
        region = self.region_code
        if region is None:
            return False
        same_region = owner.region_code == region
        if self.roles & UNIT_ROLES and same_region and self._own_unit(owner.unit_code):
            return True
        if self.roles & DEPARTMENT_ROLES and same_region and self._own_department(owner):
            return True
        return bool(self.roles - UNIT_ROLES - DEPARTMENT_ROLES) and in_region(region)

    def _own_unit(self, unit: str | None) -> bool:
        return unit is not None and self.unit_code in {unit, ALL_UNITS}

    def _own_department(self, owner: Owner) -> bool:
        department = owner.department_code
        return department is not None and department == self.department_code

    def where(
        self, *, region: object, department: object = None, unit: object = None
    ) -> ColumnElement[bool]:
        """The rows a reader may see, as a condition on the columns that name their owner.

        A role whose column the table does not have sees its whole region only when the table
        knows neither units nor departments; otherwise it sees nothing by that role.
        """
        if self.public:
            return true()
        if self.region_code is None:
            return false()
        return or_(false(), *self._conditions(region, department, unit))

    def _conditions(
        self, region: object, department: object, unit: object
    ) -> Iterable[ColumnElement[bool]]:
        regions = _column(region)
        own = regions == self.region_code
        of_region = unit is None and department is None
        if self.roles & UNIT_ROLES:
            if of_region or (unit is not None and self.unit_code == ALL_UNITS):
                yield own
            elif unit is not None and self.unit_code:
                yield and_(own, _column(unit) == self.unit_code)
        if self.roles & DEPARTMENT_ROLES:
            if of_region:
                yield own
            elif department is not None and self.department_code:
                yield and_(own, _column(department) == self.department_code)
        if self.roles - UNIT_ROLES - DEPARTMENT_ROLES:
            prefix = region_prefix(self.region_code or "")
            tree = None if prefix is None else regions.startswith(prefix, autoescape=True)
            yield own if tree is None else or_(own, tree)


def _column(value: object) -> ColumnElement[Any]:
    """A SQLModel attribute, which to the type checker is a plain value."""
    return cast("ColumnElement[Any]", value)


PUBLIC_SCOPE: Final = Scope(
    roles=frozenset({_DISCLOSED}),
    region_code=None,
    unit_code=None,
    department_code=None,
    public=True,
)
"""The scope of an operation that needs no token: what is public is public for everybody."""


def bureau_alone(roles: frozenset[Role]) -> bool:
    """Whether these roles keep the separation: nobody is both of a unit and of the bureau."""
    return not (roles & UNIT_ROLES and roles & BUREAU_ROLES)
