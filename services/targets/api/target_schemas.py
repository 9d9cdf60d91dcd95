"""What a request about a target may say."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from services.targets.api.application_schemas import ApplicationBody
from services.targets.api.schemas import (
    Body,
    Code,
    Name,
    OpinionBody,
    Points,
    SignBody,
    Text,
    Value,
    Year,
)
from services.targets.api.written import evidence_codes, notes_by_key, value_in_parts
from services.targets.domain.duties import ReturnReason
from services.targets.domain.proofs import Attainment, DataSource, EvidenceKind, ObtainMethod
from services.targets.domain.values import (
    FourTest,
    Level1,
    Level2,
    Library,
    Office,
    Operator,
    ReviewItem,
)
from shared.contracts.fields import Day, Yuan

INDICATORS_MAX = 60
ANSWERS_MAX = 200

FindingKey = Annotated[str, Field(pattern=r"^L\d\d(/[\w-]+)+$", max_length=120)]
Standard = Annotated[str, Field(max_length=400)]


class CostingBody(Body):
    """What one unit costs in yuan, and how many units the money buys."""

    unit_cost: Yuan
    quantity: Annotated[Value, Field(gt=0)]


class IndicatorBody(Body):
    """A level-3 indicator. Weights of a target sum to 90.

    A qualitative one describes the standard of its three `levels`; each says how its actual
    value is obtained, where from, and what will prove it.
    """

    # A form may say things in words of its own; they are read first, and only then is it JSON.
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)

    indicator_id: Code
    level1: Level1
    level2: Level2
    name: Name
    operator: Operator
    target_value: Value | None = None
    unit: Annotated[str, Field(max_length=40)] = ""
    weight: Annotated[
        Points,
        Field(description="The national tables have no points: what is not given is 0, for L03."),
    ] = Decimal(0)
    lower_is_better: bool = False
    is_core: bool = False
    cumulative: bool = True
    milestones: Annotated[dict[str, Value], Field(default_factory=dict, max_length=12)]
    standard: Standard = ""
    due_on: Day | None = None
    library_code: Annotated[
        str, Field(max_length=60, description="The entry of a published library it is from.")
    ] = ""
    library: Annotated[
        Library | None, Field(description="Needed where several libraries know the code.")
    ] = None
    levels: Annotated[dict[Attainment, Standard], Field(default_factory=dict)]
    obtain_method: ObtainMethod | None = None
    data_source: DataSource | None = None
    evidence: Annotated[
        tuple[EvidenceKind, ...], Field(max_length=4), BeforeValidator(evidence_codes)
    ] = ()
    last_actual: Value | None = None
    costing: CostingBody | None = None
    remark: Standard = ""

    _in_parts = model_validator(mode="before")(value_in_parts)


class ContentBody(Body):
    """What a target says. `waivers` give reasons for rules that allow one (`L02`, `L09`).

    `answers` answer warnings, each under the key of its finding: rule and field,
    `L05/annual_goal`. `application` is what the application form says besides.
    """

    annual_goal: Text
    indicators: Annotated[tuple[IndicatorBody, ...], Field(max_length=INDICATORS_MAX)]
    waivers: Annotated[
        dict[str, Name],
        Field(default_factory=dict, max_length=10),
        BeforeValidator(notes_by_key),
    ]
    answers: Annotated[
        dict[FindingKey, Name],
        Field(default_factory=dict, max_length=ANSWERS_MAX),
        BeforeValidator(notes_by_key),
    ]
    application: ApplicationBody | None = None


class DraftTargetBody(ContentBody):
    """A target for a project and year."""

    project_code: Code
    fiscal_year: Year
    confirm: bool = Field(
        default=False, description="The business office stands by its part at once."
    )


class ConfirmTargetBody(SignBody):
    """The office that stands by its part."""

    office: Literal[Office.BUSINESS, Office.FINANCE]


class CompleteTargetBody(ContentBody):
    """The completed target, with the fields that were amended."""

    amended: Annotated[tuple[Name, ...], Field(min_length=1, max_length=60)]


class CheckTargetBody(OpinionBody):
    """The four tests; those that failed are named."""

    failed: tuple[FourTest, ...] = ()


class GradeTargetBody(Body):
    """Points for each of the eight items, and the joint review they rest on, if there was one."""

    points: dict[ReviewItem, Points]
    joint_review_id: Code | None = None


class ApproveTargetBody(Body):
    """The budget that is approved with the target."""

    budget: Yuan


class ReturnTargetBody(Body):
    """Why it goes back, by code, in words, or both; without a code, whose work it is."""

    reasons: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    codes: Annotated[tuple[ReturnReason, ...], Field(max_length=20)] = ()
    office: Office = Office.BUSINESS
