"""Results of other governments, scored: we agree with the official status, or say why not."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from services.evaluation.domain.scores import execution_of, indicator_score
from services.evaluation.domain.values import Operator, Reported, Scheme
from shared.domain.money import Money
from tests.evaluation.story import ADOPTED, indicator

DATA: Final = Path(__file__).parent / "data"
SCORING: Final = ADOPTED.rule_set.scoring
WEIGHT: Final = 10
FOUR: Final = Decimal("0.0001")

NOT_YET: Final = "its year is still to come, so there is no official status to agree with"
UNSTATED: Final = "the target is still to be determined, so nothing can be scored"
TEXT: Final = "the actual value is a sentence, not a number"
NOT_PROGRAMMED: Final = (
    "nothing was planned for the year; officially that is no progress. A target of zero is an "
    "error of the lint here, so it is never approved and never scored"
)
UPSIDE_DOWN: Final = (
    "the source's own column AVANCE is planned ÷ executed; the column beside it agrees with us"
)
COMMITTED: Final = "the source counts commitments as executed, we count what was paid"


@dataclass(frozen=True, slots=True)
class Sample:
    """A row with what is officially said of it: met or not, or nothing."""

    name: str
    target: Decimal | None
    operator: Operator
    actual: Decimal | None
    status: str

    @property
    def score(self) -> Decimal:
        """Our points of ten; what has no number has none."""
        if self.target is None or self.actual is None:
            return Decimal(0)
        one = indicator(self.name, WEIGHT, str(self.target), self.operator)
        told = Reported(indicator_id=self.name, value=self.actual, evidence=("source",))
        return indicator_score(one, told, SCORING).score

    @property
    def met(self) -> bool:
        """Whether it has its full points."""
        return self.score == WEIGHT


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _number(text: str) -> Decimal | None:
    cleaned = text.strip().removesuffix("%")
    try:
        return Decimal(cleaned) if cleaned else None
    except ArithmeticError:
        return None


def canada() -> list[Sample]:
    """A lower bound alone is a least value; equal bounds are the exact one."""
    return [
        Sample(
            name=row["id"],
            target=_number(row["target_min"]),
            operator=Operator.EXACTLY if row["target_max"] else Operator.AT_LEAST,
            actual=_number(row["actual"]),
            status=row["status"],
        )
        for row in _rows("gc_results")
    ]


def new_york() -> list[Sample]:
    """Up is at least, down is at most."""
    return [
        Sample(
            name=row["ID"],
            target=_number(row["Target.MMR"]),
            operator=Operator.AT_MOST if row["Desired.Direction"] == "Down" else Operator.AT_LEAST,
            actual=_number(row["2023"]),
            status={"Met_Goal": "met", "Did_Not_Meet": "not_met"}[row["Success"]],
        )
        for row in _rows("nyc_results")
    ]


def test_new_york_agrees_in_every_row() -> None:
    samples = new_york()
    assert len(samples) == 40
    assert [one.name for one in samples if one.met != (one.status == "met")] == []
    assert sum(one.met for one in samples) == 26


def test_canada_agrees_wherever_there_is_a_status() -> None:
    samples = canada()
    assert len(samples) == 30
    judged = [one for one in samples if one.status in {"met", "not_met"}]
    assert [one.name for one in judged if one.met != (one.status == "met")] == []
    assert (len(judged), sum(one.met for one in judged)) == (13, 8)


CANADA_UNJUDGED: Final = {
    "IN00150-2017": NOT_YET,
    "IN00151-2017": UNSTATED,
    "IN00152-2017": NOT_YET,
    "IN00153-2017": UNSTATED,
    "IN00158-2017": NOT_YET,
    "IN00159-2017": NOT_YET,
    "IN00163-2017": NOT_YET,
    "IN00164-2017": NOT_YET,
    "IN00165-2017": NOT_YET,
    "IN00166-2017": NOT_YET,
    "IN00167-2017": UNSTATED,
    "IN00170-2017": UNSTATED,
    "IN00171-2017": UNSTATED,
    "IN00177-2017": UNSTATED,
    "IN00178-2017": f"{UNSTATED}; {TEXT}",
    "IN00179-2017": UNSTATED,
    "IN00180-2017": UNSTATED,
}


def test_every_row_of_canada_without_a_status_is_explained() -> None:
    unjudged = [one for one in canada() if one.status not in {"met", "not_met"}]
    assert {one.name for one in unjudged} == CANADA_UNJUDGED.keys()
    for one in unjudged:
        reason = CANADA_UNJUDGED[one.name]
        assert (one.target is None) == reason.startswith(UNSTATED), one.name
        assert (one.actual is None) == reason.endswith(TEXT), one.name
        assert not one.score or reason == NOT_YET


TENJO: Final = {
    **{(name, "2024"): NOT_PROGRAMMED for name in
       ("118", "119", "135", "145", "152", "155", "157", "158", "159")},
    **{(name, "2025"): NOT_PROGRAMMED for name in ("157", "158")},
    **{(name, "2024"): UPSIDE_DOWN for name in ("134", "147", "153", "156")},
}  # fmt: skip
"""Rows whose official progress is not our reach, with the reason."""


def test_tenjo_agrees_in_its_progress_or_says_why_not() -> None:
    differing: dict[tuple[str, str], str] = {}
    for row in _rows("tenjo_results"):
        for year in ("2024", "2025"):
            name = row["COD META PRODUCTO"], year
            planned, done = _number(row[f"TOTAL PLANEADO {year}"]), row[f"TOTAL EJECUTADO {year}"]
            sample = Sample(name[0], planned, Operator.AT_LEAST, _number(done), "")
            told, beside = _number(row[f"AVANCE {year}"]), _number(row[f"% TOTAL AVANCE {year}"])
            assert planned is not None
            assert told is not None
            assert beside is not None
            one = indicator(name[0], WEIGHT, str(planned))
            line = Reported(indicator_id=name[0], value=sample.actual, evidence=("source",))
            reach = indicator_score(one, line, SCORING).reach
            assert reach is not None
            if not planned:
                assert (str(told), str(beside), str(reach)) == ("0", "0", "1")
                differing[name] = NOT_PROGRAMMED
                continue
            assert reach.quantize(FOUR) == beside.quantize(FOUR), name
            if told.quantize(FOUR) != beside.quantize(FOUR):
                assert (1 / told).quantize(FOUR) == beside.quantize(FOUR)
                differing[name] = UPSIDE_DOWN
            assert sample.met == (beside >= 1)
    assert differing == TENJO


COMMITTED_ROWS: Final = frozenset(
    ["138", "139", "140", "141", "142", "143", "144", "145", "146", "148", "149", "150", "151"]
)


def _yuan(text: str) -> Money:
    return Money(int(Decimal(text or 0) * 100))


def test_tenjos_execution_is_of_commitments_and_ours_of_payments() -> None:
    differing = []
    for row in _rows("tenjo_results"):
        official, budget = row["% EJECUCION 2025"], _yuan(row["APROPIACION DEFINITIVA 2025 (2)"])
        paid = _yuan(row["PAGOS 2025"])
        rate, points = execution_of((paid, budget), Scheme.A, finished=False, rules=SCORING)
        if not budget:
            assert (official, str(rate), str(points)) == ("", "0", "0")
            continue
        if not _yuan(row["COMPROMISOS 2025 (2)"]):
            assert official == "0"
        assert points == (rate * 10).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        if rate.quantize(FOUR) != Decimal(official).quantize(FOUR):
            committed = _yuan(row["COMPROMISOS 2025 (2)"]).ratio_to(budget)
            assert committed.quantize(FOUR) == Decimal(official).quantize(FOUR), COMMITTED
            assert paid < _yuan(row["COMPROMISOS 2025 (2)"])
            differing.append(row["COD META PRODUCTO"])
    assert set(differing) == COMMITTED_ROWS
