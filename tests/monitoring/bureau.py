"""A county bureau that takes files in: the service alive, one project with its quota."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from shared.http.policy import Role
from tests.monitoring.stories import at
from tests.monitoring.test_reactions import REGION, UNIT, adopted, approved
from tests.monitoring.world import World, world

FILES: Final = "/v1/treasury-files"
XML: Final = "application/xml"
CSV: Final = "text/csv"
NDJSON: Final = "application/x-ndjson"
HEAD: Final = (
    "voucher_no,pay_cert_no,ori_pay_cert_no,pro_code,fiscal_year,xpay_amt,xpay_date,"
    "agent_business_no,use_des,is_dir_code\n"
)

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bureau:
    """Who sends files, and what they see."""

    told: World
    treasury: Mapping[str, str]
    budget: Mapping[str, str]
    clerk: Mapping[str, str]

    async def send(
        self, content: bytes, kind: str = XML, *, status: int = 201, **query: str
    ) -> Json:
        """Send a file; what it would do."""
        headers = {**self.treasury, "content-type": kind}
        asked = {"system": "ICBC", **query}
        answer = await self.told.client.post(FILES, headers=headers, params=asked, content=content)
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        return found

    async def accept(self, file: Json, status: int = 200) -> Json:
        """Make it true."""
        place = f"{FILES}/{file['id']}/accept"
        answer = await self.told.client.post(place, headers=dict(self.treasury))
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        return found

    async def book(self, content: bytes, kind: str = XML, **query: str) -> Json:
        """Send and accept."""
        return await self.accept(await self.send(content, kind, status=201, **query))

    async def ask(self, path: str, **query: Any) -> Any:  # noqa: ANN401 - JSON is what it is
        """Read something."""
        return await self.told.get(path, self.treasury, **query)

    async def act(self, path: str, body: Json, status: int = 0) -> httpx.Response:
        """Do something as the treasury."""
        return await self.told.post(path, body, self.treasury, status)


def outcomes(file: Json) -> list[tuple[str, str]]:
    """How each line ends, and why."""
    return [(line["outcome"], line["reason"]) for line in file["lines"]]


@asynccontextmanager
async def bureau(database: str, *, quota: str = "500.00") -> AsyncIterator[Bureau]:
    """Until the story is told."""
    async with world(database, at(3, 2)) as told:
        of, county = told.tokens.of, {"region": "653101"}
        here = Bureau(
            told,
            of(Role.FB_TREASURY, **county, subject="treasury"),
            of(Role.FB_BUDGET, **county, subject="budget"),
            of(Role.FB_PERFORMANCE, **county, subject="clerk"),
        )
        await told.hear(REGION, UNIT, adopted, approved)
        document = {"document_no": "Q1", "amount": quota, "issued_on": "2021-02-01"}
        await told.post("/ledgers/P1/2021/issue-quota", document, here.budget)
        yield here
