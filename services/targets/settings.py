"""What the targets service must know of its surroundings: `TARGETS_*` in the environment."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class TargetsSettings(ServiceSettings):
    """Every yuan has a promise before it is granted."""

    model_config = SettingsConfigDict(env_prefix="TARGETS_")
