"""What happens in region A before B is copied from it, by service."""

from typing import Any, Final

from shared.eventstore import EventStore
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.authority.doors import House
from tests.authority.scripts import LETTERS
from tests.authority.two_regions import Story, client_of
from tests.authority.walks import CROWD
from tests.authority.writing import bodies
from tests.evaluation.county import County
from tests.targets.test_authorisation import BODIES, DELEGATION
from tests.targets.test_joint_reviews_api import PLAN
from tests.targets.town import Town


async def _promised(house: House, store: EventStore) -> None:
    async with client_of(house) as client:
        town = Town(client, house.tokens, store, house.app.state.runtime.handling)
        await town.founded()
        await town.registered(is_new=True)
        await town.assessed()
        await town.checked()
        await town.done(Role.FB_PERFORMANCE, "/joint-reviews", PLAN)
        await town.done(Role.UNIT_FINANCE, "/budget-requests", BODIES["request_budget"])
        await town.done(Role.UNIT_HEAD, "/delegations", DELEGATION)


async def _judged(house: House, store: EventStore) -> None:
    async with client_of(house) as client:
        county = County(client, house.tokens, store)
        await county.founded()
        await county.accepted()
        await county.appraised()
        await county.recovered()
        await county.booked()
        await county.cut()
        case = {"case_id": "C1", "unit_code": "U1", "subject": "自评虚高", "clue": "两个项目虚高"}
        await county.ask(Role.FB_SUPERVISION, "/cases", {**case, "opened_on": "2022-03-01"})


async def _watched(house: House, store: EventStore) -> None:
    """One warning to its end, and whatever else the examples of the documents begin."""
    async with client_of(house) as client:
        served = Api(
            app=house.app,
            client=client,
            store=store,  # type: ignore[arg-type]  # the same promises
            tokens=house.tokens,
            handling=house.app.state.runtime.handling,
            codec=house.manifest.aggregates.codec,
        )
        it = await LETTERS.begin(served)
        for number, act in enumerate(LETTERS.acts[3:]):
            body = act.body(it) if callable(act.body) else act.body
            await _ask(served, act.path.format(it=it), body, act.roles[0], CROWD[number % 7])
        money: dict[str, Any] = {one.door.operation: one for one in bodies(house)}
        ledger = "/ledgers/P1/2021"
        quota = {"document_no": "Q1", "amount": "3000000.00", "issued_on": "2021-02-01"}
        await _ask(served, f"{ledger}/issue-quota", quota, Role.FB_BUDGET, "budget")
        for operation, role in (
            ("settle_payment", Role.FB_TREASURY), ("return_payment", Role.FB_TREASURY),
            ("freeze_quota", Role.FB_BUDGET), ("register_commitment", Role.UNIT_FINANCE),
            ("report_break", Role.FB_TREASURY), ("draft_payment_order", Role.FB_TREASURY),
            ("propose_adjustment", Role.FB_BUDGET),
        ):  # fmt: skip
            one = money[operation]
            path = one.door.path.removeprefix("/v1").replace("{project_code}", "P1")
            path = path.replace("{fiscal_year}", "2021")
            await _ask(served, path, one.example, role, "treasury")


async def _ask(served: Api, path: str, body: object, role: Role, subject: str) -> None:
    """Somebody tries; what is refused leaves nothing, and B's row of it is made up instead."""
    token = served.tokens.of(role, subject=subject, **LETTERS.place)
    key = f"{subject}-{abs(hash(path)):x}-0000"
    headers = {**token, "if-match": "*", "idempotency-key": key}
    await served.client.post(f"/v1{path}", json=body or {}, headers=headers)


LIVES: Final[dict[str, Story]] = {
    "targets": _promised,
    "monitoring": _watched,
    "evaluation": _judged,
}
