"""What proves an actual value: a file known by its fingerprint, and what a reviewer makes of it.

Source: `domain` §6.4; the kinds, sources and ways of obtaining a value are those of
财预〔2021〕101号 (`domain` §4.3). The file itself lives in object storage; its hash is in the fact.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from services.evaluation.domain.values import Reported


class EvidenceKind(StrEnum):
    """What kind of paper it is."""

    OFFICIAL_DOCUMENT = "OFFICIAL_DOCUMENT"
    WORKING_PAPER = "WORKING_PAPER"
    ORIGINAL_VOUCHER = "ORIGINAL_VOUCHER"
    STATEMENT = "STATEMENT"


class ObtainMethod(StrEnum):
    """How the actual value was obtained."""

    DIRECT_PROOF = "DIRECT_PROOF"
    STATISTICS = "STATISTICS"
    STATEMENT = "STATEMENT"
    QUESTIONNAIRE = "QUESTIONNAIRE"
    TREND_JUDGEMENT = "TREND_JUDGEMENT"


class DataSource(StrEnum):
    """Where the actual value comes from."""

    NATIONAL_STATISTICS = "NATIONAL_STATISTICS"
    AUTHORITY_SURVEY = "AUTHORITY_SURVEY"
    DEPARTMENT_YEARBOOK = "DEPARTMENT_YEARBOOK"
    DEPARTMENT_STATISTICS = "DEPARTMENT_STATISTICS"
    DEPARTMENT_RECORDS = "DEPARTMENT_RECORDS"
    DEPARTMENT_JUDGEMENT = "DEPARTMENT_JUDGEMENT"
    SURVEY_REPORT = "SURVEY_REPORT"
    MEDIA = "MEDIA"
    OTHER = "OTHER"


class Acceptance(StrEnum):
    """What a reviewer made of a file."""

    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    DOUBTFUL = "DOUBTFUL"


class Demand(StrEnum):
    """What the rule set asks of a proof before a value scores: that it is there, or accepted."""

    ATTACHED = "ATTACHED"
    ACCEPTED = "ACCEPTED"


class EvidenceFlag(StrEnum):
    """What is conspicuous about a file."""

    DUPLICATE_EVIDENCE = "DUPLICATE_EVIDENCE"
    LATE_EVIDENCE = "LATE_EVIDENCE"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file as its unit describes it; `covers` are the indicators it proves."""

    sha256: str
    kind: EvidenceKind
    name: str
    mime: str
    size: int
    obtain_method: ObtainMethod
    data_source: DataSource
    covers: tuple[str, ...] = ()
    captured_on: date | None = None
    supersedes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a reviewer made of one file, and why."""

    sha256: str
    acceptance: Acceptance
    reason: str = ""


SHA256: Final = re.compile(r"[0-9a-f]{64}")

type Verdicts = Mapping[str, Acceptance]


def covering(
    files: Sequence[EvidenceFile], reports: Iterable[Reported]
) -> tuple[EvidenceFile, ...]:
    """The files with the indicators that name them."""
    named: dict[str, list[str]] = {}
    for reported in reports:
        for digest in reported.evidence:
            named.setdefault(digest, []).append(reported.indicator_id)
    return tuple(replace(one, covers=tuple(named.get(one.sha256, ()))) for one in files)


def standing(reported: Reported, verdicts: Verdicts, demand: Demand) -> Reported:
    """The line with the proofs that count: never a rejected one, only accepted ones on demand."""

    def counts(digest: str) -> bool:
        verdict = verdicts.get(digest, Acceptance.PENDING)
        if demand is Demand.ACCEPTED:
            return verdict is Acceptance.ACCEPTED
        return verdict is not Acceptance.REJECTED

    proven = tuple(one for one in reported.evidence if counts(one))
    return reported if proven == reported.evidence else replace(reported, evidence=proven)


def fingerprints(reports: Iterable[Reported]) -> tuple[str, ...]:
    """The hashes of everything that proves something in a report, each once."""
    return tuple(dict.fromkeys(digest for one in reports for digest in one.evidence))


def conspicuous(
    files: Sequence[EvidenceFile], digests: Iterable[str], duplicates: frozenset[str], due_on: date
) -> tuple[EvidenceFlag, ...]:
    """What is conspicuous: used elsewhere, too, or made after the reports were due."""
    found: list[EvidenceFlag] = []
    if duplicates.intersection(digests):
        found.append(EvidenceFlag.DUPLICATE_EVIDENCE)
    if any(one.captured_on is not None and one.captured_on > due_on for one in files):
        found.append(EvidenceFlag.LATE_EVIDENCE)
    return tuple(found)
