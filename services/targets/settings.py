"""What the targets service must know of its surroundings: `TARGETS_*` in the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class TargetsSettings(ServiceSettings):
    """Nothing beyond what every service knows."""

    model_config = SettingsConfigDict(env_prefix="TARGETS_")
