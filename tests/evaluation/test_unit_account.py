"""What was only moved to the unit's own account is not executed, unless the rules say so (§4.4)."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.findings import notice
from services.evaluation.domain.findings.words import Finding
from services.evaluation.domain.recomputing import Basis, examined
from services.evaluation.domain.watched import (
    NoteOnUnitAccount,
    OnUnitAccountNoted,
    Watched,
    watched_decider,
)
from services.evaluation.main import service as EVALUATION  # noqa: N812 - a constant
from services.evaluation.reactions import react
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount
from services.monitoring.main import service as MONITORING  # noqa: N812 - a constant
from shared.contracts import monitoring
from shared.domain.money import ZERO
from shared.testing.spec import Spec
from tests.evaluation.story import ADOPTED, NOW, PROJECT, RULES, yuan
from tests.evaluation.test_findings import report
from tests.evaluation.test_reactions import PROJECT_YEAR, heard
from tests.recoveries.saga import NOW as OCTOBER
from tests.recoveries.saga import founded

watched = Spec(watched_decider)


def note(amount: int, version: int) -> NoteOnUnitAccount:
    return NoteOnUnitAccount(
        project_code="P1",
        fiscal_year=2021,
        amount=yuan(amount),
        version=version,
        by="monitoring",
        now=NOW,
    )


def test_the_ledgers_word_is_kept_once_and_a_late_one_is_old() -> None:
    (command,) = react(heard(monitoring.UnitAccountNoted(**PROJECT_YEAR, total=yuan(90)), 7))
    assert isinstance(command, NoteOnUnitAccount)
    watched.when(command).then(OnUnitAccountNoted(amount=yuan(90), version=7))
    known = watched.given().after(note(90, 7))
    known.when(note(90, 8)).then_nothing()
    known.when(note(80, 7)).then_nothing()
    known.when(note(0, 9)).then(OnUnitAccountNoted(amount=ZERO, version=9))


@pytest.mark.parametrize(
    ("counts", "rate", "low"), [(False, Decimal("0.78"), True), (True, Decimal("0.98"), False)]
)
def test_it_counts_as_spent_where_the_rule_set_says_so(
    counts: bool,  # noqa: FBT001 - a rule
    rate: Decimal,
    low: bool,  # noqa: FBT001 - what is found
) -> None:
    steps = {**RULES["execution_score"], "count_unit_transfer": counts}
    text = json.dumps({**RULES, "execution_score": steps})
    rules = replace(ADOPTED, text=text).rule_set
    known = Watched(paid=yuan(490), on_unit_account=yuan(100))
    case = examined(Basis(project=PROJECT, report=report(), watched=known), rules)
    assert case.machine.execution_rate == rate
    found = [one.finding for one in notice(case, rules)]
    assert (Finding.LOW_EXECUTION in found) is low


async def test_it_is_noted_in_the_ledger_and_heard_here() -> None:
    world = await founded(EVALUATION, MONITORING)
    of: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": "bank", "now": OCTOBER}
    told = NoteUnitAccount(**of, payment_id="Z1", amount=yuan(60), document_no="对账单")
    await world.monitoring.ask(told, by="bank", now=OCTOBER)
    await world.rest()
    known = await world.evaluation.state("watched-P1-2021")
    assert (known.paid, known.on_unit_account) == (yuan(210), yuan(60))
    await world.applied_again()
    assert (await world.evaluation.state("watched-P1-2021")) == known
