"""Asked of a self-evaluation: two locks, a signature, an audit, an explanation, acceptance."""

from typing import Any, Final

from services.evaluation.api import self_evaluation_schemas as told
from services.evaluation.api.self_evaluation_proofs import read
from services.evaluation.domain.self_evaluation import commands as own
from services.evaluation.domain.self_evaluation.evidence import EvidenceFile, Verdict
from services.evaluation.domain.values import Cause, Reported
from shared.http.commands import Asked, CommandEndpoint, Translate


def _of(asked: Asked, self_evaluation_id: str) -> dict[str, Any]:
    return {"self_evaluation_id": self_evaluation_id, "by": asked.actor, "now": asked.now}


def _judging(asked: Asked, self_evaluation_id: str) -> dict[str, Any]:
    return {**_of(asked, self_evaluation_id), "region_code": asked.region_code or ""}


def _cause(body: told.CauseBody | None) -> Cause | None:
    return None if body is None else Cause(**dict(body))


def _files(
    lines: tuple[told.ReportedBody, ...], described: tuple[told.EvidenceBody, ...] = ()
) -> tuple[EvidenceFile, ...]:
    """The files that are described beside the lines, and those described in them, each once."""
    found = {
        one.sha256: EvidenceFile(
            sha256=one.sha256,
            kind=one.kind,
            name=one.name,
            mime=one.mime,
            size=one.bytes,
            obtain_method=one.obtain_method,
            data_source=one.data_source,
            captured_on=one.captured_on,
            supersedes=one.supersedes,
        )
        for one in described
    }
    if len(found) != len(described):
        return tuple(found[one.sha256] for one in described)
    for line in lines:
        for text in line.evidence:
            file = read(text)
            if file is not None:
                found.setdefault(file.sha256, file)
    return tuple(found.values())


def _reported(body: told.ReportedBody) -> Reported:
    named = [(text, read(text)) for text in body.evidence]
    return Reported(
        indicator_id=body.indicator_id,
        value=body.value,
        attainment=body.attainment,
        share=body.share,
        evidence=tuple(text if file is None else file.sha256 for text, file in named),
        cause=_cause(body.cause),
        unit=body.unit,
    )


def enter_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.EnterSelfEvaluationBody
) -> own.EnterSelfEvaluation:
    """The business office fills in values, causes and evidence, and stands by them."""
    return own.EnterSelfEvaluation(
        **_judging(asked, self_evaluation_id),
        reports=tuple(map(_reported, body.reports)),
        evidence=_files(body.reports, body.evidence),
        execution_cause=_cause(body.execution_cause),
        finished=body.finished,
        self_score=body.self_score,
        summary=body.summary,
        person=body.person,
    )


def confirm_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.ConfirmSelfEvaluationBody
) -> own.ConfirmSelfEvaluation:
    """The finance office confirms the execution of the year, as monitoring says it."""
    return own.ConfirmSelfEvaluation(
        **_judging(asked, self_evaluation_id), note=body.note, person=body.person
    )


def submit_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.SubmitSelfEvaluationBody
) -> own.SubmitSelfEvaluation:
    """The head signs and hands in what both offices stand by; monitoring supplies the money."""
    return own.SubmitSelfEvaluation(
        **_judging(asked, self_evaluation_id),
        reports=tuple(map(_reported, body.reports)),
        prepared_by_business=body.prepared_by_business,
        prepared_by_finance=body.prepared_by_finance,
        execution_cause=_cause(body.execution_cause),
        finished=body.finished,
        self_score=body.self_score,
        summary=body.summary,
        person=body.person,
    )


def _verdicts(bodies: tuple[told.VerdictBody, ...]) -> tuple[Verdict, ...]:
    return tuple(Verdict(**dict(one)) for one in bodies)


def judge_self_evaluation_evidence(
    asked: Asked, self_evaluation_id: str, body: told.EvidenceJudgementBody
) -> own.JudgeSelfEvaluationEvidence:
    """Accept, reject or doubt files of a report that is not one's own."""
    return own.JudgeSelfEvaluationEvidence(
        **_of(asked, self_evaluation_id), verdicts=_verdicts(body.verdicts)
    )


def audit_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.AuditBody
) -> own.AuditSelfEvaluation:
    """Stand behind a report, as its department, and submit it to finance, where it is scored."""
    return own.AuditSelfEvaluation(
        **_judging(asked, self_evaluation_id),
        opinion=body.opinion,
        verdicts=_verdicts(body.verdicts),
        hold=body.hold,
    )


