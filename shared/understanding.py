"""What a word means to this service, without doing anything about it yet: commands and rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from shared.asking import Ask
from shared.bus import FeedWord
from shared.contracts.envelope import CloudEvent, Hearing, envelope
from shared.domain.workdays import business_date
from shared.eventstore import HeardWord
from shared.messages import AnyHeard, Large
from shared.projections import Change, Projection


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One word with everything it causes here."""

    heard: HeardWord
    asks: Sequence[Ask] = ()
    changes: Sequence[Change] = ()
    money: bool = False
    large: bool = False

    @property
    def number(self) -> int:
        """The producer's number of the word."""
        return self.heard.number


class Unfit(Exception):
    """A word that this service cannot make anything of. `money`: and must not pass by."""

    def __init__(self, reason: str, *, taken: Taken, money: bool) -> None:
        """Keep what is known of the word, so that it can be parked."""
        super().__init__(reason)
        self.taken = taken
        self.money = money


class Borrowed(ValueError):
    """A word in the feed of one service whose envelope claims the type of another."""


class Understanding:
    """Reads words with the service's own reactions and folds; pure from end to end."""

    def __init__(
        self,
        actor: str,
        hearing: Hearing,
        react: Callable[[AnyHeard], Sequence[object]],
        projections: Iterable[Projection],
    ) -> None:
        """Know as whom we act and what we listen to."""
        self._actor = actor
        self.hearing = hearing
        self._react = react
        self._folds = [(one.hear, one.money) for one in projections if one.hear is not None]

    def take(self, word: FeedWord, producer: str, now: datetime) -> Taken:
        """What the word means; raises `Unfit` for one that cannot be read, reacted to or folded."""
        heard, cloud = _remember(word, producer, business_date(now))
        # A word that cannot even be read may concern money; a reaction is a command, which may not.
        money = any(money for _, money in self._folds)
        try:
            cloud = _own(cloud or envelope(word.body), producer)
            fact = self.hearing.hear(cloud, word.number)
            if fact is None:
                # Nobody here listens to it: its number and version are kept, not its text.
                return Taken(heard=replace(heard, body=b""))
            money = False
            reactions = self._react(fact)
            large = any(isinstance(one, Large) for one in reactions)
            asks = [self._ask(fact, command, now) for command in reactions]
            changes: list[Change] = []
            counts = False
            for fold, money in self._folds:
                folded = list(fold(fact))
                counts |= money and bool(folded)
                changes += folded
        except Exception as defect:
            raise Unfit(repr(defect), taken=Taken(heard=heard), money=money) from defect
        return Taken(heard=heard, asks=asks, changes=changes, money=counts, large=large)

    def _ask(self, fact: AnyHeard, command: object, now: datetime) -> Ask:
        command = command.command if isinstance(command, Large) else command
        return Ask(
            commands=command if isinstance(command, tuple) else (command,),
            actor=self._actor,
            unit="",
            now=now,
            effective_at=fact.effective_at,
            correlation_id=fact.correlation_id,
            causation_id=str(fact.event_id),
        )


def _own(cloud: CloudEvent, producer: str) -> CloudEvent:
    """A word of whose feed it lies in: whoever was taken over speaks for that service alone."""
    if not cloud.type.startswith(f"{producer}."):
        raise Borrowed(f"{cloud.type} in the feed of {producer}")
    return cloud


def _remember(word: FeedWord, producer: str, day: date) -> tuple[HeardWord, CloudEvent | None]:
    """The word as it is kept; one without a readable envelope is kept under its own number."""
    try:
        cloud = envelope(word.body)
        version = int(cloud.sequence)
    except ValueError:  # msgspec's errors are ValueErrors too
        subject = f"unreadable-{word.number}"
        return HeardWord(producer, word.number, "", subject, 0, word.body, day), None
    heard = HeardWord(producer, word.number, cloud.type, cloud.subject, version, word.body, day)
    return heard, cloud
