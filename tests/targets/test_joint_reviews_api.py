"""A joint review over HTTP on a real database, and the grade that can be traced to it."""

from typing import Any, Final

from shared.http.policy import Role
from tests.targets.town import POINTS, Town

SESSION: Final = "/joint-reviews/HS2021.01"
PLAN: Final[dict[str, Any]] = {
    "joint_review_id": "HS2021.01",
    "region_code": "653101",
    "fiscal_year": 2021,
    "held_on": "2021-01-20",
    "agenda": ["P1-2021"],
    "members": [
        {"person": "fb_performance", "seat": "SECTION", "of": "绩效科"},
        {"person": "fb_budget", "seat": "SECTION", "of": "预算科"},
        {"person": "expert", "seat": "EXPERT", "of": "教育工程"},
    ],
    "chair": "fb_performance",
}
MINUTES: Final = {"minutes": "同意。", "decisions": {"P1-2021": {"stance": "SUPPORT"}}}
SUPPORT: Final = {"target_id": "P1-2021", "stance": "SUPPORT"}


async def sitting(town: Town) -> None:
    """A session sits on a target that waits for its grade."""
    await town.founded()
    await town.registered()
    await town.checked()
    await town.done(Role.FB_PERFORMANCE, "/joint-reviews", PLAN)
    await town.done(Role.FB_PERFORMANCE, f"{SESSION}/open")


async def test_a_grade_can_be_traced_to_what_every_member_said(real_town: Town) -> None:
    town = real_town
    await sitting(town)
    await town.done(Role.FB_PERFORMANCE, f"{SESSION}/record-opinion", SUPPORT)
    await town.done(Role.FB_BUDGET, f"{SESSION}/record-opinion", {**SUPPORT, "points": POINTS})
    amend = {"target_id": "P1-2021", "stance": "AMEND", "text": "数量指标应分解"}
    await town.done(Role.EXPERT, f"{SESSION}/record-opinion", amend)
    await town.done(Role.FB_PERFORMANCE, f"{SESSION}/adopt-minutes", MINUTES)
    graded = {"points": POINTS, "joint_review_id": "HS2021.01"}
    await town.done(Role.FB_PERFORMANCE, "/targets/P1-2021/grade", graded)
    await town.worker_done()
    why = await town.read("/targets/P1-2021/explanation", role=Role.UNIT_HEAD)
    session = why["joint_review"]
    assert [(one["stance"], one["text"]) for one in session["opinions"]] == [
        ("AMEND", "数量指标应分解"),
        ("SUPPORT", ""),
        ("SUPPORT", ""),
    ]
    assert session["decision"] == {"stance": "SUPPORT", "text": ""}
    assert why["points"] == POINTS
    told = {step["name"]: step["value"] for step in why["steps"]}
    assert (told["score"], told["grade"], told["status"]) == ("92.00", "EXCELLENT", "READY")
    facts = {one["fact"] for one in why["inputs"]}
    assert {"TargetGraded", "JointReviewMinutesAdopted", "RuleSetAdopted"} <= facts


async def test_a_session_is_read_with_its_opinions_and_minutes(real_town: Town) -> None:
    town = real_town
    await sitting(town)
    for role in (Role.FB_PERFORMANCE, Role.FB_BUDGET):
        await town.done(role, f"{SESSION}/record-opinion", SUPPORT)
    await town.done(Role.FB_PERFORMANCE, f"{SESSION}/adopt-minutes", MINUTES)
    one = await town.read(SESSION)
    assert (one["status"], one["minutes"], len(one["opinions"])) == ("CONCLUDED", "同意。", 2)
    assert one["members"][2]["seat"] == "EXPERT"
    listed = await town.read("/joint-reviews", fiscal_year=2021, status="CONCLUDED")
    assert [row["joint_review_id"] for row in listed["items"]] == ["HS2021.01"]
    assert (await town.read("/joint-reviews", fiscal_year=2022))["items"] == []
    stranger = town.by(Role.FB_PERFORMANCE, "653121")
    assert (await town.client.get(f"/v1{SESSION}", headers=stranger)).status_code == 404
    unit = town.by(Role.UNIT_HEAD)
    assert (await town.client.get(f"/v1{SESSION}", headers=unit)).status_code == 403


async def test_who_has_no_seat_says_nothing_and_only_the_chair_concludes(real_town: Town) -> None:
    town = real_town
    await sitting(town)
    for role, path, body, problem in (
        (Role.FB_BUSINESS, "record-opinion", SUPPORT, "not-member-of-session"),
        (Role.FB_BUDGET, "adopt-minutes", MINUTES, "not-the-chair"),
        (Role.UNIT_HEAD, "record-opinion", SUPPORT, "role-missing"),
    ):
        answer = await town.ask(role, f"{SESSION}/{path}", body)
        assert (answer.status_code, answer.json()["type"].rsplit("/", 1)[1]) == (403, problem)
    alone = await town.ask(Role.FB_PERFORMANCE, f"{SESSION}/adopt-minutes", MINUTES)
    assert (alone.status_code, alone.json()["type"].rsplit("/", 1)[1]) == (409, "quorum-missing")
    few = {**PLAN, "joint_review_id": "HS2021.02", "members": PLAN["members"][:2]}
    answer = await town.ask(Role.FB_PERFORMANCE, "/joint-reviews", few)
    assert answer.json()["errors"][0]["pointer"] == "/members"
    other_county = await town.ask(
        Role.FB_PERFORMANCE, f"{SESSION}/record-opinion", SUPPORT, region="653121"
    )
    assert other_county.status_code == 404
