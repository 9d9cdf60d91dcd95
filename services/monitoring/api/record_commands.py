"""Commands about a record: forecast, the two parts of a form, signature, return, review."""

import re
from typing import Any, Final

from services.monitoring.api import record_schemas as schemas
from services.monitoring.domain.record.commands import (
    ConfirmExecution,
    EnterMonitoring,
    FileForecast,
    ReturnMonitoring,
    ReviewMonitoring,
    RunPreAnalysis,
    SubmitMonitoring,
    VerifyMonitoring,
)
from services.monitoring.domain.record.events import ContractDue, PlannedMonth
from services.monitoring.domain.record.judging import Aspect, Finding, Judgement
from services.monitoring.domain.values import DeviationCause, Proof, ReportedValue
from shared.http.commands import Asked, CommandEndpoint, Translate

_NAMED: Final = re.compile(r"(?P<name>[^:〔〕]*)(?:〔(?P<kind>[^〔〕]*)〕)?:(?P<sha256>.+)")


def _whose(asked: Asked, project_code: str, fiscal_year: int, node: str) -> dict[str, Any]:
    return {
        "project_code": project_code,
        "fiscal_year": fiscal_year,
        "node": node,
        "region_code": asked.region_code or "",
        "by": asked.actor,
        "now": asked.now,
    }


def written(proof: Proof) -> str:
    """A proof as it stands on the form: name〔kind〕:fingerprint."""
    kind = f"〔{proof.kind}〕" if proof.kind else ""
    return f"{proof.name}{kind}:{proof.sha256}"


def _proofs(value: schemas.ReportedValueBody) -> tuple[tuple[str, ...], tuple[Proof, ...]]:
    """Files without a name, and files with one, whichever way they were said."""
    named = [Proof(sha256=one.sha256, kind=one.kind, name=one.name) for one in value.proofs]
    plain: list[str] = []
    for text in value.evidence:
        found = _NAMED.fullmatch(text)
        if found is None:
            plain.append(text)
        else:
            said = {name: part or "" for name, part in found.groupdict().items()}
            named.append(Proof(**said))
    return tuple(plain), tuple(named)


def _value(value: schemas.ReportedValueBody) -> ReportedValue:
    ticked = tuple(cause for cause in DeviationCause if value.causes.get(cause))
    cause = value.cause or next(iter(ticked), None)
    evidence, proofs = _proofs(value)
    return ReportedValue(
        indicator_id=value.indicator_id,
        actual=value.actual,
        completion=value.completion,
        likelihood=value.likelihood,
        cause=cause,
        causes=ticked or ((cause,) if cause else ()),
        cause_text=value.cause_text,
        evidence=evidence,
        proofs=proofs,
        expected=value.expected,
        remark=value.remark,
    )


def reported(body: tuple[schemas.ReportedValueBody, ...]) -> tuple[ReportedValue, ...]:
    return tuple(map(_value, body))


def file_forecast(
    asked: Asked, project_code: str, fiscal_year: int, node: str, body: schemas.FileForecastBody
) -> FileForecast:
    """Say before the node what will be paid, month by month or by contract, and reached by it."""
    return FileForecast(
        **_whose(asked, project_code, fiscal_year, node),
        planned_payments=body.planned_payments,
        plan=tuple(PlannedMonth(month=one.month, amount=one.amount) for one in body.plan),
        contracts=tuple(
            ContractDue(contract_no=one.contract_no, amount=one.amount, due_on=one.due_on)
            for one in body.contracts
        ),
        values=reported(body.values),
    )


def run_pre_analysis(
    asked: Asked, project_code: str, fiscal_year: int, node: str
) -> RunPreAnalysis:
    """Predict the state at the node now; the clock does it a month before the node."""
    return RunPreAnalysis(**_whose(asked, project_code, fiscal_year, node))


def enter_monitoring(
    asked: Asked, project_code: str, fiscal_year: int, node: str, body: schemas.EnterMonitoringBody
) -> EnterMonitoring:
    """The business office enters values, causes and evidence, and stands by them."""
    return EnterMonitoring(
        **_whose(asked, project_code, fiscal_year, node),
        values=tuple(value for value in reported(body.values) if _says_something(value)),
        summary=body.summary,
        person=body.person,
    )


