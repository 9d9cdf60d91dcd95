"""Writing the letter: everything in it is fixed at the moment it is signed."""

from datetime import date

from services.monitoring.domain.warning.commands import IssueLetter
from services.monitoring.domain.warning.events import Case, LetterIssued
from services.monitoring.domain.warning.letter import (
    CONSEQUENCES,
    PROBLEM_TEXTS,
    URGENCY,
    Letter,
    Problem,
    content_sha256,
    letter_no,
)
from services.monitoring.domain.warning.state import Drafted
from shared.domain.workdays import add_workdays, business_date


def write_letter(command: IssueLetter, state: Drafted) -> LetterIssued:
    """The letter with its number, its days in working days, and its fingerprint."""
    case, draft = state.case, state.draft
    today = business_date(command.now)
    serial = command.last_serial + 1
    region_name = command.region.name if command.region else case.project.region_code
    acknowledge_by, plan_by, finish_by = _days(case, today)
    letter = Letter(
        letter_no=letter_no(region_name, today.year, serial),
        agency=f"{region_name}财政局",
        urgency=URGENCY[case.level],
        title=f"关于“{case.project_name}”绩效运行预警纠偏的告知函",
        to=case.unit_name,
        copies=(case.department_name,),
        project_code=case.project.code,
        project_name=case.project_name,
        fiscal_year=case.project.fiscal_year,
        node=case.node,
        budget=str(case.budget),
        execution_rate=_text(case.execution_rate),
        goal_rate=_text(case.goal_rate),
        problems=_problems(case),
        demands=draft.demands,
        evidence_wanted=draft.evidence_wanted,
        acknowledge_by=acknowledge_by,
        plan_by=plan_by,
        finish_by=finish_by,
        consequences=CONSEQUENCES,
        legal_basis=case.legal_basis,
        signed_by=command.by,
        issued_on=today,
        contact=draft.contact,
        phone=draft.phone,
        replaces=state.replaces,
    )
    return LetterIssued(
        project=case.project,
        level=case.level,
        serial=serial,
        letter=letter,
        content_sha256=content_sha256(letter),
        acknowledge_by=acknowledge_by,
        plan_by=plan_by,
        finish_by=finish_by,
    )


def _days(case: Case, today: date) -> tuple[date, date, date]:
    region = case.project.region_code
    rules = case.letters
    return (
        add_workdays(today, rules.acknowledge_days, region),
        add_workdays(today, rules.plan_days[case.level], region),
        add_workdays(today, rules.finish_days[case.level], region),
    )


def _problems(case: Case) -> tuple[Problem, ...]:
    basis = f"{case.legal_basis}（规则集第{case.rule_set_version}版）"
    return tuple(
        Problem(number=number, reason=reason, text=PROBLEM_TEXTS[reason], basis=basis)
        for number, reason in enumerate(case.reasons, start=1)
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
