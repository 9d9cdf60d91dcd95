"""Words of the requests to the treasury: what is asked, where it stands, how it is named."""

from base64 import b32encode
from enum import StrEnum
from hashlib import sha256
from typing import Final

from shared.domain.refusals import Conflict, NotFound

_ID_CHARACTERS: Final = 26


class RequestKind(StrEnum):
    """What the other system is asked to do."""

    FREEZE = "FREEZE"
    UNFREEZE = "UNFREEZE"
    REDUCE = "REDUCE"
    RECOVER = "RECOVER"
    QUOTA = "QUOTA"


class RequestStatus(StrEnum):
    """Where a request stands."""

    OPEN = "OPEN"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    EXECUTED = "EXECUTED"
    REFUSED = "REFUSED"


class TreasuryRequestUnknown(NotFound):
    """There is no such request to the treasury."""

    title_zh = "该国库请求不存在"


class TreasuryRequestAnswered(Conflict):
    """A request is answered once; it was answered otherwise."""

    title_zh = "该国库请求已有不同答复"


def request_id(kind: RequestKind, source_id: str, document_no: str = "") -> str:
    """The same cause has the same request, however often it is heard of."""
    digest = sha256(f"{kind}|{source_id}|{document_no}".encode()).digest()
    return f"{kind.lower()}-{b32encode(digest).decode()[:_ID_CHARACTERS].lower()}"
