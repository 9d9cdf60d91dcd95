"""What the lint found in a target: errors block it, warnings are answered, the rest is advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

QUALITY_BEST: Final = 100  # `domain` §6.2, aids (D)
ERROR_POINTS: Final = 10
WARNING_POINTS: Final = 3


class Severity(StrEnum):
    """An error blocks the submission, a warning must be answered, information is advice."""

    ERROR = "ERROR"
    WARN = "WARN"
    INFO = "INFO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the lint found; the pointer names the field of the request."""

    rule: str
    severity: Severity
    pointer: str
    detail: str
    detail_zh: str = ""
    remedy: str = ""
    remedy_zh: str = ""

    @property
    def key(self) -> str:
        """What an answer is filed under: the rule and the field, `L05/annual_goal`."""
        return self.rule + self.pointer


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether the target may not be submitted, whatever is answered."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def errors(findings: Sequence[Finding]) -> Sequence[Finding]:
    """What has to be mended."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def warnings(findings: Sequence[Finding]) -> Sequence[Finding]:
    """What has to be mended or answered."""
    return [finding for finding in findings if finding.severity is Severity.WARN]


def unanswered(findings: Sequence[Finding], answers: Mapping[str, str]) -> Sequence[Finding]:
    """The warnings nobody has said anything about; blanks say nothing."""
    return [found for found in warnings(findings) if not answers.get(found.key, "").strip()]


def quality_score(findings: Sequence[Finding]) -> int:
    """100 less 10 for each error and 3 for each warning, answered or not; never below zero."""
    lost = ERROR_POINTS * len(errors(findings)) + WARNING_POINTS * len(warnings(findings))
    return max(0, QUALITY_BEST - lost)
