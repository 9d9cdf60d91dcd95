"""How people and the national tables write what the API has in parts; read as such, too.

≥20公里                       operator, target value and unit of measure (`kpi_val`)
正式资料、工作资料              words of the vocabulary, by their Chinese labels
L05/annual_goal：续建项目       notes by key, one in a line
653101000                     a region of the national tables: six digits and 000
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from services.targets.api.vocabulary import VOCABULARY

OPERATOR_SIGNS: Final = {"≥": ">=", "≤": "<=", "=": "=", ">=": ">=", "<=": "<=", "＝": "="}
SIGNS: Final = {">=": "≥", "<=": "≤", "=": "="}
QUALITATIVE: Final = "QUALITATIVE"
NATIONAL_DIGITS: Final = 9
REGION_DIGITS: Final = 6
_VALUE: Final = re.compile(r"^(≥|≤|>=|<=|=|＝)\s*(-?\d+(?:\.\d+)?)\s*(.*)$", re.DOTALL)
_BEGINS_AS_NUMBER: Final = re.compile(r"[\d.+\-<>≥≤=＝]")
_NOTE: Final = re.compile(r"^([^：:\s]+)\s*[：:]\s*(.+)$")


def value_in_words(indicator: Mapping[str, Any]) -> str:
    """The target value with its sign and unit; of a qualitative one, what counts as met."""
    if indicator["operator"] == QUALITATIVE:
        return str((indicator.get("levels") or {}).get("MET", ""))
    value = indicator.get("target_value")
    plain = "" if value is None else format(Decimal(str(value)), "f")
    return f"{SIGNS[indicator['operator']]}{plain}{indicator.get('unit', '')}"


def value_in_parts(said: object) -> object:
    """An indicator whose value was written as one text, in parts; anything else as it is.

    Only where no operator is given: then the text alone says how it is meant. A number without
    a sign does not, so it stays what it is, and the missing operator is told.
    """
    if not isinstance(said, dict) or said.get("operator") or not said.get("target_value"):
        return said
    text = str(said["target_value"]).strip()
    found = _VALUE.match(text)
    if found is None and _BEGINS_AS_NUMBER.match(text):
        return said
    if found is None:
        levels = {"MET": text, **said.get("levels", {})}
        return {**said, "operator": QUALITATIVE, "target_value": None, "levels": levels}
    sign, value, unit = found.groups()
    parts = {"operator": OPERATOR_SIGNS[sign], "target_value": value}
    return {**said, **parts, "unit": said.get("unit") or unit.strip()}


def labels(enum: str) -> Mapping[str, str]:
    """The codes of an enum by their Chinese labels."""
    return {zh: code for code, (zh, _) in VOCABULARY[enum].items()}


def evidence_codes(said: object) -> object:
    """Kinds of evidence, each by its code or its label."""
    known = labels("EvidenceKind")
    if isinstance(said, list):
        return [known.get(word, word) if isinstance(word, str) else word for word in said]
    return said


def notes_in_words(notes: Mapping[str, str]) -> str:
    """Notes as lines of one text."""
    return "\n".join(f"{key}：{note}" for key, note in notes.items())


def notes_by_key(said: object) -> object:
    """Notes that were written as lines, by key; a line without a key has an empty one."""
    if not isinstance(said, str):
        return said
    found = [(_NOTE.match(line), line) for line in said.splitlines() if line.strip()]
    return {match[1] if match else "": match[2].strip() if match else line for match, line in found}


def region_code(said: object) -> object:
    """A region by its six digits; the national tables add three zeros."""
    if isinstance(said, str) and len(said) == NATIONAL_DIGITS and said.endswith("000"):
        return said[:REGION_DIGITS]
    return said
