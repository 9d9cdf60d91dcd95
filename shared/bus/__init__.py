"""What a bus promises: one feed per producer, whose sequence is the producer's word number.

The store is the truth and the feed a copy of it that may be deleted at any time. A batch is
published by compare-and-set, so a number has one word for ever, however many relays run, and
a hearer reads a feed after its own cursor, never after a position the bus remembers.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from shared.eventstore import SaidWord
from shared.eventstore.hashes import word_hash

BATCH_MAX: Final = 500  # the broker refuses atomic batches above 1,000
FETCH_SECONDS: Final = 1.0
SILENCE_SECONDS_MAX: Final = 3.0
FIRST_NUMBER: Final = 1


class FeedMissing(Exception):
    """The producer has no feed; the producer's worker makes it and says everything again."""


class Overtaken(Exception):
    """The feed does not end where the publisher thought; look again before saying anything."""


class Unanswered(Exception):
    """The bus did not answer: it may have happened or not; look again, never guess."""


class WordDamaged(Exception):
    """The bytes of a word in the feed are not those that were said."""


class UnsafeBus(Exception):
    """The server would acknowledge before its disk has it; we refuse to work with it."""


class FeedWord(msgspec.Struct, frozen=True):
    """One word as it lies in a feed."""

    number: int
    body: bytes
    leaf_hash: bytes

    def verify(self) -> "FeedWord":
        """Itself, or `WordDamaged` where its bytes do not match its hash."""
        if word_hash(self.body) != self.leaf_hash:
            raise WordDamaged(str(self.number))
        return self


def sound(words: Sequence[FeedWord]) -> Sequence[FeedWord]:
    """The words before the first damaged one; `WordDamaged` when that is the very first."""
    for count, word in enumerate(words):
        try:
            word.verify()
        except WordDamaged:
            if count == 0:
                raise
            return words[:count]
    return words


class Ear(Protocol):
    """One hearer's way into one feed."""

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        """The words `after + 1`, `after + 2`, … without a gap, verified; waits a moment for one.

        Empty when nothing was said for `FETCH_SECONDS`. A feed that starts later, lost its tail
        or is gone is the producer's to heal: the answer is empty until it has.
        """


class Bell(Protocol):
    """Rings when something was committed: a hint that saves waiting, never a promise."""

    async def wait(self, seconds_max: float) -> None:
        """Return when it rings or the time is over."""


class Bus(Protocol):
    """The feeds of all producers."""

    async def provision(self, producer: str, first: int = FIRST_NUMBER) -> None:
        """Make the producer's feed, to begin with word `first`, where there is none."""

    async def last_number(self, producer: str) -> int:
        """The number of the last word in the feed; raises `FeedMissing` or `Unanswered`."""

    async def replicas_missing(self, producer: str) -> int:
        """How many servers that are to keep the feed do not have it whole and answer.

        Raises `FeedMissing` or `Unanswered`.
        """

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """Say consecutive words, all or none, right after the word before the first.

        Answers the last number. Raises `Overtaken`, `FeedMissing` or `Unanswered`.
        """

    async def read(self, producer: str, after: int, limit: int) -> Sequence[FeedWord]:
        """What lies in the feed after a number, unverified and perhaps with gaps."""

    async def forget(self, producer: str) -> None:
        """Delete a damaged feed; `provision` and the relay rebuild it from the store."""

    def ear(self, producer: str, hearer: str) -> Ear:
        """A way to read one feed."""

    async def ring(self, service: str) -> None:
        """Hint to the service's worker that something was committed."""

    async def listen(self, service: str, ring: Callable[[], None]) -> None:
        """Call `ring` whenever somebody hints at the service's worker."""

    async def close(self) -> None:
        """Leave."""
