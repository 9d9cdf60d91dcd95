"""The reports of evaluations: submitted, and put on file."""

from datetime import date

from shared.contracts.evaluation.said import JudgedProject


class EvaluationReportSubmitted(JudgedProject):
    """The report of an evaluation was submitted; it never changes again."""

    evaluation_id: str
    report_no: str
    content_sha256: str
    pdf_sha256: str
    submitted_on: date


class EvaluationReportFiled(JudgedProject):
    """The report of an evaluation is in the archive: from this day its publication is due."""

    evaluation_id: str
    report_no: str
    pdf_sha256: str
    filed_on: date
