"""What people do in the policy library and the registers beside it, over HTTP."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

import httpx

from services.disclosure.main import service
from shared.deadlines import Deadlines
from shared.http.policy import Role
from shared.http.workbooks import XLSX
from tests.disclosure.first_year import KASHGAR
from tests.disclosure.world import StandingClock, World

YEAR: Final = f"region={KASHGAR}&fiscal_year=2021"
DRAFT: Final[dict[str, Any]] = {
    "policy_id": "KS-1",
    "region_code": KASHGAR,
    "layer": "ONE",
    "title": "全面实施预算绩效管理的实施意见",
    "document_no": "喀党发〔2021〕1号",
    "issuer": "中共喀什地委",
    "steps": ["TARGET", "EVALUATION"],
}
DAYS: Final = {"issued_on": "2021-01-04", "effective_on": "2021-02-01"}


class Bureau:
    """Two people of the bureau, and whatever they ask."""

    def __init__(self, here: World) -> None:
        """They act in this world."""
        self.here = here
        self.drafter = here.tokens.of(Role.FB_PERFORMANCE, subject="li")
        self.reviewer = here.tokens.of(Role.FB_LEADER, subject="wang")

    async def post(
        self, path: str, body: object, status: int = 204, who: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """A command by somebody, whatever the version; a refusal as its document."""
        headers = {**(self.drafter if who is None else who), "if-match": "*"}
        answer = await self.here.client.post(path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    async def read(self, path: str, who: Mapping[str, str], status: int = 200) -> Any:  # noqa: ANN401
        """A question of somebody with a token."""
        answer = await self.here.client.get(path, headers=dict(who))
        assert answer.status_code == status, answer.text
        return answer.json()

    async def enact(self, days: Mapping[str, str] = DAYS, **changed: object) -> str:
        """A document is drafted by one, reviewed by the other, and issued."""
        draft = {**DRAFT, **changed}
        path = f"/v1/policies/{draft['policy_id']}"
        await self.post("/v1/policies", draft, 201)
        opinion = {"passed": True, "opinion": "合法"}
        await self.post(f"{path}/review-legality", opinion, who=self.reviewer)
        await self.post(f"{path}/issue", days)
        return str(draft["policy_id"])

    async def file(self, path: str) -> bytes:
        """A list as a workbook, as everybody may have it."""
        answer = await self.here.client.get(f"{path}?{YEAR}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == XLSX
        return answer.content

    async def upload(
        self, operation: str, content: bytes, *, accept: bool = True
    ) -> dict[str, Any]:
        """A workbook is sent in, and accepted if nothing is wrong; answers the report."""
        answer = await self.here.client.post(
            f"/v1/imports?operation={operation}&accept={str(accept).lower()}",
            content=content,
            headers={**self.drafter, "content-type": XLSX},
        )
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def tomorrow(here: World, day: date) -> None:
    """Business time moves on, and what falls due by then is worked off."""
    clock = here.worker.desk.clock
    assert isinstance(clock, StandingClock)
    clock.moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    assert service.fall_due is not None
    deadlines = Deadlines(here.worker.desk, service.fall_due)
    while await deadlines.issue_next():
        pass


def anonymous(here: World, address: str = "203.0.113.7") -> httpx.AsyncClient:
    """Somebody without a login, at an address."""
    transport: Any = here.client._transport  # noqa: SLF001 - the same application
    app = transport.app
    other = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 4711))
    return httpx.AsyncClient(transport=other, base_url="http://test")
