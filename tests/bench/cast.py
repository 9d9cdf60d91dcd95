"""Who plays in the measures: the jars and banks of the kernel's tests, as a product would be.

The tests' jars take a snapshot every tenth event, to try snapshots. Of the product's
aggregates one takes any, so the jars of a measure take none.
"""

from dataclasses import replace
from typing import Final

from pydantic_settings import SettingsConfigDict

from shared.aggregates import Aggregates
from shared.settings import ServiceSettings
from tests.shared.banks import books, service, silence
from tests.shared.counters import CoinsSeen, jar_decider, publish, silent
from tests.shared.http.jars import service as tried


class BanksSettings(ServiceSettings):
    """Banks, which hear of jars and book what they hear."""

    model_config = SettingsConfigDict(env_prefix="BANKS_")


jar: Final = replace(jar_decider, snapshot_every=None)
jars: Final = replace(tried, deciders=(jar,))
banks: Final = replace(
    service("banks", projections=(books,), publish=silence, hears=(CoinsSeen,)),
    settings=BanksSettings,
)
kernel_alone: Final = Aggregates(deciders=[jar], projections=(), publish=publish, schedule=silent)
