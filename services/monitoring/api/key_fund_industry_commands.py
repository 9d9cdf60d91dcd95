"""Commands about industrial funds: the plan, then one for each stage of the closed loop."""

from datetime import datetime
from typing import Final, TypedDict

from services.monitoring.api import key_fund_industry_schemas as schemas
from services.monitoring.domain.industry import commands as ask
from services.monitoring.domain.industry.values import Applied, Planned, Statement
from shared.http.commands import Asked, CommandEndpoint, Translate

_FUND: Final = "/industry-funds/{fund_id}"


class _Whose(TypedDict):
    fund_id: str
    by: str
    now: datetime


def _of(asked: Asked, fund_id: str) -> _Whose:
    return {"fund_id": fund_id, "by": asked.actor, "now": asked.now}


def plan_industry_fund(asked: Asked, body: schemas.PlanIndustryFundBody) -> ask.PlanIndustryFund:
    """Plan a grant to enterprises. The same plan again changes nothing."""
    planned = Planned(
        fund_id=body.fund_id,
        name=body.name,
        region_code=body.region_code,
        department_code=body.department_code,
        unit_code=body.unit_code,
        fiscal_year=body.fiscal_year,
        amount=body.amount,
    )
    return ask.PlanIndustryFund(planned=planned, by=asked.actor, now=asked.now)


def apply_for_industry_fund(
    asked: Asked, fund_id: str, body: schemas.ApplyForIndustryFundBody
) -> ask.ApplyForIndustryFund:
    """Enter the application of an enterprise."""
    applied = Applied(enterprise=body.enterprise, credit_code=body.credit_code, amount=body.amount)
    return ask.ApplyForIndustryFund(
        **_of(asked, fund_id),
        applied=applied,
        statement=Statement(amount=body.amount, evidence=body.evidence),
    )


def review_industry_fund(
    asked: Asked, fund_id: str, body: schemas.ReviewIndustryFundBody
) -> ask.ReviewIndustryFund:
    """Judge whether the conditions are met; where they are not, the loop ends here."""
    statement = Statement(conditions_met=body.conditions_met, note=body.opinion)
    return ask.ReviewIndustryFund(**_of(asked, fund_id), statement=statement)


def publicize_industry_fund(
    asked: Asked, fund_id: str, body: schemas.PublicizeIndustryFundBody
) -> ask.PublicizeIndustryFund:
    """Enter the public notice (公示), which lasts as long as the rules ask."""
    statement = Statement(
        note=body.place, starts_on=body.starts_on, ends_on=body.ends_on, evidence=body.evidence
    )
    return ask.PublicizeIndustryFund(**_of(asked, fund_id), statement=statement)


def allocate_industry_fund(
    asked: Asked, fund_id: str, body: schemas.AllocateIndustryFundBody
) -> ask.AllocateIndustryFund:
    """Allocate the money, once the notice is over."""
    statement = Statement(document_no=body.document_no, amount=body.amount)
    return ask.AllocateIndustryFund(**_of(asked, fund_id), statement=statement)


def pay_industry_fund(
    asked: Asked, fund_id: str, body: schemas.PayIndustryFundBody
) -> ask.PayIndustryFund:
    """Name the payment by which the enterprise got the money."""
    statement = Statement(
        project_code=body.project_code, payment_id=body.payment_id, amount=body.amount
    )
    return ask.PayIndustryFund(**_of(asked, fund_id), statement=statement)


def inspect_industry_fund(
    asked: Asked, fund_id: str, body: schemas.InspectIndustryFundBody
) -> ask.InspectIndustryFund:
    """Enter what was seen of the use of the money."""
    statement = Statement(
        conditions_met=body.conditions_met, note=body.finding, evidence=body.evidence
    )
    return ask.InspectIndustryFund(**_of(asked, fund_id), statement=statement)


def report_industry_effect(
    asked: Asked, fund_id: str, body: schemas.ReportIndustryEffectBody
) -> ask.ReportIndustryEffect:
    """Enter jobs, output and tax."""
    statement = Statement(
        jobs=body.jobs, output=body.output, tax=body.tax, note=body.note, evidence=body.evidence
    )
    return ask.ReportIndustryEffect(**_of(asked, fund_id), statement=statement)


def evaluate_industry_fund(
    asked: Asked, fund_id: str, body: schemas.EvaluateIndustryFundBody
) -> ask.EvaluateIndustryFund:
    """Judge the result. Where the conditions are met the loop ends; else money is recovered."""
    statement = Statement(conditions_met=body.conditions_met, score=body.score, note=body.opinion)
    return ask.EvaluateIndustryFund(**_of(asked, fund_id), statement=statement)


def recover_industry_fund(
    asked: Asked, fund_id: str, body: schemas.RecoverIndustryFundBody
) -> ask.RecoverIndustryFund:
    """Enter what came back, because the conditions were not met."""
    statement = Statement(document_no=body.document_no, amount=body.amount)
    return ask.RecoverIndustryFund(**_of(asked, fund_id), statement=statement)


def _stage(verb: str, translate: Translate) -> CommandEndpoint:
    return CommandEndpoint(path=f"{_FUND}/{verb}", translate=translate, tag="Industry funds")


INDUSTRY_COMMANDS: Final = (
    CommandEndpoint(
        path="/industry-funds", translate=plan_industry_fund, tag="Industry funds", creates=True
    ),
    _stage("apply", apply_for_industry_fund),
    _stage("review", review_industry_fund),
    _stage("publicize", publicize_industry_fund),
    _stage("allocate", allocate_industry_fund),
    _stage("pay", pay_industry_fund),
    _stage("inspect", inspect_industry_fund),
    _stage("report-effect", report_industry_effect),
    _stage("evaluate", evaluate_industry_fund),
    _stage("recover", recover_industry_fund),
)
