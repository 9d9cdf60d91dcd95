"""A tiny aggregate for the kernel's own tests: a jar of coins that belongs to a unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from shared.aggregates import Aggregates
from shared.asking import Ask
from shared.contracts.public_event import PublicEvent
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.refusals import Conflict
from shared.messages import AnyRecorded, CalledOff, Deadline
from shared.projections import Projection

NOW = datetime(2021, 6, 1, 4, 0, tzinfo=UTC)
KEPT = "u-kept"
KEEPER = "keeper"
TITHED = "u-tithed"
BARN = "barn"


class JarEmpty(Conflict):
    """Nobody takes more coins than there are."""

    title_zh = "余额不足"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenJar:
    """Open a jar."""

    jar_id: str
    unit_code: str = "u1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutCoins:
    """Put coins in."""

    jar_id: str
    coins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCoins:
    """Take coins out; `limit` is filled in from the jar's guard, when it names one."""

    jar_id: str
    coins: int
    guard: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JarOpened:
    """A jar was opened."""

    unit_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinsPut:
    """Coins went in."""

    coins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinsTaken:
    """Coins came out."""

    coins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """A jar; without a unit it does not exist yet."""

    unit_code: str | None = None
    coins: int = 0


type JarCommand = OpenJar | PutCoins | TakeCoins
type JarEvent = JarOpened | CoinsPut | CoinsTaken


def decide(command: JarCommand, jar: Jar) -> Sequence[JarEvent]:
    """The rules of the jar."""
    match command:
        case OpenJar(unit_code=unit_code):
            return [] if jar.unit_code else [JarOpened(unit_code=unit_code)]
        case PutCoins(coins=coins):
            return [CoinsPut(coins=coins)]
        case TakeCoins(coins=coins, limit=limit):
            if coins > jar.coins or (limit is not None and coins > limit):
                raise JarEmpty(f"there are {jar.coins}")
            return [CoinsTaken(coins=coins)]


def evolve(jar: Jar, event: JarEvent) -> Jar:
    """What happened to the jar."""
    match event:
        case JarOpened(unit_code=unit_code):
            return replace(jar, unit_code=unit_code)
        case CoinsPut(coins=coins):
            return replace(jar, coins=jar.coins + coins)
        case CoinsTaken(coins=coins):
            return replace(jar, coins=jar.coins - coins)


def consults(command: JarCommand) -> Sequence[Reference]:
    """A guarded jar lends no more than its guard holds."""
    if isinstance(command, TakeCoins) and command.guard:
        return [Reference("jar", command.guard)]
    return ()


def refers(command: JarCommand, jar: Jar, _known: Sequence[object]) -> Sequence[Reference]:
    """Who is in another's keeping takes no more than the keeper holds."""
    if isinstance(command, TakeCoins) and jar.unit_code == KEPT:
        return [Reference("jar", KEEPER)]
    return ()


def inform(command: JarCommand, states: Sequence[object]) -> JarCommand:
    """Write the coins of the guard and the keeper into the command."""
    assert isinstance(command, TakeCoins)
    coins = [state.coins for state in states if isinstance(state, Jar)]
    assert len(coins) == len(states)
    return replace(command, limit=min(coins))


def entails(event: JarEvent, jar: Jar) -> Sequence[JarCommand]:
    """A tenth of what goes into a tithed jar is put into the barn besides."""
    if isinstance(event, CoinsPut) and jar.unit_code == TITHED:
        return [PutCoins(jar_id=BARN, coins=event.coins // 10)]
    return ()


def owner(jar: Jar) -> Owner | None:
    """The unit whose jar it is."""
    return Owner(region_code="653100", unit_code=jar.unit_code) if jar.unit_code else None


jar_decider: Decider[JarCommand, JarEvent, Jar] = Decider(
    category="jar",
    initial=Jar(),
    commands=(OpenJar, PutCoins, TakeCoins),
    events={"JarOpened": JarOpened, "CoinsPut": CoinsPut, "CoinsTaken": CoinsTaken},
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.jar_id,
    owner=owner,
    consults=consults,
    refers=refers,
    inform=inform,
    entails=entails,
    snapshot_every=10,
)


class CoinsSeen(PublicEvent):
    """The public hears of coins put in."""

    producer = "jars"

    coins: int


def publish(recorded: AnyRecorded) -> PublicEvent | None:
    """Only what goes in is told."""
    if isinstance(recorded.event, CoinsPut):
        return CoinsSeen(region_code="653100", coins=recorded.event.coins)
    return None


def silent(_recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """Jars have no deadlines."""
    return ()


def aggregates(*projections: Projection) -> Aggregates:
    """The jars as the kernel sees them."""
    return Aggregates(
        deciders=[jar_decider], projections=projections, publish=publish, schedule=silent
    )


def ask(
    *commands: object, key: str | None = None, fingerprint: bytes = b"f", **more: object
) -> Ask:
    """A request by somebody who may."""
    return Ask(
        commands=commands,
        actor="tests|somebody",
        unit="u1",
        now=NOW,
        correlation_id="c",
        causation_id="c",
        key=key,
        fingerprint=fingerprint,
        **more,  # type: ignore[arg-type]
    )
