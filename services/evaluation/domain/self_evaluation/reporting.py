"""How a report comes together: filled, confirmed, signed (`domain` §3.7a, §6.1).

Goals, values, causes and evidence are the business office's part, the execution is the finance
office's, and the head signs last. Both locks are asked for where three persons are named for the
step, or where one of the offices has begun its part. The money is what monitoring said of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.refusals import ScoreOutOfRange, SelfEvaluationNotOpen
from services.evaluation.domain.scores import FULL, Machine, machine
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.acceptance import execution, paid_by
from services.evaluation.domain.self_evaluation.commands import (
    ConfirmSelfEvaluation,
    EnterSelfEvaluation,
    SubmitSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.core_problems import core_problems, expect_explained
from services.evaluation.domain.self_evaluation.desks import Desk, Stay, stay
from services.evaluation.domain.self_evaluation.events import (
    DutyNamed,
    ExecutionConfirmed,
    ReportFilled,
)
from services.evaluation.domain.self_evaluation.evidence import covering
from services.evaluation.domain.self_evaluation.lines import (
    expect_described,
    expect_proven,
    read_lines,
)
from services.evaluation.domain.self_evaluation.messages import (
    SelfEvaluationEvent,
    SelfEvaluationSubmitted,
)
from services.evaluation.domain.self_evaluation.states import (
    Accepted,
    Audited,
    Form,
    Open,
    Rechecked,
    SelfEvaluation,
    Sent,
    Submitted,
)
from services.evaluation.domain.values import Cause, Reported
from shared.domain.workdays import business_date

type Facts = Sequence[SelfEvaluationEvent]
type Told = EnterSelfEvaluation | SubmitSelfEvaluation
type Act = Told | ConfirmSelfEvaluation


@dataclass(frozen=True, slots=True)
class _Part:
    """What a report says, whoever says it."""

    reports: tuple[Reported, ...]
    execution_cause: Cause | None
    finished: bool


def fill(command: EnterSelfEvaluation, state: SelfEvaluation) -> Facts:
    """The business office's part; it is whole when it is confirmed."""
    if _signed_over(state, command.reports):
        return []
    opened = _open(state)
    form = opened.form
    if form.confirmed is not None and form.confirmed.confirmed_by == command.by:
        raise no.SelfEvaluationOfficesNotSeparate(confirmed_by=command.by)
    expect_described(command.reports, command.evidence)
    reports = _ordered(command.reports, opened)
    _checked(command, opened, _Part(command.reports, command.execution_cause, command.finished))
    _expect_score(command.self_score)
    filled = ReportFilled(
        reports=reports,
        evidence=covering(command.evidence, reports),
        execution_cause=command.execution_cause,
        finished=command.finished,
        self_score=command.self_score,
        summary=command.summary,
        filled_by=command.by,
        person=_named(form.duty, Desk.BUSINESS, command.person),
        filled_on=business_date(command.now),
        both_done=form.confirmed is not None,
        stays=_left(opened, Desk.BUSINESS, command),
    )
    return [] if _same(form.filled, filled) else [filled]


def confirm(command: ConfirmSelfEvaluation, state: SelfEvaluation) -> Facts:
    """The finance office's part: the money that monitoring said was paid by the year's end."""
    if isinstance(state, Submitted | Audited | Sent | Accepted | Rechecked):
        raise SelfEvaluationNotOpen
    opened = _open(state)
    form = opened.form
    if form.filled is not None and form.filled.filled_by == command.by:
        raise no.SelfEvaluationOfficesNotSeparate(filled_by=command.by)
    rules = adopted(command.rules).rule_set
    rate, _ = execution(opened.project, command.watched, rules, finished=True)
    confirmed = ExecutionConfirmed(
        paid=paid_by(command.watched),
        budget=opened.project.budget,
        execution_rate=rate,
        note=command.note,
        confirmed_by=command.by,
        person=_named(form.duty, Desk.FINANCE, command.person),
        confirmed_on=business_date(command.now),
        both_done=form.filled is not None,
        stays=_left(opened, Desk.FINANCE, command),
    )
    before = form.confirmed
    known = before is not None and (before.paid, before.budget, before.note, before.person) == (
        confirmed.paid,
        confirmed.budget,
        confirmed.note,
        confirmed.person,
    )
    return [] if known and before is not None and before.confirmed_by == command.by else [confirmed]


