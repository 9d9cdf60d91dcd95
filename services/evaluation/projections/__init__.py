"""The read models of evaluation: one file each, with its table, its fold and its queries."""

from typing import TYPE_CHECKING

from shared.tables import service_table

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("evaluation")

__all__ = ["Table"]
