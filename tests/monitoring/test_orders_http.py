"""Payment orders and requests to the treasury over HTTP, on the real database, with a worker."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standardwebhooks.webhooks import Webhook

from services.monitoring.api.order_examples import ORDER_EXAMPLES
from shared.http.policy import Role
from shared.webhooks.courier import Road
from shared.webhooks.keys import WebhookKeys
from tests.monitoring.stories import at
from tests.monitoring.test_reactions import REGION, UNIT, adjusted, adopted, approved, recovery
from tests.monitoring.test_year_of_a_project import people
from tests.monitoring.world import World, eventually, world
from tests.shared.receiving import receiver

type By = dict[str, dict[str, str]]
LEDGER = "/ledgers/P1/2021"
ORDER = "/payment-orders/653101-ZF1"
BATCH = "/payment-batches/653101-B1"
DRAFT: dict[str, Any] = {
    **ORDER_EXAMPLES["draft_payment_order"],
    "pay_cert_no": "ZF1",
    "project_code": "P1",
    "amount": "60.00",
}
SETTLED = {"answer": "SETTLED", "amount": "60.00", "booked_on": "2021-02-02", "bank_ref": "L1"}


def cast(told: World) -> By:
    """The treasury has two people."""
    second = told.tokens.of(Role.FB_TREASURY, region="653101", subject="second")
    other = told.tokens.of(Role.FB_TREASURY, region="653121", subject="neighbour")
    return {**people(told), "second": second, "neighbour": other}


async def opened(told: World) -> By:
    """A project with five hundred yuan."""
    await told.hear(REGION, UNIT, adopted, approved)
    by = cast(told)
    quota = {"document_no": "Q1", "amount": "500.00", "issued_on": "2021-02-01"}
    await told.post(f"{LEDGER}/issue-quota", quota, by["budget"])
    return by


async def money(told: World, by: By) -> tuple[str, str, str]:
    """What is available, held and spent."""
    ledger = await told.get(LEDGER, by["treasury"])
    return ledger["available"], ledger["frozen"], ledger["spent"]


async def problem(
    told: World, path: str, body: Mapping[str, Any] | None, by: Mapping[str, str], status: int
) -> str:
    """The type of the problem document."""
    answer = await told.post(path, body, by, status=status)
    document = answer.json()
    assert document["title"]
    return str(document["type"]).rpartition("/")[2]


async def test_an_order_from_voucher_to_booking(database: str) -> None:
    async with world(database, at(2, 1)) as told:
        by = await opened(told)
        await told.post("/payment-orders", DRAFT, by["treasury"])
        assert await money(told, by) == ("440.00", "60.00", "0.00")
        await two_pairs_of_eyes(told, by)
        await the_message_is_always_the_same(told, by)
        await the_bank_answers(told, by)
        await what_was_paid_is_recalled(told, by)
        await strangers_see_nothing(told, by)


async def two_pairs_of_eyes(told: World, by: By) -> None:
    assert await problem(told, "/payment-orders", DRAFT, by["budget"], 403) == "role-missing"
    assert (
        await problem(told, f"{ORDER}/release", None, by["treasury"], 403)
        == "releaser-drafted-order"
    )
    hold = {"freeze_id": "payment-order:653101-ZF1"}
    assert (
        await problem(told, f"{LEDGER}/release-quota", hold, by["budget"], 409) == "hold-of-order"
    )
    await told.post(f"{ORDER}/release", None, by["second"])


async def the_message_is_always_the_same(told: World, by: By) -> None:
    body = {"batch_id": "B1", "orders": ["653101-ZF1"]}
    await told.post("/payment-batches", body, by["treasury"])
    first = await told.client.get(f"/v1{BATCH}/message", headers=by["treasury"])
    assert first.headers["content-type"].startswith("application/xml")
    assert b"<EndToEndId>ZF1</EndToEndId>" in first.content
    twice = {"batch_id": "B2", "orders": ["653101-ZF1"]}
    slug = await problem(told, "/payment-batches", twice, by["treasury"], 409)
    assert slug == "order-already-sent"
    again = {"repeat_id": "1"}
    slug = await problem(told, f"{BATCH}/repeat", again, by["treasury"], 409)
    assert slug == "nothing-missing"
    await told.later(at(2, 1, 5))

    async def unknown() -> bool:
        found = await told.get("/payment-orders", by["treasury"], fiscal_year=2021)
        return [one["status"] for one in found["items"]] == ["UNKNOWN"]

    await eventually(unknown)
    await told.post(f"{ORDER}/query", {"query_id": "CX1"}, by["treasury"])
    await told.post(f"{ORDER}/hear-status", {"answer": "NOT_FOUND"}, by["treasury"])
    await told.post(f"{BATCH}/repeat", again, by["treasury"])
    second = await told.client.get(f"/v1{BATCH}/message", headers=by["treasury"])
    assert second.content == first.content
    assert await money(told, by) == ("440.00", "60.00", "0.00")


async def the_bank_answers(told: World, by: By) -> None:
    await told.post(f"{ORDER}/hear-status", SETTLED, by["treasury"])
    assert await money(told, by) == ("440.00", "0.00", "60.00")
    late = {**SETTLED, "bank_ref": "L2"}
    await told.post(f"{ORDER}/hear-status", late, by["treasury"])
    denied = {"answer": "REJECTED", "reason_code": "AC04"}
    await told.post(f"{ORDER}/hear-status", denied, by["treasury"])
    assert await money(told, by) == ("440.00", "0.00", "60.00")
    (broken,) = (await told.get("/payment-order-breaks", by["treasury"]))["items"]
    assert broken["kind"] == "REJECTED_AFTER_SETTLED"
    decide = {"break_id": broken["break_id"], "resolution": "BOOKED", "note": "x"}
    slug = await problem(told, f"{ORDER}/resolve-break", decide, by["treasury"], 409)
    assert slug == "order-break-not-bookable"
    leave = {**decide, "resolution": "REJECTED"}
    await told.post(f"{ORDER}/resolve-break", leave, by["treasury"])
    assert (await told.get("/payment-order-breaks", by["treasury"]))["items"] == []
    (payment,) = (await told.get(f"{LEDGER}/payments", by["treasury"]))["items"]
    assert (payment["payment_id"], payment["amount"]) == ("ZF1", "60.00")


async def what_was_paid_is_recalled(told: World, by: By) -> None:
    recall = {"recall_id": "CH1", "reason_code": "DUPL", "reason": "重复"}
    await told.post(f"{ORDER}/recall", recall, by["treasury"])
    for form, name in (("camt.055", b"CstmrPmtCxlReq"), ("camt.056", b"FIToFIPmtCxlReq")):
        path = f"/v1{ORDER}/recalls/CH1/message"
        message = await told.client.get(path, headers=by["treasury"], params={"form": form})
        assert name in message.content
    refused = {"recall_id": "CH1", "answer": "REFUSED", "reason_code": "CUST"}
    await told.post(f"{ORDER}/hear-recall-answer", refused, by["treasury"])
    assert (await told.get(f"{ORDER}/recalls/CH1", by["treasury"]))["status"] == "REFUSED"
    assert await money(told, by) == ("440.00", "0.00", "60.00")
    await told.post(f"{ORDER}/recall", {**recall, "recall_id": "CH2"}, by["second"])
    granted = {"recall_id": "CH2", "answer": "ACCEPTED"}
    await told.post(f"{ORDER}/hear-recall-answer", granted, by["treasury"])
    back = {"return_id": "TH1", "amount": "60.00", "returned_on": "2021-02-03"}
    await told.post(f"{ORDER}/hear-return", back, by["treasury"])
    assert await money(told, by) == ("500.00", "0.00", "0.00")
    assert (await told.get(ORDER, by["treasury"]))["status"] == "RETURNED"


async def strangers_see_nothing(told: World, by: By) -> None:
    for who in ("stranger", "neighbour"):
        answer = await told.client.get(f"/v1{ORDER}", headers=by[who])
        assert answer.status_code == 404
    assert (await told.client.get(f"/v1{BATCH}", headers=by["neighbour"])).status_code == 404
    foreign = {"batch_id": "B9", "orders": ["653101-ZF1"]}
    slug = await problem(told, "/payment-batches", foreign, by["neighbour"], 404)
    assert slug == "not-found"


async def test_requests_are_pulled_pushed_and_answered(database: str, tmp_path: Path) -> None:
    keys = WebhookKeys(b"a key of this installation")
    road = Road(keys=keys, network="private")
    closed = {"webhook_network": "private", "webhook_key": keys.master.decode()}
    async with (
        receiver() as listening,
        world(database, at(2, 1), road, data_dir=tmp_path, **closed) as told,
    ):
        by = await opened(told)
        url = f"http://127.0.0.1:{listening.port}/abacus"
        types = ["monitoring.TreasuryRequestOpened.v1"]
        body = {"url": url, "event_types": types}
        made = await told.post("/webhooks", body, by["treasury"])
        secret = made.json()["secret"]
        again = await told.post("/webhooks", body, by["treasury"])
        assert (again.json()["id"], again.json()["secret"]) == (made.json()["id"], None)
        freeze = {"freeze_id": "DJ1", "amount": "100.00", "reason": "合同争议"}
        await told.post(f"{LEDGER}/freeze-quota", freeze, by["budget"])
        reduction = {
            "adjustment_id": "A1",
            "project_code": "P1",
            "fiscal_year": 2021,
            "kind": "REDUCTION",
            "amount": "200.00",
            "reason": "招标节约",
        }
        await told.post("/adjustments", reduction, by["head"])
        await told.hear(adjusted, recovery("CURRENT_YEAR_REFUND"))
        await told.settled()
        requests = await pulled(told, by, 4)
        assert sorted(one["kind"] for one in requests) == ["FREEZE", "FREEZE", "RECOVER", "REDUCE"]

        async def pushed() -> bool:
            return len(listening.got) == 4

        await eventually(pushed)
        data = [Webhook(secret).verify(one.body, dict(one.headers)) for one in listening.got]
        assert {one["data"]["request_id"] for one in data} == {r["request_id"] for r in requests}
        await answered(told, by, requests)
        await the_deliveries_are_shown(told, by, made.json()["id"])


async def pulled(told: World, by: By, count: int) -> list[dict[str, Any]]:
    """The list of requests, once there are so many."""
    found: list[dict[str, Any]] = []

    async def there() -> bool:
        found[:] = (await told.get("/treasury-requests", by["treasury"]))["items"]
        return len(found) == count

    await eventually(there)
    return found


async def answered(told: World, by: By, requests: list[dict[str, Any]]) -> None:
    """Pulled by position, acknowledged, executed, refused; never answered otherwise."""
    first, second, *others = requests
    rest = await told.get("/treasury-requests", by["treasury"], after=first["position"])
    assert [one["request_id"] for one in rest["items"]] == [
        second["request_id"],
        *(one["request_id"] for one in others),
    ]
    path = f"/treasury-requests/{first['request_id']}"
    await told.post(f"{path}/acknowledge", None, by["treasury"])
    done = {"cur_amt": "400.00", "adj_batch_no": "TZ1"}
    assert await problem(told, f"{path}/execute", done, by["head"], 403) == "role-missing"
    await told.post(f"{path}/execute", done, by["treasury"])
    await told.post(f"{path}/refuse", {"reason": "无法执行"}, by["treasury"], status=409)
    other = f"/treasury-requests/{second['request_id']}"
    await told.post(f"{other}/refuse", {"reason": "无法执行"}, by["treasury"])

    async def seen() -> bool:
        one = await told.get(path, by["treasury"])
        two = await told.get(other, by["treasury"])
        return (one["status"], two["status"]) == ("EXECUTED", "REFUSED")

    await eventually(seen)
    assert (await told.get(path, by["treasury"]))["adj_batch_no"] == "TZ1"
    still = await told.get("/treasury-requests", by["treasury"], status="OPEN")
    assert [one["request_id"] for one in still["items"]] == [one["request_id"] for one in others]


async def the_deliveries_are_shown(told: World, by: By, webhook_id: str) -> None:
    path = f"/webhooks/{webhook_id}"
    shown = await told.get(path, by["treasury"])
    assert "secret" not in shown
    assert shown["public_key"].startswith("whpk_")
    log = (await told.get(f"{path}/deliveries", by["treasury"], status="DELIVERED"))["items"]
    assert [one["attempts"] for one in log] == [1, 1, 1, 1]
    tries = await told.get(f"{path}/deliveries/{log[0]['number']}/attempts", by["treasury"])
    assert [one["answered"] for one in tries["items"]] == [204]
    assert (await told.client.get(f"/v1{path}", headers=by["neighbour"])).status_code == 404
    rotated = await told.post(f"{path}/rotate-key", None, by["treasury"], status=200)
    assert rotated.json()["secret"].startswith("whsec_")
    assert rotated.json()["public_key"] != shown["public_key"]


async def test_what_cannot_be_registered_names_the_field(database: str) -> None:
    async with world(database, at(2, 1)) as told:
        by = cast(told)
        types = ["monitoring.TreasuryRequestOpened.v1"]
        for url in ("http://hooks.example.cn/", "https://127.0.0.1/", "https://a:b@x.cn/"):
            body = {"url": url, "event_types": types}
            answer = await told.post("/webhooks", body, by["treasury"], status=422)
            assert answer.json()["errors"][0]["pointer"] == "/url"
        body = {"url": "https://hooks.example.cn/", "event_types": ["targets.X.v1"]}
        answer = await told.post("/webhooks", body, by["treasury"], status=422)
        assert answer.json()["errors"][0]["pointer"] == "/event_types/0"
        await told.post("/webhooks", {**body, "event_types": types}, by["clerk"], status=403)
