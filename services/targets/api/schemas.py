"""What a request may say. An unknown field is a mistake, and a mistake is told."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from services.targets.api.written import region_code
from services.targets.domain.duties import ReturnReason
from services.targets.domain.ex_ante_items import ExAnteItem, Veto
from services.targets.domain.sourced_rules import SourceTag
from services.targets.domain.values import (
    CapExemption,
    Exemption,
    Origin,
    ProjectKind,
    ReductionKind,
)
from shared.contracts.fields import WrittenNumber, Yuan
from shared.domain.grades import Grade

NOTES_MAX = 40
SOURCES_MAX = 500

# A code ends up in the name of a stream, where a hyphen separates the parts.
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.]{1,40}$", examples=["653101001"])]
RegionCode = Annotated[Code, BeforeValidator(region_code)]
Year = Annotated[int, Field(ge=2000, le=2100, examples=[2021])]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=4_000)]
Points = Annotated[WrittenNumber, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Value = Annotated[WrittenNumber, Field(max_digits=20, decimal_places=6)]
Pointer = Annotated[str, Field(pattern=r"^(/[^/]*)*$", max_length=200)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Body(BaseModel):
    """The base of every body."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ResponsibleBody(Body):
    """The three who answer: two offices and the head, by name."""

    business: Annotated[str, Field(max_length=100)]
    finance: Annotated[str, Field(max_length=100)]
    head: Annotated[str, Field(max_length=100)]


class ProvenanceBody(Body):
    """Where a value comes from, and the document that says so."""

    # A question about rules is read by the framework, which has made its JSON a dictionary.
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)

    source_tag: SourceTag
    legal_basis: Annotated[str, Field(max_length=400)] = ""


class RuleSetBody(Body):
    """The rules in their published form (weights, bands, thresholds, deadlines).

    `provenance` states sources by JSON Pointer into `rules`; a place holds for all below it.
    """

    region_code: Code
    fiscal_year: Year
    rules: dict[str, JsonValue]
    provenance: Annotated[dict[Pointer, ProvenanceBody], Field(max_length=SOURCES_MAX)] = {}


class RuleSetQuestion(RuleSetBody):
    """Rules that somebody asks about; nothing is drafted."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)


class AdoptBody(Body):
    """On what ground the rules are adopted."""

    legal_basis: Name


class ProjectBody(Body):
    """A project with who answers for it."""

    project_code: Code
    name: Name
    fiscal_year: Year
    region_code: RegionCode
    unit_code: Code
    requested: Yuan
    responsible: ResponsibleBody
    kind: ProjectKind = ProjectKind.OTHER
    function_code: Annotated[str, Field(max_length=20)] = ""
    fund_type_code: Annotated[str, Field(max_length=20)] = ""
    direct_fund_flag: Annotated[str, Field(pattern=r"^(01|02|09)?$")] = ""
    is_new: bool = False
    is_new_policy: bool = False
    is_renewed: bool = False
    exemption: Exemption = Exemption.NONE
    exemption_reason: Annotated[str, Field(max_length=400)] = ""
    origin: Origin = Origin.OFFICIAL
    library_class: Annotated[str, Field(max_length=60)] = ""
    in_year_monitoring_exempt: bool = Field(
        default=False, description="Of a research project (function 206), with a reason."
    )
    monitoring_exemption_reason: Annotated[str, Field(max_length=400)] = ""


class ChangePersonsBody(Body):
    """Others answer, and why."""

    responsible: ResponsibleBody
    reason: Name


class ReasonBody(Body):
    """Why."""

    reason: Name


class ReturnReportBody(Body):
    """Why it goes back, by code, in words, or both."""

    reasons: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    codes: Annotated[tuple[ReturnReason, ...], Field(max_length=20)] = ()


class OpinionBody(Body):
    """What the reviewer says."""

    opinion: Text = ""


class EvidenceBody(Body):
    """A file by name and fingerprint."""

    name: Name
    sha256: Sha256


class SignBody(Body):
    """Who signs; without a name, whoever is named for it. Another needs a delegation."""

    person: Annotated[str, Field(max_length=100)] = ""
    delegation_id: Annotated[str, Field(pattern=r"^[0-9a-f-]{0,36}$")] = ""


class ExAnteReportBody(SignBody):
    """The report speaks on every dimension of the rule set."""

    project_code: Code
    fiscal_year: Year
    goal: Text
    statements: Annotated[dict[str, Text], Field(max_length=20)]
    evidence: Annotated[tuple[EvidenceBody, ...], Field(max_length=NOTES_MAX)] = ()


class ScoreBody(Body):
    """Points by dimension, or a judgement of every item of the score sheet; with it, remarks.

    A dimension that gets less than sixty percent of its points needs a reason.
    """

    points: Annotated[dict[str, Points], Field(default_factory=dict, max_length=20)]
    judgements: dict[ExAnteItem, Grade] = Field(default_factory=dict)
    remarks: dict[ExAnteItem, Name] = Field(default_factory=dict)
    reasons: Annotated[dict[str, Name], Field(default_factory=dict, max_length=20)]
    vetoes: tuple[Veto, ...] = ()


class ReductionLineBody(Body):
    """A line that is cut."""

    line: Name
    amount: Yuan
    reason: Annotated[str, Field(max_length=400)]


class ReduceBody(Body):
    """The whole cut; it replaces an earlier one."""

    kind: ReductionKind
    lines: Annotated[tuple[ReductionLineBody, ...], Field(max_length=100)]


class ObjectionBody(Body):
    """Why the unit does not agree."""

    grounds: Text
    evidence: Annotated[tuple[EvidenceBody, ...], Field(max_length=NOTES_MAX)] = ()


class DecideObjectionBody(Body):
    """The decision; an objection upheld comes with the new score."""

    upheld: bool
    score: Points | None = None
    reason: Name


class RequestBudgetBody(Body):
    """What a unit asks for a project in a coming year."""

    unit_code: Code
    budget_year: Year
    project_code: Code
    amount: Yuan
    at_cap: bool = Field(default=False, description="Grant what the cap leaves, if less.")
    exemption: CapExemption = CapExemption.NONE
    exemption_reason: Annotated[str, Field(max_length=400)] = ""


class ApproveRequestBody(Body):
    """An own amount, or as asked for less the confirmed cut."""

    amount: Yuan | None = None
    at_cap: bool = False
