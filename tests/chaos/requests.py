"""What the load asks for: requests, alone or a file of them, whose effects are found again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random
from typing import Final, NamedTuple

import msgspec

from deploy.demo.cast import Project
from deploy.demo.people import Office
from deploy.demo.stage import Person

WRONG_SHARE: Final = 0.1
KINDS: Final = 4
HELD_SHARE: Final = 0.3

JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
FILE_SHARE: Final = 0.04
FILE_LINES: Final = (10, 60)

type Groups = Sequence[tuple[Office, list[Project]]]


class Sent(NamedTuple):
    """A body, where it goes to and what it is."""

    path: str
    body: bytes
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: what it is, who sends it, and the mark of its effect.

    `mark` is the stream (or the line of money) and the name of the event it leaves.
    `other` is what makes it another request, as valid as this one. `operation` and `place` are
    what a line of a file calls it by.
    """

    key: str
    service: str
    operation: str
    path: str
    place: Mapping[str, str] = field(default_factory=dict)
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
    def requests(self) -> "Sequence[Request]":
        """Those it is made of: itself."""
        return (self,)

    @property
    def sent(self) -> Sent:
        """What goes over the line."""
        return Sent(self.path, msgspec.json.encode(self.body), JSON)

    @property
    def sent_otherwise(self) -> Sent:
        """Another request, which must not be answered under the same key."""
        return Sent(self.path, msgspec.json.encode({**self.body, **self.other}), JSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Many requests of one kind by one person: all of them are done, or none.

    The file has a key and every line its own; the same lines in another file are done already.
    """

    key: str
    requests: Sequence[Request]
    follow_up: None = None

    @property
    def service(self) -> str:
        """Where it goes to."""
        return self.requests[0].service

    @property
    def person(self) -> Person:
        """Who sends it."""
        return self.requests[0].person

    @property
    def mark(self) -> str:
        """The mark of its first line."""
        return self.requests[0].mark

    @property
    def wrong(self) -> bool:
        """Whether it must be refused as a whole."""
        return self.requests[0].wrong

    @property
    def sent(self) -> Sent:
        """What goes over the line."""
        return self._sent(self.requests)

    @property
    def sent_otherwise(self) -> Sent:
        """A file without its last line, which must not be answered under the same key."""
        return self._sent(self.requests[:-1])

    def _sent(self, requests: Sequence[Request]) -> Sent:
        lines = [{"path": one.place, "body": one.body, "key": one.key} for one in requests]
        path = f"/v1/imports?operation={self.requests[0].operation}&accept=true"
        return Sent(path, b"\n".join(map(msgspec.json.encode, lines)), NDJSON)


@dataclass(slots=True)
class Inventor:
    """Makes up requests of all kinds for all regions; the same seed makes up the same."""

    groups: Groups
    year: int
    chance: Random
    count: int = 0

    def invent(self) -> Request | File:
        """The next request, or a file of them; one in ten must be refused."""
        make, bad = self._kind()
        wrong = self.chance.random() < WRONG_SHARE
        if self.chance.random() >= FILE_SHARE:
            found = make(self._number())
            return found.spoilt(**bad) if wrong else found
        made = [make(self._number()) for _ in range(self.chance.randrange(*FILE_LINES))]
        lines = [replace(one, wrong=wrong, follow_up=None) for one in made]
        if wrong:
            place = self.chance.randrange(len(lines))
            lines[place] = lines[place].spoilt(**bad)
        return File(key=f"{lines[0].key}-file", requests=lines)

    def _number(self) -> str:
        self.count += 1
        return f"chaos-{self.count}"

    def _kind(self) -> tuple[Callable[[str], Request], Mapping[str, object]]:
        """What makes the next request, and what would make it one to be refused."""
        office, projects = self.chance.choice(self.groups)
        match self.chance.randrange(KINDS):
            case 0:
                return partial(self._unit, office), {"region_code": "no_such_region"}
            case 1:
                project = self.chance.choice(projects)
                return partial(self._payment, office, project), {"amount": "1e2"}
            case 2:
                project = self.chance.choice(projects)
                return partial(self._case, office, project), {"unit_code": "no_such_unit"}
            case _:
                return partial(self._training, office), {"channel": "NO_SUCH_CHANNEL"}

    def _unit(self, office: Office, number: str) -> Request:
        code = number.replace("-", "_")
        body = {
            "unit_code": code,
            "name": number,
            "region_code": office.region_code,
            "department_code": f"{office.region_code}999",
            "department_name": number,
        }
        return Request(
            key=number, service="targets", operation="register_unit", path="/v1/units",
            person=office.performance, body=body, mark=f"unit-{code}/UnitRegistered",
            other={"name": "other"},
        )  # fmt: skip

    def _payment(self, office: Office, project: Project, number: str) -> Request:
        place = {"project_code": project.code, "fiscal_year": str(self.year)}
        ledger = f"/v1/ledgers/{project.code}/{self.year}"
        fen = self.chance.randrange(100, 9_999)
        body = {
            "payment_id": number,
            "amount": f"{fen // 100}.{fen % 100:02d}",
            "settled_on": f"{self.year}-06-01",
        }
        back = fen // 2
        returned = Request(
            key=f"{number}-back", service="monitoring", operation="return_payment",
            path=f"{ledger}/return-payment", person=office.treasury, fen=back,
            mark=f"{number}-back/PaymentReturned", other={"amount": "0.01"}, body={
                "payment_id": number,
                "return_id": f"{number}-back",
                "amount": f"{back // 100}.{back % 100:02d}",
                "returned_on": f"{self.year}-06-02",
            },
        )  # fmt: skip
        return Request(
            key=number, service="monitoring", operation="settle_payment", place=place,
            path=f"{ledger}/settle-payment", person=office.treasury, body=body, fen=fen,
            mark=f"{number}/PaymentSettled",
            other={"amount": "0.01"}, follow_up=returned if fen % 3 == 0 else None,
        )  # fmt: skip

    def _case(self, office: Office, project: Project, number: str) -> Request:
        body = {
            "case_id": number,
            "unit_code": project.unit.code,
            "subject": "chaos",
            "clue": number,
            "opened_on": f"{self.year}-06-01",
        }
        return Request(
            key=number, service="evaluation", operation="open_case", path="/v1/cases",
            person=office.business, body=body, mark=f"case-{number}/CaseOpened",
            other={"clue": "other"},
        )  # fmt: skip

    def _training(self, office: Office, number: str) -> Request:
        body = {
            "session_id": number,
            "region_code": office.region_code,
            "topic": number,
            "channel": "ON_SITE",
            "planned_on": f"{self.year}-06-01",
        }
        held = Request(
            key=f"{number}-held", service="disclosure", operation="hold_training",
            path=f"/v1/trainings/{number}/hold", person=office.performance,
            mark=f"training-{number}/TrainingHeld", other={"units": 4},
            body={"held_on": f"{self.year}-01-01", "units": 3, "person_times": 40},
        )  # fmt: skip
        return Request(
            key=number, service="disclosure", operation="plan_training", path="/v1/trainings",
            person=office.performance, body=body, mark=f"training-{number}/TrainingPlanned",
            other={"topic": "other"},
            follow_up=held if self.chance.random() < HELD_SHARE else None,
        )  # fmt: skip
