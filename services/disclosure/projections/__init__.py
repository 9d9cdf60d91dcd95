"""What disclosure knows: registers of what it heard and of what it told, one file each.

A figure of the annual report is an aggregate over one register, and the list it drills down
to is that register with the same filter; so the items always add up to the figure.
"""

from typing import TYPE_CHECKING

from shared.tables import service_table

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("disclosure")

__all__ = ["Table"]
