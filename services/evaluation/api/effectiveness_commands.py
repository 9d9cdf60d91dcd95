"""Asked of effectiveness evaluations: plan, framework, scores, objections, results, ranking."""

from typing import Final

from services.evaluation.api import effectiveness_schemas as told
from services.evaluation.api.forms.effectiveness_sheets import BONUS, EXTRA, PENALTY
from services.evaluation.domain.effectiveness import plan_messages as plan
from services.evaluation.domain.effectiveness import subject_messages as subject
from services.evaluation.domain.effectiveness.ids import plan_id as name_of
from services.evaluation.domain.effectiveness.scoring import ExtraPoints, JudgedAspect
from shared.http.commands import Asked, CommandEndpoint, Translate


def issue_effectiveness_plan(
    asked: Asked, body: told.EffectivenessPlanBody
) -> plan.IssueEffectivenessPlan:
    """Say who is evaluated, for which period, and when the data are cut off."""
    region = asked.region_code or ""
    return plan.IssueEffectivenessPlan(
        plan_id=name_of(region, body.fiscal_year, body.period, body.subject),
        region_code=region,
        **dict(body),
        by=asked.actor,
        now=asked.now,
    )


def fix_indicators(asked: Asked, plan_id: str) -> plan.FixIndicators:
    """Fix the framework as the rule set has it today; only before the period starts."""
    return plan.FixIndicators(plan_id=plan_id, by=asked.actor, now=asked.now)


def rank_effectiveness(asked: Asked, plan_id: str) -> plan.RankEffectiveness:
    """Draw up the ranking of the final scores; again after a correction, as a new one."""
    return plan.RankEffectiveness(plan_id=plan_id, by=asked.actor, now=asked.now)


def publish_effectiveness(
    asked: Asked, plan_id: str, body: told.DocumentBody
) -> plan.PublishEffectiveness:
    """Publish the ranking that was drawn up last; a correction names the one before."""
    return plan.PublishEffectiveness(
        plan_id=plan_id, document_no=body.document_no, by=asked.actor, now=asked.now
    )


def apply_effectiveness(
    asked: Asked, plan_id: str, body: told.ApplyBody
) -> plan.ApplyEffectiveness:
    """Record what was made of the results, with the document."""
    return plan.ApplyEffectiveness(plan_id=plan_id, **dict(body), by=asked.actor, now=asked.now)


def _judged(bodies: tuple[told.JudgedBody, ...]) -> tuple[JudgedAspect, ...]:
    return tuple(JudgedAspect(**dict(one)) for one in bodies if one.aspect not in EXTRA)


def _extra(
    bodies: tuple[told.ExtraBody, ...], lines: tuple[told.JudgedBody, ...], kind: str
) -> tuple[ExtraPoints, ...]:
    """Bonus or penalty, told by itself or as a line of the form."""
    of_form = (
        ExtraPoints(points=one.score, basis=one.basis, document_no=one.document_no)
        for one in lines
        if one.aspect == kind
    )
    return (*(ExtraPoints(**dict(one)) for one in bodies), *of_form)


def score_effectiveness(
    asked: Asked, effectiveness_id: str, body: told.ScoreEffectivenessBody
) -> subject.ScoreEffectiveness:
    """Judge with documents what the system cannot compute; what it computed is not judged."""
    return subject.ScoreEffectiveness(
        effectiveness_id=effectiveness_id,
        region_code=asked.region_code or "",
        judged=_judged(body.judged),
        bonuses=_extra(body.bonuses, body.judged, BONUS),
        penalties=_extra(body.penalties, body.judged, PENALTY),
        by=asked.actor,
        now=asked.now,
    )


def open_objection_window(
    asked: Asked, effectiveness_id: str, body: told.DocumentBody
) -> subject.OpenObjectionWindow:
    """Tell the subject its points; it may object for the working days of the rule set."""
    return subject.OpenObjectionWindow(
        effectiveness_id=effectiveness_id,
        region_code=asked.region_code or "",
        document_no=body.document_no,
        by=asked.actor,
        now=asked.now,
    )


def object_to_effectiveness(
    asked: Asked, effectiveness_id: str, body: told.ObjectBody
) -> subject.ObjectToEffectiveness:
    """Object, as the evaluated unit or county, once and within the days."""
    return subject.ObjectToEffectiveness(
        effectiveness_id=effectiveness_id,
        region_code=asked.region_code or "",
        **dict(body),
        by=asked.actor,
        now=asked.now,
    )


def decide_effectiveness_objection(
    asked: Asked, effectiveness_id: str, body: told.DecideObjectionBody
) -> subject.DecideEffectivenessObjection:
    """Decide an objection, as somebody who neither scored nor objected."""
    return subject.DecideEffectivenessObjection(
        effectiveness_id=effectiveness_id,
        region_code=asked.region_code or "",
        reason=body.reason,
        document_no=body.document_no,
        corrections=_judged(body.corrections),
        by=asked.actor,
        now=asked.now,
    )


def conclude_effectiveness(asked: Asked, effectiveness_id: str) -> subject.ConcludeEffectiveness:
    """Make a score final: after the window and the objection, as another person."""
    return subject.ConcludeEffectiveness(
        effectiveness_id=effectiveness_id,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def correct_effectiveness(
    asked: Asked, effectiveness_id: str, body: told.CorrectBody
) -> subject.CorrectEffectiveness:
    """Correct a final score with a document; the ranking is then drawn up anew."""
    return subject.CorrectEffectiveness(
        effectiveness_id=effectiveness_id,
        region_code=asked.region_code or "",
        reason=body.reason,
        document_no=body.document_no,
        corrections=_judged(body.corrections),
        by=asked.actor,
        now=asked.now,
    )


_TAG: Final = "Effectiveness"


def _plan(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/effectiveness-plans/{{plan_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag=_TAG)


def _one(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/effectiveness/{{effectiveness_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag=_TAG)


EFFECTIVENESS_COMMANDS: Final = (
    CommandEndpoint(
        path="/effectiveness-plans", translate=issue_effectiveness_plan, tag=_TAG, creates=True
    ),
    _plan("fix-indicators", fix_indicators),
    _plan("rank", rank_effectiveness),
    _plan("publish", publish_effectiveness),
    _plan("apply", apply_effectiveness),
    _one("score", score_effectiveness),
    _one("open-objection-window", open_objection_window),
    _one("object", object_to_effectiveness),
    _one("decide-objection", decide_effectiveness_objection),
    _one("conclude", conclude_effectiveness),
    _one("correct", correct_effectiveness),
)
