"""Which stream a command is about, what its decision is taken on, and whose thing comes of it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

import msgspec
import pytest

from services.monitoring.domain.adjustment import commands as adjusting
from services.monitoring.domain.beneficiary import commands as people
from services.monitoring.domain.idleness import FindIdleMoney, Idleness
from services.monitoring.domain.key_fund import commands as funds
from services.monitoring.domain.key_fund.values import DirectFundFlag, FundKind
from services.monitoring.domain.letterbook import EnterLetter
from services.monitoring.domain.letterfile import PrepareLetter
from services.monitoring.domain.linkage.linkage import RecordLinkageProject
from services.monitoring.domain.manifest import DECIDERS
from services.monitoring.domain.payment_order import commands as orders
from services.monitoring.domain.payment_order.batch import SendPaymentBatch
from services.monitoring.domain.record import commands as records
from services.monitoring.domain.roster import Roster
from services.monitoring.domain.round_words import CloseRound, PlanRound
from services.monitoring.domain.treasury_request import ExecuteTreasuryRequest
from services.monitoring.domain.warning import commands as warnings
from services.monitoring.domain.watch import ArrangeNodes, OpenWatch
from shared.domain.decider import AnyDecider, Owner
from shared.domain.roll import Roll
from tests.evolution.samples import fact_sample
from tests.monitoring.stories import CLERK, PROJECT, at, on, yuan
from tests.monitoring.test_key_fund_industry import PLANNED

EVERY: Final[tuple[AnyDecider, ...]] = DECIDERS
SAID: Final[Mapping[str, object]] = {
    "project_code": "P1",
    "fiscal_year": 2021,
    "region_code": "653101",
    "county": "653101",
    "place_code": "653101100",
    "unit_code": "U1",
    "project": PROJECT,
    "node": "M05",
    "warning_id": "W1",
    "adjustment_id": "A1",
    "batch_id": "B1",
    "finding_id": "F1",
    "fund_id": "I1",
    "order_id": "O1",
    "order_ids": ("O1", "O2"),
    "orders": ("O1", "O2"),
    "request_id": "R1",
    "reveal_id": "L1",
    "subject": "zhang",
    "pages_id": "653101-ab",
    "statement_id": "ICBC-M1",
    "system": "ICBC",
    "message_id": "M1",
    "until_on": on(6, 1),
    "pay_cert_no": "K1",
    "fund_name": "农业生产发展资金",
    "superior_document_no": "喀财农〔2021〕6号",
    "direct_fund_flag": DirectFundFlag.CENTRAL,
    "kind": FundKind.GENERAL,
    "amount": yuan(1),
    "received_on": on(3, 10),
    "planned": PLANNED,
    "by": CLERK,
    "now": at(6, 1),
}
"""What the commands of these stories say, by the name of the field; nothing else matters here."""
STREAMS: Final[Mapping[str, str]] = {
    "region": "653101",
    "unit": "U1",
    "rules": "653101-2021",
    "watch": "P1-2021",
    "ledger": "P1-2021",
    "round": "653101-2021-M05",
    "record": "P1-2021-M05",
    "warning": "W1",
    "letterbook": "653101-2021",
    "letterfile": "W1",
    "adjustment": "A1",
    "adjustment_desk": "P1-2021",
    "duty": "P1-2021",
    "roster": "653101-2021",
    "idleness": "P1-2021",
    "pages": "653101-ab",
    "tieout": "653101-2021-06-01",
    "treasury_request": "R1",
    "quotalink": "P1-2021",
    "fundfinding": "F1",
    "beneficiaries": "P1-2021",
    "reveal": "L1",
    "subject": "zhang",
    "linkage": "P1-2021",
    "payment_batch": "B1",
}
"""The stream of every command of a category."""
SEVERAL: Final[Mapping[str, frozenset[str]]] = {
    "keyfund": frozenset({"B1", "3c452119c45b5758a815"}),
    "payment_order": frozenset({"O1", "653101-K1"}),
    "industryfund": frozenset({"I1", "C1"}),
}
"""Those whose first command is named otherwise: by a fingerprint, a number, a county."""
RULES: Final = ("rules-653101-2021", "rules-653100-2021", "rules-650000-2021")
PROJECT_NOW: Final = ("watch-P1-2021", "ledger-P1-2021", *RULES)
PARTS: Final = (*PROJECT_NOW, "duty-P1-2021")
EARLIER: Final = tuple(f"round-653101-{year}-M05" for year in (2020, 2019, 2018))
LETTER: Final = ("letterbook-653101-2021", "region-653101")
LEDGER: Final = ("ledger-P1-2021",)
CONSULTED: Final[Mapping[type, tuple[str, ...]]] = {
    OpenWatch: ("unit-U1", *RULES),
    ArrangeNodes: RULES,
    PlanRound: RULES,
    CloseRound: ("roster-653101-2021",),
    records.FileForecast: PROJECT_NOW,
    records.RunPreAnalysis: (*PROJECT_NOW, *EARLIER),
    records.OpenCollection: PROJECT_NOW,
    records.EnterMonitoring: PARTS,
    records.ConfirmExecution: PARTS,
    records.SubmitMonitoring: PARTS,
    records.VerifyMonitoring: PROJECT_NOW,
    records.ReturnMonitoring: PROJECT_NOW,
    records.ReviewMonitoring: PROJECT_NOW,
    records.MissMonitoring: PROJECT_NOW,
    warnings.RaiseWarning: ("watch-P1-2021", *RULES),
    warnings.IssueLetter: LETTER,
    warnings.CorrectLetter: LETTER,
    EnterLetter: ("warning-W1",),
    PrepareLetter: ("warning-W1",),
    adjusting.ProposeReceiving: LEDGER,
    FindIdleMoney: PROJECT_NOW,
    orders.DraftPaymentOrder: RULES,
    funds.ReceiveFund: RULES,
    funds.IssueFund: LEDGER,
    funds.LinkQuota: LEDGER,
    people.RecordBeneficiary: LEDGER,
    people.RevealData: ("beneficiaries-P1-2021",),
    people.EraseSubject: ("beneficiaries-P1-2021",),
    RecordLinkageProject: (*LEDGER, *RULES),
}
"""What is looked up for a decision; no other command looks anything up beforehand."""
ELSEWHERE: Final = (adjusting.ProposeAdjustment, SendPaymentBatch)
"""What these look up depends on more than a name: told in the stories of their own."""


def said(command: type[Any]) -> Any:  # noqa: ANN401 - any command
    """The command as these stories say it."""
    return command(**{one.name: SAID.get(one.name) for one in fields(command) if one.init})


def by_id(decider: AnyDecider) -> str:
    return decider.category


@pytest.mark.parametrize("decider", [one for one in EVERY if one.category in STREAMS], ids=by_id)
def test_every_command_goes_to_the_stream_of_its_thing(decider: AnyDecider) -> None:
    streams = {decider.stream(said(command)) for command in decider.commands}
    assert streams == {f"{decider.category}-{STREAMS[decider.category]}"}


@pytest.mark.parametrize("decider", [one for one in EVERY if one.category in SEVERAL], ids=by_id)
def test_a_command_names_its_thing_where_the_first_one_names_it_otherwise(
    decider: AnyDecider,
) -> None:
    streams = {decider.stream(said(command)) for command in decider.commands}
    assert streams == {f"{decider.category}-{name}" for name in SEVERAL[decider.category]}


@pytest.mark.parametrize("decider", EVERY, ids=by_id)
def test_a_decision_is_taken_on_what_these_streams_say(decider: AnyDecider) -> None:
    commands = [one for one in decider.commands if one not in ELSEWHERE]
    looked_up = {one: tuple(r.stream for r in decider.consults(said(one))) for one in commands}
    assert looked_up == {one: CONSULTED.get(one, ()) for one in commands}


def told(decider: AnyDecider) -> Any:  # noqa: ANN401 - any state
    """The state after the fact with which a thing of this kind begins."""
    first = next(iter(decider.events.values()))
    return decider.evolve(
        decider.initial, msgspec.convert(fact_sample(first, "full"), first, strict=False)
    )


AROUND: Final = (
    *("ledger-code-2021", "record-code-2021-M08", "watch-code-2021"),
    *("rules-653100-2021", "rules-650000-2021"),
)
REFERRED: Final[Mapping[type, tuple[str, ...]]] = {
    warnings.IssueLetter: AROUND,
    warnings.CorrectLetter: AROUND,
    warnings.VerifyRectification: AROUND,
    warnings.FailRectification: AROUND,
    warnings.TakeMeasure: AROUND,
    ExecuteTreasuryRequest: ("ledger-code-2021",),
    people.PublishBeneficiaries: ("rules-653100-2021", "rules-650000-2021"),
}
"""What only the thing itself names: its project, and the rules of its region and year."""


@pytest.mark.parametrize(
    "decider",
    [one for one in EVERY if one.category in {"warning", "treasury_request", "beneficiaries"}],
    ids=by_id,
)
def test_a_decision_knows_of_the_project_of_its_thing(decider: AnyDecider) -> None:
    state = told(decider)
    found = {
        one: tuple(r.stream for r in decider.refers(said(one), state, ()))
        for one in decider.commands
    }
    assert found == {one: REFERRED.get(one, ()) for one in decider.commands}
    assert not any(decider.refers(said(one), decider.initial, ()) for one in decider.commands)


def test_a_round_is_closed_on_what_every_project_of_its_roster_promised_and_reported() -> None:
    (closing,) = (one for one in EVERY if one.category == "round")
    roster = Roster(region_code="653101", fiscal_year=2021, projects=Roll.of("P1", "P2"))
    found = closing.refers(said(CloseRound), closing.initial, (roster,))
    assert [one.stream for one in found] == [
        "watch-P1-2021",
        "record-P1-2021-M05",
        "watch-P2-2021",
        "record-P2-2021-M05",
    ]
    assert not closing.refers(said(PlanRound), closing.initial, (roster,))


def test_lying_money_is_looked_at_beside_the_warning_that_was_given_last() -> None:
    (looking,) = (one for one in EVERY if one.category == "idleness")
    (found,) = looking.refers(said(FindIdleMoney), Idleness(warning_id="W9"), ())
    assert found.stream == "warning-W9"
    assert not looking.refers(said(FindIdleMoney), Idleness(), ())


OF_A_UNIT: Final = Owner(
    region_code="653100", department_code="653100101", unit_code="653100101001"
)
OF_A_REGION: Final = Owner(region_code="653100")
REGIONS_OWN: Final = frozenset(
    {"region", "rules", "round", "roster", "letterbook", "statement", "pages", "tieout"}
    | {"payment_batch", "keyfund", "quotalink"}
)
NOBODYS: Final = frozenset({"reveal", "subject"})
"""A look and an erased key have no owner: who may ask is decided by the line that is asked for."""


@pytest.mark.parametrize("decider", EVERY, ids=by_id)
def test_a_thing_is_its_units_or_its_regions_and_nobodys_before_it_begins(
    decider: AnyDecider,
) -> None:
    owner = OF_A_REGION if decider.category in REGIONS_OWN else OF_A_UNIT
    if decider.category == "duty":
        owner = Owner(region_code="653100", unit_code="653100101001")
    assert decider.owner(decider.initial) is None
    assert decider.owner(told(decider)) == (None if decider.category in NOBODYS else owner)
