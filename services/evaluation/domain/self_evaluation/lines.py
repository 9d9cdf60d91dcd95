"""The lines of a report: one for each indicator, readable and proven."""

from collections.abc import Mapping, Sequence

from services.evaluation.domain.refusals import (
    IndicatorNotReported,
    IndicatorUnknown,
    ValueNotReadable,
)
from services.evaluation.domain.scores import share_in_band, value_of
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.evidence import EvidenceFile
from services.evaluation.domain.values import Indicator, Operator, Reported
from shared.domain.rules import ScoringRules


def read_lines(
    reports: Sequence[Reported], indicators: Sequence[Indicator], rules: ScoringRules
) -> Mapping[str, Reported]:
    """The lines by indicator, one for each and none beside them."""
    told: dict[str, Reported] = {}
    for place, reported in enumerate(reports):
        if reported.indicator_id in told:
            raise no.IndicatorReportedTwice(
                pointer=f"/reports/{place}/indicator_id",
                remedy="Keep one line of the indicator.",
                indicator_id=reported.indicator_id,
            )
        told[reported.indicator_id] = reported
    places = {one.indicator_id: place for place, one in enumerate(reports)}
    for indicator in indicators:
        if indicator.indicator_id not in told:
            raise IndicatorNotReported(
                f"{indicator.name} has no line",
                pointer="/reports",
                remedy="Report every indicator of the target.",
                indicator_id=indicator.indicator_id,
            )
        reported = told[indicator.indicator_id]
        pointer = f"/reports/{places[indicator.indicator_id]}"
        if reported.value is None and reported.attainment is None:
            raise IndicatorNotReported(
                f"{indicator.name} has no actual value",
                pointer=f"{pointer}/value",
                remedy="State the actual value, or the level that was met.",
                indicator_id=indicator.indicator_id,
            )
        _readable(indicator, reported, rules, pointer)
    unknown = told.keys() - {indicator.indicator_id for indicator in indicators}
    if unknown:
        raise IndicatorUnknown(
            pointer="/reports",
            remedy="Leave out what the target does not promise.",
            indicator_ids=sorted(unknown),
        )
    return told


def _readable(indicator: Indicator, reported: Reported, rules: ScoringRules, pointer: str) -> None:
    """A quantity where a quantity is asked, a point inside the band of a level elsewhere."""
    if indicator.target_value is not None:
        readable = reported.attainment is None and reported.share is None
        value_of(indicator, reported)  # a unit that cannot be converted is refused here
    else:
        readable = reported.value is None and share_in_band(reported, rules)
    if not readable:
        raise ValueNotReadable(
            f"{indicator.name} cannot be read",
            pointer=pointer,
            remedy="A quantity takes a value; a quality takes a level and a point in its band.",
            indicator_id=indicator.indicator_id,
        )


def expect_proven(reports: Sequence[Reported], indicators: Sequence[Indicator]) -> None:
    """Every actual value has evidence; a zero that scores nothing needs none."""
    known = {indicator.indicator_id: indicator for indicator in indicators}
    for place, reported in enumerate(reports):
        if reported.evidence or not _claims(reported, known[reported.indicator_id]):
            continue
        raise no.SelfEvaluationEvidenceMissing(
            f"{known[reported.indicator_id].name} has no evidence",
            pointer=f"/reports/{place}/evidence",
            remedy="Name the SHA-256 of at least one file that proves the value.",
            indicator_id=reported.indicator_id,
        )


def _claims(reported: Reported, indicator: Indicator) -> bool:
    if reported.value is None:
        return reported.attainment is not None
    nothing_is_good = indicator.lower_is_better or indicator.operator in {
        Operator.AT_MOST,
        Operator.EXACTLY,
    }
    return nothing_is_good or reported.value != 0


def expect_described(reports: Sequence[Reported], evidence: Sequence[EvidenceFile]) -> None:
    """Every file that is named is described once, and every described one is named."""
    known: set[str] = set()
    for place, one in enumerate(evidence):
        if one.sha256 in known:
            raise no.EvidenceDescribedTwice(
                pointer=f"/evidence/{place}/sha256",
                remedy="Describe each file once.",
                sha256=one.sha256,
            )
        known.add(one.sha256)
    named: set[str] = set()
    for place, reported in enumerate(reports):
        for number, digest in enumerate(reported.evidence):
            if digest not in known:
                raise no.EvidenceNotDescribed(
                    pointer=f"/reports/{place}/evidence/{number}",
                    remedy="Describe the file in /evidence: kind, name, bytes, method, source.",
                    sha256=digest,
                )
            named.add(digest)
    for place, one in enumerate(evidence):
        if one.sha256 not in named:
            raise no.EvidenceProvesNothing(
                pointer=f"/evidence/{place}/sha256",
                remedy="Name it with the indicator it proves, or leave it out.",
                sha256=one.sha256,
            )
