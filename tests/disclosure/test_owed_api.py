"""Over HTTP: balance, calendar, what is late and withheld, replies, history, archives."""

from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.disclosure.domain.content import canonical
from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, first_year, first_year_here
from tests.disclosure.settled import settle
from tests.disclosure.test_api import ITEM, post
from tests.disclosure.world import World, world

QUERY = f"region={KASHGAR}&fiscal_year=2021"
REPLY = {
    "kind": "BUDGET",
    "replied_by": "FINANCE",
    "region_code": KASHGAR,
    "department_code": "D1",
    "fiscal_year": 2021,
    "replied_on": "2021-03-01",
    "document_no": "喀财预〔2021〕1号",
}


async def balance_of(here: World, by: str, more: str = "") -> dict[str, Any]:
    """The balance, struck for units, departments or regions."""
    found: dict[str, Any] = await here.get(f"/v1/disclosures/balance?{QUERY}&by={by}{more}")
    assert found["balanced"]
    for row in (*found["rows"], found["total"]):
        assert row["owed"] == row["published"] + row["withheld"] + row["open"], row
    return found


async def test_the_balance_holds_for_every_unit_department_and_region(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        struck = {by: await balance_of(here, by) for by in ("unit", "department", "region")}
        totals = [
            (one["total"]["owed"], one["total"]["published"], one["total"]["withheld"])
            for one in struck.values()
        ]
        assert len(set(totals)) == 1
        listed = await here.get(f"/v1/disclosures?{QUERY}&limit=1000")
        told = [one for one in listed["items"] if one["status"] == "PUBLISHED"]
        assert totals[0] == (len(listed["items"]), len(told), 1)
        own = await balance_of(here, "unit", "&unit=653100001")
        assert {row["unit_code"] for row in own["rows"]} == {"653100001"}
        earlier = await balance_of(here, "region", "&as_of=2021-01-01")
        assert earlier["total"]["owed"] == 0


async def test_daily_work_that_is_told_item_by_item_is_no_fifth_channel(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        owed = (await here.get(f"/v1/disclosures?{QUERY}&kind=RECOVERY_SUMMARY"))["items"]
        where = owed[0]["region_code"]
        first, second = (
            here.tokens.of(Role.FB_PERFORMANCE, region=where, subject=who) for who in ("li", "wu")
        )
        await post(here, f"/v1/disclosures/{owed[0]['item_id']}/prepare", {}, first)
        told = {"opinion": "可公开"}
        await post(here, f"/v1/disclosures/{owed[0]['item_id']}/publish", told, second)
        figures = await here.figures(KASHGAR, 2021)
        assert figures["F32"] == "4"
        channels = (await here.get(f"/v1/disclosures/channels?{QUERY}"))["channels"]
        [monthly] = [one for one in channels if one["channel"] == "MONTHLY"]
        listed = (await here.get(f"/v1/disclosures?{QUERY}&limit=1000"))["items"]
        daily = [one for one in listed if one["channel"] == "MONTHLY"]
        months = (await here.get(f"/v1/bulletins?{QUERY}&limit=1000"))["items"]
        issued = [one for one in months if one["issued_on"]]
        assert monthly["owed"] == len(months) + len(daily)
        assert monthly["published"] == len(issued) + 1


async def test_the_calendar_counts_down_and_the_late_are_listed_with_their_age(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        plan = await here.get(f"/v1/disclosures/calendar?{QUERY}&as_of=2022-07-01")
        [day] = [one for one in plan["days"] if one["kind"] == "TARGET"]
        assert (day["due_on"], day["days_left"], day["overdue"]) == ("2021-02-25", -491, 1)
        months = [one for one in plan["days"] if one["kind"] == "MONTHLY"]
        assert (len(months), plan["next_due_on"], plan["overdue"]) == (12, None, 13)
        [kind, *_] = (await here.get(f"/v1/disclosures/coverage?{QUERY}"))["kinds"]
        assert (kind["open"], kind["next_due_on"]) == (1, None)
        assert (kind["oldest_overdue_on"], kind["oldest_overdue_days"]) == ("2021-02-25", 491)
        late = await here.get(f"/v1/disclosures/overdue?{QUERY}")
        assert [(one["item_id"], one["age_days"]) for one in late["items"]] == [
            ("TARGET-A-2021", 491)
        ]
        assert (await here.get(f"/v1/disclosures/overdue?{QUERY}&kind=RANKING"))["items"] == []


async def test_a_reply_moves_the_terms_of_its_department(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        bureau = here.tokens.of(Role.FB_BUDGET, subject="wang")
        assert (await here.get(ITEM))["due_on"] == "2021-02-25"
        await post(here, "/v1/budget-replies", REPLY, bureau, 201)
        await settle(here)
        assert (await here.get(ITEM))["due_on"] == "2021-03-16"
        await post(here, "/v1/budget-replies", REPLY, bureau, 201)
        told = await here.get(f"/v1/budget-replies?{QUERY}")
        assert [(one["reply_id"], one["replied_on"], one["version"]) for one in told["items"]] == [
            ("BUDGET-D1-2021", "2021-03-01", 1)
        ]
        department = here.tokens.of(Role.DEPT_HEAD, department="D1", subject="zhao")
        refused = await post(here, "/v1/budget-replies", REPLY, department, 403)
        assert str(refused["type"]).endswith("/department-replied-for-finance")
        early = {**REPLY, "replied_by": "DEPARTMENT", "replied_on": "2021-02-01"}
        refused = await post(here, "/v1/budget-replies", early, department, 422)
        assert refused["errors"][0]["pointer"] == "/replied_on"  # type: ignore[index] # a problem
        foreign = here.tokens.of(Role.DEPT_HEAD, department="D2", subject="qian")
        later = {**early, "replied_on": "2021-03-05"}
        await post(here, "/v1/budget-replies", later, foreign, 404)
        await post(here, "/v1/budget-replies", later, department, 201)
        await settle(here)
        assert (await here.get(ITEM))["due_on"] == "2021-03-20"


async def test_a_withholding_names_a_ground_of_the_law_and_is_signed(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        body = {"legal_basis": "领导要求", "authority": "某局", "expires_on": "2023-12-31"}
        refused = await post(here, f"{ITEM}/withhold", body, bureau, 422)
        assert str(refused["type"]).endswith("/legal-basis-unknown")
        await post(here, f"{ITEM}/withhold", {**body, "legal_basis": "STATE_SECRET"}, bureau)
        [row] = (await here.get(f"/v1/disclosures/withheld?{QUERY}"))["items"]
        assert row["legal_basis"] == "预算法第十四条（涉及国家秘密）"
        key = await here.get("/v1/disclosures/withheld/key")
        one = await here.get("/v1/disclosures/withheld/TARGET-A-2021")
        assert one == row
        assert verified(row, key["x"])
        assert not verified({**row, "signed": {**row["signed"], "authority": "别的局"}}, key["x"])
        balance = await balance_of(here, "unit")
        assert (balance["total"]["withheld"], balance["total"]["open"]) == (1, 0)
        await settle(here)
        told = await here.get("/v1/feed.json")
        words = [one["_abacus"] for one in told["items"]]
        [word] = [one for one in words if one["event_type"].endswith(".DisclosureWithheld.v1")]
        assert word["data"]["protects"] == "STATE_SECRET"


def verified(row: dict[str, Any], x: str) -> bool:
    """What anybody can do with the register and the key."""
    header, _, signature = row["signature"].partition("..")
    body = _encoded(canonical(row["signed"]).encode())
    try:
        Ed25519PublicKey.from_public_bytes(_decoded(x)).verify(
            _decoded(signature), f"{header}.{body}".encode()
        )
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return False
    return True


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _encoded(raw: bytes) -> str:
    from base64 import urlsafe_b64encode  # noqa: PLC0415 - a verifier's own

    return urlsafe_b64encode(raw).decode().rstrip("=")


async def test_the_life_of_an_item_is_public_and_its_people_are_not(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        unit = here.tokens.of(Role.UNIT_BUSINESS, unit=A.unit, subject="li")
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        await post(here, f"{ITEM}/prepare", {"supplement": {"note": "无"}}, unit)
        told = {"opinion": "可公开", "url": "https://x.gov.cn/1", "file_sha256": "ab" * 32}
        await post(here, f"{ITEM}/publish", told, bureau)
        fix = {"fields": {"annual_goal": "修渠12公里"}, "reason": "录入错误"}
        await post(here, f"{ITEM}/correct", fix, bureau)
        await post(here, f"{ITEM}/archive", {}, bureau)
        await post(here, f"{ITEM}/archive", {}, bureau)
        refused = await post(here, f"{ITEM}/correct", fix, bureau, 409)
        assert str(refused["type"]).endswith("/item-archived-already")
        shown = await here.get(ITEM)
        assert (shown["status"], shown["column"], shown["file_sha256"]) == (
            "ARCHIVED",
            "预算绩效公开专栏",
            "ab" * 32,
        )
        assert shown["published_at"].startswith("2022-07-01T02:00:00")
        await settle(here)
        life = (await here.get(f"{ITEM}/history"))["items"]
        assert [one["fact"] for one in life] == [
            "ItemOwed", "ItemPublished", "ItemCorrected", "ItemArchived",
        ]  # fmt: skip
        assert life[2]["detail"]["changes"] == [
            {"pointer": "/annual_goal", "before": "修渠10公里", "after": "修渠12公里"}
        ]
        assert "wang" not in str(life)
        await here.get("/v1/disclosures/TARGET-Z-2021/history", 404)


async def test_what_seems_personal_stops_the_publication_until_it_is_looked_at(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        unit = here.tokens.of(Role.UNIT_BUSINESS, unit=A.unit, subject="li")
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        stray = await post(here, f"{ITEM}/prepare", {"supplement": {"owner": "某"}}, unit, 422)
        assert stray["errors"][0]["pointer"] == "/supplement/owner"  # type: ignore[index] # a problem
        await post(here, f"{ITEM}/prepare", {"supplement": {"note": "电话13800138000"}}, unit)
        refused = await post(here, f"{ITEM}/publish", {"opinion": "可公开"}, bureau, 409)
        assert str(refused["type"]).endswith("/personal-data-found")
        assert "/content/note" in str(refused)
        accepted = {"opinion": "单位热线，可公开", "accepted": ["/content/note"]}
        await post(here, f"{ITEM}/publish", accepted, bureau)
        fields = await here.get("/v1/disclosures/fields")
        kinds = {one["kind"]: one for one in fields["kinds"]}
        assert "annual_goal" in kinds["TARGET"]["facts"]
        assert "explanation" in kinds["SELF_EVALUATION"]["beside"]
