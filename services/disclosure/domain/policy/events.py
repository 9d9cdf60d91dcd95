"""What may have happened to a policy document. Fields with a default are younger than the facts."""

from dataclasses import dataclass
from datetime import date

from services.disclosure.domain.policy.document import Document
from services.disclosure.domain.values import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDrafted:
    """There is a draft."""

    document: Document
    drafted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRevised:
    """The draft is another one now."""

    document: Document
    revised_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLegalityReviewed:
    """Somebody else has said whether the draft is lawful."""

    passed: bool
    opinion: str
    reviewed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyIssued:
    """The document binds from `effective_on`."""

    issued_on: date
    effective_on: date
    text_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAmended:
    """The document was changed; it rules these steps from `effective_on`."""

    steps: tuple[Step, ...]
    summary: str
    effective_on: date
    text_sha256: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStepMapped:
    """The document rules one more step."""

    step: Step
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStepUnmapped:
    """The document rules a step until the day before."""

    step: Step
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyEffectBegun:
    """The day has come: version `number` binds."""

    number: int
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySuperseded:
    """Another document binds instead; the first day on which this one does not."""

    superseded_by: str
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRepealed:
    """The document was repealed; the first day on which it does not bind."""

    reason: str
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyEffectEnded:
    """The day has come: the document no longer binds."""

    ended_on: date


type PolicyEvent = (
    PolicyDrafted
    | PolicyRevised
    | PolicyLegalityReviewed
    | PolicyIssued
    | PolicyAmended
    | PolicyStepMapped
    | PolicyStepUnmapped
    | PolicyEffectBegun
    | PolicySuperseded
    | PolicyRepealed
    | PolicyEffectEnded
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyNumberRegistered:
    """The number names this document."""

    policy_id: str
    document_no: str
