"""What the targets service says: who is who, which rules hold, and what was promised."""

from shared.contracts.targets.places import (
    LibraryPublished,
    RegionRegistered,
    RuleSetAdopted,
    UnitRegistered,
)
from shared.contracts.targets.projects import (
    BudgetRequestDecided,
    ConstraintBreached,
    ExAnteConcluded,
    ProjectRegistered,
    ProjectResumed,
    ProjectSuspended,
    ProjectTerminated,
    ResponsibilityAssigned,
)
from shared.contracts.targets.promises import (
    Indicator,
    TargetAdjusted,
    TargetAdjustmentPaired,
    TargetAdjustmentRefused,
    TargetAdjustmentSigned,
    TargetApproved,
    TargetSubmitted,
)
from shared.contracts.targets.said import (
    TargetsEvent,
)

PUBLISHED = (
    RegionRegistered,
    UnitRegistered,
    RuleSetAdopted,
    LibraryPublished,
    ProjectRegistered,
    ExAnteConcluded,
    TargetSubmitted,
    TargetApproved,
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentPaired,
    TargetAdjustmentSigned,
    BudgetRequestDecided,
    ConstraintBreached,
    ResponsibilityAssigned,
    ProjectSuspended,
    ProjectResumed,
    ProjectTerminated,
)

__all__ = [
    "PUBLISHED",
    "BudgetRequestDecided",
    "ConstraintBreached",
    "ExAnteConcluded",
    "Indicator",
    "LibraryPublished",
    "ProjectRegistered",
    "ProjectResumed",
    "ProjectSuspended",
    "ProjectTerminated",
    "RegionRegistered",
    "ResponsibilityAssigned",
    "RuleSetAdopted",
    "TargetAdjusted",
    "TargetAdjustmentPaired",
    "TargetAdjustmentRefused",
    "TargetAdjustmentSigned",
    "TargetApproved",
    "TargetSubmitted",
    "TargetsEvent",
    "UnitRegistered",
]