def _says_something(value: ReportedValue) -> bool:
    """A row of the form that nobody filled is no statement; what is due and missing is told."""
    if value.actual is not None:
        return True
    return value != ReportedValue(indicator_id=value.indicator_id, likelihood=value.likelihood)


def confirm_execution(
    asked: Asked, project_code: str, fiscal_year: int, node: str, body: schemas.ConfirmExecutionBody
) -> ConfirmExecution:
    """The finance office confirms the money that the ledger has at the cut-off."""
    return ConfirmExecution(
        **_whose(asked, project_code, fiscal_year, node),
        expected_year_end=body.expected_year_end,
        note=body.note,
        person=body.person,
    )


def submit_monitoring(
    asked: Asked,
    project_code: str,
    fiscal_year: int,
    node: str,
    body: schemas.SubmitMonitoringBody,
) -> SubmitMonitoring:
    """The head signs and hands in what both offices stand by; the ledger supplies the money."""
    return SubmitMonitoring(
        **_whose(asked, project_code, fiscal_year, node),
        values=reported(body.values),
        summary=body.summary,
        person=body.person,
    )


def return_monitoring(
    asked: Asked,
    project_code: str,
    fiscal_year: int,
    node: str,
    body: schemas.ReturnMonitoringBody,
) -> ReturnMonitoring:
    """Give a report back for a stated reason; the codes say whose part is open again."""
    return ReturnMonitoring(
        **_whose(asked, project_code, fiscal_year, node), reason=body.reason, codes=body.codes
    )


def verify_monitoring(
    asked: Asked,
    project_code: str,
    fiscal_year: int,
    node: str,
    body: schemas.VerifyMonitoringBody,
) -> VerifyMonitoring:
    """The department passes a report on."""
    return VerifyMonitoring(**_whose(asked, project_code, fiscal_year, node), opinion=body.opinion)


def review_monitoring(
    asked: Asked,
    project_code: str,
    fiscal_year: int,
    node: str,
    body: schemas.ReviewMonitoringBody,
) -> ReviewMonitoring:
    """Accept a report; score and level are computed in the same act."""
    judged = {aspect: getattr(body.judgements, aspect.lower()) for aspect in Aspect}
    return ReviewMonitoring(
        **_whose(asked, project_code, fiscal_year, node),
        opinion=body.opinion,
        completeness=body.completeness,
        correction=body.correction,
        compliance_suspected=body.compliance_suspected,
        judgements=tuple(
            Judgement(aspect=aspect, in_order=one.in_order, text=one.text)
            for aspect, one in judged.items()
            if one is not None
        ),
        in_depth=tuple(
            Finding(check=check, in_order=one.in_order, text=one.text)
            for check, one in body.in_depth.items()
        ),
    )


_RECORD: Final = "/records/{project_code}/{fiscal_year}/{node}"
_TAG: Final = "Monitoring"
_VALUE: Final = {
    "indicator_id": "I1",
    "actual": "7",
    "expected": "9所",
    "causes": {"HARDWARE": True},
    "cause_text": "建材供应推迟，两所学校七月开工",
    "proofs": [{"sha256": "9f86d081884c7d65" * 4, "kind": "施工日志", "name": "五月施工日志"}],
}


def _opens(path: str, translate: Translate, **example: object) -> CommandEndpoint:
    """What may be the first thing said of a node: there is no version to match yet."""
    return CommandEndpoint(
        path=f"{_RECORD}/{path}",
        translate=translate,
        tag=_TAG,
        creates=True,
        location="/records/{id}",
        example=example,
    )


RECORD_COMMANDS: Final = (
    _opens("forecast", file_forecast),
    _opens("pre-analyse", run_pre_analysis),
    _opens("enter", enter_monitoring, values=[_VALUE], summary="已开工7所，其余2所七月开工"),
    _opens("confirm-execution", confirm_execution, expected_year_end="2300000.00"),
    _opens("submit", submit_monitoring),
    CommandEndpoint(path=f"{_RECORD}/return", translate=return_monitoring, tag=_TAG),
    CommandEndpoint(
        path=f"{_RECORD}/verify",
        translate=verify_monitoring,
        tag=_TAG,
        example={"opinion": "情况属实，同意上报"},
    ),
    CommandEndpoint(path=f"{_RECORD}/review", translate=review_monitoring, tag=_TAG),
)
