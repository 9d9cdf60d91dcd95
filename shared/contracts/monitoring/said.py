"""What every word of the monitoring service is."""

from shared.contracts.public_event import PublicEvent


class MonitoringEvent(PublicEvent):
    """Said by the monitoring service."""

    producer = "monitoring"


class ProjectEvent(MonitoringEvent):
    """Tells of one project in one fiscal year."""

    project_code: str
    fiscal_year: int
    unit_code: str
