"""Asked of judging: self-evaluation and evaluation."""

from typing import Final

from services.evaluation.api import judging_schemas as told
from services.evaluation.domain import evaluation_messages as assessed
from services.evaluation.domain.self_evaluation import messages as own
from shared.http.commands import Asked, CommandEndpoint, Translate


def recheck_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.RecheckBody
) -> own.RecheckSelfEvaluation:
    """Replace a score after a look at the evidence itself."""
    return own.RecheckSelfEvaluation(
        self_evaluation_id=self_evaluation_id,
        region_code=asked.region_code or "",
        score=body.score,
        reason=body.reason,
        document_no=body.document_no,
        by=asked.actor,
        now=asked.now,
    )


def file_objection(
    asked: Asked, self_evaluation_id: str, body: told.ObjectionBody
) -> own.FileObjection:
    """Object to a re-check, once."""
    return own.FileObjection(
        self_evaluation_id=self_evaluation_id, text=body.text, by=asked.actor, now=asked.now
    )


def decide_objection(
    asked: Asked, self_evaluation_id: str, body: told.DecideObjectionBody
) -> own.DecideObjection:
    """Decide an objection, as somebody who did not decide before. This is final."""
    return own.DecideObjection(
        self_evaluation_id=self_evaluation_id,
        region_code=asked.region_code or "",
        score=body.score,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def select_for_evaluation(asked: Asked, body: told.SelectBody) -> assessed.SelectForEvaluation:
    """Select a project for a department or finance evaluation."""
    return assessed.SelectForEvaluation(**dict(body), by=asked.actor, now=asked.now)


def propose_plan(asked: Asked, evaluation_id: str, body: told.PlanBody) -> assessed.ProposePlan:
    """Propose the framework of an evaluation; output and benefit weigh at least 60."""
    items = tuple(assessed.PlanItem(**dict(one)) for one in body.items)
    return assessed.ProposePlan(
        evaluation_id=evaluation_id, items=items, by=asked.actor, now=asked.now
    )


def approve_plan(asked: Asked, evaluation_id: str) -> assessed.ApprovePlan:
    """Approve the framework, as somebody else."""
    return assessed.ApprovePlan(evaluation_id=evaluation_id, by=asked.actor, now=asked.now)


def score_evaluation(
    asked: Asked, evaluation_id: str, body: told.ScoreBody
) -> assessed.ScoreEvaluation:
    """Give the preliminary points; execution is paid by received here, not by budget."""
    return assessed.ScoreEvaluation(
        evaluation_id=evaluation_id,
        received=body.received,
        paid=body.paid,
        scores=_scores(body.scores),
        answer_by=body.answer_by,
        by=asked.actor,
        now=asked.now,
    )


def _scores(bodies: tuple[told.ItemScoreBody, ...]) -> tuple[assessed.ItemScore, ...]:
    return tuple(assessed.ItemScore(**dict(one)) for one in bodies)


def answer_draft(asked: Asked, evaluation_id: str, body: told.AnswerBody) -> assessed.AnswerDraft:
    """Answer the draft conclusion: no evaluation ends without the other side's opinion."""
    return assessed.AnswerDraft(
        evaluation_id=evaluation_id,
        agrees=body.agrees,
        text=body.text,
        by=asked.actor,
        now=asked.now,
    )


def conclude_evaluation(
    asked: Asked, evaluation_id: str, body: told.ConcludeBody
) -> assessed.ConcludeEvaluation:
    """Conclude an evaluation after opinions were exchanged."""
    _, _, year = evaluation_id.rpartition("-")
    return assessed.ConcludeEvaluation(
        evaluation_id=evaluation_id,
        region_code=asked.region_code or "",
        fiscal_year=int(year) if year.isdecimal() and year.isascii() else 0,
        corrections=_scores(body.corrections),
        by=asked.actor,
        now=asked.now,
    )


def file_report(asked: Asked, evaluation_id: str, body: told.FileReportBody) -> assessed.FileReport:
    """Put the report on file."""
    return assessed.FileReport(
        evaluation_id=evaluation_id, **dict(body), by=asked.actor, now=asked.now
    )


_SELF: Final = "/self-evaluations/{self_evaluation_id}"
_ONE: Final = "/evaluations/{evaluation_id}"


def _self(verb: str, translate: Translate) -> CommandEndpoint:
    return CommandEndpoint(path=f"{_SELF}/{verb}", translate=translate, tag="Self-evaluations")


def _evaluation(verb: str, translate: Translate) -> CommandEndpoint:
    return CommandEndpoint(path=f"{_ONE}/{verb}", translate=translate, tag="Evaluations")


JUDGING_COMMANDS: Final = (
    _self("recheck", recheck_self_evaluation),
    _self("file-objection", file_objection),
    _self("decide-objection", decide_objection),
    CommandEndpoint(
        path="/evaluations", translate=select_for_evaluation, tag="Evaluations", creates=True
    ),
    _evaluation("propose-plan", propose_plan),
    _evaluation("approve-plan", approve_plan),
    _evaluation("score", score_evaluation),
    _evaluation("answer", answer_draft),
    _evaluation("conclude", conclude_evaluation),
    _evaluation("file-report", file_report),
)
