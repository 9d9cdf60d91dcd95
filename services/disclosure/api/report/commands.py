"""One POST per command about a told period: bulletins, annual reports, the closing of a year."""

from typing import Final

from services.disclosure.api.report.bodies import figures_in, lines_in, passages_in
from services.disclosure.api.schemas import (
    CloseFiscalYearBody,
    CorrectBulletinBody,
    IssueAnnualReportBody,
    IssueBulletinBody,
)
from services.disclosure.domain import bulletin, report
from services.disclosure.domain.bulletin_words import month_of
from services.disclosure.domain.year_closing_words import Carried, CloseFiscalYear
from shared.http.commands import Asked, CommandEndpoint
from shared.http.policy import Role

BULLETINS: Final = "Bulletins and reports"
LOOP: Final = "Loop"
_TABLE: Final = [{"work": "绩效目标批复", "units": 3, "projects": 12, "result": "已批复"}]
_ITEMS: Final = "/v1/bulletins/653100/2021/3/figures/B02P/items?scope=tree&as_of=2021-04-08"
_MONTH: Final = {
    "lines": [{**_TABLE[0], "items": _ITEMS}],
    "passages": [{"heading": "一、工作开展情况", "paragraphs": ["批复{B02P}个项目的绩效目标。"]}],
    "figures": [
        {
            "id": "B02P",
            "label": "绩效目标批复：涉及项目",
            "value": "12",
            "unit": "projects",
            "shown": "12",
            "items": _ITEMS,
        }
    ],
}


def issue_bulletin(asked: Asked, body: IssueBulletinBody) -> bulletin.IssueBulletin:
    """Tell the public what was done in a month. A bulletin is issued once."""
    return bulletin.IssueBulletin(
        month=bulletin.Month(region_code=body.region_code, year=body.year, month=body.month),
        lines=lines_in(body.lines),
        by=asked.actor,
        now=asked.now,
        passages=passages_in(body.passages),
        figures=figures_in(body.figures),
    )


def correct_bulletin(
    asked: Asked, bulletin_id: str, body: CorrectBulletinBody
) -> bulletin.CorrectBulletin:
    """Tell a month anew, as a new edition with its reason; the editions before stay."""
    return bulletin.CorrectBulletin(
        month=month_of(bulletin_id),
        lines=lines_in(body.lines),
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
        passages=passages_in(body.passages),
        figures=figures_in(body.figures),
    )


def issue_annual_report(asked: Asked, body: IssueAnnualReportBody) -> report.IssueAnnualReport:
    """Issue the annual report with its figures. Other content makes another edition."""
    return report.IssueAnnualReport(
        region_code=body.region_code,
        fiscal_year=body.fiscal_year,
        figures=figures_in(body.figures),
        by=asked.actor,
        now=asked.now,
        title=body.title,
        passages=passages_in(body.passages),
        reason=body.reason,
    )


def close_fiscal_year(asked: Asked, body: CloseFiscalYearBody) -> CloseFiscalYear:
    """Close a year. Over open red items only a leader does, naming each with its reason."""
    return CloseFiscalYear(
        region_code=body.region_code,
        fiscal_year=body.fiscal_year,
        carried=tuple(Carried(item_id=one.item_id, reason=one.reason) for one in body.carried),
        leader=Role.FB_LEADER in asked.roles,
        by=asked.actor,
        now=asked.now,
    )


PERIOD_COMMANDS: Final = (
    CommandEndpoint(
        path="/bulletins",
        translate=issue_bulletin,
        tag=BULLETINS,
        creates=True,
        example={"region_code": "653100", "year": 2021, "month": 3, **_MONTH},
    ),
    CommandEndpoint(
        path="/bulletins/{bulletin_id}/correct",
        translate=correct_bulletin,
        tag=BULLETINS,
        example={"reason": "漏计一个项目", **_MONTH},
    ),
    CommandEndpoint(
        path="/annual-reports",
        translate=issue_annual_report,
        tag=BULLETINS,
        creates=True,
        example={
            "region_code": "653100",
            "fiscal_year": 2021,
            "title": "喀什地区2021年度全面实施预算绩效管理情况报告",
            "figures": [
                {
                    "id": "F06",
                    "label": "事前评估项目数",
                    "value": "253",
                    "unit": "projects",
                    "shown": "253",
                    "items": "/v1/annual-reports/653100/2021/figures/F06/items?scope=tree",
                }
            ],
            "passages": [
                {
                    "heading": "（二）审核关口前移，强化事前绩效评估",
                    "paragraphs": ["{F06}个项目开展了事前绩效评估。"],
                }
            ],
        },
    ),
    CommandEndpoint(
        path="/fiscal-years",
        translate=close_fiscal_year,
        tag=LOOP,
        creates=True,
        example={
            "region_code": "653100",
            "fiscal_year": 2021,
            "carried": [
                {"item_id": "KS-2021-M08-0001", "reason": "合同约定2022年6月完工，随新年度监控"}
            ],
        },
    ),
)
