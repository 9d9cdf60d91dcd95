"""EVALUATION_* environment, typed."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class EvaluationSettings(ServiceSettings):
    """What was achieved is judged, and the result moves money."""

    model_config = SettingsConfigDict(env_prefix="EVALUATION_")
