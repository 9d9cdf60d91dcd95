"""One POST per command about replies and about what is put on file."""

from services.disclosure.api.disclosure_schemas import RecordBudgetReplyBody
from services.disclosure.domain.budget_reply import RecordBudgetReply, Reply
from services.disclosure.domain.item_words import ArchiveDisclosure
from shared.http.commands import Asked
from shared.http.policy import BUREAU_ROLES


def record_budget_reply(asked: Asked, body: RecordBudgetReplyBody) -> RecordBudgetReply:
    """Put a reply on record: terms of disclosure run from its day, also those that run already.

    Finance replies to a department, the department to its units; many are sent as an import.
    """
    return RecordBudgetReply(
        reply=Reply(**body.model_dump()),
        by_bureau=bool(asked.roles & BUREAU_ROLES),
        by=asked.actor,
        now=asked.now,
    )


def archive_disclosure(asked: Asked, item_id: str) -> ArchiveDisclosure:
    """Put a told item on file; it stays readable, and only a new decision corrects it."""
    return ArchiveDisclosure(item_id=item_id, by=asked.actor, now=asked.now)
