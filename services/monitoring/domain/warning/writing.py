"""Writing the letter: everything in it is fixed at the moment it is signed."""

from dataclasses import replace
from datetime import date
from typing import Final

from services.monitoring.domain.warning.case import Case
from services.monitoring.domain.warning.commands import CorrectLetter, IssueLetter
from services.monitoring.domain.warning.figures import figures, percent, problems
from services.monitoring.domain.warning.letter import (
    CONSEQUENCES,
    LAYOUT,
    URGENCY,
    Letter,
    content_sha256,
    letter_no,
)
from services.monitoring.domain.warning.letter_events import (
    CorrectionDrafted,
    LetterCorrected,
    LetterDrafted,
    LetterIssued,
)
from shared.domain.workdays import add_workdays, business_date

BUSINESS_SECTION: Final = "本局业务科室"

type Signing = IssueLetter | CorrectLetter


def write_letter(
    command: Signing, case: Case, draft: LetterDrafted, replaces: str | None
) -> LetterIssued:
    """The letter with its number, its days in working days, and its fingerprint."""
    letter = replace(_letter(command, case, draft), replaces=replaces)
    return _issued(command, case, letter)


def write_correction(
    command: CorrectLetter, case: Case, text: CorrectionDrafted
) -> LetterCorrected:
    """A letter of its own that cites the one it corrects; its terms count from its own day."""
    letter = replace(
        _letter(command, case, text.draft), corrects=text.corrects, correction=text.reason
    )
    return LetterCorrected(
        project=case.project,
        corrects=text.corrects,
        reason=text.reason,
        issued=_issued(command, case, letter),
    )


def _issued(command: Signing, case: Case, letter: Letter) -> LetterIssued:
    if command.proofread is not None:
        command.proofread(letter)
    return LetterIssued(
        project=case.project,
        level=case.level,
        serial=command.last_serial + 1,
        letter=letter,
        content_sha256=content_sha256(letter),
        acknowledge_by=letter.acknowledge_by,
        plan_by=letter.plan_by,
        finish_by=letter.finish_by,
    )


def _letter(command: Signing, case: Case, draft: LetterDrafted) -> Letter:
    today = business_date(command.now)
    region = command.region.name if command.region else case.project.region_code
    short = case.letters.short_names.get(case.project.region_code, "")
    serial = command.last_serial + 1
    acknowledge_by, plan_by, finish_by = _days(case, today)
    told = figures(case, command.around, today)
    execution = told.execution
    return Letter(
        letter_no=letter_no(case.letters.number, (region, short), today.year, serial),
        agency=f"{region}财政局",
        urgency=URGENCY[case.level],
        title=f"关于“{case.project_name}”绩效运行预警纠偏的告知函",
        to=case.unit_name,
        copies=(case.department_name, BUSINESS_SECTION),
        project_code=case.project.code,
        project_name=case.project_name,
        fiscal_year=case.project.fiscal_year,
        node=case.node,
        budget=str(case.budget),
        execution_rate=_text(case.execution_rate),
        goal_rate=_text(case.goal_rate),
        problems=problems(case, command.around, told),
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
        secrecy=draft.secrecy,
        as_of_on=told.as_of_on,
        paid=str(execution.paid) if execution else "",
        paid_rate=percent(told.paid_rate),
        time_progress=percent(told.progress),
        layout=LAYOUT,
    )


def _days(case: Case, today: date) -> tuple[date, date, date]:
    region = case.project.region_code
    rules = case.letters
    return (
        add_workdays(today, rules.acknowledge_days, region),
        add_workdays(today, rules.plan_days[case.level], region),
        add_workdays(today, rules.finish_days[case.level], region),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
