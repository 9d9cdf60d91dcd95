"""Old processes go on beside new tables, so a step takes nothing away and asks for nothing new."""

from importlib import import_module
from types import MappingProxyType
from typing import Final

import asyncpg
import pytest
from alembic.script import ScriptDirectory

from shared import migrations
from tests.architecture.house import SERVICES
from tests.upgrade.expanding import Shape, narrowed, shape

# The last step of each service that was written while this rule had no holder.
UNHELD: Final = MappingProxyType({
    "targets": "adjustment_approvals",
    "monitoring": "returns_told_again",
    "evaluation": "where_excluded",
    "disclosure": "rankings",
})  # fmt: skip
# Steps after it that take away what the release before no longer uses, with that release.
TAKES_AWAY: Final = MappingProxyType[str, str]({})

PLANTED: Final = MappingProxyType({
    "ALTER TABLE unit_register DROP COLUMN name": "unit_register.name is gone",
    "ALTER TABLE unit_register RENAME COLUMN name TO title": "unit_register.name is gone",
    "DROP TABLE unit_register": "unit_register.name is gone",
    "ALTER TABLE unit_register ALTER COLUMN name TYPE text":
        "unit_register.name was character varying and is text",
    "ALTER TABLE unit_register ADD COLUMN mood text NOT NULL":
        "unit_register.mood is new, and must be given",
    "ALTER TABLE unit_register ADD COLUMN mood text; UPDATE unit_register SET mood = '';"
    "ALTER TABLE unit_register ALTER COLUMN mood SET NOT NULL":
        "unit_register.mood is new, and must be given",
    "ALTER TABLE es.command ADD COLUMN mood text NOT NULL DEFAULT '';"
    "ALTER TABLE es.command ALTER COLUMN mood DROP DEFAULT":
        "es.command.mood is new, and must be given",
    "ALTER TABLE unit_register ADD UNIQUE (name)": "unit_register has a new rule: UNIQUE (name)",
    "ALTER TABLE unit_register ADD CHECK (name <> '')":
        "unit_register has a new rule: CHECK (((name)::text <> ''::text))",
    "CREATE UNIQUE INDEX ix_mood ON unit_register (name)":
        "unit_register has a new rule: CREATE UNIQUE ON public.unit_register USING btree (name)",
    "DROP FUNCTION es.business_day CASCADE": "no longer: function es.business_day()",
})  # fmt: skip
HARMLESS: Final = (
    "ALTER TABLE unit_register ADD COLUMN mood text",
    "ALTER TABLE unit_register ADD COLUMN mood text NOT NULL DEFAULT ''",
    "CREATE TABLE moods (mood text PRIMARY KEY)",
    "CREATE INDEX ix_mood ON unit_register (name)",
)


async def shape_of(url: str) -> Shape:
    connection = await asyncpg.connect(url)
    try:
        return await shape(connection)
    finally:
        await connection.close()


def steps_since(service: str, revision: str) -> list[str]:
    """The steps after one, in their order."""
    script = ScriptDirectory.from_config(migrations._config(service))  # noqa: SLF001
    return [one.revision for one in script.iterate_revisions("head", revision)][::-1]


@pytest.mark.parametrize("service", SERVICES)
async def test_every_step_only_expands(service: str, database: str) -> None:
    import_module(f"services.{service}.main")
    await migrations.upgrade(service, database, UNHELD[service])
    before = await shape_of(database)
    for step in steps_since(service, UNHELD[service]):
        await migrations.upgrade(service, database, step)
        after = await shape_of(database)
        assert narrowed(before, after) == [] or step in TAKES_AWAY, step
        before = after
    assert await migrations.is_current(service, database)
    assert len(before.columns) > len(before.rules) > 0


async def test_what_the_last_such_step_of_evaluation_asked_for_is_taken_back(database: str) -> None:
    await migrations.upgrade("evaluation", database, "judge")
    before = await shape_of(database)
    await migrations.upgrade("evaluation", database, "where_excluded")
    asks = ["third_parties.excluded_in is new, and must be given"]
    assert narrowed(before, await shape_of(database)) == asks
    await migrations.upgrade("evaluation", database)
    assert narrowed(before, await shape_of(database)) == []


async def test_what_an_old_process_would_stumble_over_is_noticed(database: str) -> None:
    await migrations.upgrade("targets", database)
    connection = await asyncpg.connect(database)
    before = await shape(connection)
    for script, problem in PLANTED.items():
        undone = connection.transaction()
        await undone.start()
        await connection.execute(f"DROP SCHEMA as_of CASCADE; {script}")
        found = narrowed(before, await shape(connection))
        await undone.rollback()
        assert problem in found, script
    for script in HARMLESS:
        undone = connection.transaction()
        await undone.start()
        await connection.execute(script)
        assert narrowed(before, await shape(connection)) == [], script
        await undone.rollback()
    await connection.close()


async def test_a_right_that_is_taken_away_is_noticed(database: str) -> None:
    await migrations.upgrade("targets", database)
    before = await shape_of(database)
    held = Shape(
        columns=before.columns, rules=before.rules,
        rights=before.rights | {"targets_app may UPDATE unit_register"},
    )  # fmt: skip
    assert narrowed(held, before) == ["no longer: targets_app may UPDATE unit_register"]
