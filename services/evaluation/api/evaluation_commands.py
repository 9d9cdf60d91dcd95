"""Asked of department and finance evaluations: the nine steps, the re-check, the objection."""

from typing import Final

from services.evaluation.api import evaluation_schemas as told
from services.evaluation.api.forms.report_press import print_report
from services.evaluation.api.judging_schemas import AnswerBody
from services.evaluation.domain.judging import commands as ask
from services.evaluation.domain.judging.reportfile import EnterReportFile
from services.evaluation.domain.judging.values import (
    Chapters,
    Figure,
    ItemScore,
    Material,
    PlanItem,
    Side,
)
from shared.http.commands import Asked, CommandEndpoint, Translate
from shared.http.policy import BUREAU_ROLES, DEPARTMENT_ROLES, UNIT_ROLES

DEPARTMENT_PREFIX: Final = "DEPARTMENT-"


def side_of(asked: Asked, evaluation_id: str) -> Side:
    """On whose side somebody acts; experts and third parties work for whoever evaluates."""
    if asked.roles & DEPARTMENT_ROLES:
        return Side.DEPARTMENT
    if asked.roles & UNIT_ROLES:
        return Side.UNIT
    if asked.roles & BUREAU_ROLES or not evaluation_id.startswith(DEPARTMENT_PREFIX):
        return Side.FINANCE
    return Side.DEPARTMENT


def year_of(name: str) -> int:
    """The fiscal year at the end of a name; a name without one has no rules."""
    year = name.rpartition("-")[2]
    return int(year) if year.isdecimal() and year.isascii() else 0


def select_for_evaluation(asked: Asked, body: told.SelectBody) -> ask.SelectForEvaluation:
    """Select a project for a department or finance evaluation."""
    return ask.SelectForEvaluation(
        **dict(body), side=side_of(asked, body.evaluation_id), by=asked.actor, now=asked.now
    )