def send_self_evaluation(asked: Asked, self_evaluation_id: str) -> own.SendSelfEvaluation:
    """Submit to finance a report that was audited and held."""
    return own.SendSelfEvaluation(**_judging(asked, self_evaluation_id))


def return_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.ReturnBody
) -> own.ReturnSelfEvaluation:
    """Send a report back; the codes say whose part is open again."""
    return own.ReturnSelfEvaluation(
        **_of(asked, self_evaluation_id), reason=body.reason, codes=body.codes
    )


def request_self_evaluation_explanation(
    asked: Asked, self_evaluation_id: str, body: told.AskForExplanationBody
) -> own.RequestSelfEvaluationExplanation:
    """Ask the unit to explain what the machine noticed, within the term of the rules."""
    return own.RequestSelfEvaluationExplanation(
        **_judging(asked, self_evaluation_id), text=body.text
    )


def answer_self_evaluation_findings(
    asked: Asked, self_evaluation_id: str, body: told.ExplainBody
) -> own.AnswerSelfEvaluationFindings:
    """Explain what was noticed, or take the report back to correct it."""
    return own.AnswerSelfEvaluationFindings(
        **_of(asked, self_evaluation_id), text=body.text, corrects=body.corrects
    )


def settle_self_evaluation_findings(
    asked: Asked, self_evaluation_id: str, body: told.SettleFindingsBody
) -> own.SettleSelfEvaluationFindings:
    """Keep the findings on record after the explanation, or after its day has passed."""
    return own.SettleSelfEvaluationFindings(**_of(asked, self_evaluation_id), reason=body.reason)


def accept_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.AcceptBody
) -> own.AcceptSelfEvaluation:
    """Recompute a report and accept it; one the machine cannot believe goes back."""
    return own.AcceptSelfEvaluation(
        **_judging(asked, self_evaluation_id), judged_low=body.judged_low
    )


def _self(verb: str, translate: Translate, **example: object) -> CommandEndpoint:
    return CommandEndpoint(
        path=f"/self-evaluations/{{self_evaluation_id}}/{verb}",
        translate=translate,
        tag="Self-evaluations",
        example=example,
    )


_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_CAUSE: Final = {
    "code": "HARDWARE",
    "text": "建材供应推迟两个月，一所校舍未能在年内竣工验收，已结转下年度实施，资金按合同结转。",
    "measure": "更换供应商，按周调度",
    "objective": "40",
    "subjective": "60",
    "due_on": "2022-05-31",
    "owner": "阿依古丽",
}
_FILE: Final = {
    "sha256": _PROOF,
    "kind": "OFFICIAL_DOCUMENT",
    "name": "竣工验收报告.pdf",
    "mime": "application/pdf",
    "bytes": 182_331,
    "obtain_method": "DIRECT_PROOF",
    "data_source": "DEPARTMENT_RECORDS",
    "captured_on": "2021-12-20",
}
_EXPLAINED: Final = (
    "目标值在年初按三年均值测算，年中政策扩面使受益人数增加，下年度按新口径设定目标。"
)
SELF_EVALUATION_COMMANDS: Final = (
    _self(
        "enter",
        enter_self_evaluation,
        reports=[
            {"indicator_id": "I1", "value": "8", "evidence": [_PROOF], "cause": _CAUSE},
            {"indicator_id": "I2", "attainment": "MET", "share": "0.95", "evidence": [_PROOF]},
        ],
        evidence=[_FILE],
        self_score="93.25",
        summary="维修校舍8所，一所结转下年",
        person="阿依古丽",
    ),
    _self("confirm", confirm_self_evaluation, note="与国库支付系统一致", person="王芳"),
    _self("submit", submit_self_evaluation, person="买买提"),
    _self(
        "judge-evidence",
        judge_self_evaluation_evidence,
        verdicts=[{"sha256": _PROOF, "acceptance": "DOUBTFUL", "reason": "缺少监理签字"}],
    ),
    _self(
        "audit",
        audit_self_evaluation,
        opinion="数据与佐证材料一致",
        verdicts=[{"sha256": _PROOF, "acceptance": "ACCEPTED"}],
    ),
    _self("send", send_self_evaluation),
    _self(
        "return",
        return_self_evaluation,
        reason="满意度指标缺少调查问卷",
        codes=["EVIDENCE_MISSING"],
    ),
    _self(
        "request-explanation",
        request_self_evaluation_explanation,
        text="目标完成高于预算执行，请说明",
    ),
    _self("answer-findings", answer_self_evaluation_findings, text=_EXPLAINED),
    _self("settle-findings", settle_self_evaluation_findings, reason="说明属实，疑点记录在案"),
    _self("accept", accept_self_evaluation, judged_low=["I2"]),
)
