"""The parts that all messages share: parties, accounts, banks, what a payment is for."""

from collections.abc import Mapping
from typing import Final

from services.monitoring.api.bank.outgoing.writing import Node
from services.monitoring.projections.payment_orders import PaymentOrderRow

TEXT_CHARACTERS_MAX: Final = 35  # Max35Text
CURRENCY: Final = "CNY"
_CLEARING: Final = "CNAPS"


def office(region_code: str) -> list[Node]:
    """The finance bureau of a region, by the region's code."""
    return [("Id", [("OrgId", [("Othr", [("Id", region_code)])])])]


def party(account: Mapping[str, str]) -> list[Node]:
    """Whose account it is."""
    return [("Nm", account["name"])]


def account_of(account: Mapping[str, str]) -> list[Node]:
    """The account by its number."""
    return [("Id", [("Othr", [("Id", account["number"])])])]


def bank_of(account: Mapping[str, str]) -> list[Node]:
    """The bank of an account, by its number in the national clearing system."""
    member: list[Node] = [("ClrSysId", [("Cd", _CLEARING)]), ("MmbId", account["bank_no"])]
    return [("FinInstnId", [("ClrSysMmbId", member)])]


def remittance(row: PaymentOrderRow) -> list[Node]:
    """What the payment is for: the purpose as text, where it belongs in the budget as documents.

    A number longer than the message allows goes on in a further document of the same type.
    """
    numbers = {
        "CERT": row.pay_cert_no if row.pay_cert_no != row.end_to_end_id else "",
        "PRO": row.project_code,
        "BGT": row.codes["bgt_id"],
        "FY": str(row.fiscal_year),
        "FUNC": row.codes["exp_func_code"],
        "GOVECO": row.codes["gov_bgt_eco_code"],
        "DEPECO": row.codes["dep_bgt_eco_code"],
        "FUND": row.fund_type_code,
        "DIR": row.direct_fund_flag,
    }
    documents: list[Node] = [
        ("RfrdDocInf", [("Tp", [("CdOrPrtry", [("Prtry", kind)])]), ("Nb", part)])
        for kind, number in numbers.items()
        for part in _parts(number)
    ]
    text: list[Node] = [("Ustrd", row.purpose)] if row.purpose else []
    return [*text, ("Strd", documents)]


def _parts(number: str) -> list[str]:
    size = TEXT_CHARACTERS_MAX
    return [number[start : start + size] for start in range(0, len(number), size)]
