"""Asked of the three libraries."""

from typing import Final

from services.targets.api.library_schemas import LibraryClassBody, ModelCasesBody
from services.targets.api.schemas import ReasonBody
from services.targets.api.translation import case_row, library_entry
from services.targets.domain.commands.library import (
    ImportLibraryClass,
    ImportModelCases,
    PublishLibrary,
    ReinstateLibraryEntry,
    RetireLibraryEntry,
)
from services.targets.domain.values import Library
from shared.http.commands import Asked, CommandEndpoint


def import_library_class(asked: Asked, body: LibraryClassBody) -> ImportLibraryClass:
    """Enter a class of a library with all its entries; entering it anew replaces them."""
    return ImportLibraryClass(
        library=body.library,
        region_code=body.region_code,
        class_code=body.class_code,
        class_name=body.class_name,
        entries=tuple(library_entry(one) for one in body.entries),
        by=asked.actor,
        now=asked.now,
    )


def import_model_cases(asked: Asked, body: ModelCasesBody) -> ImportModelCases:
    """Enter a class of model cases as rows of a sheet; entering it anew replaces them."""
    return ImportModelCases(
        region_code=body.region_code,
        class_code=body.class_code,
        class_name=body.class_name,
        rows=tuple(case_row(one) for one in body.rows),
        by=asked.actor,
        now=asked.now,
    )


def publish_library(asked: Asked, library: Library) -> PublishLibrary:
    """Bring what was entered into use as a new version. Without a change nothing happens."""
    return PublishLibrary(library=library, by=asked.actor, now=asked.now)


def retire_library_entry(
    asked: Asked, library: Library, code: str, body: ReasonBody
) -> RetireLibraryEntry:
    """Let nobody take an entry any more. It stays readable; who took it before keeps it."""
    return RetireLibraryEntry(
        library=library, code=code, reason=body.reason, by=asked.actor, now=asked.now
    )


def reinstate_library_entry(
    asked: Asked, library: Library, code: str, body: ReasonBody
) -> ReinstateLibraryEntry:
    """Let a retired entry be taken again."""
    return ReinstateLibraryEntry(
        library=library, code=code, reason=body.reason, by=asked.actor, now=asked.now
    )


_TAG: Final = "Libraries"
_ENTRY: Final = "/libraries/{library}/entries/{code}"
_CLASS_EXAMPLE: Final = {
    "library": "KS_CORE",
    "region_code": "653100",
    "class_code": "01",
    "class_name": "教育类",
    "entries": [
        {
            "code": "KS_CORE-01-0001",
            "name": "校舍验收合格率",
            "level1": "OUTPUT",
            "level2": "QUALITY",
            "unit": "%",
            "operator": ">=",
            "nature": "QUANT",
            "reference_value": "95",
            "standard": "每低1个百分点扣5%权重分",
            "data_source": "验收报告",
        }
    ],
}

_CASES_EXAMPLE: Final = {
    "region_code": "653100",
    "class_code": "01",
    "class_name": "教育类案例",
    "rows": [
        {
            "code": "XJ_MODEL_CASE-01-0001",
            "name": "校舍维修改造",
            "text": "完成二十所学校校舍维修改造，验收合格率达到百分之百。",
            "indicator": {
                "level1": "OUTPUT",
                "level2": "QUANTITY",
                "name": "改造学校数量",
                "operator": ">=",
                "target_value": "20",
                "unit": "所",
                "weight": "50",
            },
        },
        {
            "indicator": {
                "level1": "BENEFIT",
                "level2": "SOCIAL",
                "name": "受益学生人数",
                "operator": ">=",
                "target_value": "12000",
                "unit": "人",
                "weight": "40",
            }
        },
    ],
}

LIBRARY_COMMANDS: Final = (
    CommandEndpoint(
        path="/libraries/classes",
        translate=import_library_class,
        tag=_TAG,
        creates=True,
        location="/libraries/{id}",
        example=_CLASS_EXAMPLE,
    ),
    CommandEndpoint(
        path="/libraries/cases",
        translate=import_model_cases,
        tag=_TAG,
        creates=True,
        location="/libraries/{id}",
        example=_CASES_EXAMPLE,
    ),
    CommandEndpoint(path="/libraries/{library}/publish", translate=publish_library, tag=_TAG),
    CommandEndpoint(
        path=f"{_ENTRY}/retire",
        translate=retire_library_entry,
        tag=_TAG,
        example={"reason": "口径与新制度不一致"},
    ),
    CommandEndpoint(
        path=f"{_ENTRY}/reinstate",
        translate=reinstate_library_entry,
        tag=_TAG,
        example={"reason": "制度已恢复原口径"},
    ),
)
