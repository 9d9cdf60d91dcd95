"""What the disclosure service says: nothing but what everybody may know."""

from typing import Final

from shared.contracts.classification.classes import Fields, fields

DISCLOSURE: Final[dict[str, Fields]] = {
    "DisclosurePublished": fields(
        "region_code item_id channel kind fiscal_year unit_code project_code title content "
        "content_sha256 url published_on due_on published_at file_sha256 column",
    ),
    "DisclosureWithheld": fields(
        "region_code item_id channel kind fiscal_year unit_code project_code legal_basis "
        "authority expires_on protects",
    ),
    "WithholdingExpired": fields(
        "region_code item_id channel kind fiscal_year unit_code project_code expired_on",
    ),
    "DisclosureCorrected": fields(
        "region_code item_id channel kind fiscal_year unit_code project_code reason changes "
        "content_sha256 corrected_on",
    ),
    "DisclosureOverdue": fields(
        "region_code item_id channel kind fiscal_year unit_code project_code due_on",
    ),
    "MonthlyBulletinIssued": fields(
        "region_code year month content issued_on edition reason content_sha256",
    ),
    "AnnualReportIssued": fields(
        "region_code fiscal_year edition figures issued_on title passages reason content_sha256",
    ),
    "FiscalYearClosed": fields("region_code fiscal_year carried closed_on"),
    "CarriedOver": fields("item_id kind region_code project_code since reason"),
    "ClosedYearCorrected": fields(
        "region_code fiscal_year item_id kind project_code change carried corrected_on",
    ),
}
