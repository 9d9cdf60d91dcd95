"""Everything that is wrong with a draft of rules, told at once (`domain` §0.1).

A draft that contradicts itself, the law or its own sources is refused when it is drafted; a
value without a source may be drafted and keeps the draft from being adopted.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from services.targets.domain.office_clock import GROUP, clock_of
from services.targets.domain.refusals import (
    ProvenanceDangling,
    RulesIncoherent,
    SourceUnnamed,
    SourceWeakened,
    StatuteRelaxed,
    ValueUncovered,
)
from services.targets.domain.rule_shape import unreadable
from services.targets.domain.sourced_rules import (
    FIXED,
    FREE,
    SourcedRules,
    by_default,
    is_default,
    read_tree,
)
from shared.domain.grades import Grade
from shared.domain.refusals import Refusal
from shared.domain.rule_node import Node

WHOLE: Final = Decimal(100)  # points of an assessment
SCHEMES: Final[Mapping[str, Sequence[str]]] = {"A": ("A",), "B": ("B_cost", "B_nocost")}
# 预算法 art. 14 (R1): approved budgets and final accounts are public within 20 days.
PUBLIC_DAYS_MAX: Final = 20
STATUTES: Final[Mapping[str, tuple[int, str]]] = {
    "/disclosure/with_budget_days": (PUBLIC_DAYS_MAX, "预算法 第14条"),
    "/disclosure/with_final_accounts_days": (PUBLIC_DAYS_MAX, "预算法 第14条"),
}


def defects(draft: SourcedRules, before: SourcedRules | None) -> Sequence[Refusal]:
    """What keeps rules from being drafted, in the order of the form."""
    values: list[Refusal] = list(unreadable(read_tree(draft.rules_json)))
    if not values:
        values += _incoherent(Node(read_tree(draft.rules_json)))
        values += _listed_before_reminded(draft)
        values += _milder_than_the_law(draft.values)
    sources = [*_dangling(draft), *_unnamed(draft)]
    return [*values, *sources, *(_weakened(draft, before) if before is not None else ())]


def uncovered(draft: SourcedRules) -> Sequence[ValueUncovered]:
    """Which values nobody has stated a source for."""
    return [
        ValueUncovered(
            f"{pointer} has no source",
            pointer=pointer,
            remedy="State a source for it or for a place above it.",
            detail_zh=f"{pointer} 未标注来源",
        )
        for pointer in draft.values
        if draft.source(pointer) is None
    ]


def settled(draft: SourcedRules, legal_basis: str, before: SourcedRules | None) -> SourcedRules:
    """The draft as it would be adopted.

    Rules that state no source at all count as defaults on the ground of their adoption. Once
    sources have been stated for a region and year, they are not lost in silence.
    """
    stated_before = before is not None and not is_default(before.provenance)
    if draft.provenance or stated_before:
        return draft
    return SourcedRules(rules_json=draft.rules_json, provenance=by_default(legal_basis))


def refuse_any(found: Sequence[Refusal]) -> None:
    """Raise the first; where there are more, it tells all of them."""
    if not found:
        return
    first = found[0]
    first.details["defects"] = [
        {"rule": refusal.slug(), "pointer": refusal.pointer, "detail": refusal.detail}
        for refusal in found
    ]
    raise first


def _incoherent(rules: Node) -> Iterator[Refusal]:
    bounds = [rules.at("grades", grade).number() for grade in Grade]
    descending = all(upper > lower for upper, lower in itertools.pairwise(bounds))
    if not descending or bounds[-1] != 0:
        yield _contradiction("/grades", "the bounds fall from EXCELLENT to POOR, which is 0")
    scheme = rules.at("weights", "scheme").text()
    lacking = [name for name in SCHEMES.get(scheme, ()) if name not in rules.at("weights").fields()]
    if scheme not in SCHEMES or lacking:
        yield _contradiction("/weights/scheme", "the scheme is A or B and its weights are there")
    dimensions = rules.at("ex_ante", "dimensions").fields().values()
    if sum(points.number() for points in dimensions) != WHOLE:
        yield _contradiction("/ex_ante/dimensions", "the points of the dimensions sum to 100")
    score = rules.at("monitoring", "score")
    whole = sum(points.number() for points in score.fields().values()) == WHOLE
    if not whole or score.at("goal").number() >= WHOLE:
        yield _contradiction(
            "/monitoring/score", "the points sum to 100, and the goal is not all of them"
        )
    for rate in ("ix", "g"):
        red, blue = (rules.at("monitoring", level, rate).number() for level in ("red", "blue"))
        if red > blue:
            yield _contradiction(f"/monitoring/red/{rate}", "red begins below blue")


def _listed_before_reminded(draft: SourcedRules) -> Iterator[Refusal]:
    clock = clock_of(draft)
    if clock.reminder_workdays >= clock.listed_workdays:
        yield _contradiction(
            f"/{GROUP}",
            f"the head is reminded ({clock.reminder_workdays} working days) before it is listed "
            f"({clock.listed_workdays})",
        )


def _contradiction(pointer: str, rule: str) -> RulesIncoherent:
    return RulesIncoherent(f"{pointer}: {rule}", pointer=pointer)


def _milder_than_the_law(values: Mapping[str, Any]) -> Iterator[Refusal]:
    for pointer, (most, law) in STATUTES.items():
        if Decimal(str(values[pointer])) > most:
            yield StatuteRelaxed(
                f"{pointer} is at most {most} days ({law})",
                pointer=pointer,
                detail_zh=f"{pointer} 最多 {most} 日（{law}）",
                days_max=most,
                law=law,
            )


def _dangling(draft: SourcedRules) -> Iterator[Refusal]:
    for pointer in sorted(draft.provenance.keys() - draft.places):
        yield ProvenanceDangling(f"there is no value at {pointer}", pointer=pointer)


def _unnamed(draft: SourcedRules) -> Iterator[Refusal]:
    for pointer, source in sorted(draft.provenance.items()):
        if source.source_tag not in FREE and not source.legal_basis.strip():
            yield SourceUnnamed(
                f"{pointer} claims the source {source.source_tag} and names no document",
                pointer=pointer,
                remedy="Name the document, or mark the value as field practice (F) or default (D).",
            )


def _weakened(draft: SourcedRules, before: SourcedRules) -> Iterator[Refusal]:
    """An S or R1 value that would become F or D, or vanish, without a ground in words."""
    for pointer in before.values:
        held, now = before.source(pointer), draft.source(pointer)
        if held is None or held.source_tag not in FIXED:
            continue
        ground = now.legal_basis.strip() if now is not None else ""
        loosened = now is not None and now.source_tag in FREE
        if not ground and (loosened or pointer not in draft.values):
            yield SourceWeakened(
                f"{pointer} has the source {held.source_tag} ({held.legal_basis})",
                pointer=pointer,
                remedy="State the legal basis on which it is changed.",
                source_tag=held.source_tag,
                legal_basis=held.legal_basis,
            )
