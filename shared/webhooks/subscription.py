"""The aggregate of a webhook: who hears what where, by which generation of its key.

Whoever registers it owns it with their region; it hears what was said of that region and those
below. A receiver that answers 410 has gone: it is disabled, and a person may enable it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, assert_never

from shared.domain.decider import Decider, Owner
from shared.domain.refusals import Conflict, Invalid, NotFound

ROTATION: Final = timedelta(hours=24)
"""How long the key before still signs beside the new one (D)."""
REPLAY_WORDS_MAX: Final = 10_000


class WebhookUnknown(NotFound):
    """There is no such webhook."""

    title_zh = "该回调订阅不存在"


class WebhookReused(Conflict):
    """The id of a webhook stands for one subscription."""

    title_zh = "该回调订阅编号已被使用"


class WebhookDisabled(Conflict):
    """A disabled webhook is enabled before anything is sent again."""

    title_zh = "回调订阅已停用，请先启用"


class ReplayTooLong(Invalid):
    """A replay names its first and its last word, at most ten thousand of them."""

    title_zh = "重放范围无效或过长"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which words of those types: of these regions and below, these units, these kinds of items.

    Where nothing is named, all of them; a word that does not say what is asked for is none of them.
    """

    regions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


EVERYTHING: Final = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfWebhook:
    webhook_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterWebhook(_OfWebhook):
    """Tell this address what is said."""

    region_code: str
    url: str
    event_types: tuple[str, ...]
    wanted: Wanted = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateWebhookKey(_OfWebhook):
    """Sign with a new key; the one before signs beside it for a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableWebhook(_OfWebhook):
    """Send nothing more."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableWebhook(_OfWebhook):
    """Send again, also what waited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayWebhook(_OfWebhook):
    """Send again what was said from one number to another, under the same message ids."""

    first: int
    last: int


type WebhookCommand = (
    RegisterWebhook | RotateWebhookKey | DisableWebhook | EnableWebhook | ReplayWebhook
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRegistered:
    """An address hears what is said from now on."""

    region_code: str
    url: str
    event_types: tuple[str, ...]
    registered_by: str
    wanted: Wanted = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookKeyRotated:
    """It is signed with the next key; until then with the one before, too."""

    generation: int
    overlap_until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSuspended:
    """Nothing more is sent to it."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookResumed:
    """It is sent to again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookReplayRequested:
    """What was said between these numbers is sent again."""

    first: int
    last: int


type WebhookEvent = (
    WebhookRegistered
    | WebhookKeyRotated
    | WebhookSuspended
    | WebhookResumed
    | WebhookReplayRequested
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRegistered:
    """There is no such webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription as it stands."""

    registered: WebhookRegistered
    generation: int = 1
    enabled: bool = True


type WebhookState = NotRegistered | Webhook


def _decide(command: WebhookCommand, state: WebhookState) -> Sequence[WebhookEvent]:
    if isinstance(command, RegisterWebhook):
        return _register(command, state)
    if isinstance(state, NotRegistered):
        raise WebhookUnknown
    match command:
        case RotateWebhookKey(now=now):
            until = now + ROTATION
            return [WebhookKeyRotated(generation=state.generation + 1, overlap_until_at=until)]
        case DisableWebhook(reason=reason):
            return [WebhookSuspended(reason=reason)] if state.enabled else []
        case EnableWebhook():
            return [] if state.enabled else [WebhookResumed()]
        case ReplayWebhook(first=first, last=last):
            if not 0 < first <= last < first + REPLAY_WORDS_MAX:
                raise ReplayTooLong(pointer="/last")
            if not state.enabled:
                raise WebhookDisabled
            return [WebhookReplayRequested(first=first, last=last)]
        case _:
            assert_never(command)


def _register(command: RegisterWebhook, state: WebhookState) -> Sequence[WebhookEvent]:
    registered = WebhookRegistered(
        region_code=command.region_code,
        url=command.url,
        event_types=command.event_types,
        registered_by=command.by,
        wanted=command.wanted,
    )
    if isinstance(state, NotRegistered):
        return [registered]
    if state.registered != registered:
        raise WebhookReused
    return []


def _evolve(state: WebhookState, event: WebhookEvent) -> WebhookState:
    match event, state:
        case WebhookRegistered(), _:
            return Webhook(registered=event)
        case WebhookKeyRotated(generation=generation), Webhook():
            return replace(state, generation=generation)
        case WebhookSuspended(), Webhook():
            return replace(state, enabled=False)
        case WebhookResumed(), Webhook():
            return replace(state, enabled=True)
        case _:
            return state


def _owner(state: WebhookState) -> Owner | None:
    if isinstance(state, NotRegistered):
        return None
    return Owner(region_code=state.registered.region_code)


webhook_decider: Final[Decider[WebhookCommand, WebhookEvent, WebhookState]] = Decider(
    category="webhook",
    initial=NotRegistered(),
    commands=(RegisterWebhook, RotateWebhookKey, DisableWebhook, EnableWebhook, ReplayWebhook),
    events={
        "WebhookRegistered": WebhookRegistered,
        "WebhookKeyRotated": WebhookKeyRotated,
        "WebhookSuspended": WebhookSuspended,
        "WebhookResumed": WebhookResumed,
        "WebhookReplayRequested": WebhookReplayRequested,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.webhook_id,
    owner=_owner,
)
