"""What a reviewer judges, and why a report goes back (136号 art. 9 and 11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Aspect(StrEnum):
    """The three aspects that every review judges (136号 art. 11)."""

    TIMELINESS = "TIMELINESS"
    COMPLIANCE = "COMPLIANCE"
    EFFECTIVENESS = "EFFECTIVENESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An aspect is in order, or it is not and the text says why."""

    aspect: Aspect
    in_order: bool
    text: str


class Check(StrEnum):
    """What is looked at in depth in a key project (136号 art. 9)."""

    PROCUREMENT = "PROCUREMENT"
    TENDERING = "TENDERING"
    ACCEPTANCE = "ACCEPTANCE"
    ASSET = "ASSET"
    ACCOUNTING = "ACCOUNTING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the look in depth found."""

    check: Check
    in_order: bool
    text: str


class ReturnCode(StrEnum):
    """Why a report goes back: a closed list, counted (§6.1)."""

    INCOMPLETE = "INCOMPLETE"
    VALUE_DOUBTFUL = "VALUE_DOUBTFUL"
    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    EVIDENCE_DOUBTFUL = "EVIDENCE_DOUBTFUL"
    CAUSE_UNEXPLAINED = "CAUSE_UNEXPLAINED"
    EXECUTION_DOUBTFUL = "EXECUTION_DOUBTFUL"
    SIGNATURE_WRONG = "SIGNATURE_WRONG"


class Part(StrEnum):
    """Whose part of the form it is."""

    BUSINESS = "BUSINESS"
    FINANCE = "FINANCE"
    HEAD = "HEAD"


# Which office has to do its part again (D).
PART_OF: Final[Mapping[ReturnCode, Part]] = {
    ReturnCode.EXECUTION_DOUBTFUL: Part.FINANCE,
    ReturnCode.SIGNATURE_WRONG: Part.HEAD,
}


def parts_of(codes: tuple[ReturnCode, ...]) -> frozenset[Part]:
    """The parts that are open again; a return without a code is the business office's."""
    open_ = frozenset(PART_OF.get(code, Part.BUSINESS) for code in codes)
    return open_ or frozenset({Part.BUSINESS})
