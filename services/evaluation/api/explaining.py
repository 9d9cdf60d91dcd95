"""A self-evaluation explained from its events alone, and held against what was recorded (K12)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.evaluation.api.explanation_views import (
    AppliedView,
    InputFactView,
    NoticedView,
    SelfEvaluationExplanationView,
    computed,
)
from services.evaluation.domain.adopted_rules import Rules, bind
from services.evaluation.domain.checks import Inflation, penalty_of
from services.evaluation.domain.findings.table import INFLATED
from services.evaluation.domain.findings.words import Step, step
from services.evaluation.domain.history import Judged, Told, excess, judged, rules_then
from services.evaluation.domain.recomputing import Recomputed, recompute
from services.evaluation.domain.self_evaluation.messages import SelfEvaluationAccepted
from services.evaluation.domain.self_evaluation.terms import terms_of
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.domain.rules import CheckRules
from shared.http.facts import Fact, facts_of, said_in
from shared.http.reading import Read

RULE: str = "domain §4.1-§4.4, §4.10"
NOTHING_COMPUTED: dict[str, Any] = {
    "weight_case": "",
    "parts": [],
    "lines": [],
    "steps": [],
    "noticed": [],
}


async def explanation_of(read: Read, row: SelfEvaluationRow) -> SelfEvaluationExplanationView:
    """The result, the events it rests on, and the same computed again from them."""
    one = row.self_evaluation_id
    own_facts, own = await _told(read, f"self_evaluation-{one}")
    watched_facts, watched = await _told(read, f"watched-{one}")
    report = judged(own, watched)
    if report is None:
        return _open(row, own_facts)
    version = report.accepted.rule_set_version if report.accepted else None
    rule_facts, rules = await _rules(read, row, version)
    inputs = [*own_facts, *watched_facts[: report.watched_facts], *rule_facts]
    shown: dict[str, Any] = {
        "provisional": report.accepted is None,
        "applied": _applied(rules, version or 0),
        "inputs": [InputFactView.of(fact) for fact in inputs],
    }
    if rules is None:
        lost = ["the version of the rules is not known here"]
        return SelfEvaluationExplanationView.built(
            row, {**shown, **NOTHING_COMPUTED, "agrees": False, "differences": lost}
        )
    basis = replace(report.basis, demand=terms_of(rules).evidence)
    result = recompute(basis, rules.rule_set)
    found = computed(basis, result, rules.rule_set)
    found["noticed"] += _inflated(report, rules.rule_set.checks)
    differences = _differences(report.accepted, result)
    return SelfEvaluationExplanationView.built(
        row, {**shown, **found, "agrees": not differences, "differences": differences}
    )


async def _told(read: Read, stream: str) -> tuple[list[Fact], list[Told]]:
    """The facts of a stream, and the same with what they say."""
    facts = list(await facts_of(read, [stream]))
    events = await said_in(read, stream)
    told = [
        Told(event_id=fact.event_id, event=event)
        for fact, event in zip(facts, events, strict=False)
    ]
    return facts, told


async def _rules(
    read: Read, row: SelfEvaluationRow, version: int | None
) -> tuple[list[Fact], Rules | None]:
    """The version that was applied, or the nearest that is in force, with its facts."""
    for reference in bind(row.region_code, row.fiscal_year):
        facts, told = await _told(read, reference.stream)
        if not told:
            continue
        if version is None:
            version = int(getattr(told[-1].event, "version", 0))
        rules = rules_then(told, version)
        if rules is not None:
            return [
                fact for fact, one in zip(facts, told, strict=False) if _is(one, version)
            ], rules
    return [], None


def _is(told: Told, version: int) -> bool:
    return getattr(told.event, "version", None) == version


def _applied(rules: Rules | None, version: int) -> AppliedView:
    return AppliedView(
        rule=RULE,
        rule_set_version=rules.version if rules else version,
        legal_basis=rules.legal_basis if rules else "",
        found=rules is not None,
    )


def _open(row: SelfEvaluationRow, facts: Sequence[Fact]) -> SelfEvaluationExplanationView:
    shown = {
        "provisional": True,
        "agrees": True,
        "differences": [],
        "applied": _applied(None, 0),
        "inputs": [InputFactView.of(fact) for fact in facts],
    }
    return SelfEvaluationExplanationView.built(row, {**shown, **NOTHING_COMPUTED})


def _differences(accepted: SelfEvaluationAccepted | None, result: Recomputed) -> list[str]:
    """Where the recomputation is not what was recorded."""
    if accepted is None:
        return []
    machine = result.case.machine
    pairs = (
        ("machine_score", accepted.machine_score, machine.score),
        ("execution_rate", accepted.execution_rate, machine.execution_rate),
        ("execution_score", accepted.execution_score, machine.execution_score),
        ("grade", accepted.grade, result.grade),
        ("findings", accepted.findings, result.findings),
        ("lines", accepted.lines, machine.lines),
        ("paid", accepted.paid, result.case.paid),
    )
    return [f"{name}: {was} recorded, {now} computed" for name, was, now in pairs if was != now]


def _inflated(report: Judged, checks: CheckRules) -> list[NoticedView]:
    """What the re-check found of the self-score, where it lies above."""
    gap, corrected, accepted = excess(report), report.corrected, report.accepted
    if gap is None or corrected is None or accepted is None:
        return []
    if corrected.inflation is Inflation.NONE:
        return []
    steps: list[Step] = [
        step("self_score", "as handed in", accepted.self_score),
        step("score", "of the re-check, or of the objection to it", corrected.score),
        step("d2", "self_score - score", gap),
        step("limits", "attention, inflated, serious", " ".join(map(str, checks.inflated))),
        step("penalty", "points of the unit's appraisal", penalty_of(corrected.inflation, checks)),
    ]
    return [NoticedView.told(f"INFLATED:{corrected.inflation.value}", INFLATED, steps)]
