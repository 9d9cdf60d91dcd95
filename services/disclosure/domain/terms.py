"""The legal terms of disclosure in a region and a fiscal year, as heard from the rule set."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain.values import Channel, days_after, lineage, next_month
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import add_workdays

CATEGORY: Final = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Days until each channel falls due; the month's report on a day of the next month."""

    with_budget_days: int
    with_final_accounts_days: int
    key_report_working_days: int
    monthly_day: int
    rule_set_version: int = 0
    comment_answer_working_days: int = 15  # default of the product (D)

    def due_on(self, channel: Channel, starts_on: date, region_code: str) -> date:
        """The last day of a term that starts on this day."""
        match channel:
            case Channel.WITH_BUDGET:
                return days_after(starts_on, self.with_budget_days)
            case Channel.WITH_FINAL_ACCOUNTS:
                return days_after(starts_on, self.with_final_accounts_days)
            case Channel.KEY_EVALUATION:
                return add_workdays(starts_on, self.key_report_working_days, region_code)
            case Channel.MONTHLY:
                return next_month(starts_on, self.monthly_day)
            case _:
                assert_never(channel)


STATUTORY: Final = Terms(
    with_budget_days=20,  # Budget Law art. 14
    with_final_accounts_days=20,  # Budget Law art. 14
    key_report_working_days=20,  # `domain` §10, default of the product
    monthly_day=10,  # `domain` §10, default of the product
)
"""What binds before any rule set was heard: the law, and the product's defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnTerms:
    """A version of the rule set binds a region and a fiscal year."""

    region_code: str
    fiscal_year: int
    terms: Terms
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsLearnt:
    """From now on these terms are counted with."""

    region_code: str
    fiscal_year: int
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The terms in force; `None` before any was heard."""

    region_code: str = ""
    terms: Terms | None = None


def reference(region_code: str, fiscal_year: int) -> Reference:
    """Where the terms of a region and a fiscal year are kept."""
    return Reference(CATEGORY, f"{region_code}-{fiscal_year}")


def references(region_code: str, fiscal_year: int) -> tuple[Reference, ...]:
    """Where terms that bind a region may be kept: its own first, then its superiors'."""
    return tuple(reference(code, fiscal_year) for code in lineage(region_code))


def binding(states: tuple[object, ...]) -> Terms:
    """The nearest terms that are known, or the statutory ones."""
    known = (state.terms for state in states if isinstance(state, Known) and state.terms)
    return next(known, STATUTORY)


def decide(command: LearnTerms, known: Known) -> list[TermsLearnt]:
    """An older version never replaces a newer one."""
    match command:
        case LearnTerms(terms=terms):
            if known.terms and terms.rule_set_version <= known.terms.rule_set_version:
                return []
            return [
                TermsLearnt(
                    region_code=command.region_code, fiscal_year=command.fiscal_year, terms=terms
                )
            ]
        case _:
            assert_never(command)


def evolve(known: Known, event: TermsLearnt) -> Known:
    """Remember the terms."""
    return replace(known, region_code=event.region_code, terms=event.terms)


def _identify(command: LearnTerms) -> str:
    return reference(command.region_code, command.fiscal_year).id


def _owner(known: Known) -> Owner | None:
    return Owner(region_code=known.region_code) if known.terms else None


decider: Final[Decider[LearnTerms, TermsLearnt, Known]] = Decider(
    category=CATEGORY,
    initial=Known(),
    commands=(LearnTerms,),
    events={"TermsLearnt": TermsLearnt},
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
