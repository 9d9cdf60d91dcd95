"""Asked of ex-ante assessments."""

from typing import Final

from services.targets.api.schemas import (
    DecideObjectionBody,
    ExAnteReportBody,
    ObjectionBody,
    OpinionBody,
    ReduceBody,
    ReturnReportBody,
    ScoreBody,
)
from services.targets.api.translation import asker, by_year, evidence
from services.targets.domain.commands.ex_ante import (
    ConcludeExAnteAssessment,
    DecideExAnteObjection,
    FileExAnteObjection,
    GradeExAnteAssessment,
    ReduceExAnteAmount,
    ReturnExAnteReport,
    ReviewExAnteReport,
    ScoreExAnteReport,
    SubmitExAnteReport,
)
from services.targets.domain.ex_ante_items import ExAnteItem
from services.targets.domain.values import ReductionLine
from shared.http.commands import Asked, CommandEndpoint


def submit_ex_ante_report(asked: Asked, body: ExAnteReportBody) -> SubmitExAnteReport:
    """Hand in the report of a project with the draft of its target; after a return, again.

    The head who is named for the step EX_ANTE signs, or somebody by delegation.
    """
    return SubmitExAnteReport(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        region_code=asked.region_code or "",
        goal=body.goal,
        statements=dict(body.statements),
        evidence=evidence(body.evidence),
        person=body.person,
        asker=asker(asked),
        delegation_id=body.delegation_id,
        by=asked.actor,
        now=asked.now,
    )


def review_ex_ante_report(
    asked: Asked, assessment_id: str, body: OpinionBody
) -> ReviewExAnteReport:
    """Pass the report on to finance, as its department."""
    project_code, fiscal_year = by_year(assessment_id)
    return ReviewExAnteReport(
        project_code=project_code,
        fiscal_year=fiscal_year,
        opinion=body.opinion,
        by=asked.actor,
        now=asked.now,
    )


def return_ex_ante_report(
    asked: Asked, assessment_id: str, body: ReturnReportBody
) -> ReturnExAnteReport:
    """Give the report back to its unit, at most three times."""
    project_code, fiscal_year = by_year(assessment_id)
    return ReturnExAnteReport(
        project_code=project_code,
        fiscal_year=fiscal_year,
        reasons=body.reasons,
        codes=body.codes,
        by=asked.actor,
        now=asked.now,
    )


def score_ex_ante_report(asked: Asked, assessment_id: str, body: ScoreBody) -> ScoreExAnteReport:
    """Give one's points, once: by dimension, or by judging each item 优, 良, 中 or 差.

    A dimension below sixty percent of its points needs a reason.
    """
    project_code, fiscal_year = by_year(assessment_id)
    return ScoreExAnteReport(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        points=dict(body.points),
        vetoes=body.vetoes,
        judgements=dict(body.judgements),
        remarks=dict(body.remarks),
        reasons=dict(body.reasons),
        by=asked.actor,
        now=asked.now,
    )


def grade_ex_ante_assessment(asked: Asked, assessment_id: str) -> GradeExAnteAssessment:
    """Take the scores together: the mean, or the trimmed mean of five and more."""
    project_code, fiscal_year = by_year(assessment_id)
    return GradeExAnteAssessment(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def reduce_ex_ante_amount(asked: Asked, assessment_id: str, body: ReduceBody) -> ReduceExAnteAmount:
    """Cut what was asked for, line by line. Grades first where that has not been done."""
    project_code, fiscal_year = by_year(assessment_id)
    lines = (ReductionLine(line=o.line, amount=o.amount, reason=o.reason) for o in body.lines)
    return ReduceExAnteAmount(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        kind=body.kind,
        lines=tuple(lines),
        by=asked.actor,
        now=asked.now,
    )


def conclude_ex_ante_assessment(asked: Asked, assessment_id: str) -> ConcludeExAnteAssessment:
    """End the assessment: excellent and good are included, fair and poor are not arranged."""
    project_code, fiscal_year = by_year(assessment_id)
    return ConcludeExAnteAssessment(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def file_ex_ante_objection(
    asked: Asked, assessment_id: str, body: ObjectionBody
) -> FileExAnteObjection:
    """Object to the conclusion, within the term of the rule set."""
    project_code, fiscal_year = by_year(assessment_id)
    return FileExAnteObjection(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        grounds=body.grounds,
        evidence=evidence(body.evidence),
        by=asked.actor,
        now=asked.now,
    )


def decide_ex_ante_objection(
    asked: Asked, assessment_id: str, body: DecideObjectionBody
) -> DecideExAnteObjection:
    """Decide an objection, as somebody who did not decide before."""
    project_code, fiscal_year = by_year(assessment_id)
    return DecideExAnteObjection(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        upheld=body.upheld,
        score=body.score,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


_TAG: Final = "Ex-ante"
_ONE: Final = "/ex-ante-assessments/{assessment_id}"

EX_ANTE_COMMANDS: Final = (
    CommandEndpoint(
        path="/ex-ante-assessments", translate=submit_ex_ante_report, tag=_TAG, creates=True
    ),
    CommandEndpoint(path=f"{_ONE}/review", translate=review_ex_ante_report, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/return", translate=return_ex_ante_report, tag=_TAG),
    CommandEndpoint(
        path=f"{_ONE}/score",
        translate=score_ex_ante_report,
        tag=_TAG,
        example={
            "judgements": dict.fromkeys(ExAnteItem, "GOOD"),
            "remarks": {"COST_BASIS": "设备单价依据不足"},
            "reasons": {"ECONOMY": "三项设备单价高于本地采购均价"},
        },
    ),
    CommandEndpoint(path=f"{_ONE}/grade", translate=grade_ex_ante_assessment, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/reduce", translate=reduce_ex_ante_amount, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/conclude", translate=conclude_ex_ante_assessment, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/file-objection", translate=file_ex_ante_objection, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/decide-objection", translate=decide_ex_ante_objection, tag=_TAG),
)
