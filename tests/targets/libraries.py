"""The libraries of the stories: an industry class, a core class, and a model case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.targets.domain.commands.library import (
    ImportLibraryClass,
    PublishLibrary,
    ReinstateLibraryEntry,
    RetireLibraryEntry,
)
from services.targets.domain.library import LIBRARY, Collection, Edition, LibraryClass, Shelves
from services.targets.domain.library_entry import CaseIndicator, Details, Entry, Nature
from services.targets.domain.values import Indicator, Level1, Library, Operator
from shared.testing.spec import Given, Spec
from tests.targets import stories as s

SPEC: Final = Spec(LIBRARY)
CORE: Final = Library.KS_CORE
PASS_RATE: Final = Entry(
    code="C1",
    name="校舍验收合格率",
    level1=Level1.OUTPUT,
    level2="QUALITY",
    unit="%",
    details=Details(
        operator=Operator.AT_LEAST,
        nature=Nature.QUANT,
        reference_value=Decimal(95),
        standard="每低1个百分点扣5%权重分",
        data_source="验收报告",
        start_on=date(2021, 1, 1),
        end_on=date(2021, 12, 31),
    ),
)
SCHOOLS: Final = Entry(code="C2", name="维修改造学校数量", level1=Level1.OUTPUT, level2="QUANTITY")


def case_indicator(indicator: Indicator) -> CaseIndicator:
    """An indicator of the usual target, as a model case has it."""
    return CaseIndicator(
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name,
        operator=indicator.operator,
        target_value=indicator.target_value,
        unit=indicator.unit,
        weight=indicator.weight,
        standard=s.CONTENT.standards.get(indicator.indicator_id, ""),
    )


CASE: Final = Entry(
    code="A1",
    name="校舍维修改造项目",
    text=s.CONTENT.annual_goal,
    details=Details(indicators=tuple(case_indicator(one) for one in s.CONTENT.indicators)),
)


def entered(
    *entries: Entry, library: Library = CORE, class_code: str = "01", name: str = "教育类"
) -> ImportLibraryClass:
    """A class with these entries."""
    return ImportLibraryClass(
        library=library,
        region_code="653100",
        class_code=class_code,
        class_name=name,
        entries=entries,
        by=s.GRADER,
        now=s.NOW,
    )


def publish(library: Library = CORE) -> PublishLibrary:
    """Bring it into use."""
    return PublishLibrary(library=library, by=s.GRADER, now=s.NOW)


def retire(code: str = "C1", library: Library = CORE, reason: str = "口径已变") -> Any:  # noqa: ANN401
    """Close an entry to new targets."""
    return RetireLibraryEntry(library=library, code=code, reason=reason, by=s.GRADER, now=s.NOW)


def reinstate(code: str = "C1", library: Library = CORE, reason: str = "口径恢复") -> Any:  # noqa: ANN401
    """Open it again."""
    return ReinstateLibraryEntry(library=library, code=code, reason=reason, by=s.GRADER, now=s.NOW)


def published(*entries: Entry, library: Library = CORE) -> Given:
    """A library of one class, in use."""
    return SPEC.given().after(entered(*entries, library=library), publish(library))


def core_of(classes: Mapping[str, LibraryClass]) -> Collection:
    """The core library with these classes, in use."""
    shelves = Shelves(classes=classes)
    entries = {e.code: (place, e) for place, (_, listed) in classes.items() for e in listed}
    edition = Edition(version=1, shelves=shelves, entries=entries)
    return Collection(library=CORE, region_code="653100", shelves=shelves, published=edition)


def taking(code: str, library: Library | None = None) -> Any:  # noqa: ANN401 - a content
    """The usual target, with its second indicator taken from a library."""
    named = {} if library is None else {"I2": library}
    waivers = {**s.CONTENT.waivers, "L09": "本类核心指标不适用于校舍维修。"}
    return replace(s.CONTENT, library_codes={"I2": code}, libraries=named, waivers=waivers)
