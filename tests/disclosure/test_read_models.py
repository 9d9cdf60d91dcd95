"""Read models are known by their names and tables: a reader goes on where its name left off."""

from importlib import import_module

from services.disclosure.projections import Table
from services.disclosure.projections.manifest import PROJECTIONS

ELSEWHERE = {"webhook_register": "webhooks"}
"""The one that is made by the shared code has the name of its table."""


def test_a_read_model_has_the_name_of_its_module() -> None:
    """Under this name its place in the ledger is kept; with another it would begin anew."""
    for one in PROJECTIONS:
        module = import_module(
            f"services.disclosure.projections.{ELSEWHERE.get(one.name, one.name)}"
        )
        assert getattr(module, one.name) is one
    assert len({one.name for one in PROJECTIONS}) == len(PROJECTIONS)


def test_every_table_is_kept_by_one_read_model() -> None:
    """What no read model has is not made again, and what two have is written over."""
    kept = [table.__tablename__ for one in PROJECTIONS for table in one.tables]
    assert sorted(kept) == sorted(Table.metadata.tables)
    assert all(one.hear or one.project for one in PROJECTIONS)
