"""Read-model tables: a base class per service with its own metadata and constraint names.

SQLModel keeps one global metadata by default; each service has its own, so that four
services can live in one test process and Alembic sees only the tables of the one it migrates.
"""

from typing import Final

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


def service_table(service: str) -> type[SQLModel]:
    """The base of every read-model table of one service."""

    class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
        """A read model that can be rebuilt from events at any time."""

    Table.__doc__ = f"A read model of {service}; it can be rebuilt from events at any time."
    return Table
