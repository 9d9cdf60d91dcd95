"""What a reader is shown of how a target came to be what it is."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from services.targets.api.explanations import Explanation
from services.targets.api.joint_review_views import SessionOnTarget
from services.targets.api.rule_values import AppliedRules
from services.targets.api.views import TargetVersionView, TargetView


class TargetExplanation(Explanation):
    """Why a target stands where it stands."""

    target: TargetView
    points: Mapping[str, Any] = Field(description="Points of the review, by item.")
    joint_review: SessionOnTarget | None = Field(
        description="What the members of the joint review said, where the grade names one."
    )
    grades: Mapping[str, Any]
    weights: Mapping[str, Any]
    written_by: AppliedRules | None = Field(description="The rules its text was checked by.")
    graded_by: AppliedRules | None = Field(description="The rules its grade was taken from.")


class ChangedValue(BaseModel):
    """A target value that is not what it was when it was approved."""

    indicator_id: str
    name: str
    initial: str | None
    current: str | None


class TargetComparison(BaseModel):
    """The version that was approved beside the one that binds now (`domain` §3.3)."""

    initial: TargetVersionView
    current: TargetVersionView
    changed: list[ChangedValue]
