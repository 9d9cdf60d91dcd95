"""Words of direct funds that have rules (`domain` §4.12, §7.1)."""

from enum import StrEnum
from hashlib import sha256
from typing import Final

ID_DIGITS: Final = 20


class DirectFundFlag(StrEnum):
    """直达资金标识 `is_dir_code`: central direct, treated as central direct, other."""

    CENTRAL = "01"
    AS_CENTRAL = "02"
    OTHER = "09"


class FundKind(StrEnum):
    """General money goes on within 30 days, special money within 60 (Budget Law art. 52)."""

    GENERAL = "GENERAL"
    SPECIAL = "SPECIAL"


class RecipientKind(StrEnum):
    """Who is allocated a part: a county, which allocates it again, or a unit."""

    COUNTY = "COUNTY"
    UNIT = "UNIT"


class FundStep(StrEnum):
    """What had to be done by the legal day and was not."""

    ALLOCATE = "ALLOCATE"
    ISSUE = "ISSUE"


class BatchStatus(StrEnum):
    """How far a batch has come."""

    RECEIVED = "RECEIVED"
    ALLOCATING = "ALLOCATING"
    ALLOCATED = "ALLOCATED"
    ISSUED = "ISSUED"


def batch_key(region_code: str, document_no: str, fund_name: str) -> str:
    """A batch is known by who received it, the superior's document and the name of the fund."""
    return named(region_code, document_no, fund_name)


def allocation_key(document_no: str, recipient: str, project_code: str) -> str:
    """An allocation is known by its document, its recipient and the project it is for."""
    return named(document_no, recipient, project_code)


def named(*parts: str) -> str:
    """A short name that follows from these parts and from nothing else."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:ID_DIGITS]
