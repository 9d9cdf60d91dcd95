"""What is asked of a self-evaluation whose offices answer for their parts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.self_evaluation.commands import (
    AnswerSelfEvaluationFindings,
    ConfirmSelfEvaluation,
    EnterSelfEvaluation,
    JudgeSelfEvaluationEvidence,
    NameDuty,
    NoteDuplicate,
    RequestSelfEvaluationExplanation,
    ReturnSelfEvaluation,
    SendSelfEvaluation,
    SettleSelfEvaluationFindings,
    SubmitSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.decider import self_evaluation_decider
from services.evaluation.domain.self_evaluation.desks import ReturnCode
from services.evaluation.domain.self_evaluation.events import DutyNamed
from services.evaluation.domain.self_evaluation.evidence import (
    Acceptance,
    DataSource,
    EvidenceFile,
    EvidenceKind,
    ObtainMethod,
    Verdict,
)
from shared.testing.spec import Given, Spec
from tests.evaluation.story import (
    BUREAU,
    DEPARTMENT,
    HEAD,
    ID,
    JUDGING,
    NOW,
    REGION,
    audit,
    opened,
    reports,
)

BUSINESS, FINANCE = "iss|business", "iss|finance"
PROOF: Final = "a" * 64
EXPLANATION: Final = "年初按三年均值设定目标，年中政策扩面后受益人数增加，下年度按新口径设定目标。"
report = Spec(self_evaluation_decider)
duty: Final = DutyNamed(business="李", finance="王", head="张")
OWN: Final[dict[str, Any]] = {"self_evaluation_id": ID, "now": NOW}
JUDGED: Final[dict[str, Any]] = {**OWN, "region_code": REGION}


def file(sha256: str = PROOF, **changes: Any) -> EvidenceFile:  # noqa: ANN401 - its fields
    """A file as a unit describes it."""
    plain = EvidenceFile(
        sha256=sha256,
        kind=EvidenceKind.OFFICIAL_DOCUMENT,
        name="竣工验收报告.pdf",
        mime="application/pdf",
        size=182_331,
        obtain_method=ObtainMethod.DIRECT_PROOF,
        data_source=DataSource.DEPARTMENT_RECORDS,
        captured_on=date(2021, 12, 20),
    )
    return replace(plain, **changes)


def fill(**changes: Any) -> EnterSelfEvaluation:  # noqa: ANN401 - its fields
    """The part of the business office: V1."""
    told = {**JUDGED, "by": BUSINESS, "reports": reports(), "evidence": (file(),)}
    return EnterSelfEvaluation(**{**told, "self_score": Decimal("93.89"), **changes})


def confirm(**changes: Any) -> ConfirmSelfEvaluation:  # noqa: ANN401 - its fields
    """The part of the finance office."""
    return ConfirmSelfEvaluation(**{**JUDGED, "by": FINANCE, **changes})


def sign(**changes: Any) -> SubmitSelfEvaluation:  # noqa: ANN401 - its fields
    """The head signs what both offices stand by."""
    return SubmitSelfEvaluation(**{**JUDGED, "by": HEAD, **changes})


def judge(
    acceptance: Acceptance, reason: str = "", sha256: str = PROOF
) -> JudgeSelfEvaluationEvidence:
    """A reviewer judges the file."""
    verdict = Verdict(sha256=sha256, acceptance=acceptance, reason=reason)
    return JudgeSelfEvaluationEvidence(**OWN, by=DEPARTMENT, verdicts=(verdict,))


def send(by: str = DEPARTMENT) -> SendSelfEvaluation:
    """What was held goes to finance."""
    return SendSelfEvaluation(**JUDGED, by=by)


def back(*codes: ReturnCode, by: str = DEPARTMENT) -> ReturnSelfEvaluation:
    """It goes back."""
    return ReturnSelfEvaluation(**OWN, by=by, reason="请补充", codes=codes)


def request(by: str = BUREAU) -> RequestSelfEvaluationExplanation:
    """The bureau asks."""
    return RequestSelfEvaluationExplanation(**JUDGED, by=by, text="目标完成高于预算执行，请说明")


def explain(text: str = EXPLANATION, *, corrects: bool = False) -> AnswerSelfEvaluationFindings:
    """The head answers."""
    return AnswerSelfEvaluationFindings(**OWN, by=HEAD, text=text, corrects=corrects)


def keep(by: str = BUREAU, **changes: Any) -> SettleSelfEvaluationFindings:  # noqa: ANN401 - its fields
    """The findings stay on record."""
    return SettleSelfEvaluationFindings(
        **{**OWN, "by": by, "reason": "说明属实，记录在案", **changes}
    )


def name_duty(business: str = "李") -> NameDuty:
    """The matrix names three persons."""
    return NameDuty(**OWN, by="abacus", business=business, finance="王", head="张")


def duplicate(also_in: str = "P0-2020") -> NoteDuplicate:
    """The file was found elsewhere."""
    return NoteDuplicate(**OWN, by="abacus", sha256=PROOF, also_in=also_in)


def named() -> Given:
    """Opened, with three persons named, money and rules known."""
    return report.given(duty, opened).knowing(*JUDGING)


def signed(**changes: Any) -> Given:  # noqa: ANN401 - the fields of the business part
    """Filled, confirmed, signed."""
    return named().after(fill(**changes), confirm(), sign())


def flagged(**changes: Any) -> Given:  # noqa: ANN401 - the fields of the business part
    """Audited, sent and recomputed."""
    return signed(**changes).after(audit())


LIFE: Final = (
    back(ReturnCode.EVIDENCE_MISSING),
    name_duty(),
    fill(),
    confirm(),
    sign(),
    judge(Acceptance.DOUBTFUL, "缺少监理签字"),
    replace(audit(), hold=True),
    send(),
    duplicate(),
    request(),
    explain(),
    keep(),
)
"""A self-evaluation of two offices from its return to the settling of its finding."""
