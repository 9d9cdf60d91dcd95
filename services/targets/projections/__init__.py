"""What the targets service shows: one file per read model, its table, its fold, its queries."""

from typing import TYPE_CHECKING

from shared.tables import service_table

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("targets")

__all__ = ["Table"]
