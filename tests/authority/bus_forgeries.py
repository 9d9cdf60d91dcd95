"""What whoever has taken a service over may let its own feed do, to put words into another's mouth.

A service may make its feed anew, and the server holds the settings of a feed against no permission.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

type Settings = Mapping[str, object]
REGION: Final = "653100"


@dataclass(frozen=True, slots=True)
class Forgery:
    """Settings that a forger gives its feed, and where its own account hears what they do."""

    name: str
    settings: Callable[[str, str], Settings]
    tells: Callable[[str, str], str]


def own_subject(service: str) -> str:
    """What the feed of a service collects."""
    return f"abacus.*.{service}.>"


def forged(victim: str) -> str:
    """Where a forged word would lie."""
    return f"abacus.{REGION}.{victim}.Forged.v1"


def _republished(name: str, place: Callable[[str], str], *, empty: bool = False) -> Forgery:
    """The server says a word of the forger once more, elsewhere; an order has no content."""
    return Forgery(
        name,
        lambda forger, victim: {
            "subjects": [own_subject(forger)],
            "republish": {"src": forged(forger), "dest": place(victim), "headers_only": empty},
        },
        lambda _forger, victim: place(victim),
    )


def _collected(name: str, settings: Callable[[str], Settings], tells: str) -> Forgery:
    """The feed takes what the victim says for its own."""
    return Forgery(
        name,
        lambda _forger, victim: settings(victim),
        lambda _forger, victim: tells.format(victim=victim, stream=victim.upper()),
    )


def _elsewhere(victim: str) -> Settings:
    """The feed of the victim, as the forger finds it in its own account."""
    external = {"api": f"feed.{victim}", "deliver": f"deliver.{victim}"}
    return {"name": victim.upper(), "external": external}


FORGERIES: Final[Sequence[Forgery]] = (
    _republished("said again as a word of the victim", forged),
    _republished("said again as a poke", lambda victim: f"poke.{victim}"),
    _republished("said again as an answer", lambda victim: f"_INBOX.{victim}.x"),
    _republished(
        "said again as an order to delete",
        lambda victim: f"$JS.API.STREAM.DELETE.{victim.upper()}",
        empty=True,
    ),
    _republished(
        "said again as an order to another account",
        lambda victim: f"feed.{victim}.STREAM.DELETE.{victim.upper()}",
        empty=True,
    ),
    _republished(
        "said again as an order to make a consumer",
        lambda victim: f"feed.{victim}.CONSUMER.CREATE.{victim.upper()}",
    ),
    Forgery(
        "stored as a word of the victim",
        lambda forger, victim: {
            "subjects": [own_subject(forger)],
            "subject_transform": {"src": forged(forger), "dest": forged(victim)},
            "republish": {"src": forged(victim), "dest": "stored"},
        },
        lambda _forger, _victim: "stored",
    ),
    Forgery(
        "collects the subjects of everybody",
        lambda _forger, _victim: {"subjects": ["abacus.>"]},
        lambda forger, _victim: forged(forger),
    ),
    _collected(
        "sources the feed",
        lambda victim: {"sources": [{"name": victim.upper()}]},
        "$JS.API.CONSUMER.CREATE.{stream}",
    ),
    _collected(
        "sources the feed of another account",
        lambda victim: {"sources": [_elsewhere(victim)]},
        "feed.{victim}.CONSUMER.CREATE.{stream}",
    ),
    _collected(
        "mirrors the feed",
        lambda victim: {"mirror": {"name": victim.upper()}},
        "$JS.API.CONSUMER.CREATE.{stream}",
    ),
    _collected(
        "mirrors the feed of another account",
        lambda victim: {"mirror": _elsewhere(victim)},
        "feed.{victim}.CONSUMER.CREATE.{stream}",
    ),
)
