"""A bank that misbehaves: it loses, delays, doubles, denies and restarts, by a seed.

Its book is the truth of the money: one payment per end-to-end id, however often it is sent. What
it tells may be lost, late, doubled or false; its day-end statement is right. `honest` ends the
faults, so that every story can come to an end.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from xml.etree import ElementTree as ET

NS: Final = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One transfer as the bank reads it in the message."""

    end_to_end_id: str
    fen: int
    creditor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer on its way to us."""

    end_to_end_id: str
    answer: str
    fen: int = 0
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Bank:
    """One bank, its book, and everything it has said but not delivered."""

    seed: int
    honest: bool = False
    inbox: dict[str, Instruction] = field(default_factory=dict)
    book: dict[str, Instruction] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    payments: list[Instruction] = field(default_factory=list)
    _underway: list[tuple[datetime, int, Said]] = field(default_factory=list)
    _serial: int = 0
    _chance: Random = field(init=False)

    def __post_init__(self) -> None:
        """The same seed is the same bank."""
        self._chance = Random(self.seed)  # noqa: S311 - a simulation, not a secret

    def receive(self, message: bytes, now: datetime) -> None:
        """Take a message in, unless it is lost on the way; what is known is not paid again."""
        if self._happens(0.25):
            return
        for one in instructions(message):
            known = one.end_to_end_id in self.inbox
            if known:
                self._say(one, "REJECTED", now, reason="AM05")
                continue
            self.inbox[one.end_to_end_id] = one
            if not self._happens(0.3):
                self._say(one, "ACCEPTED", now)

    def work(self, now: datetime) -> None:
        """Execute what lies in the inbox: most is paid, some refused, some waits."""
        for key, one in list(self.inbox.items()):
            if key in self.book or key in self.refused or self._happens(0.3):
                continue
            if self._chance.random() < 0.2:
                self.refused.add(key)
                self._tell(one, "REJECTED", now, reason="AC04")
            else:
                self.book[key] = one
                self.payments.append(one)
                self._tell(one, "SETTLED", now)

    def query(self, key: str, now: datetime) -> None:
        """Answer what became of an order: by the end-to-end id, as far as the book goes."""
        one = self.inbox.get(key)
        if one is None:
            self._say(Instruction(end_to_end_id=key, fen=0, creditor=""), "NOT_FOUND", now)
        elif key in self.book:
            self._say(one, "SETTLED", now)
        elif key in self.refused:
            self._say(one, "REJECTED", now, reason="AC04")
        else:
            self._say(one, "PENDING", now)

    def deliver(self, now: datetime) -> Iterator[Said]:
        """What reaches us by now."""
        while self._underway and self._underway[0][0] <= now:
            yield heapq.heappop(self._underway)[2]

    def restart(self) -> None:
        """Forget what was not delivered; the inbox and the book are on disk."""
        self._underway.clear()

    def statement(self) -> Iterable[Instruction]:
        """The day's book: every payment, once."""
        return list(self.payments)

    def _tell(self, one: Instruction, answer: str, now: datetime, reason: str = "") -> None:
        """Say what happened, and now and then the contrary beside it."""
        self._say(one, answer, now, reason=reason)
        if self._happens(0.1):
            self._say(one, "REJECTED" if answer == "SETTLED" else "SETTLED", now, reason="NARR")
        if self._happens(0.05):
            wrong = Instruction(
                end_to_end_id=one.end_to_end_id, fen=one.fen + 1, creditor=one.creditor
            )
            self._say(wrong, "SETTLED", now)

    def _say(self, one: Instruction, answer: str, now: datetime, reason: str = "") -> None:
        """Put an answer on the way: lost, late or twice."""
        said = Said(end_to_end_id=one.end_to_end_id, answer=answer, fen=one.fen, reason=reason)
        copies = 0 if self._happens(0.2) else 2 if self._happens(0.2) else 1
        for _ in range(copies):
            minutes = self._chance.randint(0, 600 if self._happens(0.2) else 10)
            self._serial += 1
            at = now + timedelta(minutes=0 if self.honest else minutes)
            heapq.heappush(self._underway, (at, self._serial, said))

    def _happens(self, chance: float) -> bool:
        return not self.honest and self._chance.random() < chance


def instructions(message: bytes) -> Iterator[Instruction]:
    """The transfers of a pain.001."""
    root = ET.fromstring(message)  # noqa: S314 - our own message
    for transfer in root.iter(f"{NS}CdtTrfTxInf"):
        amount = transfer.findtext(f"{NS}Amt/{NS}InstdAmt") or ""
        yield Instruction(
            end_to_end_id=transfer.findtext(f"{NS}PmtId/{NS}EndToEndId") or "",
            fen=int(Decimal(amount) * 100),
            creditor=transfer.findtext(f"{NS}CdtrAcct/{NS}Id/{NS}Othr/{NS}Id") or "",
        )
