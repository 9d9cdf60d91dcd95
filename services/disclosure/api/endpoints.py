"""Every command of disclosure with its address."""

from typing import Final

from services.disclosure.api import commands as do
from services.disclosure.api.comment_endpoints import COMMENT_COMMANDS
from services.disclosure.api.disclosure_endpoints import OWED_COMMANDS
from services.disclosure.api.library_endpoints import LIBRARY_COMMANDS
from services.disclosure.api.report.commands import PERIOD_COMMANDS
from shared.http.commands import CommandEndpoint

DISCLOSURES: Final = "Disclosures"

COMMANDS: Final = (
    CommandEndpoint(
        path="/disclosures/{item_id}/prepare",
        translate=do.prepare_disclosure,
        tag=DISCLOSURES,
        example={"supplement": {"report_url": "https://example.org/report.pdf"}},
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/review-secrecy",
        translate=do.review_secrecy,
        tag=DISCLOSURES,
        example={"cleared": True, "opinion": "不涉密，可以公开"},
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/publish",
        translate=do.publish_disclosure,
        tag=DISCLOSURES,
        example={"url": "https://example.org/column/1", "opinion": "不涉密，可以公开"},
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/withhold",
        translate=do.withhold_disclosure,
        tag=DISCLOSURES,
        example={
            "legal_basis": "STATE_SECRET",
            "authority": "喀什地区保密局",
            "expires_on": "2031-12-31",
        },
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/correct",
        translate=do.correct_disclosure,
        tag=DISCLOSURES,
        example={"fields": {"annual_goal": "修渠12公里"}, "reason": "录入错误"},
    ),
    *PERIOD_COMMANDS,
    *LIBRARY_COMMANDS,
    *COMMENT_COMMANDS,
    *OWED_COMMANDS,
)
