"""Words of third parties: what they are, what may be given to them, how they are paid."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class InstitutionKind(StrEnum):
    """Who may evaluate (财监〔2021〕4号 art. 2)."""

    CONSULTANCY = "CONSULTANCY"
    ACCOUNTING_FIRM = "ACCOUNTING_FIRM"
    ASSET_APPRAISER = "ASSET_APPRAISER"
    LAW_FIRM = "LAW_FIRM"
    INSTITUTE = "INSTITUTE"
    UNIVERSITY = "UNIVERSITY"
    OTHER = "OTHER"


class Work(StrEnum):
    """What somebody may be asked to do in an evaluation."""

    DATA_COLLECTION = "DATA_COLLECTION"
    SITE_VISIT = "SITE_VISIT"
    SURVEY = "SURVEY"
    PLAN = "PLAN"
    SCORING = "SCORING"
    REPORT = "REPORT"
    SETTING_TARGETS = "SETTING_TARGETS"
    SIGNING_SELF_EVALUATION = "SIGNING_SELF_EVALUATION"
    CONCLUDING = "CONCLUDING"


CORE: Final = frozenset({Work.PLAN, Work.SCORING, Work.REPORT})
"""Not to be subcontracted (财预〔2021〕6号)."""
ADMINISTRATIONS_OWN: Final = frozenset(
    {Work.SETTING_TARGETS, Work.SIGNING_SELF_EVALUATION, Work.CONCLUDING}
)
"""What the administration has to do itself is not outsourced."""


class FeeBasis(StrEnum):
    """How a fee is agreed. By the score is never allowed, and said so."""

    FIXED = "FIXED"
    WORKLOAD = "WORKLOAD"
    SCORE = "SCORE"


class Independence(StrEnum):
    """Why an institution is not independent."""

    OF_THE_CLIENT = "OF_THE_CLIENT"
    OF_THE_OBJECT = "OF_THE_OBJECT"
    PLANNED_THE_PROJECT = "PLANNED_THE_PROJECT"
    SAME_PERSON = "SAME_PERSON"


class AssignmentStatus(StrEnum):
    """Where an assignment stands."""

    COMMISSIONED = "COMMISSIONED"
    IN_PROGRESS = "IN_PROGRESS"
    DRAFT_REPORT = "DRAFT_REPORT"
    QUALITY_REVIEWED = "QUALITY_REVIEWED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    PAID = "PAID"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadEvaluator:
    """主评人: who signs; `account` is the subject of the person's token."""

    account: str
    name: str
    certificate_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcontract:
    """Work that is given on to somebody else."""

    work: Work
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """利益冲突声明 of an assignment: the file's fingerprint, and what it declares."""

    sha256: str
    interests: tuple[str, ...] = ()
    served_projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPaper:
    """工作底稿: one paper by name and fingerprint."""

    name: str
    sha256: str
