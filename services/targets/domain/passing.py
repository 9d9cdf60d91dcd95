"""What a target must satisfy before it is handed on: no error, and no warning unanswered."""

from collections.abc import Mapping, Sequence

from services.targets.domain.findings import Finding, errors, unanswered
from services.targets.domain.refusals import TargetHasErrors, WarningsUnanswered


def expect_passable(findings: Sequence[Finding], answers: Mapping[str, str]) -> None:
    """Refuse with every finding that stands in the way, errors first."""
    if wrong := errors(findings):
        raise TargetHasErrors(
            _listed(wrong),
            pointer=wrong[0].pointer,
            remedy="Revise the target and submit it again.",
            findings=[f"{f.rule} {f.pointer} {f.detail}" for f in wrong],
        )
    if silent := unanswered(findings, answers):
        raise WarningsUnanswered(
            _listed(silent),
            pointer=f"/answers/{_escaped(silent[0].key)}",
            remedy="Mend what is warned of, or say in /answers why it is right as it is.",
            unanswered=[f.key for f in silent],
        )


def _listed(findings: Sequence[Finding]) -> str:
    return "; ".join(f"{f.rule} {f.pointer}: {f.detail}" for f in findings)


def _escaped(key: str) -> str:
    """A key as one step of a JSON Pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
