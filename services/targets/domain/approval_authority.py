"""Who agrees to an adjustment of money: by kind, by amount, by what it lowers (`domain` §3.6).

The authorities stand in the rule set of the region, section `adjustments`; rules from before they
did mean the defaults. 预算法 art. 67-69 (**R1**) sends a change that lowers key expenditure
(重点支出) or changes the total of the budget to the standing committee of the people's congress;
art. 72 (**R1**) leaves transfers to the finance bureau by the rules of the Ministry. Which
signatures the bureau itself wants is ours (**D**).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from services.targets.domain.adjustment_words import SUSPENSION, SigningOffice
from services.targets.domain.sourced_rules import SourcedRules, read_tree
from shared.domain.money import ZERO, Money
from shared.domain.rule_node import Node

GROUP: Final = "adjustments"
_BUREAU_PREFIX: Final = "FB_"
PAIRED_KINDS: Final = (
    "INTERNAL_TRANSFER",
    "REDUCTION",
    "INCREASE",
    SUSPENSION,
    "RECALL_IN_YEAR",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """From this amount on, these have to agree."""

    from_amount: Money
    bodies: tuple[SigningOffice, ...]


_MONEY: Final = (Band(from_amount=ZERO, bodies=(SigningOffice.PERFORMANCE, SigningOffice.BUDGET)),)
_HOLD: Final = (Band(from_amount=ZERO, bodies=(SigningOffice.BUDGET, SigningOffice.LEADER)),)
_ABOVE: Final = (SigningOffice.GOVERNMENT, SigningOffice.PEOPLES_CONGRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRules:
    """The bodies by kind, and those that come on top."""

    bands: Mapping[str, Sequence[Band]]
    lowers_key_expenditure: tuple[SigningOffice, ...] = _ABOVE
    changes_total_budget: tuple[SigningOffice, ...] = _ABOVE

    def needed(
        self, kind: str, amount: Money, *, lowers_key: bool, changes_total: bool
    ) -> tuple[SigningOffice, ...]:
        """All that have to agree, in the order in which they usually do."""
        reached = [band for band in self.bands[kind] if band.from_amount <= max(amount, -amount)]
        bodies = list(reached[-1].bodies)
        bodies += self.lowers_key_expenditure if lowers_key else ()
        bodies += self.changes_total_budget if changes_total else ()
        return tuple(dict.fromkeys(bodies))


USUAL: Final = ApprovalRules(
    bands={kind: _HOLD if kind == SUSPENSION else _MONEY for kind in PAIRED_KINDS}
)


def approvals_of(rules: SourcedRules | None) -> ApprovalRules:
    """The authorities that rules in force set; the usual ones where they say nothing."""
    stated = Node(read_tree(rules.rules_json)).fields().get(GROUP) if rules else None
    if stated is None:
        return USUAL
    fields = stated.fields()
    bands = dict(USUAL.bands)
    if "approval" in fields:
        bands |= {kind: read_bands(node) for kind, node in fields["approval"].fields().items()}
    above = {
        name: tuple(read_body(one) for one in fields[name].items())
        for name in ("lowers_key_expenditure", "changes_total_budget")
        if name in fields
    }
    return ApprovalRules(bands=bands, **above)


def read_body(node: Node) -> SigningOffice:
    """A body by its code; offices of the bureau by the role of their people, as FB_BUDGET."""
    known = {one.value for one in SigningOffice}
    code = node.text().removeprefix(_BUREAU_PREFIX)
    if code not in known:
        raise node.wrong("a body that approves")
    return SigningOffice(code)


def read_bands(node: Node) -> Sequence[Band]:
    """The bands of a kind: from zero upwards, and somebody has to agree in each."""
    if node.path.rpartition("/")[2] not in PAIRED_KINDS:
        raise node.wrong("the authority of a kind of adjustment")
    bands = tuple(_band(one) for one in node.items())
    amounts = [band.from_amount for band in bands]
    rising = all(before < after for before, after in pairwise(amounts))
    if not amounts or amounts[0] != ZERO or not rising:
        raise node.wrong("bands that rise from 0.00")
    return bands


def _band(node: Node) -> Band:
    bodies = tuple(read_body(one) for one in node.at("bodies").items())
    if not bodies or len(set(bodies)) != len(bodies):
        raise node.at("bodies").wrong("a list of bodies, each once and at least one")
    amount = node.at("from_yuan")
    try:
        return Band(from_amount=Money.parse(amount.text()), bodies=bodies)
    except ValueError:
        raise amount.wrong("an amount of yuan") from None
