"""A monitoring form as the line that would enter it again, with what the form shows beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from services.monitoring.api.record_commands import written
from services.monitoring.api.vocabulary import VOCABULARY
from services.monitoring.domain.values import Proof
from services.monitoring.projections.ledger_statement import LedgerRow
from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.monitoring_reports import ReportRow
from services.monitoring.projections.watched_projects import WatchedRow
from shared.domain.money import Money

FEN_PER_WAN: Final = 1_000_000
CENTS: Final = Decimal("0.01")
PERCENT: Final = 100
LEVELS: Final = {"NORMAL": "无", "BLUE": "蓝", "RED": "红"}
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
    """A record with everything its form is made of."""

    record: RecordRow
    watched: WatchedRow | None
    report: ReportRow | None
    ledger: LedgerRow | None = None

    @property
    def values(self) -> Mapping[str, Mapping[str, Any]]:
        """What was stated, by indicator."""
        stated = self.report.stated if self.report and self.report.stated else []
        return {one["indicator_id"]: one for one in stated}

    @property
    def indicators(self) -> Sequence[Mapping[str, Any]]:
        """The indicators of the target."""
        return self.watched.indicators if self.watched else []

    @property
    def paid(self) -> Money | None:
        """What was paid at the node, as the form has it."""
        execution = self.report.execution if self.report else None
        return Money.parse(execution["paid"]) if execution else None


def line(stated: Stated) -> Line:
    """The command line that enters what was stated."""
    record, report = stated.record, stated.report
    known = {one["indicator_id"]: one for one in stated.indicators}
    body: Line = {"values": [value(one) for key, one in stated.values.items() if key in known]}
    if report is not None and report.summary:
        body["summary"] = report.summary
    if report is not None and report.filled_for:
        body["person"] = report.filled_for
    return {
        "path": {
            "project_code": record.project_code,
            "fiscal_year": str(record.fiscal_year),
            "node": record.node,
        },
        "body": body,
    }


def value(stored: Mapping[str, Any]) -> Line:
    """One value as the command states it; what is empty is not said."""
    proofs = [written(Proof(**proof)) for proof in stored.get("proofs", [])]
    said = {
        "indicator_id": stored["indicator_id"],
        "actual": stored.get("actual"),
        "completion": stored.get("completion"),
        "expected": stored.get("expected", ""),
        "likelihood": stored.get("likelihood"),
        "causes": dict.fromkeys(stored.get("causes") or _one(stored.get("cause")), True),
        "cause_text": stored.get("cause_text", ""),
        "evidence": [*stored.get("evidence", []), *proofs],
        "remark": stored.get("remark", ""),
    }
    return {name: one for name, one in said.items() if one not in EMPTY}


def _one(cause: str | None) -> list[str]:
    return [cause] if cause else []


def on_sheet(stated: Stated) -> Line:
    """The same with what stands beside it; indicators nobody stated yet have rows, too."""
    told = line(stated)
    said = {one["indicator_id"]: one for one in told["body"]["values"]}
    rows = [
        {**said.get(one["indicator_id"], {"indicator_id": one["indicator_id"]})}
        | {"shown": shown_of(one, stated.record.node)}
        for one in stated.indicators
    ]
    body = {**told["body"], "values": rows}
    path = {**told["path"], "fiscal_year": stated.record.fiscal_year}
    return {"path": path, "body": _trimmed(body), "shown": shown(stated)}


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
    record, watched, report = stated.record, stated.watched, stated.report
    said: Line = {
        "score": record.score or "",
        "level": LEVELS.get(record.level or "", ""),
    }
    if watched is not None:
        said |= {
            "project_name": watched.project_name,
            "department": f"{watched.department_name}（{watched.department_code}）",
            "unit": watched.unit_name,
            "annual_goal": watched.annual_goal,
            "initial_budget": str(Money(watched.initial_budget_fen)),
            "budget": str(Money(watched.budget_fen)),
        }
    if report is not None:
        expected = report.expected_year_end_fen
        said |= {
            "expected_year_end": None if expected is None else str(Money(expected)),
            "finance": report.confirmed_for or report.confirmed_by,
            "business": report.filled_for or report.filled_by,
            "head": report.signed_by or report.submitted_by,
            "opinion": report.opinion,
        }
    paid = stated.paid
    if paid is not None and watched is not None:
        said |= {"paid": str(paid), "execution_rate": percent(paid, Money(watched.budget_fen))}
    return said


def shown_of(indicator: Mapping[str, Any], node: str) -> Line:
    """What stands beside an indicator."""
    milestones = indicator.get("milestones", {})
    return {
        "level1": LEVEL1.get(indicator.get("level1", ""), ""),
        "level2": indicator.get("level2", ""),
        "name": indicator["name"],
        "target": _measured(indicator, indicator.get("target_value")),
        "milestone": _measured(indicator, milestones.get(node)),
    }


def _measured(indicator: Mapping[str, Any], number: str | None) -> str:
    if number is None:
        return ""
    return f"{SIGNS.get(indicator['operator'], '')}{number}{indicator.get('unit', '')}"


def percent(part: Money, whole: Money) -> str:
    """82.00%."""
    return f"{(part.ratio_to(whole) * PERCENT).quantize(CENTS):f}%"


def wan(amount: Money | None) -> str:
    """An amount in 万元: two decimals, up to six where the fen need them."""
    if amount is None:
        return ""
    exact = Decimal(amount.fen) / FEN_PER_WAN
    short = exact.quantize(CENTS)
    return format(short if short == exact else exact.normalize(), "f")


def term(enum: str, code: str | None) -> str:
    """What a code is called in Chinese."""
    return VOCABULARY[enum][code][0] if code else ""
