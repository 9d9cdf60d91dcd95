"""Private facts that the world hears, in chosen words; everything else stays in the house."""

import json
from typing import assert_never

from services.targets.domain.events import budget_request as coming
from services.targets.domain.events import (
    ex_ante,
    joint_review,
    library,
    project,
    region,
    rule_set,
    target,
    unit,
)
from services.targets.domain.rule_set import adopted_rules
from services.targets.publishing.adjustments import of_adjustment
from services.targets.publishing.budgets import of_budget_request
from services.targets.publishing.indicators import code, indicators
from shared.contracts import targets as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded

type Fact = (
    region.RegionEvent
    | unit.UnitEvent
    | rule_set.RuleSetEvent
    | library.LibraryEvent
    | project.ProjectEvent
    | ex_ante.ExAnteEvent
    | target.TargetEvent
    | joint_review.JointReviewEvent
    | coming.BudgetRequestEvent
)


def publish(  # noqa: PLR0911 - one answer per aggregate
    recorded: AnyRecorded,
) -> PublicEvent | None:
    """The word for a fact, or silence: case by case, and the type checker knows every case."""
    fact: Fact = recorded.event
    match fact:
        case region.RegionRegistered() | region.RegionLeaderAppointed():
            return _of_region(fact)
        case unit.UnitRegistered() | unit.ResponsiblePersonsNamed():
            return _of_unit(fact)
        case rule_set.RuleSetDrafted() | rule_set.RuleSetAdopted() | rule_set.RuleSetSuperseded():
            return _of_rule_set(fact)
        case (
            library.LibraryClassImported()
            | library.LibraryPublished()
            | library.LibraryEntryRetired()
            | library.LibraryEntryReinstated()
        ):
            return _of_library(fact)
        case (
            coming.UnitCapSet()
            | coming.ProjectCut()
            | coming.BudgetRequested()
            | coming.BudgetDecided()
            | coming.ConstraintBreached()
        ):
            return of_budget_request(fact)
        case (
            joint_review.JointReviewPlanned()
            | joint_review.JointReviewOpened()
            | joint_review.JointReviewOpinionRecorded()
            | joint_review.JointReviewMinutesAdopted()
        ):
            # What was said in the session stays in the house; its effect is the target's to tell.
            return None
        case target.TargetAdjusted() | target.TargetAdjustmentRefused():
            return of_adjustment(fact)
        case (
            target.TargetAdjustmentRequested()
            | target.TargetValuesProposed()
            | target.TargetAdjustmentSigned()
            | target.TargetAdjustmentWithdrawn()
        ):
            return None
        case _:
            return _of_life(fact)


def _of_life(
    fact: project.ProjectEvent | ex_ante.ExAnteEvent | target.WrittenEvent,
) -> PublicEvent | None:
    match fact:
        case project.ProjectRegistered():
            return _project_registered(fact)
        case ex_ante.ExAnteConcluded():
            return _ex_ante_concluded(fact)
        case target.TargetSubmitted():
            return _target_submitted(fact)
        case target.TargetApproved():
            return _target_approved(fact)
        case (
            project.ResponsibleChanged()
            | project.ProjectAdmitted()
            | project.ProjectBudgeted()
            | project.ProjectStarted()
            | project.ProjectSuspended()
            | project.ProjectResumed()
            | project.ProjectCompleted()
            | project.ProjectTerminated()
            | ex_ante.ExAnteReportSubmitted()
            | ex_ante.ExAnteReportReviewed()
            | ex_ante.ExAnteReportReturned()
            | ex_ante.ExAnteScored()
            | ex_ante.ExAnteGraded()
            | ex_ante.ExAnteAmountReduced()
            | ex_ante.ExAnteObjectionFiled()
            | ex_ante.ExAnteObjectionDecided()
            | ex_ante.ExAnteConsumed()
            | target.TargetDrafted()
            | target.TargetRevised()
            | target.TargetReviewed()
            | target.TargetChecked()
            | target.TargetReturned()
            | target.TargetGraded()
            | target.TargetCompleted()
            | target.TargetRejected()
            | target.TargetClosed()
        ):
            return None
        case _:
            assert_never(fact)


