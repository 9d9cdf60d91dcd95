"""Targets of other countries, as the lint would be shown them; what is not stated stays empty."""

import csv
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Final

from services.targets.domain.lint import Yardstick
from services.targets.domain.values import (
    Content,
    Indicator,
    Level1,
    Level2,
    Operator,
    ProjectKind,
)
from shared.domain.rules import RuleSet
from tests.targets.stories import RULES

DATA: Final = Path(__file__).parent / "data"
UNSTATED: Final = Decimal(0)
BRACKETED: Final = re.compile(r"\((%|hours|days)\)")
type Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A target with the year it is for, under the names of its source."""

    source: str
    name: str
    fiscal_year: int
    content: Content

    @property
    def yardstick(self) -> Yardstick:
        """The rules of the default rule set, without knowledge of other offices."""
        rules = RuleSet.parse(RULES)
        return Yardstick(
            fiscal_year=self.fiscal_year,
            kind=ProjectKind.OTHER,
            weights=rules.weights,
            nodes=[node.code for node in rules.monitoring.nodes],
        )


def real_targets() -> Iterator[Found]:
    """Every target of every source, in the order of the files."""
    for project, rows in _grouped("tenjo_targets.csv", "BPIN"):
        yield Found(source="tenjo", name=project, fiscal_year=2025, content=_tenjo(rows))
    for agency, rows in _grouped("nyc_indicators.csv", "Agency.Full.Name.y"):
        yield Found(source="nyc", name=agency, fiscal_year=2023, content=_new_york(rows))
    for subject, rows in _grouped("gc_indicators.csv", "subject"):
        yield Found(source="gc", name=subject, fiscal_year=2018, content=_canada(rows))


def _grouped(file: str, column: str) -> Iterator[tuple[str, Sequence[Row]]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        for name, rows in groupby(csv.DictReader(lines), key=lambda row: row[column]):
            yield name, list(rows)


def _tenjo(rows: Sequence[Row]) -> Content:
    """A project and the products it promises; both trends (increase, maintain) mean at least."""
    stated = tuple(
        Indicator(
            indicator_id=row["COD META PRODUCTO"],
            level1=Level1.OUTPUT,
            level2=Level2.QUANTITY,
            name=row["INDICADOR"],
            operator=Operator.AT_LEAST,
            target_value=Decimal(row["VALOR ESPERADO 2025"]),
            unit=row["UNIDAD DE MEDIDA"],
            weight=UNSTATED,
        )
        for row in rows
    )
    last = {row["COD META PRODUCTO"]: Decimal(row["TOTAL EJECUTADO 2024"]) for row in rows}
    goal = rows[0]["NOMBRE DEL PROYECTO"]
    return Content(annual_goal=goal, indicators=stated, last_actuals=last)


def _new_york(rows: Sequence[Row]) -> Content:
    """An agency; what is measured in time is timeliness, in percent quality, else quantity."""
    return Content(
        annual_goal=_joined(row["Goal"] for row in rows),
        indicators=tuple(_service(row) for row in rows),
        last_actuals={row["ID"]: Decimal(row["2022"]) for row in rows},
    )


def _service(row: Row) -> Indicator:
    name, falls = row["Indicator"], row["Desired.Direction"] == "Down"
    level2 = Level2.QUANTITY
    if re.search(r"\b(days|hours|time)\b", name, re.IGNORECASE):
        level2 = Level2.TIMELINESS
    elif "(%)" in name:
        level2 = Level2.QUALITY
    bracketed = BRACKETED.search(name)
    return Indicator(
        indicator_id=row["ID"],
        level1=Level1.OUTPUT,
        level2=level2,
        name=name,
        operator=Operator.AT_MOST if falls else Operator.AT_LEAST,
        target_value=Decimal(row["Target.MMR"]),
        unit=bracketed[1] if bracketed else "",
        weight=UNSTATED,
        lower_is_better=falls,
        is_core=row["Critical"] == "Yes",
        cumulative=level2 is Level2.QUANTITY,
    )


def _canada(rows: Sequence[Row]) -> Content:
    """A core responsibility and the results it promises; satisfaction where it is asked for."""
    return Content(
        annual_goal=_joined(row["result"] for row in rows),
        indicators=tuple(_result(row) for row in rows),
        due_on={row["id"]: _due(row) for row in rows if row["target_year"]},
    )


def _result(row: Row) -> Indicator:
    least, most = row["target_min"], row["target_max"]
    promised = Indicator(
        indicator_id=row["id"],
        level1=Level1.BENEFIT,
        level2=Level2.SOCIAL,
        name=row["indicator"],
        operator=Operator.EQUAL if least and least == most else Operator.AT_LEAST,
        target_value=Decimal(least) if least else None,
        unit="%" if row["target_type"] == "percent" else "",
        weight=UNSTATED,
        cumulative=False,
    )
    if row["target_type"] == "text":
        promised = replace(promised, operator=Operator.QUALITATIVE)
    if "satisf" in row["indicator"]:
        promised = replace(promised, level1=Level1.SATISFACTION, level2=Level2.RECIPIENTS)
    return promised


def _due(row: Row) -> date:
    year, month = int(row["target_year"]), int(row["target_month"])
    return date(year, month, monthrange(year, month)[1])


def _joined(texts: Iterator[str]) -> str:
    return " ".join(dict.fromkeys(texts))
