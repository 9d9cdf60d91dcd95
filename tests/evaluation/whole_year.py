"""`python -m tests.evaluation.whole_year`: a year's 7,524 self-evaluations computed again.

Ten indicators each, of every operator and both schemes, some unproven, unexplained, copied or in
another unit; the same on every run. Processor time is told, because wall time of a shared machine
means little; the budget is ten seconds.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Final

from services.evaluation.domain.recomputing import Basis, Recomputed, recompute
from services.evaluation.domain.self_evaluation.messages import Project, SelfEvaluationSubmitted
from services.evaluation.domain.values import (
    Attainment,
    Cause,
    CauseCode,
    Indicator,
    Level1,
    Operator,
    Reported,
    Scheme,
)
from services.evaluation.domain.watched import Watched
from services.evaluation.domain.wording import (
    NoteWording,
    WordingNoted,
    Wordings,
    evolve,
    wording_decider,
    words_of,
)
from shared.domain.money import Money
from shared.domain.rules import RuleSet
from tests.evaluation.story import ADOPTED

PROJECTS: Final = 7_524
DEPARTMENTS: Final = 300
SECONDS_MAX: Final = 10.0
_PARTS: Final = (
    (Level1.OUTPUT, Operator.AT_LEAST, "20", "km"),
    (Level1.OUTPUT, Operator.AT_LEAST, "95", "%"),
    (Level1.OUTPUT, Operator.EXACTLY, "100", "%"),
    (Level1.OUTPUT, Operator.AT_MOST, "25", "万元"),
    (Level1.OUTPUT, Operator.AT_LEAST, "3", "所"),
    (Level1.BENEFIT, Operator.AT_LEAST, "1000", "元"),
    (Level1.BENEFIT, Operator.QUALITATIVE, None, ""),
    (Level1.BENEFIT, Operator.AT_MOST, "0", "起"),
    (Level1.SATISFACTION, Operator.AT_LEAST, "90", "%"),
    (Level1.SATISFACTION, Operator.AT_LEAST, "85", "%"),
)
_WEIGHTS: Final = (10, 10, 10, 10, 10, 10, 10, 10, 5, 5)
_CAUSES: Final = tuple(CauseCode)


def _drawn(*place: int) -> int:
    """A number that belongs to a place, the same on every machine."""
    return int.from_bytes(sha256(repr(place).encode()).digest()[:4])


def _indicators() -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            indicator_id=f"I{number}",
            level1=level1,
            level2="",
            name=f"I{number}",
            operator=operator,
            target_value=None if target is None else Decimal(target),
            unit=unit,
            weight=Decimal(weight),
        )
        for number, ((level1, operator, target, unit), weight) in enumerate(
            zip(_PARTS, _WEIGHTS, strict=True)
        )
    )


INDICATORS: Final = _indicators()


def _line(project: int, number: int, indicator: Indicator) -> Reported:
    drawn = _drawn(project, number)
    evidence = () if drawn % 50 == 0 else ("a" * 64,)
    cause = None
    if drawn % 3:
        text = f"{project % 400}号项目因{number}类原因进度与计划不一致，已采取措施推进落实。"
        cause = Cause(code=_CAUSES[drawn % len(_CAUSES)], text=text)
    one = indicator.indicator_id
    if indicator.target_value is None:
        share = Decimal(80 + drawn % 21) / 100
        return Reported(indicator_id=one, attainment=Attainment.MET, share=share, evidence=evidence)
    value = indicator.target_value * (Decimal(50 + drawn % 120) / 100) or Decimal(drawn % 2)
    in_yuan = indicator.unit == "万元" and drawn % 2
    return Reported(
        indicator_id=one,
        value=value.scaleb(4) if in_yuan else value,
        unit="元" if in_yuan else "",
        evidence=evidence,
        cause=cause,
    )


def _basis(number: int) -> Basis:
    budget = Money(100_000_000 + _drawn(number) % 900_000_000)
    project = Project(
        project_code=f"P{number}",
        name=f"项目{number}",
        fiscal_year=2021,
        region_code="653121",
        department_code=f"D{number % DEPARTMENTS}",
        unit_code=f"U{number % 900}",
        target_version=1,
        budget=budget if number % 700 else Money(0),
        scheme=Scheme.A if number % 2 else Scheme.B,
        indicators=INDICATORS,
    )
    report = SelfEvaluationSubmitted(
        reports=tuple(_line(number, place, one) for place, one in enumerate(INDICATORS)),
        execution_cause=None,
        finished=bool(number % 3),
        self_score=Decimal(70 + _drawn(number, 99) % 31),
        prepared_by_business="李",
        prepared_by_finance="王",
        summary="",
        submitted_by="iss|head",
    )
    paid = Money(budget.fen * (40 + _drawn(number, 98) % 62) // 100)
    return Basis(project=project, report=report, watched=Watched(paid=paid))


def bases(projects: int = PROJECTS) -> Sequence[Basis]:
    """What the reports of the year are judged by, those of a department together."""
    year = [_basis(number) for number in range(projects)]
    return sorted(year, key=lambda basis: basis.project.department_code)


def compared(year: Sequence[Basis]) -> Sequence[Basis]:
    """The same with what each report says alike with those of its department before it."""
    departments: dict[str, Wordings] = {}
    return list(_compared(year, departments))


def _compared(year: Sequence[Basis], departments: dict[str, Wordings]) -> Iterator[Basis]:
    for basis in year:
        project, words = basis.project, words_of(basis.report)
        note = NoteWording(
            department_code=project.department_code,
            self_evaluation_id=f"{project.project_code}-2021",
            fiscal_year=2021,
            words=words,
        )
        state = departments.get(project.department_code, Wordings())
        [noted] = wording_decider.decide(note, state)
        assert isinstance(noted, WordingNoted)
        departments[project.department_code] = evolve(state, noted)
        known = replace(basis.watched, alike=noted.alike, characters=len(words))
        yield replace(basis, watched=known)


def recomputed(year: Sequence[Basis], rules: RuleSet) -> Sequence[Recomputed]:
    """Every report again."""
    return [recompute(basis, rules) for basis in year]


def digest(results: Sequence[Recomputed]) -> str:
    """One number for every score, grade and finding of a year."""
    told = (f"{one.score} {one.grade} {' '.join(one.findings)}" for one in results)
    return sha256("\n".join(told).encode()).hexdigest()[:16]


def timed[T](work: Callable[[], T]) -> tuple[T, float]:
    """What work gives, and its processor seconds."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def main() -> int:
    """Measure, print, and fail beyond the budget."""
    year = bases()
    alike, comparing = timed(lambda: compared(year))
    results, scoring = timed(lambda: recomputed(alike, ADOPTED.rule_set))
    lines = (
        f"{len(year):,} self-evaluations x {len(INDICATORS)} indicators, {digest(results)}",
        f"texts compared in {comparing:.2f} s, recomputed in {scoring:.2f} s of the processor",
        f"budget {SECONDS_MAX:.0f} s: {'met' if comparing + scoring < SECONDS_MAX else 'MISSED'}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(comparing + scoring >= SECONDS_MAX)


if __name__ == "__main__":
    raise SystemExit(main())
