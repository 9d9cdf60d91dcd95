"""The press of evaluation reports: from a report to its PDF. Only who prints pays for printing."""

from functools import lru_cache
from typing import Final

from services.evaluation.domain.judging.values import Report
from services.evaluation.projections.judging_facts import plain_json

PRINTED_KEPT: Final = 8  # what is submitted and kept in one act is printed once


@lru_cache(maxsize=PRINTED_KEPT)
def print_report(report: Report) -> bytes:
    """The PDF of a report: the same report gives the same bytes."""
    # Both printers are large, and most processes never print.
    from services.evaluation.api.forms.report_paper import report_paper  # noqa: PLC0415
    from shared.documents.pdf import write_pdf  # noqa: PLC0415

    return write_pdf(report_paper(plain_json(report)))
