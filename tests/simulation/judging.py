"""What must be true when everything has come to rest, recomputed from what lasts."""

from typing import TYPE_CHECKING, Any, Final, cast

from services.monitoring.domain.ledger.state import Ledger
from shared.bus import WordDamaged
from shared.eventstore import GENESIS, Head, Transaction
from shared.eventstore.hashes import event_hash
from shared.eventstore.memory import MemoryStore
from shared.eventstore.merkle import extend
from shared.projections import Projection
from tests.adjustments.saga import PROJECTS
from tests.adjustments.saga import judged as judged_saga
from tests.simulation.county import County, Premises
from tests.simulation.people import People
from tests.simulation.tally import Tally

if TYPE_CHECKING:
    from tests.crashing.saga import World

EVERYTHING: Final = 1_000_000


async def at_rest(county: County) -> bool:
    """Whether all that happened is numbered, lies in the feed, has been heard and folded."""
    heads: dict[str, Head] = {}
    for name, one in county.premises.items():
        if one.store._unsequenced:  # noqa: SLF001 - a look that numbers nothing itself
            return False
        head = await one.store.head()
        feed = county.bus.feeds.get(name)
        if feed is None or feed.last != head.number:
            return False
        heads[name] = head
    for one in county.premises.values():
        for producer in _hears(one, county):
            if await one.store.cursor(f"inbox:{producer}") != heads[producer].number:
                return False
        for later in _later(one):
            if await one.store.cursor(later.name) != heads[one.service.name].position:
                return False
        if any(due.due_at <= county.calendar.now() for due in one.store.deadlines.values()):
            return False
    return True


async def judged(county: County, people: People) -> list[str]:
    """What is wrong; nothing is how it should be."""
    wrong: list[str] = []
    for one in county.premises.values():
        wrong += await _ledger(one)
        wrong += await _feed(one, county)
        wrong += await _heard(one, county)
        wrong += await _read_models(one)
        wrong += [f"parked: {parked}" for parked in one.store.parked]
        wrong += [f"defect: {defect}" for defect in one.defects]
    wrong += await _money(county, people)
    told = cast("World", _Both(county))
    return wrong + [f"saga: {what}" for what in await judged_saga(told, people.story)]


class _Both:
    def __init__(self, county: County) -> None:
        self.targets = county.premises["targets"]
        self.monitoring = county.premises["monitoring"]


def _hears(one: Premises, county: County) -> list[str]:
    producers = {word.producer for word in one.service.hears}
    return sorted(producers & set(county.premises))


def _later(one: Premises) -> list[Projection]:
    return [each for each in one.service.projections if each.project and not each.inline]


async def _ledger(one: Premises) -> list[str]:
    """Dense, each stream in its own order, chained, and under the right root."""
    wrong: list[str] = []
    ends: dict[str, tuple[int, bytes]] = {}
    hashes: list[bytes] = []
    name = one.service.name
    for place, entry in enumerate(await one.store.read_ledger(0, EVERYTHING), 1):
        event = entry.event
        before, last = ends.get(event.stream, (0, GENESIS))
        right = event_hash(event.event_id, event.stream, event.version, last, event.body)
        if entry.position != place or event.version != before + 1 or event.hash != right:
            wrong.append(f"order: {name} {place} {event.stream} {event.version}")
        ends[event.stream] = (event.version, event.hash)
        hashes.append(event.hash)
    if extend((), 0, hashes) != one.store.ledger_frontier:
        wrong.append(f"root: {name}")
    return wrong


async def _feed(one: Premises, county: County) -> list[str]:
    """The feed is word for word what was said."""
    name = one.service.name
    said = await one.store.read_words(0, EVERYTHING)
    feed = county.bus.feeds[name]
    if [word.body for word in said] != [word.body for word in feed.words] or feed.first != 1:
        return [f"feed: {name}"]
    try:
        for word in feed.words:
            word.verify()
    except WordDamaged as damaged:
        return [f"feed: {name} {damaged}"]
    return []


async def _heard(one: Premises, county: County) -> list[str]:
    """Every word once, with its effect once."""
    wrong: list[str] = []
    for producer in _hears(one, county):
        said = await county.premises[producer].store.read_words(0, EVERYTHING)
        heard = await one.store.read_heard(producer, 0, EVERYTHING)
        if [word.number for word in heard] != [word.number for word in said]:
            wrong.append(f"heard: {one.service.name} of {producer}")
        bodies = {word.number: word.body for word in said}
        twice = [row for row in one.store.rows(Tally) if row["times"] != 1]
        wrong += [f"heard: {one.service.name} {row}" for row in twice]
        if any(word.body and word.body != bodies.get(word.number) for word in heard):
            wrong.append(f"heard: {one.service.name} something else of {producer}")
    return wrong


async def _read_models(one: Premises) -> list[str]:
    """What is folded from the ledger alone, folded anew, gives the same rows."""
    wrong: list[str] = []
    codec = one.service.aggregates.codec
    for projection in one.service.projections:
        if projection.project is None or projection.hear is not None:
            continue
        afresh = MemoryStore()
        for entry in await one.store.read_ledger(0, EVERYTHING):
            category = entry.event.stream.partition("-")[0]
            if projection.inline and projection.streams and category not in projection.streams:
                continue
            changes = list(projection.project(codec.decode(entry.event, _place(projection, entry))))
            await afresh.commit(Transaction(changes=changes))
        wrong += [
            f"read model: {projection.name}"
            for table in projection.tables
            if afresh.rows(table) != one.store.rows(table)
        ]
    return wrong


def _place(projection: Projection, entry: Any) -> int | None:  # noqa: ANN401 - an entry
    return None if projection.inline else entry.position


async def _money(county: County, people: People) -> list[str]:
    """What was acknowledged is booked once, and what was held until a day is let go after it."""
    wrong: list[str] = []
    for code in PROJECTS:
        ledger: Any = await county.premises["monitoring"].state(f"ledger-{code}-2021")
        assert isinstance(ledger, Ledger)
        # What a held ledger could not take is booked as a break of that line (domain.md R4.4).
        known = ledger.payments.keys() | {one.line_id for one in ledger.breaks.values()}
        booked = sorted(key for key in known if key.startswith("pay-"))
        if booked != sorted(people.settled[code]):
            wrong.append(f"acknowledged: {code} {booked} not {people.settled[code]}")
        held = {key: one for key, one in ledger.freezes.items() if key.startswith("hold-")}
        if sorted(held) != sorted(people.held[code]):
            wrong.append(f"acknowledged: {code} {sorted(held)} not {people.held[code]}")
        wrong += [f"deadline: {code} {key} is still held" for key, one in held.items() if one.open]
        if sum(ledger.accounts.values(), start=ledger.paid - ledger.paid):
            wrong.append(f"balance: {code}")
    return wrong
