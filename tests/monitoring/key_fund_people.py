"""The people and the persons of the stories about key funds."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx

from services.monitoring.domain.beneficiary.identity import ID_CHECKS, ID_WEIGHTS
from shared.http.policy import Role
from shared.http.workbooks import NDJSON
from tests.monitoring.test_reactions import REGION, UNIT, adopted, approved
from tests.monitoring.world import World

COUNTY: Final = "653101"
PREFECTURE: Final = "653100"
DIRECT: Final = approved.model_copy(update={"direct_fund_flag": "01"})
type Headers = Mapping[str, str]


def id_number(serial: int) -> str:
    """An identity number nobody has: born on a day of 1890, with a right check digit."""
    body = f"65310118900101{serial:03}"
    total = sum(int(one) * weight for one, weight in zip(body, ID_WEIGHTS, strict=True))
    return body + ID_CHECKS[total % len(ID_CHECKS)]


def by(told: World, role: Role, region: str = COUNTY, **more: Any) -> Headers:  # noqa: ANN401
    """Somebody who holds a role."""
    return told.tokens.of(role, region=region, subject=f"{role}-{region}".lower(), **more)


def beneficiary(serial: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """One line of the real-name ledger."""
    usual: dict[str, Any] = {
        "project_code": "P1",
        "fiscal_year": 2021,
        "payment_id": "Z1",
        "line_id": f"{serial:04}",
        "month": "2021-06",
        "place_code": "653101100",
        "payee_kind": "PERSON",
        "counting": "HOUSEHOLD",
        "persons": 3,
        "amount": "1.00",
        "name": f"王{serial}",
        "number": id_number(serial),
    }
    return {**usual, **more}


async def a_county_with_money(told: World) -> None:
    """A direct-fund project of the county with quota and one payment of 60 yuan."""
    await told.hear(REGION, UNIT, adopted, DIRECT)
    quota = {"document_no": "Q1", "amount": "300.00", "issued_on": "2021-03-25"}
    await told.post("/ledgers/P1/2021/issue-quota", quota, by(told, Role.FB_BUDGET))
    line = {"payment_id": "Z1", "amount": "60.00", "settled_on": "2021-06-10"}
    await told.post("/ledgers/P1/2021/settle-payment", line, by(told, Role.FB_TREASURY))


async def sent(
    told: World, operation: str, content: bytes, who: Headers, kind: str = NDJSON
) -> httpx.Response:
    """An upload that is accepted at once where every line is good."""
    return await told.client.post(
        "/v1/imports",
        params={"operation": operation, "accept": "true"},
        headers={**who, "content-type": kind},
        content=content,
    )


def ndjson(bodies: Sequence[Mapping[str, Any]]) -> bytes:
    """Command lines."""
    return b"".join(json.dumps({"body": body}).encode() + b"\n" for body in bodies)
