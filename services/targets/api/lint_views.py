"""What a reader of the lint is shown."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pydantic import BaseModel, Field

from services.targets.api.views import View
from services.targets.domain.findings import (
    Finding,
    Severity,
    errors,
    has_errors,
    quality_score,
    unanswered,
    warnings,
)
from services.targets.domain.simplifying import Suggestion
from shared.contracts.fields import Number
from shared.domain.likeness import Alike


class FindingView(View):
    """One thing the lint found, what to do about it, and what the unit says to it."""

    key: str = Field(description="What an answer is filed under in `answers`.")
    rule: str
    severity: Severity
    pointer: str = Field(description="The field of the request body.")
    detail: str
    detail_zh: str
    remedy: str
    remedy_zh: str
    answer: str | None = None


class FindingsView(BaseModel):
    """Everything the lint found, by the rules of the version named."""

    target_id: str
    rule_set_version: int
    scheme: str
    quality_score: int = Field(description="100 - 10 × errors - 3 × warnings, not below 0.")
    errors: int
    warnings: int
    unanswered: int
    submittable: bool = Field(description="No error, and no warning without an answer.")
    findings: list[FindingView]

    @classmethod
    def of(
        cls, target_id: str, judged: tuple[str, int], found: list[Finding], said: Mapping[str, str]
    ) -> "FindingsView":
        """The findings with their answers; `judged`: the scheme and the rule set version."""
        silent = unanswered(found, said)
        return cls(
            target_id=target_id,
            scheme=judged[0],
            rule_set_version=judged[1],
            quality_score=quality_score(found),
            errors=len(errors(found)),
            warnings=len(warnings(found)),
            unanswered=len(silent),
            submittable=not has_errors(found) and not silent,
            findings=[_with_answer(one, said.get(one.key)) for one in found],
        )


def _with_answer(finding: Finding, answer: str | None) -> FindingView:
    return FindingView.model_validate(finding).model_copy(update={"answer": answer})


class KeptView(View):
    """An indicator that should stay, with the weight it should have."""

    indicator_id: str
    name: str
    level1: str
    level2: str
    weight: Number


class MergeView(View):
    """An indicator that says what another one says."""

    indicator_id: str
    into: str
    likeness: Number


class SuggestionView(View):
    """How a long target becomes a short one; nothing is changed until the unit revises it."""

    target_id: str
    scheme: str
    points: Number = Field(description="Sum of the suggested weights; 90 when no part is missing.")
    keep: list[KeptView]
    merged: list[MergeView]
    dropped: list[str]

    @classmethod
    def of(cls, target_id: str, scheme: str, suggested: Suggestion) -> "SuggestionView":
        """A suggestion as it is shown."""
        return cls(
            target_id=target_id,
            scheme=scheme,
            points=sum((one.weight for one in suggested.keep), start=Decimal(0)),
            keep=[KeptView.model_validate(one) for one in suggested.keep],
            merged=[MergeView.model_validate(one) for one in suggested.merged],
            dropped=list(suggested.dropped),
        )


class AlikeView(BaseModel):
    """Another project of the unit that promises the same."""

    project_code: str
    project_name: str
    likeness: Number = Field(description="Shared pairs of characters; 1 is the same text.")


class SimilarView(BaseModel):
    """The unit's other targets of the year that say the same, and the warning that follows."""

    target_id: str
    compared: int = Field(description="How many other targets were read.")
    complete: bool = Field(description="Whether these were all targets of the unit and year.")
    similar: list[AlikeView]
    findings: list[FindingView]


def alike_views(found: Iterable[Alike], names: Mapping[str, str]) -> list[AlikeView]:
    """The similar projects with their names."""
    return [
        AlikeView(
            project_code=one.project_code,
            project_name=names[one.project_code],
            likeness=one.likeness,
        )
        for one in found
    ]
