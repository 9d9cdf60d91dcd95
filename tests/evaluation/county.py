"""The people of one county, each with a token of their own, and what they ask for."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import httpx

from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation, Project
from services.evaluation.domain.unit import NoteApprovedBudget, RegisterUnit
from services.evaluation.domain.watched import NotePaid
from services.evaluation.main import service
from shared.asking import Ask
from shared.eventstore import EventStore
from shared.handling import Handling
from shared.http.policy import Role
from shared.testing.tokens import Tokens
from tests.evaluation.story import (
    DEPT,
    LOW,
    NOW,
    PROJECT,
    REGION,
    UNIT,
    reports,
    yuan,
)
from tests.evaluation.test_records import adopt

TOLD_CAUSE: Final = {
    "code": LOW.code.value,
    "text": LOW.text,
    "measure": LOW.measure,
    "objective": str(LOW.objective),
    "subjective": str(LOW.subjective),
    "due_on": "2022-06-30",
    "owner": LOW.owner,
}
REPORT: Final[dict[str, Any]] = {
    "reports": [
        {
            "indicator_id": one.indicator_id,
            "evidence": list(one.evidence),
            **({"value": str(one.value)} if one.value is not None else {}),
            **({"attainment": "MET", "share": "0.95"} if one.attainment else {}),
            **({"cause": TOLD_CAUSE} if one.cause else {}),
        }
        for one in reports()
    ],
    "prepared_by_business": "李",
    "prepared_by_finance": "王",
    "self_score": "93.89",
}
LINKS: Final = {
    "organisation": 8,
    "ex_ante": 5,
    "targets": 10,
    "monitoring": 10,
    "evaluation": 10,
    "application": 5,
    "disclosure": 4,
    "training_publicity": 2,
}


@dataclass(slots=True)
class County:
    """One county: its offices, and a service that they ask."""

    client: httpx.AsyncClient
    tokens: Tokens
    store: EventStore

    def by(self, role: Role, subject: str = "") -> dict[str, str]:
        """The token of whoever holds a role here; every role is another person."""
        name = subject or role.value.lower()
        return self.tokens.of(role, region=REGION, unit="*", department=DEPT, subject=name)

    async def ask(
        self, role: Role, path: str, body: object = None, *, subject: str = "", key: str = ""
    ) -> httpx.Response:
        """A command, whatever the version of the thing."""
        headers = {**self.by(role, subject), "if-match": "*"}
        headers["idempotency-key"] = key or f"{path}-{role}-{subject}-{hash(str(body))}"
        return await self.client.post(f"/v1{path}", json=body or {}, headers=headers)

    async def done(
        self, role: Role, path: str, body: object = None, *, subject: str = ""
    ) -> httpx.Response:
        """A command that must not be refused."""
        answer = await self.ask(role, path, body, subject=subject)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:800]}"
        return answer

    async def read(self, path: str, role: Role = Role.FB_PERFORMANCE, **query: object) -> Any:  # noqa: ANN401 - JSON
        """What a reader is shown."""
        params = {name: str(value) for name, value in query.items()}
        answer = await self.client.get(f"/v1{path}", params=params, headers=self.by(role))
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:800]}"
        return answer.json()

    async def heard(self, *commands: object) -> None:
        """What other services said, as the commands it leads to."""
        handling = Handling(service.aggregates, self.store)
        for command in commands:
            ask = Ask(
                commands=(command,),
                actor="abacus|evaluation",
                unit="",
                now=datetime.now(UTC),
                correlation_id="heard",
                causation_id="heard",
            )
            await handling.handle(ask)

    async def founded(self, project: Project = PROJECT, paid: int = 410) -> None:
        """Rules, unit, target and payments are known."""
        common: dict[str, Any] = {"by": "abacus", "now": NOW}
        where: dict[str, Any] = {
            "project_code": project.project_code,
            "fiscal_year": project.fiscal_year,
        }
        await self.heard(
            adopt(1),
            RegisterUnit(
                unit_code=UNIT,
                name="交通局",
                region_code=REGION,
                department_code=DEPT,
                **common,
            ),
            OpenSelfEvaluation(project=project, **common),
            NoteApprovedBudget(unit_code=UNIT, budget=project.budget, **where, **common),
            NotePaid(paid=yuan(paid), **where, **common),
        )

    async def accepted(self) -> None:
        """The self-evaluation of V1 stands."""
        one = "/self-evaluations/P1-2021"
        await self.done(Role.UNIT_HEAD, f"{one}/submit", REPORT)
        await self.done(Role.DEPT_REVIEWER, f"{one}/audit")
        await self.done(Role.FB_PERFORMANCE, f"{one}/accept")

    async def appraised(self) -> None:
        """The unit was judged poor for 2021."""
        links = [{"link": name, "score": str(points)} for name, points in LINKS.items()]
        body = {"subject_code": UNIT, "fiscal_year": 2021, "subject": "BUDGET_UNIT"}
        await self.done(Role.FB_BUSINESS, "/appraisals", {**body, "links": links})
        await self.done(Role.FB_LEADER, f"/appraisals/{UNIT}-2021/conclude")

    async def recovered(self) -> None:
        """50 of the unspent 90 are approved to be taken back."""
        body = {
            "recovery_id": "P1-2021-1",
            "project_code": "P1",
            "fiscal_year": 2021,
            "reason": "LOW_EXECUTION",
            "route": "PRIOR_YEAR_PAYMENT",
            "amount": "500000.00",
            "basis": "结余资金",
        }
        one = "/recoveries/P1-2021-1"
        notice = {"document_no": "收〔2021〕1号", "answer_by": "2100-01-01"}
        await self.done(Role.FB_BUSINESS, "/recoveries", body)
        await self.done(Role.FB_BUSINESS, f"{one}/notify", notice)
        await self.done(Role.UNIT_HEAD, f"{one}/answer", {"agrees": True})
        await self.done(Role.FB_BUDGET, f"{one}/approve", {"document_no": "准〔2021〕1号"})

    async def booked(self, day: str = "2021-11-03") -> None:
        """The pay-in slip came."""
        slip = {
            "entry": "slip-1",
            "amount": "500000.00",
            "document_no": "缴〔2021〕1号",
            "confirmation_no": "国库〔2021〕77号",
            "booked_on": day,
        }
        await self.done(Role.FB_TREASURY, "/recoveries/P1-2021-1/book", slip)

    async def cut(self) -> None:
        """A new application is cut for a poor project of 2020."""
        prior = {
            "project_code": "P0",
            "name": "老项目",
            "fiscal_year": 2020,
            "unit_code": UNIT,
            "score": "52.00",
            "grade": "POOR",
            "document_no": "绩评〔2021〕1号",
            "told_on": "2021-06-30",
        }
        proposal = {
            "cut_id": "P9-2022",
            "project_code": "P9",
            "project_name": "新项目",
            "budget_year": 2022,
            "basis_project_code": "P0",
            "basis_fiscal_year": 2020,
            "requested": "10000000.00",
            "amount": "4000000.00",
            "similarity": "同单位同功能科目",
        }
        notice = {"document_no": "调〔2021〕1号", "answer_by": "2100-01-01"}
        await self.done(Role.FB_PERFORMANCE, "/prior-results", prior)
        await self.done(Role.FB_BUSINESS, "/budget-cuts", proposal)
        await self.done(Role.FB_BUSINESS, "/budget-cuts/P9-2022/notify", notice)
        await self.done(Role.UNIT_HEAD, "/budget-cuts/P9-2022/answer", {"agrees": True})
        await self.done(Role.FB_BUDGET, "/budget-cuts/P9-2022/confirm")

    async def told(self) -> None:
        """A superior gave a rank and a score."""
        rank = {
            "scheme": "XJ_COMPREHENSIVE",
            "period": "2021H1",
            "subject": "653100",
            "level": "region",
            "rank": 3,
            "document_no": "新财绩〔2021〕1号",
            "told_on": "2021-08-01",
            "issuing_body": "自治区财政厅",
            "scope": "综合考核",
        }
        score = {
            "fund": "RURAL_LINKAGE",
            "kind": "TARGET_REVIEW",
            "fund_year": 2021,
            "subject": "653100",
            "score": "95.94",
            "rank": 2,
            "document_no": "新财农〔2021〕2号",
            "told_on": "2021-08-01",
            "issuing_body": "自治区财政厅",
            "scope": "综合考核",
        }
        await self.done(Role.FB_PERFORMANCE, "/external-rankings", rank)
        await self.done(Role.FB_PERFORMANCE, "/external-scores", score)
