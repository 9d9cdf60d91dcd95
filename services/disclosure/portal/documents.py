"""The pages of documents: the policy library, the monthly bulletins, the annual reports."""

from typing import Final

from sqlmodel import col, select

from services.disclosure.api.library_policies import steps_by_policy
from services.disclosure.api.report.figures import FIGURES, Figure, register_path
from services.disclosure.api.report.year import steps_without, year_of
from services.disclosure.domain.values import Layer, Step
from services.disclosure.portal.page_route import PageGone
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections.bulletin_register import bulletin, bulletins
from services.disclosure.projections.idea_register import ideas
from services.disclosure.projections.policy_questions import (
    PolicyStatus,
    day_of,
    policies,
    policies_in_force,
    status_on,
)
from services.disclosure.projections.policy_questions import policy as one_policy
from services.disclosure.projections.policy_register import PolicyRow
from services.disclosure.projections.report_register import ReportRow, editions
from shared.domain.refusals import NotFound

# Where a figure's items are no list of rows, the page that shows what it is made of.
_PLACES: Final = {
    "disclosures/channels": "/portal/calendar",
    "disclosures/coverage": "/portal/calendar",
    "disclosures/monthly": "/portal/bulletins",
    "policies/step-coverage": "/portal/policies",
    "policies": "/portal/policies",
}
CHAPTERS: Final = (
    ("总体情况", ("F01", "F02")),
    ("制度体系", ("F03", "F04")),
    ("事前绩效评估", ("F05", "F06", "F07", "F08", "F09", "F10")),
    ("指标库与绩效目标", tuple(f"F{n}" for n in range(11, 20))),
    ("绩效监控与预警", ("F20", "F21", "F22")),
    ("重点资金", ("F23", "F24", "F25")),
    ("结果应用", tuple(f"F{n}" for n in range(26, 32))),
    ("信息公开", ("F32", "F33", "F34")),
    ("宣传与培训", tuple(f"F{n}" for n in range(35, 44))),
)
"""The chapters of the source report, and which figures stand in which."""


async def policy_library(visit: Visit) -> Facts:
    """The documents layer by layer, the steps they rule, and the ideas."""
    day = day_of(visit.span)
    rows = await visit.read.all(policies(visit.span).order_by(col(PolicyRow.policy_id)))
    valid = await visit.read.all(policies_in_force(visit.span))
    ruled = await steps_by_policy(visit.read, valid, day)
    return {
        "layers": [(layer.value, [r for r in rows if r.layer == layer.value]) for layer in Layer],
        "status_of": lambda row: status_on(row, day).value,
        "in_force": {row.policy_id for row in valid},
        "steps": [
            (one.value, [row for row in valid if one.value in ruled.get(row.policy_id, ())])
            for one in Step
        ],
        "missing": steps_without({step for steps in ruled.values() for step in steps}),
        "ideas": await visit.read.all(ideas(visit.span)),
    }


async def policy(visit: Visit, policy_id: str) -> Facts:
    """One document; what was repealed is gone, and its page says so."""
    row = await visit.read.one(one_policy(policy_id))
    status, ended = status_on(row, visit.span.as_of), row.ended_on
    if status is PolicyStatus.REPEALED and ended is not None:
        raise PageGone(
            f"{row.title} ({row.document_no})",
            remedy=f"{row.document_no}《{row.title}》 {ended.isoformat()}",
        )
    ruled = await steps_by_policy(visit.read, [row], visit.span.as_of)
    return {"policy": row, "status": status.value, "steps": ruled.get(row.policy_id, [])}


async def bulletin_year(visit: Visit) -> Facts:
    """The bulletins of the year: the region's own months, and how those below stand."""
    rows = await visit.read.all(bulletins(visit.span))
    found: dict[str, dict[int, object]] = {}
    for row in rows:
        found.setdefault(row.region_code, {})[row.month] = row
    return {"rows": dict(sorted(found.items()))}


async def bulletin_page(visit: Visit, bulletin_id: str) -> Facts:
    """The bulletin of a month as it was told."""
    row = await visit.read.one(bulletin(bulletin_id))
    if row.region_code not in visit.site.names:
        raise NotFound
    return {"bulletin": row}


async def report_years(visit: Visit) -> Facts:
    """Which years have a report, and its editions."""
    issued = select(ReportRow).order_by(
        col(ReportRow.fiscal_year).desc(), col(ReportRow.region_code), col(ReportRow.edition)
    )
    return {"issued": await visit.read.all(issued)}


async def report(visit: Visit) -> Facts:
    """The figures of a year, chapter by chapter, each with the way to its items."""
    year = await year_of(visit.read, visit.span)
    by_id = {figure.id: figure for figure in FIGURES}
    span = visit.span
    return {
        "chapters": [
            (title, [(by_id[one], by_id[one].value(year)) for one in ids])
            for title, ids in CHAPTERS
        ],
        "items_of": lambda figure: items_of(figure, visit),
        "editions": await visit.read.all(editions(f"{span.region_code}-{span.fiscal_year}")),
        "told": lambda figure: figure.text(year),
    }


def items_of(figure: Figure, visit: Visit) -> str:
    """The page that lists what a figure is made of."""
    path, _, query = register_path(figure, visit.span).removeprefix("/v1/").partition("?")
    asked = dict(pair.split("=", 1) for pair in query.split("&"))
    return visit.url(_PLACES.get(path, f"/portal/{path}"), **asked)
