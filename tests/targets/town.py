"""The people of one county, each with a token of their own, and what they ask for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from services.targets.main import service
from services.targets.projections.manifest import PROJECTIONS
from shared.asking import Ask
from shared.eventstore import CursorMove, EventStore, Transaction
from shared.handling import Handling
from shared.http.policy import Role
from shared.testing.tokens import Tokens
from tests.targets.assessments import DIMENSIONS
from tests.targets.stories import (
    CONTENT,
    DEPARTMENT,
    EXCELLENT_POINTS,
    REGION_CODE,
    RULES,
    UNIT_CODE,
)

SECOND_GOAL: Final = "为九个乡镇中学购置理化实验设备360套，设备合格率98%以上，惠及学生4800人。"
PERSONS: Final = {"business": "阿依古丽", "finance": "王芳", "head": "李强"}
POINTS: Final = {item.value: str(points) for item, points in EXCELLENT_POINTS.items()}


def _notes(indicator_id: str) -> Mapping[str, object]:
    """What the good target says besides about an indicator."""
    proof = CONTENT.proofs[indicator_id]
    notes: dict[str, object] = {
        "obtain_method": proof.obtain_method,
        "data_source": proof.data_source,
        "evidence": list(proof.evidence),
        "levels": CONTENT.levels.get(indicator_id, {}),
    }
    if costing := CONTENT.costings.get(indicator_id):
        notes["costing"] = {
            "unit_cost": str(costing.unit_cost),
            "quantity": str(costing.quantity),
        }
    return notes


INDICATORS: Final = [
    {
        "indicator_id": i.indicator_id,
        "level1": i.level1.value,
        "level2": i.level2.value,
        "name": i.name,
        "operator": i.operator.value,
        "target_value": None if i.target_value is None else str(i.target_value),
        "unit": i.unit,
        "weight": str(i.weight),
        "cumulative": i.cumulative,
        "milestones": {node: str(value) for node, value in i.milestones.items()},
        "is_core": i.is_core,
        **_notes(i.indicator_id),
    }
    for i in CONTENT.indicators
]


@dataclass(slots=True)
class Town:
    """One county: its offices, and a service that they ask."""

    client: httpx.AsyncClient
    tokens: Tokens
    store: EventStore | None = None
    handling: Handling | None = None

    def by(self, role: Role, region: str = REGION_CODE, name: str = "") -> dict[str, str]:
        """The token of whoever holds a role here; every role is another person."""
        subject = name or role.value.lower()
        return self.tokens.of(role, region=region, unit="*", department=DEPARTMENT, subject=subject)

    async def ask(
        self,
        role: Role,
        path: str,
        body: object = None,
        *,
        region: str = REGION_CODE,
        name: str = "",
    ) -> httpx.Response:
        """A command, whatever the version of the thing."""
        headers = {**self.by(role, region, name), "if-match": "*"}
        return await self.client.post(f"/v1{path}", json=body, headers=headers)

    async def done(
        self,
        role: Role,
        path: str,
        body: object = None,
        *,
        region: str = REGION_CODE,
        name: str = "",
    ) -> httpx.Response:
        """A command that must not be refused."""
        answer = await self.ask(role, path, body, region=region, name=name)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:800]}"
        return answer

    async def read(self, path: str, role: Role = Role.FB_PERFORMANCE, **query: object) -> Any:  # noqa: ANN401
        """What a reader is shown."""
        params = {name: str(value) for name, value in query.items()}
        answer = await self.client.get(f"/v1{path}", params=params, headers=self.by(role))
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:800]}"
        return answer.json()

    async def imported(
        self, role: Role, operation: str, rows: Sequence[object], *, region: str = REGION_CODE
    ) -> Any:  # noqa: ANN401
        """Many commands of one operation as one file."""
        answer = await self.client.post(
            "/v1/imports",
            params={"operation": operation, "accept": "true"},
            content="\n".join(json.dumps(row) for row in rows),
            headers={**self.by(role, region), "content-type": "application/x-ndjson"},
        )
        assert answer.is_success, answer.text[:2000]
        return answer.json()

    async def it_is(self, day: str) -> None:
        """Business time is the morning of a day in Kashgar; it only goes forward."""
        moment = {"now": f"{day}T10:00:00+08:00"}
        answer = await self.client.post("/v1/clock", json=moment, headers=self.by(Role.FB_LEADER))
        assert answer.is_success, answer.text

    async def heard(self, *commands: object, now: datetime) -> None:
        """What another service said has become these commands."""
        assert self.handling is not None
        for command in commands:
            ask = Ask(
                commands=(command,),
                actor="another service",
                unit="",
                now=now,
                correlation_id="heard",
                causation_id="heard",
            )
            await self.handling.handle(ask)

    async def founded(self) -> None:
        """Region, unit and rules exist."""
        prefecture = {"region_code": "653100", "name": "喀什地区"}
        await self.done(Role.FB_PERFORMANCE, "/regions", prefecture, region="653100")
        county = {"region_code": REGION_CODE, "name": "喀什市", "parent_code": "653100"}
        await self.done(Role.FB_PERFORMANCE, "/regions", county, region="653100")
        await self.done(
            Role.COUNTY_FB,
            "/units",
            {
                "unit_code": UNIT_CODE,
                "name": "教育局",
                "region_code": REGION_CODE,
                "department_code": DEPARTMENT,
                "department_name": "教育局",
            },
        )
        rules = {"region_code": REGION_CODE, "fiscal_year": 2021, "rules": RULES}
        await self.done(Role.FB_PERFORMANCE, "/rule-sets", rules)
        basis = {"legal_basis": "喀财绩〔2021〕1号"}
        await self.done(Role.FB_LEADER, f"/rule-sets/{REGION_CODE}-2021/adopt", basis)

    async def registered(self, code: str = "P1", **more: object) -> None:
        """A project exists."""
        await self.done(Role.UNIT_BUSINESS, "/projects", project_body(code, **more))

    async def reported(
        self, code: str = "P1", *, target: Mapping[str, object] | None = None
    ) -> str:
        """The report of the project was handed in, with the draft of its target."""
        await self.done(Role.UNIT_BUSINESS, "/targets", target or target_body(code))
        await self.done(Role.UNIT_HEAD, "/ex-ante-assessments", report_body(code))
        return f"/ex-ante-assessments/{code}-2021"

    async def assessed(
        self, code: str = "P1", *, target: Mapping[str, object] | None = None
    ) -> None:
        """The project was included with 92.10 points and cut by 600,000."""
        one = await self.reported(code, target=target)
        await self.done(Role.DEPT_REVIEWER, f"{one}/review", {})
        for role, each in ((Role.THIRD_PARTY_LEAD, "18.24"), (Role.EXPERT, "18.60")):
            await self.done(role, f"{one}/score", {"points": dict.fromkeys(DIMENSIONS, each)})
        lines = [{"line": "设备费", "amount": "600000.00", "reason": "超标准"}]
        await self.done(Role.FB_BUSINESS, f"{one}/reduce", {"kind": "PARTIAL_CUT", "lines": lines})
        await self.done(Role.FB_PERFORMANCE, f"{one}/conclude")

    async def checked(self, code: str = "P1") -> str:
        """The target of the project waits for its grade."""
        await self.done(Role.UNIT_BUSINESS, "/targets", target_body(code))
        one = f"/targets/{code}-2021"
        await self.confirmed(one)
        await self.done(Role.UNIT_HEAD, f"{one}/submit", {})
        await self.done(Role.DEPT_REVIEWER, f"{one}/review", {})
        await self.done(Role.FB_BUSINESS, f"{one}/check", {})
        return one

    async def graded(self, code: str = "P1") -> str:
        """The target of the project waits for its budget."""
        one = await self.checked(code)
        await self.done(Role.FB_PERFORMANCE, f"{one}/grade", {"points": POINTS})
        return one

    async def approved(self, code: str = "P1") -> str:
        """The target of the project binds with 7,400,000 yuan."""
        one = await self.graded(code)
        await self.done(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})
        return one

    async def confirmed(self, one: str) -> None:
        """Both offices stand by their part of a target."""
        await self.done(Role.UNIT_BUSINESS, f"{one}/confirm", {"office": "BUSINESS"})
        await self.done(Role.UNIT_FINANCE, f"{one}/confirm", {"office": "FINANCE"})

    async def wait(self, days: int) -> None:
        """Days pass."""
        now = datetime.fromisoformat((await self.client.get("/v1/clock")).json()["now"])
        later = {"now": (now + timedelta(days=days)).isoformat()}
        await self.done(Role.SYS_ADMIN, "/clock", later)

    async def worker_done(self) -> None:
        """The worker has numbered the facts and folded the later read models."""
        assert self.store is not None
        while (await self.store.sequence()).taken:
            pass
        for later in PROJECTIONS:
            if later.inline or later.project is None:
                continue
            before = await self.store.cursor(later.name)
            entries = await self.store.read_ledger(before, 10_000)
            codec = service.aggregates.codec
            changes = [c for e in entries for c in later.project(codec.decode(e.event, e.position))]
            move = CursorMove(later.name, before, entries[-1].position)
            await self.store.commit(Transaction(changes=changes, cursors=[move]))


def project_body(code: str, **more: object) -> Mapping[str, object]:
    """A project of 8,000,000 yuan."""
    return {
        "project_code": code,
        "name": "校舍维修改造",
        "fiscal_year": 2021,
        "region_code": REGION_CODE,
        "unit_code": UNIT_CODE,
        "requested": "8000000.00",
        "responsible": PERSONS,
        "kind": "REPAIR",
        **more,
    }


def report_body(code: str) -> Mapping[str, object]:
    """An ex-ante report."""
    return {
        "project_code": code,
        "fiscal_year": 2021,
        "goal": "改善就学条件",
        "statements": dict.fromkeys(DIMENSIONS, "依据充分。"),
        "evidence": [{"name": "事前绩效评估报告.pdf", "sha256": "0" * 64}],
    }


def target_body(code: str) -> Mapping[str, object]:
    """A target without errors; the second project of the unit promises something else."""
    return {
        "project_code": code,
        "fiscal_year": 2021,
        "annual_goal": SECOND_GOAL if code == "P2" else CONTENT.annual_goal,
        "indicators": INDICATORS,
    }
