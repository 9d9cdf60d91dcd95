"""The conclusion, the report that is printed once, and the archive."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.commands import (
    ConcludeEvaluation,
    FileReport,
    SubmitReport,
)
from services.evaluation.domain.judging.events import (
    DraftAnswered,
    DraftUnanswered,
    EvaluationConcluded,
    EvaluationEvent,
    ReportFiled,
    ReportSubmitted,
)
from services.evaluation.domain.judging.framework import corrected, total
from services.evaluation.domain.judging.hearing import check_evidence
from services.evaluation.domain.judging.state import Evaluation, at, evaluators
from services.evaluation.domain.judging.values import (
    ItemScore,
    PlanItem,
    Report,
    ReportLine,
    Step,
)
from services.evaluation.domain.refusals import OpinionsNotExchanged, SamePersonDecidesAgain
from shared.domain.grades import grade_of
from shared.domain.hands import hands
from shared.domain.workdays import business_date

type Facts = Sequence[EvaluationEvent]

REPORT_TITLE: Final = "绩效评价报告"


def conclude(command: ConcludeEvaluation, state: Evaluation) -> Facts:
    """Another person than the scorer, after opinions were exchanged."""
    evaluators(state, command.side)
    if state.concluded:
        return []
    at(state, Step.FACTS_VERIFIED, Step.OPINIONS_EXCHANGED)
    assert state.scored is not None
    assert state.plan is not None
    today = business_date(command.now)
    before: list[EvaluationEvent] = []
    if state.opinion is None:
        if today <= state.scored.answer_by:
            raise OpinionsNotExchanged(answer_by=state.scored.answer_by.isoformat())
        before.append(DraftUnanswered(due_on=state.scored.answer_by))
    hands(state.scored.scored_by).expect_another(command.by, SamePersonDecidesAgain)
    if isinstance(state.opinion, DraftAnswered) and not (state.opinion.agrees or command.reply):
        raise no.OpinionNotReplied(
            pointer="/reply", remedy="Say which opinions were adopted, and why not the others."
        )
    known = adopted(command.rules)
    check_evidence(state, command.corrections)
    scores = corrected(state.plan.items, state.scored.scores, command.corrections)
    whole = total(scores)
    concluded = EvaluationConcluded(
        kind=state.selected.kind,
        whose=state.selected.whose,
        corrections=command.corrections,
        score=whole,
        grade=grade_of(whole, known.rule_set.grades),
        rule_set_version=known.version,
        concluded_by=command.by,
        concluded_on=today,
        scores=scores,
        legal_basis=known.legal_basis,
        reply=command.reply,
    )
    return [*before, concluded]


def submit(command: SubmitReport, state: Evaluation) -> Facts:
    """The report as it stands: content and file have their fingerprints in the fact."""
    evaluators(state, command.side)
    if state.submitted:
        said = (state.submitted.report.report_no, state.submitted.report.chapters)
        if said == (command.report_no, command.chapters):
            return []
        raise no.ReportAlreadySubmitted(report_no=state.submitted.report.report_no)
    at(state, Step.CONCLUDED)
    if state.objection and not state.decision:
        raise no.ObjectionPending(decide_by=state.objection.decide_by.isoformat())
    if state.commissioned and not (command.commissioned and command.commissioned.accepted):
        raise no.ReportNotReviewed(assignment_id=state.commissioned.assignment_id)
    assert command.press is not None
    report = _report(command, state)
    if not report.lead_evaluator:
        raise no.LeadEvaluatorMissing(pointer="/lead_evaluator")
    return [
        ReportSubmitted(
            whose=state.selected.whose,
            report=report,
            content_sha256=fingerprint(report),
            pdf_sha256=hashlib.sha256(command.press(report)).hexdigest(),
            submitted_by=command.by,
        )
    ]


def _report(command: SubmitReport, state: Evaluation) -> Report:
    plan, scored, concluded = state.plan, state.scored, state.concluded
    assert plan is not None
    assert scored is not None
    assert concluded is not None
    assert state.result is not None
    done_by, whose, unit = command.commissioned, state.selected.whose, command.unit
    score, grade = state.result
    agency = command.agency or whose.region_code
    return Report(
        report_no=command.report_no,
        title=f"{state.selected.project_name}{REPORT_TITLE}",
        agency=agency,
        evaluator=done_by.name if done_by else state.selected.evaluator or agency,
        lead_evaluator=done_by.lead_evaluator if done_by else command.lead_evaluator,
        sealed_by=done_by.name if done_by else agency,
        project_code=whose.project_code,
        project_name=state.selected.project_name,
        fiscal_year=whose.fiscal_year,
        unit=unit.name if unit and unit.name else whose.unit_code,
        department=whose.department_code,
        budget=state.selected.budget,
        received=scored.received,
        paid=scored.paid,
        notice_no=state.notice.notice_no if state.notice else state.selected.notice_no,
        methods=plan.methods,
        standards=plan.standards,
        chapters=command.chapters,
        lines=_lines(plan.items, concluded.scores or scored.scores),
        score=score,
        grade=grade.value,
        opinion=_opinion(state),
        rule_set_version=concluded.rule_set_version,
        legal_basis=concluded.legal_basis,
        submitted_on=business_date(command.now),
    )


def _lines(items: Sequence[PlanItem], scores: Sequence[ItemScore]) -> tuple[ReportLine, ...]:
    given = {score.item_id: score for score in scores}
    return tuple(
        ReportLine(
            part=item.part,
            level2=item.level2,
            name=item.name,
            points=item.points,
            explanation=item.explanation,
            key_points=item.key_points,
            standard=item.standard,
            score=given[item.item_id].score,
            deduction=given[item.item_id].deduction
            or (given[item.item_id].basis if given[item.item_id].score < item.points else ""),
            evidence=given[item.item_id].evidence,
        )
        for item in items
    )


def _opinion(state: Evaluation) -> str:
    """What the evaluated party said, and what became of it."""
    if not isinstance(state.opinion, DraftAnswered):
        return "被评价方在规定期限内未答复，视为同意。"
    said = "被评价方同意。" if state.opinion.agrees else "被评价方提出不同意见。"
    text, reply = state.opinion.text, state.concluded.reply if state.concluded else ""
    answered = f"答复内容：“{text}”。" if text else ""
    return said + answered + (f"采纳情况：{reply}。" if reply else "")


def fingerprint(report: Report) -> str:
    """The SHA-256 of what a report says, field by field, whatever printed it."""
    said = {field.name: getattr(report, field.name) for field in fields(report)}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]
    return str(value)


def file(command: FileReport, state: Evaluation) -> Facts:
    """The archive keeps what was submitted, and nothing else."""
    evaluators(state, command.side)
    if state.filed and command.report_sha256 in {state.filed.report_sha256, ""}:
        return []
    at(state, Step.REPORT_SUBMITTED)
    assert state.submitted is not None
    number, digest = state.submitted.report.report_no, state.submitted.pdf_sha256
    for field, told, kept in (
        ("report_no", command.report_no, number),
        ("report_sha256", command.report_sha256, digest),
    ):
        if told and told != kept:
            raise no.ReportDiffers(
                f"{field} of the submitted report is {kept}.", pointer=f"/{field}", submitted=kept
            )
    return [
        ReportFiled(
            report_no=number,
            report_sha256=digest,
            filed_on=business_date(command.now),
            archive_no=command.archive_no,
            whose=state.submitted.whose,
        )
    ]
