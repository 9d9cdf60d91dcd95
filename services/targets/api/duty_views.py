"""What a reader is shown of responsibility, delegations, waiting work, delays and returns."""

from datetime import date

from pydantic import BaseModel, Field

from services.targets.api.place_views import LastDay
from services.targets.api.views import View
from services.targets.domain.duties import Desk, ReturnReason, Step
from services.targets.domain.office_clock import Lateness
from services.targets.domain.values import Office
from shared.contracts.fields import Number


class DutyView(View):
    """The three who answer for a step: two offices and the head who signs."""

    business: str
    finance: str
    head: str
    reason: str = Field(description="Why it was transferred to them, if it was.")


class MatrixView(BaseModel):
    """The responsibility matrix of a project and year."""

    responsibility_id: str
    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    complete: bool = Field(description="Whether somebody answers for every step.")
    missing: list[Step]
    steps: dict[Step, DutyView]


class DelegationView(View):
    """A delegation of a signature."""

    delegation_id: str
    unit_code: str
    office: Office
    delegator: str
    delegate: str
    from_on: date
    until_on: date
    withdrawn_on: LastDay
    reason: str


class TaskView(BaseModel):
    """Something that waits for a person."""

    step: Step
    action: str = Field(description="WRITE, CONFIRM or SIGN.", examples=["SIGN"])
    office: Office
    thing_id: str = Field(description="The target, or the ex-ante assessment.")
    project_code: str
    project_name: str
    fiscal_year: int
    unit_code: str
    in_place_of: str = Field(description="Whose task it is, where a delegation makes it yours.")
    delegation_id: str
    since_on: date | None
    workdays: int | None = Field(description="Working days since then.")
    lateness: Lateness | None


class DeskDelay(BaseModel):
    """How long targets lay on one desk, and what lies there now."""

    desk: Desk
    stays: int = Field(description="How often a target left this desk.")
    workdays: int = Field(description="Working days of all stays together.")
    mean_workdays: Number
    reminders: int = Field(description="Stays longer than the term of the reminder.")
    listed: int = Field(description="Stays longer than the term of the circular.")
    waiting: int = Field(description="Targets that lie here now.")
    waiting_reminders: int
    waiting_listed: int


class DelayByOffice(BaseModel):
    """The clocks of a region and year (`delay_by_office`).

    The terms are those of the rules that govern the region; below it, each region counts by
    the rules that govern it.
    """

    region_code: str
    fiscal_year: int
    scope: str
    reminder_workdays: int = Field(description="On a desk for longer: the head is reminded.")
    listed_workdays: int = Field(description="For longer still: in the monthly circular.")
    desks: list[DeskDelay]


class ReturnCount(BaseModel):
    """How often one reason sent something back."""

    step: Step
    reason: ReturnReason
    office: Office = Field(description="The office that had to do its part again.")
    count: int


class Returns(BaseModel):
    """What went back in a region and year, the most frequent reason first."""

    region_code: str
    fiscal_year: int
    scope: str
    total: int
    reasons: list[ReturnCount]
