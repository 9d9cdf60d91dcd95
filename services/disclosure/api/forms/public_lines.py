"""A row of a disclosure table, made of what an item tells and of what the registers know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from services.disclosure.domain.allowed import SUPPLEMENT
from services.disclosure.domain.values import ItemKind
from services.disclosure.projections.disclosure_register import DisclosureRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.unit_register import UnitRow
from shared.domain.money import Money

type Line = dict[str, Any]
LEVELS: Final = {"COST": "成本", "OUTPUT": "产出", "BENEFIT": "效益", "SATISFACTION": "满意度"}
SIGNS: Final = {">=": "≥", "<=": "≤", "=": "="}
CONCLUSIONS: Final = {"INCLUDED": "纳入预算安排", "NOT_ARRANGED": "不予安排"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the registers know about the units and projects of some items."""

    units: Mapping[str, UnitRow] = field(default_factory=dict)
    projects: Mapping[str, ProjectRow] = field(default_factory=dict)
    watches: Mapping[str, ProjectWatchRow] = field(default_factory=dict)

    def department(self, row: DisclosureRow) -> str:
        """The name of the department, or its code."""
        unit = self.units.get(row.unit_code)
        return unit.department_name if unit else row.department_code or ""

    def unit(self, row: DisclosureRow) -> str:
        """The name of the unit, or its code."""
        unit = self.units.get(row.unit_code)
        return unit.name if unit else row.unit_code

    def project(self, row: DisclosureRow) -> str:
        """The name of the project, or its code."""
        project = self.projects.get(row.project_code)
        return project.name if project else row.project_code

    def budget(self, row: DisclosureRow) -> str | None:
        """The full-year budget of the project."""
        project = self.projects.get(row.project_code)
        return str(Money(project.budget_fen)) if project else None

    def executed(self, row: DisclosureRow) -> str | None:
        """What was paid and did not come back."""
        watch = self.watches.get(row.project_code)
        return str(Money(watch.paid_fen - watch.returned_fen)) if watch else None


def line(number: int, row: DisclosureRow, content: Mapping[str, Any], known: Known) -> Line:
    """One row; what is said beside the facts is what would be sent to say it again."""
    beside = {name: content[name] for name in SUPPLEMENT if name in content}
    shown = {
        "number": number,
        "department": known.department(row),
        "unit": known.unit(row),
        "project": known.project(row),
        "grade": content.get("grade"),
        "published_on": row.published_on.isoformat() if row.published_on else None,
        **_of_kind(row, content, known),
    }
    return {"path": {"item_id": row.item_id}, "body": {"supplement": beside}, "shown": shown}


def _of_kind(row: DisclosureRow, content: Mapping[str, Any], known: Known) -> Line:
    match row.kind:
        case ItemKind.TARGET.value:
            return {
                "budget": content.get("budget"),
                "goal": content.get("annual_goal"),
                **_indicators(content.get("indicators") or []),
            }
        case ItemKind.EX_ANTE_REPORT.value:
            conclusion = str(content.get("conclusion", ""))
            return {
                "requested": content.get("requested"),
                "reduced": content.get("reduced"),
                "score": content.get("score"),
                "conclusion": CONCLUSIONS.get(conclusion, conclusion),
            }
        case ItemKind.SELF_EVALUATION.value:
            return {
                "budget": known.budget(row),
                "executed": known.executed(row),
                "execution_rate": content.get("execution_rate"),
                "score": content.get("final_score"),
            }
        case _:
            return {"budget": known.budget(row), "score": content.get("score")}


def _indicators(indicators: Sequence[Mapping[str, Any]]) -> Line:
    """Below each other, each in the same line of its cell."""
    return {
        "level1": "\n".join(LEVELS.get(str(one.get("level1")), "") for one in indicators),
        "level2": "\n".join(str(one.get("level2", "")) for one in indicators),
        "level3": "\n".join(str(one.get("name", "")) for one in indicators),
        "value": "\n".join(_value(one) for one in indicators),
    }


def _value(indicator: Mapping[str, Any]) -> str:
    value, unit = indicator.get("target_value"), indicator.get("unit", "")
    sign = SIGNS.get(str(indicator.get("operator")), "")
    return f"{sign}{value}{unit}" if value is not None else str(unit or "定性")
