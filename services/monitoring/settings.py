"""What this service must know of its surroundings: `MONITORING_*` and `ABACUS_*`."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.monitoring.domain.statement.vouchers import VOUCHERS, Voucher
from shared.settings import ServiceSettings


class MonitoringSettings(ServiceSettings):
    """The money and the targets of the year are watched, warned of early and put right."""

    model_config = SettingsConfigDict(
        env_prefix="MONITORING_",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )

    fonts_dir: Path | None = None
    """The bureau's own fonts (仿宋_GB2312, 方正小标宋简体, 黑体), preferred in letters."""
    vouchers: dict[str, Voucher] = Field(default_factory=dict)
    """What voucher numbers stand for here, as JSON, beside the usual: `{"5201": "PAYMENT"}`."""
    treasury_accounts: tuple[str, ...] = ()
    """The accounts of this treasury, as JSON; lines of others are breaks. None: every account."""

    @property
    def voucher_uses(self) -> Mapping[str, Voucher]:
        """Every voucher number that is known."""
        return {**VOUCHERS, **self.vouchers}
