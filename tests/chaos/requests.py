"""What the load asks for: single requests whose effects can be found in the events again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from deploy.demo.cast import Project
from deploy.demo.people import Office
from deploy.demo.stage import Person

WRONG_SHARE: Final = 0.1
KINDS: Final = 4
HELD_SHARE: Final = 0.3

type Groups = Sequence[tuple[Office, list[Project]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: what it is, who sends it, and the mark of its effect.

    `mark` is the stream (or the line of money) and the name of the event it leaves.
    `other` is what makes it another request, as valid as this one.
    """

    key: str
    service: str
    path: str
    person: Person
    body: Mapping[str, object]
    mark: str
    other: Mapping[str, object]
    fen: int = 0
    wrong: bool = False
    follow_up: "Request | None" = None

    def spoilt(self, **values: object) -> "Request":
        """The same request with something in it that must be refused."""
        body = {**self.body, **values}
        return replace(self, body=body, wrong=True, fen=0, follow_up=None)

    @property
    def other_body(self) -> Mapping[str, object]:
        """Another request, which must not be answered under the same key."""
        return {**self.body, **self.other}


@dataclass(slots=True)
class Inventor:
    """Makes up requests of all kinds for all regions; the same seed makes up the same."""

    groups: Groups
    year: int
    chance: Random
    count: int = 0

    def invent(self) -> Request:
        """The next request; one in ten must be refused."""
        self.count += 1
        number = f"chaos-{self.count}"
        office, projects = self.chance.choice(self.groups)
        wrong = self.chance.random() < WRONG_SHARE
        match self.chance.randrange(KINDS):
            case 0:
                found, bad = self._unit(number, office), {"region_code": "no_such_region"}
            case 1:
                project = self.chance.choice(projects)
                found, bad = self._payment(number, office, project), {"amount": "1e2"}
            case 2:
                project = self.chance.choice(projects)
                found, bad = self._case(number, office, project), {"unit_code": "no_such_unit"}
            case _:
                found, bad = self._training(number, office), {"channel": "NO_SUCH_CHANNEL"}
        return found.spoilt(**bad) if wrong else found

    def _unit(self, number: str, office: Office) -> Request:
        code = number.replace("-", "_")
        body = {
            "unit_code": code,
            "name": number,
            "region_code": office.region_code,
            "department_code": f"{office.region_code}999",
            "department_name": number,
        }
        return Request(
            key=number, service="targets", path="/v1/units", person=office.performance,
            body=body, mark=f"unit-{code}/UnitRegistered", other={"name": "other"},
        )  # fmt: skip

    def _payment(self, number: str, office: Office, project: Project) -> Request:
        ledger = f"/v1/ledgers/{project.code}/{self.year}"
        fen = self.chance.randrange(100, 9_999)
        body = {
            "payment_id": number,
            "amount": f"{fen // 100}.{fen % 100:02d}",
            "settled_on": f"{self.year}-06-01",
        }
        back = fen // 2
        returned = Request(
            key=f"{number}-back", service="monitoring", path=f"{ledger}/return-payment",
            person=office.treasury, mark=f"{number}-back/PaymentReturned", other={"amount": "0.01"},
            fen=back, body={
                "payment_id": number,
                "return_id": f"{number}-back",
                "amount": f"{back // 100}.{back % 100:02d}",
                "returned_on": f"{self.year}-06-02",
            },
        )  # fmt: skip
        return Request(
            key=number, service="monitoring", path=f"{ledger}/settle-payment", fen=fen,
            person=office.treasury, body=body, mark=f"{number}/PaymentSettled",
            other={"amount": "0.01"}, follow_up=returned if fen % 3 == 0 else None,
        )  # fmt: skip

    def _case(self, number: str, office: Office, project: Project) -> Request:
        body = {
            "case_id": number,
            "unit_code": project.unit.code,
            "subject": "chaos",
            "clue": number,
            "opened_on": f"{self.year}-06-01",
        }
        return Request(
            key=number, service="evaluation", path="/v1/cases", person=office.business,
            body=body, mark=f"case-{number}/CaseOpened", other={"clue": "other"},
        )  # fmt: skip

    def _training(self, number: str, office: Office) -> Request:
        body = {
            "session_id": number,
            "region_code": office.region_code,
            "topic": number,
            "channel": "ON_SITE",
            "planned_on": f"{self.year}-06-01",
        }
        held = Request(
            key=f"{number}-held", service="disclosure", path=f"/v1/trainings/{number}/hold",
            person=office.performance, mark=f"training-{number}/TrainingHeld", other={"units": 4},
            body={"held_on": f"{self.year}-01-01", "units": 3, "person_times": 40},
        )  # fmt: skip
        return Request(
            key=number, service="disclosure", path="/v1/trainings", person=office.performance,
            body=body, mark=f"training-{number}/TrainingPlanned", other={"topic": "other"},
            follow_up=held if self.chance.random() < HELD_SHARE else None,
        )  # fmt: skip
