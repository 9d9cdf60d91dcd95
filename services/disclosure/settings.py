"""What disclosure must know of its surroundings: `DISCLOSURE_*`."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class DisclosureSettings(ServiceSettings):
    """The public is told everything, completely, in time and provably."""

    model_config = SettingsConfigDict(env_prefix="DISCLOSURE_")

    feed_language: Literal["zh-CN", "en"] = "zh-CN"
    """The language in which the feeds name themselves."""
    feed_followers_max: int = Field(default=500, ge=1, le=10_000)
    """How many may follow the feed by server-sent events in one process at the same time."""

    exports_dir: Path | None = None
    """Where the files of exported days are kept; else `exports` in the data folder."""
    exports_days_max: int = Field(default=40, ge=2, le=4_000)
    """How many exported days are kept (D); an older one is made again when it is asked for."""

    ocds_prefix: str = Field(default="ocds-000000", pattern=r"^ocds-[a-z0-9]{6}$")
    """The prefix of our OCDS ids: register one with the Open Contracting Partnership (D)."""
    iati_organisation: str | None = None
    """Who reports, by the organisation list of IATI; else `CN-` and the code of the region (D)."""

    comments_per_address: int = 5
    """How many comments one address may send within the window (D)."""
    comments_overall: int = 300
    """How many comments may be sent within the window, by everybody together (D)."""
    comments_window_seconds: int = 3_600
    """The window of both limits; each process of the API counts for itself (D)."""
