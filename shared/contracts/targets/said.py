"""What every word of the targets service is."""

from shared.contracts.public_event import PublicEvent


class TargetsEvent(PublicEvent):
    """Said by the targets service."""

    producer = "targets"
