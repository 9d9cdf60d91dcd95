"""The databases of the town, for what happens to its bus."""

from tests.chaos.conftest import banks_url, jars_url

__all__ = ["banks_url", "jars_url"]
