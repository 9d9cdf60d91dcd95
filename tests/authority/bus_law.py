"""What a user of the bus may do, by `reliability` §5.6, and every subject it may try.

Every service has an account of its own. A call about a feed is made at `$JS.API` there, or below
`feed.<producer>`, where the account has what another one lets it ask.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ACCOUNTS: Final = Path(__file__).parents[2] / "deploy" / "nats" / "accounts.conf"
SERVICES: Final = ("targets", "monitoring", "evaluation", "disclosure")
PROVISIONER: Final = "provisioner"
# Calls about a stream and about a consumer; `<STREAM>` or `<STREAM>.<name>` follows.
OF_STREAMS: Final = (
    "STREAM.INFO", "STREAM.CREATE", "STREAM.UPDATE", "STREAM.DELETE", "STREAM.PURGE",
    "STREAM.MSG.GET", "STREAM.MSG.DELETE", "STREAM.SNAPSHOT", "STREAM.RESTORE",
    "STREAM.LEADER.STEPDOWN", "STREAM.PEER.REMOVE", "DIRECT.GET", "CONSUMER.CREATE",
    "CONSUMER.LIST", "CONSUMER.NAMES",
)  # fmt: skip
OF_CONSUMERS: Final = (
    "CONSUMER.INFO", "CONSUMER.RESET", "CONSUMER.MSG.NEXT", "CONSUMER.DURABLE.CREATE",
    "CONSUMER.DELETE", "CONSUMER.PAUSE", "CONSUMER.UNPIN", "CONSUMER.LEADER.STEPDOWN",
    "CONSUMER.CREATE",
)  # fmt: skip
OF_ALL: Final = (
    "INFO", "STREAM.LIST", "STREAM.NAMES", "META.LEADER.STEPDOWN", "SERVER.REMOVE",
    "ACCOUNT.PURGE.TARGETS", "ACCOUNT.STREAM.MOVE.TARGETS.TARGETS",
)  # fmt: skip
ELSEWHERE: Final = (
    "$SYS.REQ.SERVER.PING", "$SYS.REQ.ACCOUNT.TARGETS.CONNZ", "$JS.ACK.TARGETS.x.1.1.1.1.1",
    "$JS.FC.TARGETS.x", "$KV.x.y", "$O.x.C.y", "$JSC.CI.x", "abacus", "abacus.653100",
    "abacus.653100.x.T.v1", "poke", "poke.x", "_INBOX.x.1", "_R_.x.1",
    "feed", "feed.x.STREAM.INFO.X", "feed.x.STREAM.INFO.TARGETS", "x",
)  # fmt: skip
# What `reliability` §5.6 gives a service on its own feed and as a hearer; nothing else is given.
OWN_FEED: Final = frozenset({"STREAM.CREATE", "STREAM.DELETE"})
EVERY_FEED: Final = frozenset({"STREAM.INFO", "DIRECT.GET"})
AS_HEARER: Final = frozenset({"CONSUMER.INFO", "CONSUMER.RESET", "CONSUMER.MSG.NEXT"})


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something an account tries: publishing (`pub`) or subscribing (`sub`)."""

    way: str
    subject: str
    allowed: bool
    kind: str


def users() -> Sequence[str]:
    """Every account that the file has."""
    return re.findall(r"user: (\w+)", ACCOUNTS.read_text())


def attempts(user: str) -> Iterator[Attempt]:
    """Everything `user` may try, and whether the law allows it."""
    yield from _publishing(user)
    yield from _calling(user)
    yield from _listening(user)


def _publishing(user: str) -> Iterator[Attempt]:
    for service in SERVICES:
        own = service == user
        for subject in (f"abacus.653100.{service}.Test.v1", f"poke.{service}"):
            kind = "own publish" if own else "foreign publish"
            yield Attempt("pub", subject, own, kind)
        # A region that is called like a service makes no subject of that service.
        bent = f"abacus.{service}.{user}.Test.v1"
        yield Attempt("pub", bent, user in SERVICES, "own publish")
    for subject in ELSEWHERE:
        yield Attempt("pub", subject, allowed=False, kind="elsewhere")


