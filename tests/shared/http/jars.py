"""A whole service in one file, over the kernel tests' jar of coins: what HTTP is tried with."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import asyncpg
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import SettingsConfigDict
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Field as Column
from sqlmodel import col, select

from shared import past
from shared.contracts.fields import Yuan
from shared.documents import sheet
from shared.domain.refusals import NotFound
from shared.eventstore.schema import v1
from shared.http.commands import Asked, CommandEndpoint
from shared.http.pages import Page, PageRequest
from shared.http.policy import EVERYONE, Policy, Role
from shared.http.reading import Reading
from shared.manifest import Service
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put
from shared.settings import ServiceSettings
from shared.tables import service_table
from tests.shared.counters import (
    CoinsPut,
    CoinsSeen,
    CoinsTaken,
    JarEvent,
    JarOpened,
    OpenJar,
    PutCoins,
    TakeCoins,
    jar_decider,
    publish,
)

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("jars")


class JarsSettings(ServiceSettings):
    """Jars, for the kernel's own tests."""

    model_config = SettingsConfigDict(env_prefix="JARS_")


class JarShelf(Table, table=True):
    """Every jar with what is in it."""

    __tablename__ = "jar_shelf"

    jar_id: str = Column(primary_key=True)
    region_code: str = "653100"
    unit_code: str = ""
    coins: int = 0
    version: int = 0


def shelve(recorded: AnyRecorded) -> Iterable[Change]:
    """One row per jar."""
    event: JarEvent = recorded.event
    match event:
        case JarOpened(unit_code=unit):
            yield Put(
                JarShelf,
                {
                    "jar_id": recorded.id,
                    "region_code": "653100",
                    "unit_code": unit,
                    "coins": 0,
                    "version": 1,
                },
            )
        case CoinsPut(coins=coins):
            yield Add(JarShelf, {"jar_id": recorded.id}, {"coins": coins, "version": 1})
        case CoinsTaken(coins=coins):
            yield Add(JarShelf, {"jar_id": recorded.id}, {"coins": -coins, "version": 1})


class OpenJarBody(BaseModel):
    """What opening a jar needs."""

    model_config = ConfigDict(extra="forbid", strict=True)

    jar_id: str = Field(pattern=r"^[a-z0-9-]{1,60}$")
    unit_code: str = "u1"


class CoinsBody(BaseModel):
    """An amount of coins."""

    model_config = ConfigDict(extra="forbid", strict=True)

    coins: int = Field(ge=1, le=1_000_000)


class WorthBody(BaseModel):
    """An amount of money."""

    model_config = ConfigDict(extra="forbid", strict=True)

    worth: Yuan


def open_jar(asked: Asked, body: OpenJarBody) -> OpenJar:
    """Open a jar for a unit."""
    assert asked.actor
    return OpenJar(jar_id=body.jar_id, unit_code=body.unit_code)


def put_coins(asked: Asked, jar_id: str, body: CoinsBody) -> PutCoins:
    """Put coins into a jar."""
    assert asked.actor
    return PutCoins(jar_id=jar_id, coins=body.coins)


def take_coins(asked: Asked, jar_id: str, body: WorthBody) -> TakeCoins:
    """Take money out of a jar, one coin per fen."""
    assert asked.actor
    return TakeCoins(jar_id=jar_id, coins=body.worth.fen)


router = APIRouter(tags=["Jars"])


@router.get("/jars", operation_id="list_jars")
async def list_jars(
    read: Reading, page: PageRequest, at_least: Annotated[int, Query(ge=0)] = 0
) -> Page[JarShelf]:
    """Jars in reach of the caller, fullest first."""
    rows = select(JarShelf).where(
        JarShelf.coins >= at_least,
        read.scope.where(region=JarShelf.region_code, unit=JarShelf.unit_code),
    )
    return await read.page(rows, page, order=(col(JarShelf.coins).desc(),))


@router.get("/jars/{jar_id}", operation_id="get_jar")
async def get_jar(read: Reading, jar_id: str) -> JarShelf:
    """One jar."""
    row = await read.one(select(JarShelf).where(JarShelf.jar_id == jar_id))
    read.check(row.region_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/window", operation_id="show_window")
async def show_window(read: Reading) -> list[str]:
    """The names of all jars, for everybody."""
    found = [row.jar_id for row in await read.all(select(JarShelf).order_by(JarShelf.jar_id))]
    if not found:
        raise NotFound
    return found


UNIT = frozenset({Role.UNIT_BUSINESS, Role.UNIT_FINANCE, Role.UNIT_HEAD})
ANY = UNIT | {Role.FB_BUDGET, Role.DEPT_HEAD}

POLICY: Policy = {
    "open_jar": ANY,
    "put_coins": ANY,
    "take_coins": frozenset({Role.UNIT_FINANCE, Role.FB_BUDGET}),
    "list_jars": ANY,
    "get_jar": ANY,
    "show_window": EVERYONE,
}

OPENINGS = sheet.Sheet(
    operation="open_jar",
    title="储蓄罐",
    columns=(
        sheet.Column(title="编号", pointer="/body/jar_id", also=("jar_no",), required=True),
        sheet.Column(
            title="单位", pointer="/body/unit_code", codes={"一单位": "u1", "二单位": "u2"}
        ),
    ),
)

service = Service(
    name="jars",
    title="Jars",
    settings=JarsSettings,
    deciders=(jar_decider,),
    projections=(Projection(name="jar_shelf", tables=(JarShelf,), project=shelve),),
    commands=(
        CommandEndpoint(
            path="/jars",
            translate=open_jar,
            creates=True,
            tag="Jars",
            example={"jar_id": "kitchen", "unit_code": "u1"},
        ),
        CommandEndpoint(path="/jars/{jar_id}/put", translate=put_coins, tag="Jars"),
        CommandEndpoint(
            path="/jars/{jar_id}/take", translate=take_coins, tag="Jars", moves_money=True
        ),
    ),
    queries=(router,),
    policy=POLICY,
    says=(CoinsSeen,),
    publish=publish,
    vocabulary={"Size": {"SMALL": ("小", "Small")}},
    sheets=(OPENINGS,),
)


def install(url: str) -> None:
    """The kernel's tables and those of the jars, in an empty database."""
    asyncio.run(_install(url))


async def _install(url: str) -> None:
    connection = await asyncpg.connect(url)
    await v1.install(connection, "jars")
    await connection.close()
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.begin() as tables:
        await tables.run_sync(JarShelf.metadata.create_all)
    await engine.dispose()
    connection = await asyncpg.connect(url)
    await connection.execute(past.keep("jars"))
    await connection.close()
