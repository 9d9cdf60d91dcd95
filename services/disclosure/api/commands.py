"""One POST per command: a request becomes a command, nothing else."""

from services.disclosure.api.schemas import (
    CorrectDisclosureBody,
    PrepareDisclosureBody,
    PublishDisclosureBody,
    ReviewSecrecyBody,
    WithholdDisclosureBody,
)
from services.disclosure.domain.item_words import (
    CorrectDisclosure,
    PrepareDisclosure,
    PublishDisclosure,
    ReviewSecrecy,
    WithholdDisclosure,
)
from shared.http.commands import Asked


def prepare_disclosure(
    asked: Asked, item_id: str, body: PrepareDisclosureBody
) -> PrepareDisclosure:
    """Ready an item that is owed: explanations and links beside the facts as decided."""
    return PrepareDisclosure(
        item_id=item_id, supplement={**body.supplement}, by=asked.actor, now=asked.now
    )


def review_secrecy(asked: Asked, item_id: str, body: ReviewSecrecyBody) -> ReviewSecrecy:
    """Look for secrets and protected data; never by the one who prepared it."""
    return ReviewSecrecy(
        item_id=item_id,
        cleared=body.cleared,
        opinion=body.opinion,
        accepted=tuple(body.accepted),
        by=asked.actor,
        now=asked.now,
    )


def publish_disclosure(
    asked: Asked, item_id: str, body: PublishDisclosureBody
) -> PublishDisclosure:
    """Tell the public. With an opinion, the secrecy is cleared in the same act."""
    return PublishDisclosure(
        item_id=item_id,
        opinion=body.opinion,
        url=body.url,
        file_sha256=body.file_sha256,
        column=body.column,
        accepted=tuple(body.accepted),
        by=asked.actor,
        now=asked.now,
    )


def withhold_disclosure(
    asked: Asked, item_id: str, body: WithholdDisclosureBody
) -> WithholdDisclosure:
    """Not to tell: with a legal basis, an authority and a last day, and openly."""
    return WithholdDisclosure(
        item_id=item_id,
        legal_basis=body.legal_basis,
        authority=body.authority,
        expires_on=body.expires_on,
        by=asked.actor,
        now=asked.now,
    )


def correct_disclosure(
    asked: Asked, item_id: str, body: CorrectDisclosureBody
) -> CorrectDisclosure:
    """Correct what was published; the difference and the reason are told too."""
    return CorrectDisclosure(
        item_id=item_id,
        fields={**body.fields},
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )
