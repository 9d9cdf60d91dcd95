"""Whatever may be asked of a ledger, so that what is asked meets what was asked before."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import commitment_commands as contract
from services.monitoring.domain.ledger.kinds import BreakKind, BreakResolution
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from shared.domain.money import Money
from tests.monitoring.stories import CLERK, LEADER, PROJECT, at, on

KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(3, 1)}
LATER: dict[str, Any] = {**KEY, "by": LEADER, "now": at(7, 1)}
WHOSE: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(3, 1)}
# Few amounts and few numbers, so that what is asked meets what was asked before.
amounts = st.sampled_from([0, 1, 2, 3, 300]).map(lambda n: Money(n * 100))
changes = st.sampled_from([-300, -2, -1, 0, 1, 2, 300]).map(lambda n: Money(n * 100))
ids = st.sampled_from("abc")
numbers = st.sampled_from("hk")
contracts = st.one_of(st.just(""), numbers)
days = st.sampled_from([on(4, 1), on(5, 1), on(1, 20).replace(year=2022)])
opening = ask.OpenLedger(**WHOSE, budget=Money(100_000), fund_type_code="", direct_fund_flag="")
fresh = st.builds(
    lambda n, kind, k, r, a, c, h, d: TreasuryLine(
        source_id=f"s/{n}",
        kind=kind,
        payment_id=k,
        return_id=r,
        amount=a,
        booked_on=d,
        recovery_id=c if kind is LineKind.RETURN else None,
        contract_no=h,
    ),
    st.integers(0, 9),
    st.sampled_from(LineKind),
    ids,
    ids,
    amounts,
    st.sampled_from([None, None, "x", "y"]),
    contracts,
    days,
)


def _repeating(told: list[TreasuryLine]) -> st.SearchStrategy[list[TreasuryLine]]:
    """A file that says some of its lines more than once, under their own place or another."""
    if not told:
        return st.just(told)
    again = st.builds(
        lambda line, n: replace(line, source_id=f"s/{n}" if n else line.source_id),
        st.sampled_from(told),
        st.integers(0, 9),
    )
    return st.lists(again, max_size=3).map(lambda more: [*told, *more])


files = st.lists(fresh, max_size=6).flatmap(_repeating)
quota = st.one_of(
    st.builds(
        lambda k, a: ask.IssueQuota(**KEY, document_no=k, amount=a, issued_on=on(2, 1)),
        ids,
        amounts,
    ),
    st.builds(
        lambda k, c: ask.AmendQuota(
            **KEY, document_no=f"t{k}", change=c, amended_on=on(3, 1), reason="r"
        ),
        ids,
        changes,
    ),
    st.builds(
        lambda k, a: ask.RecallQuota(
            **KEY, document_no=f"s{k}", amount=a, recalled_on=on(3, 1), reason="r"
        ),
        ids,
        amounts,
    ),
    st.builds(
        lambda k, a, d, s: ask.FreezeQuota(
            **KEY, freeze_id=k, amount=a, reason="r", until_on=d, suspends=s
        ),
        ids,
        amounts,
        st.sampled_from([None, on(6, 30)]),
        st.booleans(),
    ),
    st.builds(lambda k: ask.ReleaseQuota(**KEY, freeze_id=k), ids),
    st.builds(lambda k: ask.ExpireFreeze(**LATER, freeze_id=k), ids),
    st.builds(
        lambda k, a, s: ask.HoldForAdjustment(**KEY, adjustment_id=k, amount=-a, suspends=s),
        st.sampled_from("pq"),
        amounts,
        st.booleans(),
    ),
    st.builds(
        lambda k, a, b: ask.AdjustQuota(**WHOSE, adjustment_id=k, budget_before=a, budget=b),
        st.sampled_from("pq"),
        amounts,
        amounts,
    ),
    st.builds(
        lambda k, a, b: ask.UndoAdjustment(
            **WHOSE, adjustment_id=k, undone_id=f"{k}-undone", budget_before=a, budget=b
        ),
        st.sampled_from("pq"),
        amounts,
        amounts,
    ),
    st.builds(lambda k: ask.ReleaseHold(**KEY, adjustment_id=k), st.sampled_from("pq")),
    st.builds(
        lambda k, a: ask.WithdrawQuota(
            **WHOSE, recovery_id=k, amount=a, document_no="d", approved_on=on(9, 1)
        ),
        st.sampled_from("xyz"),
        amounts,
    ),
    st.builds(
        lambda k, a: ask.ExpectRefund(**WHOSE, recovery_id=k, amount=a),
        st.sampled_from("xyz"),
        amounts,
    ),
)
treasury = st.one_of(
    st.builds(lambda several: ask.BookLines(**KEY, lines=tuple(several)), files),
    st.builds(
        lambda k, a, h: ask.SettlePayment(
            **KEY, payment_id=k, amount=a, settled_on=on(3, 1), contract_no=h
        ),
        ids,
        amounts,
        contracts,
    ),
    st.builds(
        lambda k, r, a, c, d: ask.ReturnPayment(
            **KEY, payment_id=k, return_id=r, amount=a, returned_on=d, recovery_id=c
        ),
        ids,
        ids,
        amounts,
        st.sampled_from([None, "x", "y"]),
        days,
    ),
)
papers = st.one_of(
    st.builds(
        lambda kind, k, a: ask.ReportBreak(
            **KEY, kind=kind, line_id=k, amount=a, booked_on=on(4, 1)
        ),
        st.sampled_from(BreakKind),
        ids,
        amounts,
    ),
    st.builds(
        lambda kind, k, a: ask.AssignBreak(**KEY, break_id=f"{kind}:{k}:{a}", owner="o"),
        st.sampled_from(BreakKind),
        ids,
        amounts,
    ),
    st.builds(
        lambda kind, k, a, r: ask.ResolveBreak(
            **KEY, break_id=f"{kind}:{k}:{a}", resolution=r, note="n", slip_no="1"
        ),
        st.sampled_from(BreakKind),
        ids,
        amounts,
        st.sampled_from(BreakResolution),
    ),
    st.builds(
        lambda h, a: contract.RegisterCommitment(
            **KEY, contract_no=h, amount=a, supplier="s", evidence=("e",), signed_on=on(2, 2)
        ),
        numbers,
        amounts,
    ),
    st.builds(lambda h: contract.VerifyCommitment(**LATER, contract_no=h), numbers),
    st.builds(lambda h: contract.ReleaseCommitment(**KEY, contract_no=h, reason="r"), numbers),
)
commands = st.one_of(quota, treasury, papers)
