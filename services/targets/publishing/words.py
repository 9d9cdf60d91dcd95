"""The words that this service says to the world, each made from the fact behind it."""

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from services.targets.domain.events import budget_request as coming
from services.targets.domain.events import ex_ante, library, project, region, rule_set, target, unit
from services.targets.domain.rule_set import adopted_rules
from services.targets.domain.values import Indicator
from shared.contracts import targets as said
from shared.contracts.public_event import PublicEvent


def region_registered(fact: region.RegionRegistered) -> PublicEvent:
    """A region with a finance bureau of its own joined."""
    return said.RegionRegistered(
        region_code=fact.region_code, name=fact.name, parent_code=fact.parent_code
    )


def unit_registered(fact: unit.UnitRegistered) -> PublicEvent:
    """A unit and its department joined."""
    return said.UnitRegistered(
        region_code=fact.region_code,
        unit_code=fact.unit_code,
        name=fact.name,
        department_code=fact.department_code,
        department_name=fact.department_name,
        origin=_code(fact.origin),
    )


def rule_set_adopted(fact: rule_set.RuleSetAdopted) -> PublicEvent:
    """A version of the rules binds from now on."""
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


def library_published(fact: library.LibraryPublished) -> PublicEvent:
    """A version of a library came into use."""
    return said.LibraryPublished(
        region_code=fact.region_code,
        library=_code(fact.library),
        library_version=fact.library_version,
        classes=fact.classes,
        entries=fact.entries,
        published_on=fact.published_on,
    )


def budget_decided(fact: coming.BudgetDecided) -> PublicEvent:
    """What a request for a coming year got."""
    return said.BudgetRequestDecided(
        region_code=fact.region_code,
        project_code=fact.project_code,
        unit_code=fact.unit_code,
        department_code=fact.department_code,
        budget_year=fact.budget_year,
        requested=fact.requested,
        granted=fact.granted,
        cap=fact.cap,
        cut=fact.requested - fact.granted,
        reasons=tuple(reason.value for reason in fact.reasons),
        basis_fiscal_year=fact.basis_fiscal_year,
        similar_cut=fact.similar_cut,
    )


def constraint_breached(fact: coming.ConstraintBreached) -> PublicEvent:
    """Grants of a unit and year passed its cap all the same."""
    return said.ConstraintBreached(
        region_code=fact.region_code,
        unit_code=fact.unit_code,
        department_code=fact.department_code,
        budget_year=fact.budget_year,
        basis_fiscal_year=fact.basis_fiscal_year,
        grade=fact.grade.value,
        cap=fact.cap,
        granted=fact.granted,
        exempted=fact.exempted,
        excess=fact.excess,
        unexempted_excess=fact.unexempted_excess,
        exemptions=tuple(exemption.value for exemption in fact.exemptions),
        rule_set_version=fact.rule_set_version,
    )


def project_registered(fact: project.ProjectRegistered) -> PublicEvent:
    """A project joined."""
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
        origin=_code(fact.origin),
    )


def ex_ante_concluded(fact: ex_ante.ExAnteConcluded) -> PublicEvent:
    """An assessment ended."""
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
        reduction_kind=_code(fact.reduction_kind),
        score=fact.score,
        grade=_code(fact.grade),
        conclusion=_code(fact.conclusion),
        rule_set_version=fact.rule_set_version,
        rules_region=fact.rules_region,
        origin=_code(fact.origin),
    )


def target_submitted(fact: target.TargetSubmitted) -> PublicEvent:
    """A unit promised."""
    return said.TargetSubmitted(
        region_code=fact.region_code,
        project_code=fact.project_code,
        fiscal_year=fact.fiscal_year,
        unit_code=fact.unit_code,
    )


def target_approved(fact: target.TargetApproved) -> PublicEvent:
    """Promise and budget became binding."""
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
        indicators=_indicators(fact.indicators),
        function_code=basis.function_code,
        fund_type_code=basis.fund_type_code,
        direct_fund_flag=basis.direct_fund_flag,
        approved_on=fact.approved_on,
        in_year_monitoring_exempt=fact.in_year_monitoring_exempt,
        starts_on=fact.starts_on,
        rule_set_version=fact.rule_set_version,
        rules_region=fact.rules_region,
        origin=_code(basis.origin),
    )


def target_adjusted(fact: target.TargetAdjusted) -> PublicEvent:
    """Both changed together."""
    basis = fact.basis
    return said.TargetAdjusted(
        region_code=basis.region_code,
        project_code=basis.project_code,
        fiscal_year=basis.fiscal_year,
        unit_code=basis.unit_code,
        department_code=basis.department_code,
        adjustment_id=fact.adjustment_id,
        target_version=fact.target_version,
        budget_before=fact.budget_before,
        budget=fact.budget,
        indicators=_indicators(fact.indicators),
        reason=fact.reason,
        adjusted_on=fact.adjusted_on,
        undoes=fact.undoes,
    )


def adjustment_paired(fact: target.TargetAdjustmentRequested) -> PublicEvent | None:
    """A target waits for its money; what a unit asks for alone is told when it is decided."""
    basis = fact.basis
    if basis is None:
        return None
    return said.TargetAdjustmentPaired(
        region_code=basis.region_code,
        project_code=basis.project_code,
        fiscal_year=basis.fiscal_year,
        unit_code=basis.unit_code,
        adjustment_id=fact.adjustment_id,
        bodies=tuple(_code(office) for office in fact.offices),
        proposed_values=fact.proposed_values,
        rule_set_version=fact.rule_set_version,
        rules_region=fact.rules_region,
    )


def adjustment_signed(fact: target.TargetAdjustmentSigned) -> PublicEvent | None:
    """One more has agreed; facts from before the project was named in them are not said again."""
    basis, document = fact.basis, fact.document
    if basis is None:
        return None
    return said.TargetAdjustmentSigned(
        region_code=basis.region_code,
        project_code=basis.project_code,
        fiscal_year=basis.fiscal_year,
        unit_code=basis.unit_code,
        adjustment_id=fact.adjustment_id,
        body=_code(fact.office),
        signed_by=fact.signed_by,
        authority=document.authority if document else "",
        document_no=document.document_no if document else "",
        decided_on=document.decided_on if document else None,
        sha256=document.sha256 if document else "",
    )


def adjustment_refused(fact: target.TargetAdjustmentRefused) -> PublicEvent:
    """Neither changed."""
    return said.TargetAdjustmentRefused(
        region_code=fact.region_code,
        project_code=fact.project_code,
        fiscal_year=fact.fiscal_year,
        unit_code=fact.unit_code,
        adjustment_id=fact.adjustment_id,
        reason=fact.reason,
    )


def _indicators(indicators: Sequence[Indicator]) -> tuple[said.Indicator, ...]:
    return tuple(
        said.Indicator(
            indicator_id=indicator.indicator_id,
            level1=_code(indicator.level1),
            level2=indicator.level2.value,
            name=indicator.name,
            operator=_code(indicator.operator),
            target_value=indicator.target_value,
            unit=indicator.unit,
            lower_is_better=indicator.lower_is_better,
            weight=indicator.weight,
            is_core=indicator.is_core,
            cumulative=indicator.cumulative,
            milestones=indicator.milestones,
        )
        for indicator in indicators
    )


def _code(value: StrEnum) -> Any:  # noqa: ANN401 - the contract closes the set again
    return value.value
