"""How much a unit may ask for (`domain` §4.9, V4)."""

from decimal import Decimal

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.disposition import OF_UNIT
from services.evaluation.domain.grounds import grounds
from services.evaluation.domain.linkage.commands import DecideLinkage
from services.evaluation.domain.linkage.events import BudgetLinkageDecided
from services.evaluation.domain.linkage.refusals import CutRatioNotForGrade, CutRatioOutsideRange
from services.evaluation.domain.refusals import (
    AppraisalNotConcluded,
    PreviousBudgetContradicted,
    PreviousBudgetUnknown,
)
from services.evaluation.domain.unit import Unit, registered
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.domain.rules import LinkageRules
from shared.domain.workdays import business_date

WHOLE = Decimal(1)


def cap(grade: Grade, previous: Money, rules: LinkageRules) -> Money | None:
    """The most a unit may ask for: nothing binds 优, the rest a share of the year before."""
    factor = rules.cap_factor[grade]
    return None if factor is None else previous.times(factor)


def computed(command: DecideLinkage) -> BudgetLinkageDecided:
    """The rule of §4.9 on the grade of the unit and its budget of the year before."""
    unit = registered(command.unit)
    if command.grade is None:
        raise AppraisalNotConcluded
    found = adopted(command.rules.rules if command.rules else None)
    rules = found.rule_set.linkage
    budget_year = command.basis_fiscal_year + rules.budget_year_offset
    previous = _previous(command, base_of(unit, budget_year - 1, rules.base))
    factor = _factor(command, rules, command.grade)
    basis = f"appraisal-{command.linkage_id}"
    return BudgetLinkageDecided(
        unit_code=command.unit_code,
        region_code=unit.region_code,
        department_code=unit.department_code,
        basis_fiscal_year=command.basis_fiscal_year,
        budget_year=budget_year,
        grade=command.grade,
        previous_budget=previous,
        cap_factor=factor,
        cap=None if factor is None else previous.times(factor),
        priority=command.grade in rules.priority,
        rule_set_version=found.version,
        decided_by=command.by,
        decided_on=business_date(command.now),
        binding=False,
        base=rules.base,
        disposition=OF_UNIT[command.grade],
        answer_days=rules.answer_days,
        grounds=grounds(command.rules, basis, f"unit-{command.unit_code}"),
    )


def base_of(unit: Unit, fiscal_year: int, base: str) -> Money | None:
    """The approved project budget of a year: as it began, or with its adjustments."""
    return unit.adjusted_budget(fiscal_year) if base == "ADJUSTED" else unit.budget(fiscal_year)


def _factor(command: DecideLinkage, rules: LinkageRules, grade: Grade) -> Decimal | None:
    """Of 差: 1 - cut ratio, within the range that the rule set allows; else what it states."""
    factor, ratio = rules.cap_factor[grade], command.cut_ratio
    if grade is not Grade.POOR:
        if ratio is not None:
            raise CutRatioNotForGrade(pointer="/cut_ratio", grade=grade.value)
        return factor
    chosen = factor if ratio is None else WHOLE - ratio
    least, most = rules.poor_allowed
    if chosen is None or not least <= chosen <= most:
        raise CutRatioOutsideRange(
            pointer="/cut_ratio", ratio_min=str(WHOLE - most), ratio_max=str(WHOLE - least)
        )
    return chosen


def _previous(command: DecideLinkage, heard: Money | None) -> Money:
    """What was approved for the year before; told by a person only where nothing was heard."""
    told = command.previous_budget
    if heard is None and told is None:
        raise PreviousBudgetUnknown(pointer="/previous_budget")
    if heard is not None and told is not None and heard != told:
        raise PreviousBudgetContradicted(pointer="/previous_budget", approved=str(heard))
    amount = told if heard is None else heard
    assert amount is not None
    return amount
