"""What a told content may hold: a closed list by kind; whatever is not on it is not told.

Source: the disclosure tables of `domain` §8.7, and §3.10 for what stands beside them. A name of
a person is on none of these lists (`reliability` §4.3, S13).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.disclosure.domain.values import ItemKind
from shared.domain.decider import Json

type Shape = Mapping[str, "Shape | None"]
"""Field → what may be inside it; `None`: a plain value, or a list of such."""


def _plain(*names: str) -> dict[str, None]:
    return dict.fromkeys(names)


INDICATOR: Final[Shape] = _plain(
    "level1", "level2", "name", "operator", "target_value", "unit"
)  # fmt: skip
PROBLEM: Final[Shape] = _plain(
    "subject", "name", "deviation", "lost", "cause", "text", "measure", "objective",
    "subjective", "due_on",
)  # fmt: skip
PLACE: Final[Shape] = _plain(
    "place_code", "payees", "households", "persons", "enterprises", "amount"
)
RANKED: Final[Shape] = _plain("subject", "score", "rank", "previous_rank")

SUPPLEMENT: Final[Shape] = {
    **_plain("note", "explanation", "problems", "rectification", "link"),
    **_plain("report_url", "report_sha256", "agency"),
    "attachments": _plain("name", "url", "sha256"),
}
"""What a unit may say beside the decided facts: causes and measures, problems, links."""

FACTS: Final[Mapping[ItemKind, Shape]] = {
    ItemKind.TARGET: {
        **_plain("unit_code", "project_name", "budget", "annual_goal", "target_version", "origin"),
        "indicators": INDICATOR,
    },
    ItemKind.EX_ANTE_REPORT: _plain(
        "unit_code", "requested", "accepted", "reduced", "score", "grade", "conclusion",
        "assessed_on", "rule_set_version", "origin",
    ),
    ItemKind.SELF_EVALUATION: {
        **_plain("unit_code", "execution_rate", "self_score", "final_score", "grade", "findings"),
        **_plain("rule_set_version", "settlement"),
        "core_problems": PROBLEM,
    },
    ItemKind.FINANCE_REPORT: _plain(
        "evaluation_id", "unit_code", "score", "grade", "concluded_on", "report_no",
        "report_content_sha256", "report_pdf_sha256",
    ),
    ItemKind.DEPARTMENT_REPORT: _plain(
        "evaluation_id", "unit_code", "score", "grade", "concluded_on", "report_no",
        "report_content_sha256", "report_pdf_sha256",
    ),
    ItemKind.MONITORING_SUMMARY: {
        **_plain("node", "cut_off_on", "reviewed", "missed", "exempted"),
        **_plain("mean_score", "execution_rate", "goal_rate"),
        "levels": _plain("NORMAL", "BLUE", "RED"),
    },
    ItemKind.RECOVERY_SUMMARY: _plain("month", "units", "projects", "amount"),
    ItemKind.CUT_SUMMARY: _plain("month", "units", "projects", "amount"),
    ItemKind.CIRCULAR: _plain("case_id", "unit_code", "subject", "issued_on"),
    ItemKind.RANKING: {
        **_plain("ranking_id", "period", "ranked", "corrects", "document_no"),
        "rows": RANKED,
    },
    ItemKind.BENEFICIARIES: {**_plain("month", "published_on"), "places": PLACE},
}  # fmt: skip


WHOLE: Final[Mapping[ItemKind, Shape]] = {
    kind: {**shape, **SUPPLEMENT} for kind, shape in FACTS.items()
}
"""Everything that may be told of a kind."""


def strange(kind: ItemKind, fields: Json, *, facts: bool) -> Sequence[str]:
    """Pointers of the fields that may not be told; `facts`: decided facts may be among them."""
    shape = WHOLE[kind] if facts else SUPPLEMENT
    return _strange(fields, shape, "")


def told(kind: ItemKind, content: Json) -> Json:
    """The content without whatever is not on the list."""
    kept: Json = _kept(content, WHOLE[kind])
    return kept


def _strange(value: object, shape: Shape | None, pointer: str) -> list[str]:
    match value:
        case Mapping():
            if shape is None:
                return [pointer]
            return [
                found
                for name, inner in value.items()
                for found in (
                    _strange(inner, shape[name], f"{pointer}/{name}")
                    if name in shape
                    else [f"{pointer}/{name}"]
                )
            ]
        case list():
            every = (_strange(one, shape, f"{pointer}/{n}") for n, one in enumerate(value))
            return [found for some in every for found in some]
        case _:
            return []


def _kept(value: Any, shape: Shape | None) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, dict):
        known = shape or {}
        return {
            name: _kept(inner, known[name]) if isinstance(inner, dict | list) else inner
            for name, inner in value.items()
            if name in known
        }
    if isinstance(value, list):
        return [_kept(one, shape) if isinstance(one, dict | list) else one for one in value]
    return value
