"""Appraisal of a unit or county for a year: how well it does performance management.

scored link by link → concluded by another person → grade. Inflated self-scores found by
re-checks cost points (`domain` §4.10, §4.11). The grade is what binds a coming budget.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import assert_never

from services.evaluation.domain.adopted_rules import adopted, bind, first_adopted
from services.evaluation.domain.appraisal_messages import (
    AppraisalConcluded,
    AppraisalEvent,
    AppraisalRequest,
    AppraisalScored,
    ConcludeAppraisal,
    InflationNoted,
    NoteInflation,
    PriorAppraisalRecorded,
    RecordPriorAppraisal,
    ScoreAppraisal,
)
from services.evaluation.domain.checks import Inflation, penalty_of
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    AppraisalNotScored,
    LinkNotScored,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
    UnitUnknown,
)
from services.evaluation.domain.scores import FULL
from services.evaluation.domain.unit import known_unit, unit_reference
from services.evaluation.domain.values import Subject
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.grades import Grade, grade_of, rounded
from shared.domain.hands import NOBODY, Hands
from shared.domain.rules import CheckRules
from shared.domain.scoring import NOTHING
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """Scored and concluded are absent until they happen; a prior grade stands alone.

    `scorers` are all who ever scored it, also where another scored it otherwise since.
    """

    inflations: dict[str, Inflation] = field(default_factory=dict)
    scored: AppraisalScored | None = None
    concluded: AppraisalConcluded | None = None
    prior: PriorAppraisalRecorded | None = None
    scorers: Hands = NOBODY

    @property
    def grade(self) -> Grade | None:
        """The grade that binds, where there is one."""
        result = self.concluded or self.prior
        return result.grade if result else None

    def inflation_penalties(self, checks: CheckRules) -> dict[str, Decimal]:
        """What each inflated project costs by the rules of the year (`domain` §4.10)."""
        points = {one: penalty_of(band, checks) for one, band in sorted(self.inflations.items())}
        return {one: cost for one, cost in points.items() if cost}


def decide(command: AppraisalRequest, state: Appraisal) -> Sequence[AppraisalEvent]:
    """Facts, silence or a refusal."""
    match command:
        case NoteInflation():
            known = state.inflations.get(command.project_code, Inflation.NONE)
            noted = InflationNoted(project_code=command.project_code, inflation=command.inflation)
            return [] if known is command.inflation else [noted]
        case ScoreAppraisal():
            return _score(command, state)
        case ConcludeAppraisal():
            return _conclude(command, state)
        case RecordPriorAppraisal():
            return _record_prior(command, state)
        case _:
            assert_never(command)


def _score(command: ScoreAppraisal, state: Appraisal) -> Sequence[AppraisalEvent]:
    if state.concluded or state.prior:
        raise AlreadyRecorded
    is_unit = command.subject is Subject.BUDGET_UNIT
    if is_unit and command.unit is None:
        raise UnitUnknown
    framework = adopted(command.rules).effectiveness
    given = {link.link: link.score for link in command.links}
    if given.keys() != framework.links.keys():
        raise LinkNotScored(expected=sorted(framework.links), given=sorted(given))
    limits = {**framework.links, "bonus": framework.bonus_max, "penalty": framework.penalty_max}
    for name, score in {**given, "bonus": command.bonus, "penalty": command.penalty}.items():
        if not 0 <= score <= limits[name]:
            raise ScoreOutOfRange(f"{name} takes 0 to {limits[name]} points", link=name)
    unit = command.unit if is_unit else None
    fact = AppraisalScored(
        subject_code=command.subject_code,
        subject=command.subject,
        fiscal_year=command.fiscal_year,
        region_code=unit.region_code if unit else command.region_code,
        department_code=unit.department_code if unit else "",
        links=command.links,
        bonus=command.bonus,
        penalty=command.penalty,
        reason=command.reason,
        scored_by=command.by,
    )
    return [] if state.scored == fact else [fact]


def _conclude(command: ConcludeAppraisal, state: Appraisal) -> Sequence[AppraisalEvent]:
    if state.concluded:
        return []
    scored = state.scored
    if scored is None:
        raise AppraisalNotScored
    state.scorers.expect_another(command.by, SamePersonDecidesAgain)
    rules = adopted(command.rules)
    penalty_max = rules.effectiveness.penalty_max
    costs = state.inflation_penalties(rules.rule_set.checks)
    inflated = min(penalty_max, sum(costs.values(), NOTHING))
    penalty = min(penalty_max, inflated + scored.penalty)
    points = sum((link.score for link in scored.links), scored.bonus) - penalty
    score = rounded(min(FULL, max(NOTHING, points)))
    inflated_projects = [
        InflationNoted(project_code=code, inflation=state.inflations[code]) for code in costs
    ]
    return [
        AppraisalConcluded(
            subject_code=scored.subject_code,
            subject=scored.subject,
            fiscal_year=scored.fiscal_year,
            region_code=scored.region_code,
            score=score,
            grade=grade_of(score, rules.rule_set.grades),
            inflation_penalty=inflated,
            rule_set_version=rules.version,
            concluded_by=command.by,
            concluded_on=business_date(command.now),
            links=scored.links,
            bonus=scored.bonus,
            penalty=penalty,
            inflated=tuple(inflated_projects),
            points=points,
        )
    ]


def _record_prior(command: RecordPriorAppraisal, state: Appraisal) -> Sequence[AppraisalEvent]:
    if command.unit is None:
        raise UnitUnknown
    fact = PriorAppraisalRecorded(
        subject_code=command.subject_code,
        fiscal_year=command.fiscal_year,
        region_code=command.unit.region_code,
        department_code=command.unit.department_code,
        score=command.score,
        grade=command.grade,
        document_no=command.document_no,
    )
    if state.prior == fact:
        return []
    if state.prior or state.scored:
        raise AlreadyRecorded
    return [fact]


def evolve(state: Appraisal, event: AppraisalEvent) -> Appraisal:
    """What is true after this fact."""
    match event:
        case InflationNoted():
            noted = {**state.inflations, event.project_code: event.inflation}
            return replace(state, inflations=noted)
        case AppraisalScored():
            return replace(state, scored=event, scorers=state.scorers.also(event.scored_by))
        case AppraisalConcluded():
            return replace(state, concluded=event)
        case PriorAppraisalRecorded():
            return replace(state, prior=event)
        case _:
            assert_never(event)


def identify(command: AppraisalRequest) -> str:
    """One stream per subject and year."""
    return f"{command.subject_code}-{command.fiscal_year}"


def consults(command: AppraisalRequest) -> Sequence[Reference]:
    """Scoring needs the framework of the year and the unit."""
    if isinstance(command, NoteInflation):
        return ()
    # The year after is when a year is appraised: its rules serve where the year had none.
    rules = bind(command.region_code, command.fiscal_year, command.fiscal_year + 1)
    return (unit_reference(command.subject_code), *rules)


def inform(command: AppraisalRequest, states: Sequence[object]) -> AppraisalRequest:
    """Write both into the command."""
    if isinstance(command, NoteInflation):
        return command
    return replace(command, rules=first_adopted(states), unit=known_unit(states))


def owner(state: Appraisal) -> Owner | None:
    """It belongs to the bureau of the region, and to the unit for reading."""
    told = state.scored or state.prior
    if told is None:
        return None
    return Owner(
        region_code=told.region_code,
        department_code=told.department_code or None,
        unit_code=told.subject_code,
    )


appraisal_decider: Decider[AppraisalRequest, AppraisalEvent, Appraisal] = Decider(
    category="appraisal",
    initial=Appraisal(),
    commands=(NoteInflation, ScoreAppraisal, ConcludeAppraisal, RecordPriorAppraisal),
    events={
        "InflationNoted": InflationNoted,
        "AppraisalScored": AppraisalScored,
        "AppraisalConcluded": AppraisalConcluded,
        "PriorAppraisalRecorded": PriorAppraisalRecorded,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
