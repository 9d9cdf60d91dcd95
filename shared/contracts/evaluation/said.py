"""What every word of the evaluation service is."""

from shared.contracts.public_event import PublicEvent


class EvaluationEvent(PublicEvent):
    """Said by the evaluation service."""

    producer = "evaluation"


class JudgedProject(EvaluationEvent):
    """Tells of one project in one fiscal year."""

    project_code: str
    fiscal_year: int
    unit_code: str
