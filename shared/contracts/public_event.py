"""The base of every public event: who says it, in which version, about which region."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class PublicEvent(BaseModel):
    """A fact told to everybody who listens. Read tolerantly: unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    producer: ClassVar[str]
    version: ClassVar[int] = 1

    region_code: str

    @classmethod
    def event_type(cls) -> str:
        """The CloudEvents type: `targets.TargetApproved.v1`."""
        return f"{cls.producer}.{cls.__name__}.v{cls.version}"
