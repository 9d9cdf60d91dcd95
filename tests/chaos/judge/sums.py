"""Money and read models, recomputed from the events and compared to the fen.

Each comparison is a sum over events (or over words that were said) against the rows of one
read model: a fact that was folded twice or not at all shows in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.chaos.judge.effects import Asked
from tests.chaos.judge.store import Store, read_sums
from tests.chaos.judge.verdict import Verdict

SIGN: Final = {"PaymentSettled": 1, "PaymentReturned": -1}


def check_intake(asked: Mapping[str, Asked], store: Store, verdict: Verdict) -> None:
    """What is booked once is booked to the fen as it was sent; twice is told elsewhere."""
    booked: dict[str, list[int]] = defaultdict(list)
    for stream, name, data in store.told():
        if name in SIGN:
            line = data["payment_id" if name == "PaymentSettled" else "return_id"]
            booked[f"{line}/{name}"].append(data["amount"]["fen"])
        elif "coins" in data:
            booked[f"{stream}/{name}"].append(data["coins"])
    once = {mark: amounts[0] for mark, amounts in booked.items() if len(amounts) == 1}
    sent = {one.mark: one.fen for one in asked.values() if one.fen and one.mark in once}
    verdict.compare("balance", "amount", sent, {mark: once[mark] for mark in sent})


async def check_sums(
    stores: Mapping[str, Store], urls: Mapping[str, str], verdict: Verdict
) -> None:
    """The read models of the four services that the load writes to."""
    for kind, name, service, query, expected in _expectations(stores):
        verdict.compare(kind, name, expected, await read_sums(urls[service], query))


type Expectation = tuple[str, str, str, str, Counter[Any]]


def _expectations(stores: Mapping[str, Store]) -> Iterator[Expectation]:
    paid = _by_project(stores["monitoring"])
    yield (
        "balance", "ledger_statement", "monitoring",
        "SELECT project_code, fiscal_year, paid_fen + returned_fen FROM ledger_statement", paid,
    )  # fmt: skip
    yield (
        "balance", "project_watch", "disclosure",
        "SELECT project_code, fiscal_year, paid_fen FROM project_watch", paid,
    )  # fmt: skip
    yield (
        "balance", "payment_list", "monitoring",
        "SELECT payment_id, sum(amount_fen) FROM payment_list GROUP BY 1",
        _lines(stores["monitoring"], "PaymentSettled", "payment_id"),
    )  # fmt: skip
    yield (
        "balance", "return_list", "monitoring",
        "SELECT return_id, sum(amount_fen) FROM return_list GROUP BY 1",
        _lines(stores["monitoring"], "PaymentReturned", "return_id"),
    )  # fmt: skip
    yield (
        "balance", "monitoring_statistics", "monitoring",
        "SELECT region_code, fiscal_year, spent_fen FROM monitoring_statistics",
        _by_region(stores["monitoring"]),
    )  # fmt: skip
    payments: Counter[Any] = Counter(
        (data["project"]["region_code"], data["project"]["fiscal_year"])
        for _, name, data in stores["monitoring"].told()
        if name == "PaymentSettled"
    )
    yield (
        "projection", "monitoring_statistics payments", "monitoring",
        "SELECT region_code, fiscal_year, payments FROM monitoring_statistics", payments,
    )  # fmt: skip
    units = _created(stores["targets"], "UnitRegistered")
    for service in ("targets", "disclosure"):
        query = "SELECT unit_code, count(*) FROM unit_register GROUP BY 1"
        yield "projection", "unit_register", service, query, units
    yield (
        "projection", "case_register", "evaluation",
        "SELECT case_id, count(*) FROM case_register GROUP BY 1",
        _created(stores["evaluation"], "CaseOpened"),
    )  # fmt: skip
    yield (
        "projection", "training_register", "disclosure",
        "SELECT session_id, version FROM training_register",
        Counter(s.partition("-")[2] for s, _, _ in stores["disclosure"].told()
                if s.startswith("training-")),
    )  # fmt: skip


def _by_project(store: Store) -> Counter[Any]:
    paid: Counter[Any] = Counter()
    for _, name, data in store.told():
        if name in SIGN:
            project = data["project"]
            place = project["code"], project["fiscal_year"]
            paid[place] += SIGN[name] * data["amount"]["fen"]
    return paid


def _by_region(store: Store) -> Counter[Any]:
    spent: Counter[Any] = Counter()
    for _, name, data in store.told():
        if name in SIGN:
            project = data["project"]
            place = project["region_code"], project["fiscal_year"]
            spent[place] += SIGN[name] * data["amount"]["fen"]
    return spent


def _lines(store: Store, fact: str, line: str) -> Counter[Any]:
    amounts: Counter[Any] = Counter()
    for _, name, data in store.told():
        if name == fact:
            amounts[data[line]] += data["amount"]["fen"]
    return amounts


def _created(store: Store, fact: str) -> Counter[Any]:
    return Counter(stream.partition("-")[2] for stream, name, _ in store.told() if name == fact)
