"""Targets as the lines that would draft them again, in JSON and as the table shows them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from services.targets.api.forms.target_sheet import MILESTONES
from services.targets.api.vocabulary import VOCABULARY
from services.targets.api.written import notes_in_words
from services.targets.projections.project_register import ProjectRow
from services.targets.projections.target_register import TargetRow
from services.targets.projections.target_versions import TargetVersionRow
from services.targets.projections.unit_register import UnitRow
from shared.domain.money import Money

CELL_CHARACTERS_MAX: Final = 32_767
"""What one cell of a workbook holds; a longer text would be lost without a word."""

# A note of the stored target, and the field of an indicator that it is about.
NOTES: Final = {
    "standards": "standard",
    "due_on": "due_on",
    "library_codes": "library_code",
    "libraries": "library",
    "levels": "levels",
    "last_actuals": "last_actual",
    "costings": "costing",
    "remarks": "remark",
}
NUMBERS: Final = frozenset({"target_value", "weight", "last_actual", "quantity", *MILESTONES})
EMPTY: Final[tuple[object, ...]] = (None, "", {}, [])

type Line = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A target with what it says: the draft's words and notes, the indicators that stand."""

    row: TargetRow
    draft: TargetVersionRow
    standing: TargetVersionRow

    @property
    def notes(self) -> Mapping[str, Any]:
        """What the draft says besides."""
        found: Mapping[str, Any] = json.loads(self.draft.notes_json)
        return found

    @property
    def indicators(self) -> Sequence[Mapping[str, Any]]:
        """The indicators that stand, with the notes on them."""
        notes = self.notes
        return [_noted(one, notes) for one in json.loads(self.standing.indicators_json)]


def body(stated: Stated) -> Line:
    """The body of the command that would draft it."""
    notes = stated.notes
    said = {
        "project_code": stated.row.project_code,
        "fiscal_year": stated.row.fiscal_year,
        "annual_goal": stated.draft.annual_goal,
        "indicators": stated.indicators,
    }
    more = {name: notes[name] for name in ("waivers", "answers") if name in notes}
    if applied := _application(notes.get("application", {})):
        more["application"] = applied
    return {**said, **more}


def _noted(stored: Mapping[str, Any], notes: Mapping[str, Any]) -> Line:
    """One indicator as the command states it; what is empty is not said."""
    name = stored["indicator_id"]
    noted = {field: notes.get(note, {}).get(name) for note, field in NOTES.items()}
    whole = _plain({**stored, **noted, **notes.get("proofs", {}).get(name, {})})
    return {key: value for key, value in whole.items() if value not in EMPTY}


def _plain(stored: Mapping[str, Any]) -> Line:
    """Numbers without exponents and amounts as texts: what people write, and the API reads."""
    said: Line = {}
    for key, value in stored.items():
        if isinstance(value, dict):
            said[key] = str(Money(value["fen"])) if value.keys() == {"fen"} else _plain(value)
        elif key in NUMBERS and value is not None:
            said[key] = format(Decimal(value), "f")
        else:
            said[key] = value
    return said


def _application(stored: Mapping[str, Any]) -> Line:
    said = {key: value for key, value in _plain(stored).items() if value not in EMPTY}
    if "midterm_funds" in said:
        del said["midterm_funds"]["carried_over"]
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The entries of the registers that a form shows with a target."""

    project: ProjectRow | None = None
    unit: UnitRow | None = None

    def shown(self, row: TargetRow) -> Line:
        """What stands in the head for people to read."""
        said = {"project_name": row.project_name, "unit": row.unit_code}
        if self.unit is not None:
            said["unit"] = self.unit.name
            said["department"] = f"{self.unit.department_name}（{self.unit.department_code}）"
        if self.project is not None:
            said["kind"] = VOCABULARY["ProjectKind"][self.project.kind][0]
            said["attribute"] = attribute(self.project)
            said["person"] = self.project.business
        return said


def attribute(project: ProjectRow) -> str:
    """新增 or 延续."""
    return "新增" if "NEW" in project.triggers.split(",") else "延续"


def on_sheet(said: Mapping[str, Any], shown: Mapping[str, Any]) -> Line:
    """The same body as the cells of the table hold it."""
    notes = {name: notes_in_words(said.get(name, {})) for name in ("waivers", "answers")}
    return {"body": _trimmed({**said, **notes}), "shown": dict(shown)}


def _trimmed(value: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    """A cell has no blanks around its text and one kind of line break."""
    match value:
        case str():
            return "\n".join(value.strip().splitlines())
        case dict():
            return {key: _trimmed(one) for key, one in value.items()}
        case list():
            return [_trimmed(one) for one in value]
        case _:
            return value


def unshowable(said: Mapping[str, Any]) -> Iterator[str]:
    """What of a target the table has no cell for, as pointers into its body."""
    if not said["annual_goal"].strip():
        yield "/annual_goal"
    for name in ("waivers", "answers"):
        notes: Mapping[str, str] = said.get(name, {})
        lines = notes_in_words(notes)
        if len(lines) > CELL_CHARACTERS_MAX or len(lines.splitlines()) > len(notes):
            yield f"/{name}"
    for place, one in enumerate(said["indicators"]):
        for node in one.get("milestones", {}):
            if node not in MILESTONES:
                yield f"/indicators/{place}/milestones/{node}"