def submit(command: SubmitSelfEvaluation, state: SelfEvaluation) -> Facts:
    """The head signs and hands in."""
    if _signed_over(state, command.reports):
        return []
    opened = _open(state)
    form = opened.form
    if form.two_locks:
        _expect_both(command, opened)
    filled, confirmed = form.filled, form.confirmed
    part = _Part(command.reports, command.execution_cause, command.finished)
    if filled is not None:
        if command.reports and _ordered(command.reports, opened) != filled.reports:
            raise no.ReportNotConfirmed(
                pointer="/reports", remedy="Leave the lines out: the head signs those filled in."
            )
        part = _Part(filled.reports, filled.execution_cause, filled.finished)
    computed = _checked(command, opened, part)
    stated = command.self_score if filled is None else filled.self_score
    self_score = computed.score if stated is None else stated
    _expect_score(self_score)
    duty = form.duty
    return [
        SelfEvaluationSubmitted(
            reports=part.reports,
            execution_cause=part.execution_cause,
            finished=part.finished,
            self_score=self_score,
            prepared_by_business=_prepared(filled, command.prepared_by_business),
            prepared_by_finance=_prepared(confirmed, command.prepared_by_finance),
            summary=command.summary or (filled.summary if filled else ""),
            submitted_by=command.by,
            evidence=filled.evidence if filled else (),
            signed_for=_named(duty, Desk.HEAD, command.person),
            filled_by=filled.filled_by if filled else "",
            confirmed_by=confirmed.confirmed_by if confirmed else "",
            submitted_on=business_date(command.now),
            stays=_left(opened, Desk.HEAD, command),
        )
    ]


def _open(state: SelfEvaluation) -> Open:
    if not isinstance(state, Open):
        raise SelfEvaluationNotOpen
    return state


def _signed_over(state: SelfEvaluation, reports: tuple[Reported, ...]) -> bool:
    """Whether this was handed in already; anything else is refused while it is being read."""
    if not isinstance(state, Submitted):
        return False
    known = state.report.reports
    return not reports or _ordered(reports, state) == _ordered(known, state)


def _checked(command: Told, opened: Open, part: _Part) -> Machine:
    """Every line can be read, is proven, and is explained where it deviates (§3.7a)."""
    rules = adopted(command.rules).rule_set
    indicators = opened.project.indicators
    reports = read_lines(part.reports, indicators, rules.scoring)
    expect_proven(part.reports, indicators)
    money = execution(opened.project, command.watched, rules, finished=part.finished)
    computed = machine(indicators, reports, money, rules.scoring)
    problems = core_problems(indicators, reports, computed, part.execution_cause, rules.checks)
    places = {one.indicator_id: place for place, one in enumerate(part.reports)}
    expect_explained(problems, places, rules.checks.cause_characters)
    return computed


def _expect_score(score: Decimal | None) -> None:
    if score is not None and not 0 <= score <= FULL:
        raise ScoreOutOfRange(f"{score} is not between 0 and 100", pointer="/self_score")


def _expect_both(command: SubmitSelfEvaluation, opened: Open) -> None:
    form = opened.form
    parts = {Desk.BUSINESS: form.filled, Desk.FINANCE: form.confirmed}
    lacking = [desk for desk, done in parts.items() if done is None]
    if lacking:
        raise no.SelfEvaluationPartOpen(
            remedy="Business office: enter; finance office: confirm.", open=lacking
        )
    confirmed, paid = form.confirmed, paid_by(command.watched)
    if confirmed is not None and (confirmed.paid, confirmed.budget) != (
        paid,
        opened.project.budget,
    ):
        raise no.SelfEvaluationExecutionChanged(
            remedy="The finance office confirms the money once more.",
            confirmed=str(confirmed.paid),
            paid=str(paid),
        )


def _named(duty: DutyNamed | None, desk: Desk, person: str) -> str:
    """Who signs: whoever is named; nobody else may where somebody is."""
    if duty is None:
        return person
    named = {Desk.BUSINESS: duty.business, Desk.FINANCE: duty.finance, Desk.HEAD: duty.head}[desk]
    if person not in {"", named}:
        raise no.SelfEvaluationSignerNotNamed(pointer="/person", person=person, named=named)
    return named


def _prepared(part: ReportFilled | ExecutionConfirmed | None, said: str) -> str:
    return said if part is None else part.person or said


def _ordered(reports: tuple[Reported, ...], opened: Open | Submitted) -> tuple[Reported, ...]:
    """In the order of the target, whatever the order in which a form came."""
    order = {one.indicator_id: n for n, one in enumerate(opened.project.indicators)}
    return tuple(sorted(reports, key=lambda one: order.get(one.indicator_id, len(order))))


def _left(opened: Open, desk: Desk, command: Act) -> tuple[Stay, ...]:
    """The stay on a desk that ends with this act, the first time it is done."""
    form: Form = opened.form
    return stay(desk, form.since.get(desk), business_date(command.now), opened.project.region_code)


def _same(before: ReportFilled | None, now: ReportFilled) -> bool:
    """Whether the same person said the same already, on whatever day."""
    if before is None:
        return False
    said = [(one.reports, one.evidence, one.execution_cause, one.finished) for one in (before, now)]
    rest = [(one.self_score, one.summary, one.filled_by, one.person) for one in (before, now)]
    return said[0] == said[1] and rest[0] == rest[1]
