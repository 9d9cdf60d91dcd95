"""Bodies as values of the domain."""

import json
from collections.abc import Collection, Mapping
from typing import Final, TypedDict

from services.targets.api.library_schemas import CaseRowBody, EntryBody
from services.targets.api.schemas import EvidenceBody, ProjectBody, ProvenanceBody, ResponsibleBody
from services.targets.api.target_schemas import ContentBody, IndicatorBody
from services.targets.domain.asker import Asker
from services.targets.domain.commands.project import Particulars
from services.targets.domain.library_cases import CaseRow
from services.targets.domain.library_entry import CaseIndicator, Entry, entry
from services.targets.domain.proofs import Costing, Proof
from services.targets.domain.refusals import TargetUnknown
from services.targets.domain.sourced_rules import Provenance
from services.targets.domain.values import Content, Evidence, Indicator, Office, Responsible
from shared.http.commands import Asked
from shared.http.policy import Role


def asker(asked: Asked) -> Asker:
    """For which unit somebody asks."""
    return Asker(region_code=asked.region_code or "", unit_code=asked.unit_code or "")


def by_year(text: str) -> tuple[str, int]:
    """The parts of `<code>-<year>`; what has no year is nothing we know."""
    code, _, year = text.rpartition("-")
    if not code or not year.isdecimal() or not year.isascii():
        raise TargetUnknown(id=text)
    return code, int(year)


class OfYear(TypedDict):
    """Which project's year a command is about."""

    project_code: str
    fiscal_year: int


def of_year(text: str) -> OfYear:
    """The parts of `<project>-<year>`, as every command on a target or a matrix names them."""
    project_code, fiscal_year = by_year(text)
    return {"project_code": project_code, "fiscal_year": fiscal_year}


def request_parts(text: str) -> tuple[str, int, str]:
    """The parts of `<unit>-<year>-<project>`."""
    unit_and_year, _, project_code = text.rpartition("-")
    unit_code, budget_year = by_year(unit_and_year)
    return unit_code, budget_year, project_code


def canonical(rules: Mapping[str, object]) -> str:
    """One text for equal rules, whatever the order of their keys."""
    return json.dumps(rules, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def provenance(stated: Mapping[str, ProvenanceBody]) -> dict[str, Provenance]:
    """Where the values of a rule set come from."""
    return {
        pointer: Provenance(source_tag=body.source_tag, legal_basis=body.legal_basis)
        for pointer, body in stated.items()
    }


def responsible(body: ResponsibleBody) -> Responsible:
    """Who answers."""
    return Responsible(business=body.business, finance=body.finance, head=body.head)


_OFFICES: Final = {
    Role.UNIT_BUSINESS: Office.BUSINESS,
    Role.UNIT_FINANCE: Office.FINANCE,
    Role.UNIT_HEAD: Office.HEAD,
}


def offices_of(roles: Collection[Role]) -> frozenset[Office]:
    """The offices of a unit that these roles speak for."""
    return frozenset(office for role, office in _OFFICES.items() if role in roles)


def evidence(bodies: tuple[EvidenceBody, ...]) -> tuple[Evidence, ...]:
    """What proves it."""
    return tuple(Evidence(name=body.name, sha256=body.sha256) for body in bodies)


def particulars(body: ProjectBody) -> Particulars:
    """What a project is."""
    return Particulars(
        name=body.name,
        fiscal_year=body.fiscal_year,
        region_code=body.region_code,
        unit_code=body.unit_code,
        requested=body.requested,
        kind=body.kind,
        function_code=body.function_code,
        fund_type_code=body.fund_type_code,
        direct_fund_flag=body.direct_fund_flag,
        is_new=body.is_new,
        is_new_policy=body.is_new_policy,
        is_renewed=body.is_renewed,
        exemption=body.exemption,
        exemption_reason=body.exemption_reason,
        origin=body.origin,
        library_class=body.library_class,
        in_year_monitoring_exempt=body.in_year_monitoring_exempt,
        monitoring_exemption_reason=body.monitoring_exemption_reason,
    )


def library_entry(body: EntryBody) -> Entry:
    """An entry of a library."""
    said = {name: getattr(body, name) for name in body.model_fields_set}
    said["indicators"] = [dict(row) for row in body.indicators]
    return entry(said)


def case_row(body: CaseRowBody) -> CaseRow:
    """A row of a sheet of model cases."""
    stated = body.indicator
    return CaseRow(
        code=body.code,
        name=body.name,
        text=body.text,
        indicator=None if stated is None else CaseIndicator(**dict(stated)),
    )


def content(body: ContentBody) -> Content:
    """What a target says; notes stay sparse, because events are kept for ever."""
    stated = body.indicators
    return Content(
        annual_goal=body.annual_goal,
        indicators=tuple(_indicator(one) for one in stated),
        standards={one.indicator_id: one.standard for one in stated if one.standard},
        due_on={one.indicator_id: one.due_on for one in stated if one.due_on},
        library_codes={one.indicator_id: one.library_code for one in stated if one.library_code},
        waivers=dict(body.waivers),
        levels={one.indicator_id: dict(one.levels) for one in stated if one.levels},
        proofs={one.indicator_id: proof for one in stated if (proof := _proof(one)) != Proof()},
        last_actuals={
            one.indicator_id: one.last_actual for one in stated if one.last_actual is not None
        },
        costings={one.indicator_id: Costing(**dict(one.costing)) for one in stated if one.costing},
        answers=dict(body.answers),
        libraries={one.indicator_id: one.library for one in stated if one.library},
        remarks={one.indicator_id: one.remark for one in stated if one.remark},
        application=body.application.application() if body.application else None,
    )


def _proof(body: IndicatorBody) -> Proof:
    return Proof(
        obtain_method=body.obtain_method, data_source=body.data_source, evidence=body.evidence
    )


def _indicator(body: IndicatorBody) -> Indicator:
    return Indicator(
        indicator_id=body.indicator_id,
        level1=body.level1,
        level2=body.level2,
        name=body.name,
        operator=body.operator,
        target_value=body.target_value,
        unit=body.unit,
        weight=body.weight,
        lower_is_better=body.lower_is_better,
        is_core=body.is_core,
        cumulative=body.cumulative,
        milestones=dict(body.milestones),
    )
