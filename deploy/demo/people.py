"""Who acts: the people of a region, each with one role and one name of their own."""

from dataclasses import dataclass

from deploy.demo.stage import Person
from shared.http.policy import Role


@dataclass(frozen=True, slots=True)
class Office:
    """The people of one region. Unit people work in its accounting centre, for all its units."""

    region_code: str

    def _one(self, role: Role, name: str = "") -> Person:
        return Person(role=role, region_code=self.region_code, name=name)

    @property
    def performance(self) -> Person:
        """The performance section of the finance bureau."""
        return self._one(Role.FB_PERFORMANCE)

    @property
    def second_performance(self) -> Person:
        """Another member of the performance section: four eyes are two people."""
        return self._one(Role.FB_PERFORMANCE, "second")

    @property
    def business(self) -> Person:
        """A business section of the bureau."""
        return self._one(Role.FB_BUSINESS)

    @property
    def second_business(self) -> Person:
        """Another member of a business section."""
        return self._one(Role.FB_BUSINESS, "second")

    @property
    def budget(self) -> Person:
        """The budget section."""
        return self._one(Role.FB_BUDGET)

    @property
    def treasury(self) -> Person:
        """The treasury section, speaking for the payment system."""
        return self._one(Role.FB_TREASURY)

    @property
    def leader(self) -> Person:
        """The head of the bureau."""
        return self._one(Role.FB_LEADER)

    @property
    def unit_business(self) -> Person:
        """The business office of the units."""
        return self._one(Role.UNIT_BUSINESS)

    @property
    def unit_finance(self) -> Person:
        """The finance office of the units."""
        return self._one(Role.UNIT_FINANCE)

    @property
    def unit_head(self) -> Person:
        """The head who signs for the units."""
        return self._one(Role.UNIT_HEAD)

    def department(self, department_code: str) -> Person:
        """The reviewer of a department."""
        return Person(
            role=Role.DEPT_REVIEWER,
            region_code=self.region_code,
            name=department_code,
            unit_code=None,
            department_code=department_code,
        )
