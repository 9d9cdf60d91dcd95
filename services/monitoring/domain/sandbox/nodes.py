"""The nodes of a past year under other rules: analysed, scored and missed once more.

Money and reports are what they were; the method of a forecast, the milestones, the thresholds and
the table are the draft's. The first judgement that is not normal warns, as it did then.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from services.monitoring.domain.rating import (
    Rating,
    Situation,
    completions,
    core_likelihoods,
    rate_situation,
)
from services.monitoring.domain.record import events as fact
from services.monitoring.domain.record.commands import RunPreAnalysis, Surroundings
from services.monitoring.domain.record.forecasting import outlook
from services.monitoring.domain.record.knowing import Known
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.sandbox.history import History, Told, Warned
from services.monitoring.domain.values import Indicator, Level, Source
from services.monitoring.domain.watch import Watch


def node_warnings(history: History, draft: RulesInForce) -> Mapping[str, Warned]:
    """What the records would have been warned of; a node the draft does not have warns nobody."""
    codes = {node.code for node in draft.monitoring.nodes}
    found: dict[str, Warned] = {}
    for node, facts in history.records.items():
        if node not in codes:
            continue
        for source, project_id, rating in _judged(history, facts, draft):
            if rating.level is not Level.NORMAL:
                found.setdefault(f"{project_id}-{node}-{source}", warned(rating, draft))
    return found


def warned(rating: Rating, draft: RulesInForce) -> Warned:
    """The warning a rating leads to."""
    needed = rating.level is Level.RED or draft.monitoring.letter_on_blue
    return Warned(level=rating.level, reasons=rating.reasons, letter_needed=needed)


def _judged(
    history: History, facts: Sequence[Told], draft: RulesInForce
) -> Iterator[tuple[Source, str, Rating]]:
    forecast: fact.ForecastFiled | None = None
    report: fact.MonitoringSubmitted | None = None
    suspected = False
    for told in facts:
        match told.event:
            case fact.ForecastFiled() as filed:
                forecast = filed
            case fact.MonitoringSubmitted() as submitted:
                report = submitted
            case fact.MonitoringReviewed(compliance_suspected=compliance):
                suspected = compliance
            case fact.PreAnalysisRun(project=project) as run:
                yield (
                    Source.PRE_ANALYSIS,
                    project.id,
                    _analysed(history, told, (run, forecast), draft),
                )
            case fact.MonitoringScored(project=project) as scored if report is not None:
                rating = scored_again(history, scored, (report, suspected), draft)
                yield Source.NODE, project.id, rating
            case fact.MonitoringMissed(project=project) as missed:
                yield Source.NODE, project.id, _missed(missed, draft)
            case _:
                pass


type Ahead = tuple[fact.PreAnalysisRun, fact.ForecastFiled | None]


def _analysed(history: History, told: Told, ahead: Ahead, draft: RulesInForce) -> Rating:
    run, forecast = ahead
    watch = history.watch_before(told.event_id)
    values = () if forecast is None else forecast.values
    indicators: tuple[Indicator, ...] = () if watch is None else watch.indicators
    return rate_situation(
        Situation(
            node=run.node,
            execution=run.execution,
            forecast_paid_rate=_expected(history, told, ahead, (watch, draft)),
            due=completions(indicators, values, run.node, draft.monitoring),
            likelihoods=core_likelihoods(indicators, values),
        ),
        draft.monitoring,
    )


def _expected(
    history: History, told: Told, ahead: Ahead, known: tuple[Watch | None, RulesInForce]
) -> Decimal | None:
    """What was stated stays; what was taken from history or a straight line is looked at again."""
    (run, forecast), (watch, draft) = ahead, known
    if not run.execution.budget:
        return None
    stated = run.method in {fact.ForecastMethod.FILED, fact.ForecastMethod.CONTRACTS}
    dates = None if watch is None else watch.dates(run.node)
    if run.outlook is not None and stated:
        return run.outlook.expected_rate
    if run.outlook is None or watch is None or dates is None:
        return run.rating.execution_rate
    earlier = (
        closed.report
        for closed in history.earlier.get(run.node, ())
        if closed.report is not None
        and (closed.closed_on is None or closed.closed_on <= run.analysed_on)
    )
    command = RunPreAnalysis(
        project_code=run.project.code,
        fiscal_year=run.project.fiscal_year,
        node=run.node,
        region_code=run.project.region_code,
        by="",
        now=told.at,
        around=Surroundings(watch=watch, rules=draft, earlier=tuple(earlier)),
    )
    asked = Known(watch=watch, rules=draft, dates=dates)
    return outlook(command, asked, run.execution, forecast).expected_rate


def scored_again(
    history: History,
    scored: fact.MonitoringScored,
    told: tuple[fact.MonitoringSubmitted, bool],
    draft: RulesInForce,
) -> Rating:
    """How a node stands under the draft, by the report that was scored then."""
    report, suspected = told
    indicators = _indicators(history, scored.target_version)
    return rate_situation(
        Situation(
            node=scored.node,
            execution=report.execution,
            due=completions(indicators, report.values, scored.node, draft.monitoring),
            likelihoods=core_likelihoods(indicators, report.values),
            compliance_suspected=suspected,
        ),
        draft.monitoring,
    )


def _indicators(history: History, target_version: int) -> tuple[Indicator, ...]:
    """What was promised in a version of the target."""
    for told in history.watch:
        version = getattr(told.event, "target_version", None)
        if version == target_version:
            found: tuple[Indicator, ...] = told.event.indicators  # type: ignore[attr-defined]
            return found
    return ()


def _missed(missed: fact.MonitoringMissed, draft: RulesInForce) -> Rating:
    situation = Situation(node=missed.node, execution=missed.execution, not_reported=True)
    return rate_situation(situation, draft.monitoring)
