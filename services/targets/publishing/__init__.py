"""Private facts that the world hears, in chosen words; everything else stays in the house."""

from datetime import date
from typing import assert_never

from services.targets.domain.entries import BUREAUS
from services.targets.domain.events import budget_request as coming
from services.targets.domain.events import (
    bureau,
    delegation,
    ex_ante,
    joint_review,
    library,
    project,
    region,
    responsibility,
    rule_set,
    target,
    unit,
    unit_goals,
)
from services.targets.publishing import words as say
from services.targets.publishing.standing import responsibility_assigned, standing_changed
from shared.contracts.public_event import PublicEvent
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded

type Fact = (
    region.RegionEvent
    | unit.UnitEvent
    | bureau.BureauEvent
    | responsibility.ResponsibilityEvent
    | delegation.DelegationEvent
    | rule_set.RuleSetEvent
    | library.LibraryEvent
    | project.ProjectEvent
    | ex_ante.ExAnteEvent
    | target.TargetEvent
    | joint_review.JointReviewEvent
    | unit_goals.UnitGoalsEvent
    | coming.BudgetRequestEvent
)


def publish(  # noqa: PLR0911 - one answer per fact
    recorded: AnyRecorded,
) -> PublicEvent | None:
    """The word for a fact, or silence: case by case, and the type checker knows every case."""
    fact: Fact = recorded.event
    match fact:
        case region.RegionRegistered(level=level):
            return say.region_registered(fact) if level in BUREAUS else None
        case unit.UnitRegistered():
            return say.unit_registered(fact)
        case rule_set.RuleSetAdopted():
            return say.rule_set_adopted(fact)
        case library.LibraryPublished():
            return say.library_published(fact)
        case coming.BudgetDecided():
            return say.budget_decided(fact)
        case coming.ConstraintBreached():
            return say.constraint_breached(fact)
        case responsibility.ResponsibilityAssigned() | responsibility.ResponsibilityTransferred():
            return responsibility_assigned(fact)
        case (
            region.RegionRenamed()
            | region.RegionClassified()
            | region.RegionMerged()
            | region.RegionLeaderAppointed()
            | unit.UnitRenamed()
            | unit.UnitTransferred()
            | unit.UnitClosed()
            | unit.ResponsiblePersonsNamed()
            | bureau.SectionRegistered()
            | bureau.DepartmentAssigned()
            | bureau.SectionChiefAppointed()
            | bureau.SectionClosed()
            | delegation.SignatureDelegated()
            | delegation.DelegationWithdrawn()
            | rule_set.RuleSetDrafted()
            # The adoption of the next version tells that this one is superseded.
            | rule_set.RuleSetSuperseded()
            | library.LibraryClassImported()
            | library.LibraryEntryRetired()
            | library.LibraryEntryReinstated()
            | coming.UnitCapSet()
            | coming.ProjectCut()
            | coming.BudgetRequested()
            | unit_goals.GoalNoted()
            | unit_goals.GoalDropped()
        ):
            return None
        case _:
            return _of_life(fact, business_date(recorded.occurred_at))


def _of_life(
    fact: project.ProjectEvent
    | ex_ante.ExAnteEvent
    | joint_review.JointReviewEvent
    | target.TargetEvent,
    on: date,
) -> PublicEvent | None:
    match fact:
        case project.ProjectSuspended() | project.ProjectResumed() | project.ProjectTerminated():
            return standing_changed(fact, on)
        case project.ProjectRegistered():
            return say.project_registered(fact)
        case ex_ante.ExAnteConcluded():
            return say.ex_ante_concluded(fact)
        case (
            project.ResponsibleChanged()
            # The approval of the target tells of it.
            | project.ProjectMonitoringExempted()
            | project.ProjectAdmitted()
            | project.ProjectBudgeted()
            | project.ProjectStarted()
            | project.ProjectCompleted()
            # What evaluation said is not said again.
            | project.ProjectSelfEvaluated()
            | project.ProjectEvaluated()
            | project.ProjectArchived()
            | ex_ante.ExAnteReportSubmitted()
            | ex_ante.ExAnteReportReviewed()
            | ex_ante.ExAnteReportReturned()
            | ex_ante.ExAnteScored()
            | ex_ante.ExAnteGraded()
            | ex_ante.ExAnteAmountReduced()
            | ex_ante.ExAnteObjectionFiled()
            | ex_ante.ExAnteObjectionDecided()
            | ex_ante.ExAnteConsumed()
            # What was said in a session stays in the house; its effect is the target's to tell.
            | joint_review.JointReviewPlanned()
            | joint_review.JointReviewOpened()
            | joint_review.JointReviewOpinionRecorded()
            | joint_review.JointReviewMinutesAdopted()
        ):
            return None
        case _:
            return _of_target(fact)


def _of_target(  # noqa: PLR0911 - one answer per fact
    fact: target.TargetEvent,
) -> PublicEvent | None:
    match fact:
        case target.TargetSubmitted():
            return say.target_submitted(fact)
        case target.TargetApproved():
            return say.target_approved(fact)
        case target.TargetAdjusted():
            return say.target_adjusted(fact)
        case target.TargetAdjustmentRefused():
            return say.adjustment_refused(fact)
        case target.TargetAdjustmentRequested():
            return say.adjustment_paired(fact)
        case target.TargetAdjustmentSigned():
            return say.adjustment_signed(fact)
        case (
            target.TargetDrafted()
            | target.TargetRevised()
            | target.TargetConfirmed()
            | target.TargetReviewed()
            | target.TargetChecked()
            | target.TargetReturned()
            | target.TargetGraded()
            | target.TargetCompleted()
            | target.TargetRejected()
            | target.TargetValuesProposed()
            | target.TargetAdjustmentWithdrawn()
            | target.TargetClosed()
        ):
            return None
        case _:
            assert_never(fact)
