"""EVALUATION_* environment, typed."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class EvaluationSettings(ServiceSettings):
    """What every service has; evaluation adds nothing of its own."""

    model_config = SettingsConfigDict(env_prefix="EVALUATION_")
