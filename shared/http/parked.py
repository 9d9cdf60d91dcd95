"""Words that could not be applied and wait for a person: listed with their reason, and counted.

    QUERIES = (…, parked_router())

Nothing is applied here: whoever has mended the cause runs `python -m services.<name> redrive`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Final, Self

from fastapi import APIRouter
from pydantic import BaseModel
from pydantic import Field as Shown
from sqlmodel import BigInteger, DateTime, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading
from shared.tables import service_table

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Kept
else:
    Kept = service_table("parked")

INBOX: Final = "inbox:"


class ParkedRow(Kept, table=True):
    """One word that waits."""

    __tablename__ = "parked"
    __table_args__ = {"schema": "es"}  # noqa: RUF012 - read by SQLAlchemy

    reader: str = Field(primary_key=True)
    producer: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    subject: str
    reason: str
    parked_at: datetime = Field(sa_type=DateTime(timezone=True))


class ParkedWordView(BaseModel):
    """One word that waits: what it tells of, why it could not be applied, and what to do."""

    producer: str
    number: int
    subject: str = Shown(description="The stream it tells of; what comes later of it waits, too.")
    reason: str
    parked_at: datetime
    remedy: str = Shown(examples=["python -m services.monitoring redrive"])

    @classmethod
    def of(cls, row: ParkedRow, service: str) -> Self:
        """A row with the command that applies it after all."""
        return cls(
            **row.model_dump(exclude={"reader"}), remedy=f"python -m services.{service} redrive"
        )


def parked_of(producer: str, subject: str) -> SelectOfScalar[ParkedRow]:
    """What waits of one stream, the first of it first."""
    return (
        select(ParkedRow)
        .where(
            col(ParkedRow.reader) == f"{INBOX}{producer}",
            col(ParkedRow.producer) == producer,
            col(ParkedRow.subject) == subject,
        )
        .order_by(col(ParkedRow.number))
    )


def parked_router() -> APIRouter:
    """The list; its operation is `list_parked_words`."""
    router = APIRouter(tags=["Operation"])

    @router.get("/parked-words", operation_id="list_parked_words")
    async def list_parked_words(read: Reading, page: PageRequest) -> Page[ParkedWordView]:
        """Words that could not be applied, each with its reason. Mend the cause, then redrive."""
        service = read.runtime.service
        query = select(ParkedRow).where(col(ParkedRow.reader).startswith(INBOX))
        return await read.page(query, page, into=lambda row: ParkedWordView.of(row, service))

    return router
