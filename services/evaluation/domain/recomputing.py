"""A report computed again from what is known: the same for accepting, explaining and replaying."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from services.evaluation.domain.findings import notice
from services.evaluation.domain.findings.words import Examined, Finding, Noticed
from services.evaluation.domain.scores import execution_of, machine
from services.evaluation.domain.self_evaluation.evidence import Demand, Verdicts, standing
from services.evaluation.domain.self_evaluation.messages import Project, SelfEvaluationSubmitted
from services.evaluation.domain.values import Reported
from services.evaluation.domain.watched import Watched
from shared.domain.grades import Grade, grade_of
from shared.domain.money import ZERO
from shared.domain.rules import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a report is judged by: target, report, money, likeness, targets judged too low.

    `verdicts` say what reviewers made of its proofs, `demand` what the rules ask of a proof.
    """

    project: Project
    report: SelfEvaluationSubmitted
    watched: Watched
    judged_low: Collection[str] = ()
    verdicts: Verdicts = field(default_factory=dict)
    demand: Demand = Demand.ATTACHED

    @property
    def reports(self) -> dict[str, Reported]:
        """The lines by indicator, with the proofs that count."""
        return {
            one.indicator_id: standing(one, self.verdicts, self.demand)
            for one in self.report.reports
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What comes of it under a rule set."""

    case: Examined
    noticed: tuple[Noticed, ...]
    grade: Grade

    @property
    def score(self) -> Decimal:
        """The machine's score."""
        return self.case.machine.score

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed, without its values."""
        return tuple(one.finding for one in self.noticed)


def examined(basis: Basis, rules: RuleSet) -> Examined:
    """The report beside what the machine makes of it."""
    project, report, known = basis.project, basis.report, basis.watched
    reports = basis.reports
    execution = execution_of(
        (known.paid, project.budget),
        project.scheme,
        finished=report.finished,
        rules=rules.scoring,
        on_unit_account=known.on_unit_account,
    )
    return Examined(
        indicators=project.indicators,
        reports=reports,
        execution_cause=report.execution_cause,
        self_score=report.self_score,
        machine=machine(
            project.indicators, reports, execution, rules.scoring, frozenset(basis.judged_low)
        ),
        budget=project.budget,
        paid=known.paid,
        unspent=ZERO if rules.scoring.count_unit_transfer else known.on_unit_account,
        alike=known.alike,
        characters=known.characters,
    )


def recompute(basis: Basis, rules: RuleSet) -> Recomputed:
    """Score, grade and findings of a report."""
    case = examined(basis, rules)
    return Recomputed(
        case=case,
        noticed=notice(case, rules),
        grade=grade_of(case.machine.score, rules.grades),
    )
