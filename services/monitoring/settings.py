"""What this service must know of its surroundings: `MONITORING_*` and `ABACUS_*`."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class MonitoringSettings(ServiceSettings):
    """The money and the targets of the year are watched, warned of early and put right."""

    model_config = SettingsConfigDict(
        env_prefix="MONITORING_", extra="ignore", frozen=True, populate_by_name=True
    )

    fonts_dir: Path | None = None
    """The bureau's own fonts (仿宋_GB2312, 方正小标宋简体, 黑体), preferred in letters."""
