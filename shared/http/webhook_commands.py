"""What is sent and answered about webhooks, and the commands whose answer holds no secret."""

from datetime import datetime
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from shared.domain.refusals import Forbidden, Invalid
from shared.http.commands import Asked, CommandEndpoint
from shared.webhooks.addresses import URL_CHARACTERS_MAX
from shared.webhooks.deliveries import AttemptRow, DeliveryRow
from shared.webhooks.keys import WebhookKeys
from shared.webhooks.register import WebhookColumns
from shared.webhooks.subscription import DisableWebhook, EnableWebhook, ReplayWebhook

TYPES_MAX: Final = 100
TAG: Final = "Webhooks"
EXAMPLE: Final = {
    "url": "https://treasury.example.cn/abacus",
    "event_types": ["monitoring.TreasuryRequestOpened.v1"],
}


class EventTypeNotOffered(Invalid):
    """A webhook is registered for types of events that this service offers."""

    title_zh = "本服务不提供该事件类型"


class NoRegion(Forbidden):
    """A webhook belongs to a region; the caller has none."""

    title_zh = "回调订阅须归属一个地区"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Code = Annotated[str, Field(min_length=1, max_length=50)]


class RegisterWebhookBody(_Body):
    """Where to, and what of; where no region, unit or kind is named, of all."""

    url: Annotated[str, Field(min_length=1, max_length=URL_CHARACTERS_MAX)]
    event_types: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Field(min_length=1, max_length=TYPES_MAX),
    ]
    regions: Annotated[
        list[Code], Field(max_length=TYPES_MAX, description="Only of these and those below them.")
    ] = []
    units: Annotated[
        list[Code], Field(max_length=TYPES_MAX, description="Only about these units.")
    ] = []
    kinds: Annotated[
        list[Code], Field(max_length=TYPES_MAX, description="Only about items of these kinds.")
    ] = []


class DisableWebhookBody(_Body):
    """Why nothing more is sent."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ReplayWebhookBody(_Body):
    """From which word to which, both included: `number` of a delivery."""

    first: Annotated[int, Field(ge=1)]
    last: Annotated[int, Field(ge=1)]


class WebhookSecret(BaseModel):
    """A webhook with its new key. `secret` is shown this once; a repeated request has none."""

    id: str
    version: int
    secret: str | None = Field(description="For HMAC (`v1`).", examples=["whsec_…"])
    public_key: str = Field(description="For Ed25519 (`v1a`).", examples=["whpk_…"])


class WebhookView(BaseModel):
    """One webhook."""

    webhook_id: str
    url: str
    event_types: list[str]
    wanted: dict[str, list[str]] = Field(
        description="Narrowed to these `regions`, `units` and `kinds`; empty for all."
    )
    enabled: bool
    disabled_because: str
    public_key: str
    overlap_until: datetime | None
    registered_by: str
    version: int

    @classmethod
    def of(cls, row: WebhookColumns, keys: WebhookKeys) -> Self:
        """A row, with the key that verifies it."""
        known = row.model_dump(include=set(cls.model_fields))
        return cls(**known, public_key=keys.public_key(row.webhook_id, row.generation))


class DeliveryView(BaseModel):
    """One word on its way. What the receiver wrote is never kept."""

    number: int
    message_id: str
    event_type: str
    status: str = Field(description="WAITING, DELIVERED or FAILED.")
    attempts: int
    next_at: datetime
    answered: int | None
    failure: str

    @classmethod
    def of(cls, row: DeliveryRow) -> Self:
        """A row as it is."""
        return cls(**row.model_dump(include=set(cls.model_fields)))


class AttemptView(BaseModel):
    """One attempt of a delivery."""

    attempt: int
    attempted_at: datetime
    answered: int | None
    failure: str
    milliseconds: int

    @classmethod
    def of(cls, row: AttemptRow) -> Self:
        """A row as it is."""
        return cls(**row.model_dump(include=set(cls.model_fields)))


def disable_webhook(asked: Asked, webhook_id: str, body: DisableWebhookBody) -> DisableWebhook:
    """Send nothing more. What is said meanwhile is not kept for it."""
    return DisableWebhook(webhook_id=webhook_id, reason=body.reason, by=asked.actor, now=asked.now)


def enable_webhook(asked: Asked, webhook_id: str) -> EnableWebhook:
    """Send again what is said from now on, and what was waiting; replay the rest."""
    return EnableWebhook(webhook_id=webhook_id, by=asked.actor, now=asked.now)


def replay_webhook(asked: Asked, webhook_id: str, body: ReplayWebhookBody) -> ReplayWebhook:
    """Send again what was said in this range, under the same message ids."""
    return ReplayWebhook(
        webhook_id=webhook_id, first=body.first, last=body.last, by=asked.actor, now=asked.now
    )


WEBHOOK_COMMANDS: Final = (
    CommandEndpoint(
        path="/webhooks/{webhook_id}/disable",
        translate=disable_webhook,
        tag=TAG,
        example={"reason": "接收系统停机检修"},
    ),
    CommandEndpoint(path="/webhooks/{webhook_id}/enable", translate=enable_webhook, tag=TAG),
    CommandEndpoint(
        path="/webhooks/{webhook_id}/replay",
        translate=replay_webhook,
        tag=TAG,
        example={"first": 1200, "last": 1260},
    ),
)
WEBHOOK_OPERATIONS: Final = (
    "register_webhook",
    "rotate_webhook_key",
    *(one.operation for one in WEBHOOK_COMMANDS),
    "list_webhooks",
    "get_webhook",
    "list_deliveries",
    "list_attempts",
)
"""For the policy of a service: one row each."""