def _of_region(fact: region.RegionEvent) -> PublicEvent | None:
    if isinstance(fact, region.RegionLeaderAppointed):
        return None
    return said.RegionRegistered(
        region_code=fact.region_code, name=fact.name, parent_code=fact.parent_code
    )


def _of_unit(fact: unit.UnitEvent) -> PublicEvent | None:
    if isinstance(fact, unit.ResponsiblePersonsNamed):
        return None
    return said.UnitRegistered(
        region_code=fact.region_code,
        unit_code=fact.unit_code,
        name=fact.name,
        department_code=fact.department_code,
        department_name=fact.department_name,
        origin=code(fact.origin),
    )


def _of_rule_set(fact: rule_set.RuleSetEvent) -> PublicEvent | None:
    # The adoption of the next version tells that this one is superseded.
    if not isinstance(fact, rule_set.RuleSetAdopted):
        return None
    stated = adopted_rules(fact)
    return said.RuleSetAdopted(
        region_code=fact.region_code,
        rule_set_id=f"{fact.region_code}-{fact.fiscal_year}",
        rule_set_version=fact.rule_set_version,
        fiscal_year=fact.fiscal_year,
        legal_basis=fact.legal_basis,
        rules=json.loads(fact.rules_json),
        provenance={
            pointer: {"source_tag": source.source_tag.value, "legal_basis": source.legal_basis}
            for pointer, source in stated.provenance.items()
        },
    )


def _of_library(fact: library.LibraryEvent) -> PublicEvent | None:
    if not isinstance(fact, library.LibraryPublished):
        return None
    return said.LibraryPublished(
        region_code=fact.region_code,
        library=code(fact.library),
        library_version=fact.library_version,
        classes=fact.classes,
        entries=fact.entries,
        published_on=fact.published_on,
    )


def _project_registered(fact: project.ProjectRegistered) -> PublicEvent:
    return said.ProjectRegistered(
        region_code=fact.region_code,
        project_code=fact.project_code,
        name=fact.name,
        fiscal_year=fact.fiscal_year,
        unit_code=fact.unit_code,
        department_code=fact.department_code,
        function_code=fact.function_code,
        fund_type_code=fact.fund_type_code,
        direct_fund_flag=fact.direct_fund_flag,
        requested=fact.requested,
        needs_ex_ante=fact.needs_ex_ante,
        origin=code(fact.origin),
    )


def _ex_ante_concluded(fact: ex_ante.ExAnteConcluded) -> PublicEvent:
    return said.ExAnteConcluded(
        region_code=fact.region_code,
        project_code=fact.project_code,
        fiscal_year=fact.fiscal_year,
        assessed_on=fact.concluded_on,
        unit_code=fact.unit_code,
        department_code=fact.department_code,
        requested=fact.requested,
        accepted=fact.accepted,
        reduced=fact.reduced,
        reduction_kind=code(fact.reduction_kind),
        score=fact.score,
        grade=code(fact.grade),
        conclusion=code(fact.conclusion),
        rule_set_version=fact.rule_set_version,
        rules_region=fact.rules_region,
        origin=code(fact.origin),
    )


def _target_submitted(fact: target.TargetSubmitted) -> PublicEvent:
    return said.TargetSubmitted(
        region_code=fact.region_code,
        project_code=fact.project_code,
        fiscal_year=fact.fiscal_year,
        unit_code=fact.unit_code,
    )


def _target_approved(fact: target.TargetApproved) -> PublicEvent:
    basis = fact.basis
    return said.TargetApproved(
        region_code=basis.region_code,
        project_code=basis.project_code,
        project_name=basis.project_name,
        fiscal_year=basis.fiscal_year,
        unit_code=basis.unit_code,
        department_code=basis.department_code,
        target_version=fact.target_version,
        budget=fact.budget,
        scheme="A" if fact.scheme == "A" else "B",
        annual_goal=fact.annual_goal,
        indicators=indicators(fact.indicators),
        function_code=basis.function_code,
        fund_type_code=basis.fund_type_code,
        direct_fund_flag=basis.direct_fund_flag,
        approved_on=fact.approved_on,
        rule_set_version=fact.rule_set_version,
        rules_region=fact.rules_region,
        origin=code(basis.origin),
    )
