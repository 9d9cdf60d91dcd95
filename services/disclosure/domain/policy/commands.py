"""What may be asked of the policy library."""

from dataclasses import dataclass
from datetime import date, datetime

from services.disclosure.domain.policy.document import Document
from services.disclosure.domain.policy.events import PolicyRepealed, PolicySuperseded
from services.disclosure.domain.values import Layer, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPolicy:
    """A document is drafted."""

    document: Document
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisePolicy:
    """A draft is changed; what was reviewed has to be reviewed again."""

    policy_id: str
    layer: Layer
    title: str
    steps: tuple[Step, ...]
    text_sha256: str
    supersedes: tuple[str, ...]
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPolicyLegality:
    """Somebody else than the drafter says whether a draft is lawful."""

    policy_id: str
    passed: bool
    opinion: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePolicy:
    """A reviewed draft becomes binding on a day."""

    policy_id: str
    issued_on: date
    effective_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPolicy:
    """A document that was issued elsewhere is entered with its whole life.

    Without `issued_on` it is a draft.
    """

    document: Document
    issued_on: date | None
    effective_on: date | None
    end: PolicySuperseded | PolicyRepealed | None
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendPolicy:
    """An issued document rules other steps from a day on, or says something else."""

    policy_id: str
    steps: tuple[Step, ...]
    summary: str
    effective_on: date
    by: str
    now: datetime
    text_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPolicyStep:
    """A document rules one more step from a day on."""

    policy_id: str
    step: Step
    from_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmapPolicyStep:
    """A document no longer rules a step from a day on."""

    policy_id: str
    step: Step
    from_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedePolicy:
    """Another document takes its place on a day. `known`: the library has that other one."""

    policy_id: str
    superseded_by: str
    ends_on: date
    by: str
    now: datetime
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacePolicy:
    """A new document that says so takes its place on the day on which it takes effect."""

    policy_id: str
    superseded_by: str
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepealPolicy:
    """It no longer binds from a day on."""

    policy_id: str
    reason: str
    ends_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPolicyEffect:
    """Its day has come: a version binds."""

    policy_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPolicyEffect:
    """Its day has come: the document no longer binds."""

    policy_id: str
    by: str
    now: datetime


type PolicyCommand = (
    DraftPolicy
    | RevisePolicy
    | ReviewPolicyLegality
    | IssuePolicy
    | RecordPolicy
    | AmendPolicy
    | MapPolicyStep
    | UnmapPolicyStep
    | SupersedePolicy
    | ReplacePolicy
    | RepealPolicy
    | BeginPolicyEffect
    | EndPolicyEffect
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPolicyNumber:
    """A document takes its number."""

    number: str
    policy_id: str
    document_no: str