def issue_notice(asked: Asked, evaluation_id: str, body: told.NoticeBody) -> ask.IssueNotice:
    """Tell the evaluated party by a notice what is evaluated and what it hands over."""
    return ask.IssueNotice(
        evaluation_id=evaluation_id,
        **dict(body),
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def propose_plan(asked: Asked, evaluation_id: str, body: told.PlanBody) -> ask.ProposePlan:
    """Propose the framework of an evaluation; output and benefit weigh at least 60."""
    return ask.ProposePlan(
        evaluation_id=evaluation_id,
        region_code=asked.region_code or "",
        fiscal_year=year_of(evaluation_id),
        items=tuple(PlanItem(**dict(one)) for one in body.items),
        stage=body.stage,
        methods=body.methods,
        standards=body.standards,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def approve_plan(asked: Asked, evaluation_id: str) -> ask.ApprovePlan:
    """Approve the framework, as somebody else."""
    return ask.ApprovePlan(
        evaluation_id=evaluation_id,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def _materials(bodies: tuple[told.MaterialBody, ...]) -> tuple[Material, ...]:
    return tuple(Material(**dict(one)) for one in bodies)


def collect_data(asked: Asked, evaluation_id: str, body: told.CollectBody) -> ask.CollectData:
    """Register the materials that came in, each with its fingerprint."""
    return ask.CollectData(
        evaluation_id=evaluation_id,
        materials=_materials(body.materials),
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def record_site_visit(
    asked: Asked, evaluation_id: str, body: told.SiteVisitBody
) -> ask.RecordSiteVisit:
    """Record what was seen on site."""
    return ask.RecordSiteVisit(
        evaluation_id=evaluation_id,
        visited_on=body.visited_on,
        place=body.place,
        visitors=body.visitors,
        findings=body.findings,
        materials=_materials(body.materials),
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def score_evaluation(asked: Asked, evaluation_id: str, body: told.ScoreBody) -> ask.ScoreEvaluation:
    """Give the preliminary points; execution is paid by received here, not by budget."""
    return ask.ScoreEvaluation(
        evaluation_id=evaluation_id,
        region_code=asked.region_code or "",
        fiscal_year=year_of(evaluation_id),
        received=body.received,
        paid=body.paid,
        scores=_scores(body.scores),
        figures=tuple(Figure(**dict(one)) for one in body.figures),
        answer_by=body.answer_by,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def _scores(bodies: tuple[told.ItemScoreBody, ...]) -> tuple[ItemScore, ...]:
    return tuple(ItemScore(**dict(one)) for one in bodies)


def answer_draft(asked: Asked, evaluation_id: str, body: AnswerBody) -> ask.AnswerDraft:
    """Answer the draft conclusion: no evaluation ends without the other side's opinion."""
    return ask.AnswerDraft(
        evaluation_id=evaluation_id,
        agrees=body.agrees,
        text=body.text,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def conclude_evaluation(
    asked: Asked, evaluation_id: str, body: told.ConcludeBody
) -> ask.ConcludeEvaluation:
    """Conclude an evaluation after opinions were exchanged."""
    return ask.ConcludeEvaluation(
        evaluation_id=evaluation_id,
        region_code=asked.region_code or "",
        fiscal_year=year_of(evaluation_id),
        corrections=_scores(body.corrections),
        reply=body.reply,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def submit_report(
    asked: Asked, evaluation_id: str, body: told.SubmitReportBody
) -> tuple[ask.SubmitReport, EnterReportFile]:
    """Submit the report: its content, its fingerprint and its file are one act."""
    report = ask.SubmitReport(
        evaluation_id=evaluation_id,
        report_no=body.report_no,
        agency=body.agency,
        chapters=Chapters(**dict(body.chapters)),
        lead_evaluator=body.lead_evaluator,
        press=print_report,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )
    kept = EnterReportFile(
        evaluation_id=evaluation_id, press=print_report, by=asked.actor, now=asked.now
    )
    return report, kept


def file_report(asked: Asked, evaluation_id: str, body: told.FileReportBody) -> ask.FileReport:
    """Put the submitted report on file."""
    return ask.FileReport(
        evaluation_id=evaluation_id,
        **dict(body),
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def recheck_evaluation(
    asked: Asked, evaluation_id: str, body: told.RecheckEvaluationBody
) -> ask.RecheckEvaluation:
    """Replace the score of a department's evaluation after a look at the evidence itself."""
    return ask.RecheckEvaluation(
        evaluation_id=evaluation_id,
        region_code=asked.region_code or "",
        fiscal_year=year_of(evaluation_id),
        **dict(body),
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def object_to_evaluation(
    asked: Asked, evaluation_id: str, body: told.ObjectBody
) -> ask.ObjectToEvaluation:
    """Object to the result, once, within the term after it was told."""
    return ask.ObjectToEvaluation(
        evaluation_id=evaluation_id,
        region_code=asked.region_code or "",
        fiscal_year=year_of(evaluation_id),
        text=body.text,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def decide_evaluation_objection(
    asked: Asked, evaluation_id: str, body: told.DecideBody
) -> ask.DecideEvaluationObjection:
    """Decide an objection, as somebody who had no part in the result. This is final."""
    return ask.DecideEvaluationObjection(
        evaluation_id=evaluation_id,
        region_code=asked.region_code or "",
        fiscal_year=year_of(evaluation_id),
        score=body.score,
        reason=body.reason,
        side=side_of(asked, evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def _evaluation(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/evaluations/{{evaluation_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Evaluations")


EVALUATION_COMMANDS: Final = (
    CommandEndpoint(
        path="/evaluations", translate=select_for_evaluation, tag="Evaluations", creates=True
    ),
    _evaluation("issue-notice", issue_notice),
    _evaluation("propose-plan", propose_plan),
    _evaluation("approve-plan", approve_plan),
    _evaluation("collect-data", collect_data),
    _evaluation("record-site-visit", record_site_visit),
    _evaluation("score", score_evaluation),
    _evaluation("answer", answer_draft),
    _evaluation("conclude", conclude_evaluation),
    _evaluation("submit-report", submit_report),
    _evaluation("file-report", file_report),
    _evaluation("recheck", recheck_evaluation),
    _evaluation("object", object_to_evaluation),
    _evaluation("decide-objection", decide_evaluation_objection),
)
