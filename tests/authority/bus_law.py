"""What an account of the bus may do, by `reliability` §5.6, and every subject it may try."""

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
    "ACCOUNT.PURGE.ABACUS", "ACCOUNT.STREAM.MOVE.ABACUS.TARGETS",
)  # fmt: skip
ELSEWHERE: Final = (
    "$SYS.REQ.SERVER.PING", "$SYS.REQ.ACCOUNT.ABACUS.CONNZ", "$JS.ACK.TARGETS.x.1.1.1.1.1",
    "$JS.FC.TARGETS.x", "$KV.x.y", "$O.x.C.y", "$JSC.CI.x", "abacus", "abacus.653100",
    "abacus.653100.x.T.v1", "poke", "poke.x", "_INBOX.x.1", "x",
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
    may = user == PROVISIONER
    for producer in SERVICES:
        stream = producer.upper()
        for call in OF_STREAMS:
            given = call in EVERY_FEED or (call in OWN_FEED and producer == user)
            allowed = may or (given and user in SERVICES)
            yield Attempt("pub", f"$JS.API.{call}.{stream}", allowed, call)
        last = f"$JS.API.DIRECT.GET.{stream}.abacus.653100.{producer}.Test.v1"
        yield Attempt("pub", last, may, "direct get by subject")
        for hearer in (*SERVICES, "spy"):
            own = hearer == user and user in SERVICES
            for call in OF_CONSUMERS:
                subject = f"$JS.API.{call}.{stream}.{hearer}-from-{producer}"
                allowed = may or (own and call in AS_HEARER)
                yield Attempt("pub", subject, allowed, "own fetch" if own else "foreign fetch")
    for call in OF_ALL:
        yield Attempt("pub", f"$JS.API.{call}", may, call)


def _listening(user: str) -> Iterator[Attempt]:
    for other in (*SERVICES, PROVISIONER, "operator"):
        own = other == user
        yield Attempt("sub", f"_INBOX.{other}.>", own, "own inbox" if own else "foreign inbox")
        yield Attempt("sub", f"_INBOX.{other}.x", own, "own inbox" if own else "foreign inbox")
    for service in SERVICES:
        yield Attempt("sub", f"poke.{service}", service == user, "poke")
        yield Attempt("sub", f"abacus.*.{service}.>", allowed=False, kind="eavesdropping")
    for subject in (">", "*", "*.*", "_INBOX.>", "_INBOX.*.>", "_INBOX.*.x", "abacus.>", "poke.*",
                    "$JS.API.>", "$JS.API.CONSUMER.MSG.NEXT.TARGETS.*", "$JS.EVENT.>", "$SYS.>",
                    "$JS.ACK.>", "$KV.>"):  # fmt: skip
        yield Attempt("sub", subject, allowed=False, kind="eavesdropping")


def login(user: str) -> str:
    """What a user of these stories logs in with."""
    return f"{user}-secret"


def access() -> str:
    """The accounts of the deployment with these passwords in them."""
    text = ACCOUNTS.read_text()
    for user in users():
        text = text.replace(f"$NATS_{user.upper()}_PASSWORD", f'"{login(user)}"')
    return text


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
