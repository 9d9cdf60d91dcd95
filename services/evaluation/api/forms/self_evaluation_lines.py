"""A self-evaluation as the line that would fill it in again, with what its form shows beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.evaluation.api.self_evaluation_proofs import written
from services.evaluation.api.vocabulary import VOCABULARY
from services.evaluation.domain.scores import EXECUTION_POINTS
from services.evaluation.domain.self_evaluation.evidence import (
    DataSource,
    EvidenceFile,
    EvidenceKind,
    ObtainMethod,
)
from services.evaluation.projections.self_evaluation_coverage import MoneyRow
from services.evaluation.projections.self_evaluation_forms import FormRow
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.domain.money import Money

PERCENT: Final = 100
CENTS: Final = Decimal("0.01")
SIGNS: Final = {">=": "≥", "<=": "≤", "=": "="}
LEVEL1: Final = {
    "COST": "成本指标",
    "OUTPUT": "产出指标",
    "BENEFIT": "效益指标",
    "SATISFACTION": "满意度指标",
}
EMPTY: Final[tuple[object, ...]] = (None, "", [], {})

type Line = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A self-evaluation with everything its form is made of."""

    row: SelfEvaluationRow
    form: FormRow
    money: MoneyRow | None

    @property
    def indicators(self) -> Sequence[Mapping[str, Any]]:
        """The indicators of the target."""
        return self.form.indicators or []

    @property
    def reports(self) -> Mapping[str, Mapping[str, Any]]:
        """What was stated, by indicator."""
        return {one["indicator_id"]: one for one in self.form.reports or []}

    @property
    def scores(self) -> Mapping[str, str]:
        """What the machine gave, by indicator."""
        lines = (self.form.computed or {}).get("lines", [])
        return {one["indicator_id"]: one["score"] for one in lines}

    @property
    def paid(self) -> Money:
        """What monitoring says was paid."""
        return Money(self.money.paid_fen if self.money else 0)


def line(stated: Stated) -> Line:
    """The command line that fills in what was stated."""
    form = stated.form
    body: Line = {
        "reports": [_report(one) for one in form.reports or []],
        "evidence": [_evidence(one) for one in form.evidence or []],
        **_head(stated),
    }
    return {
        "path": {"self_evaluation_id": form.self_evaluation_id},
        "body": {name: value for name, value in body.items() if value not in EMPTY},
    }


def _head(stated: Stated) -> Line:
    form = stated.form
    score = form.self_score
    said: Line = {
        "execution_cause": _said(form.execution_cause or {}),
        "self_score": None if score is None else format(score, "f"),
        "summary": form.summary,
        "person": form.filled_for,
    }
    if form.reports is not None and form.finished is not None:
        said["finished"] = form.finished
    return said


def _said(stored: Mapping[str, Any]) -> Line:
    return {name: value for name, value in stored.items() if value not in EMPTY}


def _report(stored: Mapping[str, Any]) -> Line:
    """One line as the command states it; what is empty is not said."""
    return _said({**stored, "cause": _said(stored.get("cause") or {})})


def _evidence(stored: Mapping[str, Any]) -> Line:
    said = {name: value for name, value in stored.items() if name not in {"covers", "size"}}
    return _said({**said, "bytes": stored["size"]})


def _file(stored: Mapping[str, Any]) -> EvidenceFile:
    captured = stored.get("captured_on")
    return EvidenceFile(
        sha256=stored["sha256"],
        kind=EvidenceKind(stored["kind"]),
        name=stored["name"],
        mime=stored["mime"],
        size=stored["size"],
        obtain_method=ObtainMethod(stored["obtain_method"]),
        data_source=DataSource(stored["data_source"]),
        captured_on=date.fromisoformat(captured) if captured else None,
        supersedes=stored.get("supersedes", ""),
    )


def on_sheet(stated: Stated) -> Line:
    """The same with what stands beside it; indicators nobody stated yet have rows, too."""
    files = {one["sha256"]: written(_file(one)) for one in stated.form.evidence or []}
    rows = []
    for indicator in stated.indicators:
        told = _report(stated.reports.get(indicator["indicator_id"], {}))
        told["indicator_id"] = indicator["indicator_id"]
        told["evidence"] = [files.get(one, one) for one in told.get("evidence", [])]
        rows.append(_said(told) | {"shown": shown_of(indicator, stated.scores)})
    path = {"self_evaluation_id": stated.form.self_evaluation_id}
    return {
        "path": path,
        "body": _trimmed({**_head(stated), "reports": rows}),
        "shown": shown(stated),
    }


def _trimmed(found: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    """A cell has no blanks around its text and one kind of line break."""
    match found:
        case str():
            return "\n".join(found.strip().splitlines())
        case dict():
            return {key: _trimmed(one) for key, one in found.items()}
        case list():
            return [_trimmed(one) for one in found]
        case _:
            return found


def shown(stated: Stated) -> Line:
    """What stands in the head for people to read; amounts in yuan."""
    row, form = stated.row, stated.form
    computed = form.computed or {}
    return {
        "project_name": row.project_name,
        "department": row.department_code,
        "unit": row.unit_code,
        "fiscal_year": row.fiscal_year,
        "initial_budget": str(Money(form.initial_budget_fen)),
        "budget": str(Money(row.budget_fen)),
        "paid": str(stated.paid),
        "execution_rate": percent(stated.paid, Money(row.budget_fen)),
        "execution_score": computed.get("execution_score", ""),
        "annual_goal": form.annual_goal,
        "machine_score": "" if row.machine_score is None else format(row.machine_score, "f"),
        "grade": term("Grade", row.grade),
    }


def shown_of(indicator: Mapping[str, Any], scores: Mapping[str, str]) -> Line:
    """What stands beside an indicator."""
    target = indicator.get("target_value")
    sign = SIGNS.get(indicator["operator"], "")
    return {
        "level1": LEVEL1.get(indicator.get("level1", ""), ""),
        "level2": indicator.get("level2", ""),
        "name": indicator["name"],
        "target": "" if target is None else f"{sign}{target}{indicator.get('unit', '')}",
        "weight": indicator.get("weight", ""),
        "score": scores.get(indicator["indicator_id"], ""),
    }


def percent(part: Money, whole: Money) -> str:
    """82.00%."""
    return f"{(part.ratio_to(whole) * PERCENT).quantize(CENTS):f}%"


def term(enum: str, code: str | None) -> str:
    """What a code is called in Chinese."""
    return VOCABULARY[enum][code][0] if code else ""


FULL_EXECUTION: Final = format(EXECUTION_POINTS, "f")
