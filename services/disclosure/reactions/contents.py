"""What is told of a decided fact: the columns of the disclosure tables (`domain` §8.7)."""

from collections.abc import Sequence

from shared.contracts import evaluation, targets
from shared.domain.decider import Json


def ex_ante(word: targets.ExAnteConcluded) -> Json:
    """事前评估公开表."""
    return {
        "unit_code": word.unit_code,
        "requested": str(word.requested),
        "accepted": str(word.accepted),
        "reduced": str(word.reduced),
        "score": str(word.score),
        "grade": word.grade,
        "conclusion": word.conclusion,
        "assessed_on": word.assessed_on.isoformat(),
        "rule_set_version": word.rule_set_version,
        "origin": word.origin,
    }


def target(word: targets.TargetApproved) -> Json:
    """绩效目标公开表."""
    return {
        "unit_code": word.unit_code,
        "project_name": word.project_name,
        "budget": str(word.budget),
        "annual_goal": word.annual_goal,
        "indicators": _indicators(word.indicators),
        "target_version": word.target_version,
        "origin": word.origin,
    }


def adjusted(word: targets.TargetAdjusted) -> Json:
    """What an adjustment changes of it."""
    return {
        "budget": str(word.budget),
        "indicators": _indicators(word.indicators),
        "target_version": word.target_version,
    }


def _indicators(indicators: Sequence[targets.Indicator]) -> list[Json]:
    return [
        {
            "level1": one.level1,
            "level2": one.level2,
            "name": one.name,
            "operator": one.operator,
            "target_value": None if one.target_value is None else format(one.target_value, "f"),
            "unit": one.unit,
        }
        for one in indicators
    ]


def self_evaluation(word: evaluation.SelfEvaluationAccepted) -> Json:
    """绩效自评公开表, with the core problem page beside it (`domain` §6.3)."""
    return {
        "unit_code": word.unit_code,
        "execution_rate": str(word.execution_rate),
        "self_score": str(word.self_score),
        "final_score": str(word.final_score),
        "grade": word.grade,
        "findings": list(word.findings),
        "settlement": word.settlement,
        "core_problems": [_core_problem(one) for one in word.core_problems],
        "rule_set_version": word.rule_set_version,
    }


def _core_problem(problem: evaluation.CoreProblem) -> Json:
    """Everything but who answers for it: that is a person."""
    return {
        "subject": problem.subject,
        "name": problem.name,
        "deviation": None if problem.deviation is None else format(problem.deviation, "f"),
        "lost": format(problem.lost, "f"),
        "cause": problem.cause,
        "text": problem.text,
        "measure": problem.measure,
        "objective": None if problem.objective is None else format(problem.objective, "f"),
        "subjective": None if problem.subjective is None else format(problem.subjective, "f"),
        "due_on": problem.due_on.isoformat() if problem.due_on else None,
    }


def report(word: evaluation.EvaluationConcluded) -> Json:
    """财政重点评价公开表; the report itself is known by its number and hash once it is on file."""
    return {
        "evaluation_id": word.evaluation_id,
        "unit_code": word.unit_code,
        "score": str(word.score),
        "grade": word.grade,
        "concluded_on": word.concluded_on.isoformat(),
    }
