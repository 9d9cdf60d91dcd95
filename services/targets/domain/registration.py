"""Whether a project may enter, and whether it needs an ex-ante assessment (`domain` §3.1)."""

from collections.abc import Sequence

from services.targets.domain.asker import expect_own, seen
from services.targets.domain.commands.project import Particulars, RegisterProject
from services.targets.domain.events.project import ProjectRegistered
from services.targets.domain.monitoring_exemption import expect_exemptible
from services.targets.domain.refusals import (
    AmountNotPositive,
    ExemptionUnexplained,
    UnitNoLongerExists,
    UnitOfAnotherRegion,
    UnitUnknown,
)
from services.targets.domain.rule_set import in_force
from services.targets.domain.unit import check_responsible
from services.targets.domain.values import Exemption, Trigger
from shared.domain.money import ZERO
from shared.domain.rules import ExAnteRules
from shared.domain.workdays import business_date


def triggers(stated: Particulars, rules: ExAnteRules) -> Sequence[Trigger]:
    """Why this project needs an assessment, if it does: new and major ones do (**S**)."""
    found = (
        (stated.is_new, Trigger.NEW),
        (stated.requested >= rules.major_threshold, Trigger.MAJOR),
        (stated.is_new_policy, Trigger.NEW_POLICY),
        (stated.is_renewed, Trigger.RENEWED),
    )
    return tuple(trigger for holds, trigger in found if holds)


def registration(command: RegisterProject) -> ProjectRegistered:
    """The fact that is recorded, or the refusal."""
    stated = command.particulars
    expect_own(command.asker, stated.unit_code)
    unit = seen(command.unit, command.asker)
    if unit is None:
        raise UnitUnknown(pointer="/unit_code", unit_code=stated.unit_code)
    if unit.region_code != stated.region_code:
        raise UnitOfAnotherRegion(pointer="/region_code", unit_region=unit.region_code)
    if unit.end is not None and business_date(command.now) > unit.end.last_on:
        raise UnitNoLongerExists(
            pointer="/unit_code",
            last_on=unit.end.last_on,
            successor_code=unit.end.successor_code,
        )
    if stated.requested <= ZERO:
        raise AmountNotPositive(pointer="/requested")
    if stated.exemption is not Exemption.NONE and not stated.exemption_reason.strip():
        raise ExemptionUnexplained(pointer="/exemption_reason")
    expect_exemptible(stated)
    check_responsible(command.responsible)
    adopted = in_force(command.rules, stated.region_code)
    why = tuple(triggers(stated, adopted.rules.ex_ante))
    return ProjectRegistered(
        project_code=command.project_code,
        name=stated.name,
        fiscal_year=stated.fiscal_year,
        region_code=stated.region_code,
        unit_code=stated.unit_code,
        department_code=unit.department_code,
        requested=stated.requested,
        kind=stated.kind,
        function_code=stated.function_code,
        fund_type_code=stated.fund_type_code,
        direct_fund_flag=stated.direct_fund_flag,
        is_new=stated.is_new,
        is_new_policy=stated.is_new_policy,
        is_renewed=stated.is_renewed,
        exemption=stated.exemption,
        exemption_reason=stated.exemption_reason,
        triggers=why,
        needs_ex_ante=bool(why) and stated.exemption is Exemption.NONE,
        rule_set_version=adopted.rules.version,
        rules_region=adopted.lent_to(stated.region_code),
        responsible=command.responsible,
        origin=stated.origin,
        library_class=stated.library_class,
        in_year_monitoring_exempt=stated.in_year_monitoring_exempt,
        monitoring_exemption_reason=stated.monitoring_exemption_reason,
    )
