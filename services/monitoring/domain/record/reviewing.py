"""How a report is read: passed on, given back, or accepted and scored (136号 art. 9 and 11)."""

from collections.abc import Sequence
from typing import assert_never

from services.monitoring.domain.rating import (
    Findings,
    Rating,
    Situation,
    completions,
    core_likelihoods,
    score_of,
)
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.commands import (
    ReturnMonitoring,
    ReviewMonitoring,
    VerifyMonitoring,
)
from services.monitoring.domain.record.events import (
    MonitoringReturned,
    MonitoringReviewed,
    MonitoringScored,
    MonitoringSubmitted,
    MonitoringVerified,
    RecordEvent,
)
from services.monitoring.domain.record.judging import Aspect, Check, Judgement
from services.monitoring.domain.record.knowing import Known, know
from services.monitoring.domain.record.state import (
    NotOpened,
    Open,
    RecordState,
    Scored,
    Submitted,
)
from services.monitoring.domain.values import Level
from shared.domain.workdays import business_date

type Facts = Sequence[RecordEvent]


def _submitted(state: RecordState) -> Submitted:
    match state:
        case Submitted():
            return state
        case Scored():
            raise no.RecordAlreadyScored
        case NotOpened() | Open():
            raise no.MonitoringNotSubmitted
        case _:
            assert_never(state)


def _expect_another(by: str, submitted: Submitted) -> None:
    """Four eyes: who ever had a hand in a report does not read it for others."""
    submitted.opened.hands.expect_another(by, no.ReviewerSubmittedReport)


def give_back(command: ReturnMonitoring, state: RecordState) -> Facts:
    """Back to the unit, for a reason; the codes say whose part is open again."""
    if isinstance(state, Open):
        return []
    submitted = _submitted(state)
    proofs = (digest for value in submitted.report.values for digest in value.proven_by)
    return [
        MonitoringReturned(
            project=submitted.report.project,
            node=command.node,
            reason=command.reason,
            codes=command.codes,
            returned_by=command.by,
            evidence=tuple(dict.fromkeys(proofs)),
        )
    ]


def check(command: VerifyMonitoring, state: RecordState) -> Facts:
    """The department passes it on."""
    if isinstance(state, Scored):
        return []
    submitted = _submitted(state)
    if submitted.checked is not None:
        return []
    _expect_another(command.by, submitted)
    return [
        MonitoringVerified(
            project=submitted.report.project,
            node=command.node,
            opinion=command.opinion,
            checked_by=command.by,
        )
    ]


def review(command: ReviewMonitoring, state: RecordState) -> Facts:
    """Accepted and scored in one decision."""
    if isinstance(state, Scored):
        return []
    submitted = _submitted(state)
    _expect_another(command.by, submitted)
    report = submitted.report
    known = know(command)
    monitoring, indicators = known.rules.monitoring, known.watch.indicators
    rating = known.rate(
        Situation(
            node=command.node,
            execution=report.execution,
            due=completions(indicators, report.values, command.node, monitoring),
            likelihoods=core_likelihoods(indicators, report.values),
            compliance_suspected=command.compliance_suspected,
        )
    )
    findings = Findings(
        compliance_suspected=command.compliance_suspected,
        on_time=report.on_time,
        completeness=command.completeness,
        correction=command.correction,
        overdue_letters=len(known.watch.overdue_letters),
    )
    _expect_in_depth(command, known)
    reviewed = MonitoringReviewed(
        project=report.project,
        node=command.node,
        reviewed_by=command.by,
        opinion=command.opinion,
        compliance_suspected=command.compliance_suspected,
        judgements=_judgements(command, report, rating),
        in_depth=command.in_depth,
    )
    scored = MonitoringScored(
        project=report.project,
        node=command.node,
        score=score_of(rating, findings, monitoring),
        rating=rating,
        scored_on=business_date(command.now),
        target_version=known.watch.target_version,
        rule_set_version=known.rules.version,
        legal_basis=known.rules.legal_basis,
    )
    return [reviewed, scored]


def _judgements(
    command: ReviewMonitoring, report: MonitoringSubmitted, rating: Rating
) -> tuple[Judgement, ...]:
    """All three aspects: by the reviewer's word, else by what is known."""
    known = {
        Aspect.TIMELINESS: report.on_time,
        Aspect.COMPLIANCE: not command.compliance_suspected,
        Aspect.EFFECTIVENESS: rating.level is Level.NORMAL,
    }
    stated = {one.aspect: one for one in command.judgements}
    for aspect, one in stated.items():
        place = f"/judgements/{aspect.lower()}"
        if not one.in_order and not one.text.strip():
            raise no.JudgementUnexplained(pointer=f"{place}/text", aspect=aspect)
        if one.in_order and not known[aspect] and aspect is not Aspect.EFFECTIVENESS:
            raise no.AspectContradicted(pointer=f"{place}/in_order", aspect=aspect)
    return tuple(
        stated.get(aspect) or Judgement(aspect=aspect, in_order=in_order, text=command.opinion)
        for aspect, in_order in known.items()
    )


def _expect_in_depth(command: ReviewMonitoring, known: Known) -> None:
    """A key project is looked at in depth; what is not in order is explained, everywhere."""
    for one in command.in_depth:
        if not one.in_order and not one.text.strip():
            pointer = f"/in_depth/{one.check.lower()}/text"
            raise no.JudgementUnexplained(pointer=pointer, check=one.check)
    if known.watch.budget < known.rules.monitoring.key_project:
        return
    missing = [one for one in Check if one not in {found.check for found in command.in_depth}]
    if missing:
        raise no.LookInDepthMissing(
            pointer="/in_depth",
            remedy="Say of each check whether it is in order.",
            missing=missing,
            from_budget=str(known.rules.monitoring.key_project),
        )
