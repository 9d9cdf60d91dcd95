"""What disclosure must know of its surroundings: `DISCLOSURE_*`."""

from typing import Literal

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class DisclosureSettings(ServiceSettings):
    """The public is told everything, completely, in time and provably."""

    model_config = SettingsConfigDict(env_prefix="DISCLOSURE_")

    feed_language: Literal["zh-CN", "en"] = "zh-CN"
    """The language in which the feeds name themselves."""
