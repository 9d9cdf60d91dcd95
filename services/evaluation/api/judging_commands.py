"""Asked of judging: self-evaluation, appraisal, results of earlier years."""

from typing import Final

from services.evaluation.api import judging_schemas as told
from services.evaluation.domain import appraisal_messages as appraisal
from services.evaluation.domain import self_evaluation_messages as own
from services.evaluation.domain.prior_result import RecordPriorResult
from services.evaluation.domain.values import Cause, Reported
from shared.http.commands import Asked, CommandEndpoint, Translate


def _cause(body: told.CauseBody | None) -> Cause | None:
    return None if body is None else Cause(code=body.code, text=body.text, measure=body.measure)


def _reported(body: told.ReportedBody) -> Reported:
    return Reported(
        indicator_id=body.indicator_id,
        value=body.value,
        attainment=body.attainment,
        share=body.share,
        evidence=body.evidence,
        cause=_cause(body.cause),
    )


def submit_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.SubmitSelfEvaluationBody
) -> own.SubmitSelfEvaluation:
    """Hand the report in, signed by the head. The execution comes from the treasury's lines."""
    return own.SubmitSelfEvaluation(
        self_evaluation_id=self_evaluation_id,
        region_code=asked.region_code or "",
        reports=tuple(_reported(one) for one in body.reports),
        prepared_by_business=body.prepared_by_business,
        prepared_by_finance=body.prepared_by_finance,
        execution_cause=_cause(body.execution_cause),
        finished=body.finished,
        self_score=body.self_score,
        summary=body.summary,
        by=asked.actor,
        now=asked.now,
    )


def audit_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.OpinionBody
) -> own.AuditSelfEvaluation:
    """Stand behind a report, as its department."""
    return own.AuditSelfEvaluation(
        self_evaluation_id=self_evaluation_id,
        opinion=body.opinion,
        by=asked.actor,
        now=asked.now,
    )


def return_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.ReasonBody
) -> own.ReturnSelfEvaluation:
    """Send a report back."""
    return own.ReturnSelfEvaluation(
        self_evaluation_id=self_evaluation_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def accept_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.AcceptBody
) -> own.AcceptSelfEvaluation:
    """Recompute a report and accept it; one the machine cannot believe goes back."""
    return own.AcceptSelfEvaluation(
        self_evaluation_id=self_evaluation_id,
        region_code=asked.region_code or "",
        judged_low=body.judged_low,
        by=asked.actor,
        now=asked.now,
    )


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


def record_prior_result(asked: Asked, body: told.PriorResultBody) -> RecordPriorResult:
    """Record a project's result of a year before the system, with its document."""
    return RecordPriorResult(**dict(body), by=asked.actor, now=asked.now)


def score_appraisal(asked: Asked, body: told.ScoreAppraisalBody) -> appraisal.ScoreAppraisal:
    """Give the points of every link of a unit's or county's performance work."""
    return appraisal.ScoreAppraisal(
        subject_code=body.subject_code,
        fiscal_year=body.fiscal_year,
        region_code=asked.region_code or "",
        subject=body.subject,
        links=tuple(appraisal.LinkScore(**dict(one)) for one in body.links),
        bonus=body.bonus,
        penalty=body.penalty,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def conclude_appraisal(asked: Asked, appraisal_id: str) -> appraisal.ConcludeAppraisal:
    """Conclude an appraisal, as somebody else; inflated self-scores cost points."""
    subject, _, year = appraisal_id.rpartition("-")
    return appraisal.ConcludeAppraisal(
        subject_code=subject,
        fiscal_year=int(year) if year.isdecimal() and year.isascii() else 0,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def record_prior_appraisal(
    asked: Asked, body: told.PriorAppraisalBody
) -> appraisal.RecordPriorAppraisal:
    """Record a unit's grade of a year before the system, with its document."""
    return appraisal.RecordPriorAppraisal(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


_SELF: Final = "/self-evaluations/{self_evaluation_id}"


def _self(verb: str, translate: Translate) -> CommandEndpoint:
    return CommandEndpoint(path=f"{_SELF}/{verb}", translate=translate, tag="Self-evaluations")


JUDGING_COMMANDS: Final = (
    _self("submit", submit_self_evaluation),
    _self("audit", audit_self_evaluation),
    _self("return", return_self_evaluation),
    _self("accept", accept_self_evaluation),
    _self("recheck", recheck_self_evaluation),
    _self("file-objection", file_objection),
    _self("decide-objection", decide_objection),
    CommandEndpoint(
        path="/prior-results", translate=record_prior_result, tag="Results on record", creates=True
    ),
    CommandEndpoint(path="/appraisals", translate=score_appraisal, tag="Appraisals", creates=True),
    CommandEndpoint(
        path="/appraisals/{appraisal_id}/conclude",
        translate=conclude_appraisal,
        tag="Appraisals",
    ),
    CommandEndpoint(
        path="/prior-appraisals",
        translate=record_prior_appraisal,
        tag="Results on record",
        creates=True,
        location="/appraisals/{id}",
    ),
)
