"""Bodies of commands: strict, a typo is a 422."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from shared.contracts.fields import Day

REGION_CODE = Field(min_length=2, max_length=12, examples=["653100"])
NUMBER = Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._-]+$")
TEXT_MAX = 2_000
FIELDS_MAX = 50
CARRIED_MAX = 400
"""All of them stand in one fact, which has room for so many: a year with more is not in order."""
REASON_MAX = 100

Text = Annotated[str, Field(min_length=1, max_length=TEXT_MAX)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Pointers = Annotated[
    list[Annotated[str, Field(max_length=200, pattern=r"^/")]], Field(max_length=100)
]
Content = Annotated[dict[str, JsonValue], Field(max_length=FIELDS_MAX)]


class Body(BaseModel):
    """Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PrepareDisclosureBody(Body):
    """What the unit says beside the decided facts: causes, links, evidence."""

    supplement: Content = Field(default_factory=dict, examples=[{"report_url": "https://…"}])


class ReviewSecrecyBody(Body):
    """The result of the secrecy review."""

    cleared: bool
    opinion: Text = Field(examples=["不涉密，可以公开"])
    accepted: Pointers = Field(
        default=[], description="Places that looked like personal data and tell of nobody."
    )


class PublishDisclosureBody(Body):
    """Where it is shown. With an opinion the secrecy of a prepared item is cleared first."""

    url: str = Field(default="", max_length=TEXT_MAX)
    opinion: Text | None = Field(default=None, examples=["不涉密，可以公开"])
    file_sha256: str = Field(
        default="",
        pattern=r"^([0-9a-f]{64})?$",
        description="Hash of the file or screenshot that is shown there.",
    )
    column: str = Field(
        default="预算绩效公开专栏", max_length=200, description="The column that shows it."
    )
    accepted: Pointers = Field(
        default=[], description="Places that looked like personal data and tell of nobody."
    )


class WithholdDisclosureBody(Body):
    """Why it is not told, who decided that, and until when."""

    legal_basis: Text = Field(
        description="A ground of the closed list: STATE_SECRET, STATE_SECURITY, COMMERCIAL_SECRET, "
        "PERSONAL_PRIVACY, or its citation word for word.",
        examples=["STATE_SECRET"],
    )
    authority: Text = Field(examples=["喀什地区保密局"])
    expires_on: Day


class CorrectDisclosureBody(Body):
    """The fields that replace published ones, and why."""

    fields: Content = Field(min_length=1)
    reason: Text


class BulletinLine(Body):
    """A piece of work of the month; `items` leads to what was counted."""

    work: Text
    units: Count = 0
    projects: Count = 0
    result: Text
    items: str = Field(default="", max_length=TEXT_MAX)


class ReportFigure(Body):
    """A figure as it is told: `shown` is how the text says it, `items` what adds up to it."""

    id: str = Field(min_length=1, max_length=10)
    label: Text
    value: str = Field(max_length=TEXT_MAX)
    unit: str = Field(max_length=50)
    shown: str = Field(default="", max_length=TEXT_MAX)
    items: str = Field(default="", max_length=TEXT_MAX)


class ToldPassage(Body):
    """A chapter. In its paragraphs `{F06}` stands for that figure; other numbers are refused."""

    heading: Text
    paragraphs: list[Text] = Field(default_factory=list, max_length=100)


class IssueBulletinBody(Body):
    """The bulletin of a month; `GET …/draft` composes all of it from what was heard."""

    region_code: str = REGION_CODE
    year: int = Field(ge=2000, le=2100)
    month: int = Field(ge=1, le=12)
    lines: list[BulletinLine] = Field(min_length=1, max_length=100)
    passages: list[ToldPassage] = Field(default_factory=list, max_length=50)
    figures: list[ReportFigure] = Field(default_factory=list, max_length=200)


class CorrectBulletinBody(Body):
    """What is told of the month instead, and why; `GET …/draft` composes it anew."""

    reason: Text
    lines: list[BulletinLine] = Field(min_length=1, max_length=100)
    passages: list[ToldPassage] = Field(default_factory=list, max_length=50)
    figures: list[ReportFigure] = Field(default_factory=list, max_length=200)


class IssueAnnualReportBody(Body):
    """The report of a year with the figures that it stands for; `GET …/draft` writes it."""

    region_code: str = REGION_CODE
    fiscal_year: int = Field(ge=2000, le=2100)
    figures: list[ReportFigure] = Field(min_length=1, max_length=200)
    title: str = Field(default="", max_length=200)
    passages: list[ToldPassage] = Field(default_factory=list, max_length=50)
    reason: str = Field(
        default="", max_length=TEXT_MAX, description="Needed when a closed year is told anew."
    )


class CarriedBody(Body):
    """A red item that is carried over, by name and with the reason."""

    item_id: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=REASON_MAX)


class CloseFiscalYearBody(Body):
    """The year that is closed. Red items that are open are carried over one by one, or not."""

    region_code: str = REGION_CODE
    fiscal_year: int = Field(ge=2000, le=2100)
    carried: list[CarriedBody] = Field(default_factory=list, max_length=CARRIED_MAX)
