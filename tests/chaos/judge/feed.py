"""The feed against the store: message n is word n, byte for byte, and there is no message more."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from nats.aio.client import Client
from nats.js.errors import NotFoundError

from tests.chaos.judge.store import Store
from tests.chaos.judge.verdict import Verdict

TRIES_MAX: Final = 6  # of a question, on a machine under load or beside servers that come and go

type Messages = Sequence[tuple[int, bytes]]
"""Sequence numbers with bodies, in order."""


async def read_feed(client: Client, stream: str) -> Messages:
    """Everything in a stream of JetStream, one message after the other; nothing where it is not."""
    jetstream = client.jetstream()
    try:
        state = (await _answered(lambda: jetstream.stream_info(stream))).state
    except NotFoundError:
        return []
    found = []
    for number in range(max(state.first_seq, 1), state.last_seq + 1):
        try:
            message = await _answered(partial(jetstream.get_msg, stream, number, direct=True))
        except NotFoundError:
            continue
        found.append((number, message.data or b""))
    return found


async def _answered[Told](ask: Callable[[], Awaitable[Told]]) -> Told:
    """What a server says, asked again where none does in time."""
    for _ in range(TRIES_MAX - 1):
        try:
            return await ask()
        except TimeoutError:
            continue
    return await ask()


def check_feed(store: Store, messages: Messages, verdict: Verdict) -> None:
    """The same words under the same numbers, no more and no fewer."""
    said = dict(store.numbered_words())
    fed = dict(messages)
    verdict.seen["messages"] += len(messages)
    if len(fed) < len(messages):
        verdict.wrong("feed", f"{store.service}: a number was given twice")
    for number in sorted(said.keys() | fed.keys()):
        if said.get(number) != fed.get(number):
            what = "missing" if number not in fed else "another word"
            what = "never said" if number not in said else what
            verdict.wrong("feed", f"{store.service} {number}: {what}")