def _calling(user: str) -> Iterator[Attempt]:
    for asked in (None, *SERVICES):
        for call in OF_ALL:
            allowed = user == PROVISIONER and asked is not None
            yield Attempt("pub", f"{_api(asked)}.{call}", allowed, call)
        for producer in SERVICES:
            yield from calls(user, asked, producer)


def calls(user: str, asked: str | None, producer: str) -> Iterator[Attempt]:
    """Every call about a feed, asked of an account: `None` is the user's own."""
    api, stream = _api(asked), producer.upper()
    may = user == PROVISIONER and asked is not None
    own = user in SERVICES and asked is None and producer == user
    there = own or (user in SERVICES and asked == producer != user)
    for call in OF_STREAMS:
        given = (there and call in EVERY_FEED) or (own and call in OWN_FEED)
        yield Attempt("pub", f"{api}.{call}.{stream}", may or given, call)
    last = f"{api}.DIRECT.GET.{stream}.abacus.653100.{producer}.Test.v1"
    yield Attempt("pub", last, may, "direct get by subject")
    for hearer in (*SERVICES, "spy"):
        mine = there and hearer == user
        for call in OF_CONSUMERS:
            subject = f"{api}.{call}.{stream}.{hearer}-from-{producer}"
            given = mine and call in AS_HEARER
            yield Attempt("pub", subject, may or given, "own fetch" if mine else "foreign fetch")


def _api(asked: str | None) -> str:
    return "$JS.API" if asked is None else f"feed.{asked}"


def _listening(user: str) -> Iterator[Attempt]:
    for other in (*SERVICES, PROVISIONER, "operator"):
        own = other == user
        yield Attempt("sub", f"_INBOX.{other}.>", own, "own inbox" if own else "foreign inbox")
        yield Attempt("sub", f"_INBOX.{other}.x", own, "own inbox" if own else "foreign inbox")
    for service in SERVICES:
        yield Attempt("sub", f"poke.{service}", service == user, "poke")
        yield Attempt("sub", f"abacus.*.{service}.>", allowed=False, kind="eavesdropping")
    for subject in (">", "*", "*.*", "_INBOX.>", "_INBOX.*.>", "_INBOX.*.x", "abacus.>", "poke.*",
                    "$JS.API.>", "feed.>", "feed.targets.>", "_R_.>",
                    "$JS.API.CONSUMER.MSG.NEXT.TARGETS.*", "$JS.EVENT.>", "$SYS.>", "$JS.ACK.>",
                    "$KV.>"):  # fmt: skip
        yield Attempt("sub", subject, allowed=False, kind="eavesdropping")


def login(user: str) -> str:
    """What a user of these stories logs in with."""
    return f"{user}-secret"


def access(*, spies: bool = False, held: bool = True) -> str:
    """The accounts of the deployment with these passwords in them.

    `spies` adds a user to the account of each service who may hear and say everything there, and
    without `held` the services themselves may: as if nothing but the accounts kept them apart.
    """
    text = ACCOUNTS.read_text()
    for user in users():
        text = text.replace(f"$NATS_{user.upper()}_PASSWORD", f'"{login(user)}"')
    for service in SERVICES:
        spy = f'{{ user: {spy_of(service)}, password: "{login(spy_of(service))}" }}\n      '
        block = re.compile(rf"\{{\s+user: {service}\n.*?(permissions: .*?\n        \}})", re.DOTALL)
        found = block.search(text)
        assert found is not None
        if not held:
            text = text[: found.start(1)] + text[found.end(1) :]
        if spies:
            text = text[: found.start()] + spy + text[found.start() :]
    return text


def spy_of(service: str) -> str:
    """Who hears everything in the account of a service, where a test lets somebody."""
    return f"spy-{service}"


def granted() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The subjects that the file names for each user, by way."""
    found: dict[str, dict[str, list[str]]] = {}
    for block in re.split(r"user: ", ACCOUNTS.read_text())[1:]:
        user = re.match(r"\w+", block)
        assert user is not None
        found[user[0]] = {
            way: re.findall(r'"([^"]+)"', named[1])
            for way in ("publish", "subscribe")
            if (named := re.search(rf"{way}: \[(.*?)\]", block, re.DOTALL)) is not None
        }
    return found
