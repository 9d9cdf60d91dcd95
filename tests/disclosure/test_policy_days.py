"""The policy library over HTTP: any day may be asked for; the clock brings things into force."""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.disclosure.library_acts import DAYS, DRAFT, YEAR, Bureau, tomorrow
from tests.disclosure.world import world

COVERAGE = f"/v1/policies/step-coverage?{YEAR}"
WIDE = "".join(chr(0xFEE0 + ord(letter)) for letter in "ABC")
FIRST_OF_MARCH = datetime(2021, 3, 1, 2, tzinfo=UTC)


async def test_nobody_issues_a_draft_that_nobody_else_has_reviewed(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.post("/v1/policies", DRAFT, 201)
        refused = await bureau.post("/v1/policies/KS-1/issue", DAYS, 409)
        assert str(refused["type"]).endswith("/policy-legality-not-reviewed")
        opinion = {"passed": True, "opinion": "合法"}
        own = await bureau.post("/v1/policies/KS-1/review-legality", opinion, 403)
        assert str(own["type"]).endswith("/reviewer-drafted-policy")
        await bureau.post("/v1/policies/KS-1/review-legality", opinion, who=bureau.reviewer)
        assert (await here.get("/v1/policies/KS-1"))["status"] == "LEGALITY_REVIEWED"
        await bureau.post("/v1/policies/KS-1/issue", DAYS)
        await bureau.post("/v1/policies/KS-1/issue", DAYS)
        assert (await here.get("/v1/policies/KS-1"))["status"] == "EFFECTIVE"
        legacy = {**DRAFT, "policy_id": "KS-0", "document_no": "旧1号", "origin": "IMPORTED"}
        await bureau.post("/v1/policies", legacy, 201)
        await bureau.post("/v1/policies/KS-0/issue", DAYS)


async def test_a_step_without_a_policy_is_named_on_any_day(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        assert len((await here.get(COVERAGE))["steps_without_policy"]) == 12
        await bureau.enact()
        some = await here.get(COVERAGE)
        assert (some["coverage"], len(some["steps_without_policy"])) == ("0.1667", 10)
        before = await here.get(f"{COVERAGE}&effective_at=2021-01-31")
        assert len(before["steps_without_policy"]) == 12
        amend = {
            "steps": ["TARGET", "MONITORING"],
            "summary": "增加监控，删去评价",
            "effective_on": "2021-06-01",
        }
        await bureau.post("/v1/policies/KS-1/amend", amend)
        await bureau.post("/v1/policies/KS-1/map", {"step": "DISCLOSURE", "from_on": "2021-09-01"})
        await bureau.post("/v1/policies/KS-1/unmap", {"step": "TARGET", "from_on": "2021-10-01"})
        ruled = {}
        for day in ("2021-05-31", "2021-06-01", "2021-09-01", "2021-10-01"):
            told = await here.get(f"{COVERAGE}&effective_at={day}")
            ruled[day] = [one["step"] for one in told["steps"] if one["policies"]]
        assert ruled == {
            "2021-05-31": ["TARGET", "EVALUATION"],
            "2021-06-01": ["TARGET", "MONITORING"],
            "2021-09-01": ["TARGET", "MONITORING", "DISCLOSURE"],
            "2021-10-01": ["MONITORING", "DISCLOSURE"],
        }
        whole = await here.get("/v1/policies/KS-1?effective_at=2021-09-01")
        assert whole["steps"] == ["TARGET", "MONITORING", "DISCLOSURE"]
        assert [one["number"] for one in whole["versions"]] == [1, 2]
        changes = [(one["step"], one["from_on"], one["ruled"]) for one in whole["mappings"]]
        assert ("TARGET", None, True) in changes
        assert ("TARGET", "2021-10-01", False) in changes
        assert not [one for one in changes if one[0] == "KEY_FUND"]


async def test_a_document_that_is_removed_leaves_its_step_without_a_policy(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.enact()
        await bureau.enact(
            policy_id="KS-2", layer="N", document_no="喀财〔2021〕2号", steps=["TARGET"]
        )
        await bureau.post("/v1/policies/KS-1/repeal", {"reason": "过时", "ends_on": "2021-07-01"})
        before = await here.get(f"{COVERAGE}&effective_at=2021-06-30")
        assert "EVALUATION" not in before["steps_without_policy"]
        after = await here.get(f"{COVERAGE}&effective_at=2021-07-01")
        assert "EVALUATION" in after["steps_without_policy"]
        assert "TARGET" not in after["steps_without_policy"]
        statistics = f"/v1/policies/statistics?{YEAR}"
        june = await here.get(f"{statistics}&effective_at=2021-06-30")
        assert (june["count"], june["by_layer"]) == (2, {"ONE": 1, "TWO": 0, "N": 1})
        now = await here.get(statistics)
        assert (now["count"], now["by_status"]["REPEALED"]) == (1, 1)


async def test_a_document_takes_effect_by_the_clock_and_ends_what_it_supersedes(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, FIRST_OF_MARCH) as here:
        bureau = Bureau(here)
        await bureau.enact()
        later = {"issued_on": "2021-03-01", "effective_on": "2021-04-01"}
        new = {"policy_id": "KS-2", "document_no": "喀党发〔2021〕2号", "supersedes": ["KS-1"]}
        await bureau.enact(later, **new)
        await tomorrow(here, date(2021, 3, 31))
        one, two = await here.get("/v1/policies/KS-1"), await here.get("/v1/policies/KS-2")
        assert (one["status"], one["superseded_by"], two["status"]) == (
            "EFFECTIVE",
            "KS-2",
            "ISSUED",
        )
        version = two["version"]
        await tomorrow(here, date(2021, 4, 1))
        one, two = await here.get("/v1/policies/KS-1"), await here.get("/v1/policies/KS-2")
        assert (one["status"], two["status"]) == ("SUPERSEDED", "EFFECTIVE")
        recorded = (await here.store.load({"policy-KS-2": 0, "policy-KS-1": 0})).streams
        names = [stored.name for stored in recorded["policy-KS-2"].events]
        assert names[version:] == ["PolicyEffectBegun"]
        old = [stored.name for stored in recorded["policy-KS-1"].events]
        assert old[-3:] == ["PolicySuperseded", "PolicyEffectBegun", "PolicyEffectEnded"]
        await tomorrow(here, date(2021, 4, 2))
        again = await here.get("/v1/policies/KS-2")
        assert again["version"] == two["version"]


async def test_an_unknown_document_is_not_superseded_and_the_new_one_not_issued(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.post("/v1/policies", {**DRAFT, "supersedes": ["KS-9"]}, 201)
        opinion = {"passed": True, "opinion": "合法"}
        await bureau.post("/v1/policies/KS-1/review-legality", opinion, who=bureau.reviewer)
        await bureau.post("/v1/policies/KS-1/issue", DAYS, 404)
        assert (await here.get("/v1/policies/KS-1"))["status"] == "LEGALITY_REVIEWED"
        body = {"superseded_by": "KS-8", "ends_on": "2021-07-01"}
        await bureau.enact(policy_id="KS-2", document_no="2号")
        refused = await bureau.post("/v1/policies/KS-2/supersede", body, 404)
        assert str(refused["type"]).endswith("/successor-unknown")
        assert refused["errors"][0]["pointer"] == "/superseded_by"


async def test_a_document_number_is_unique_for_its_issuer(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.post("/v1/policies", DRAFT, 201)
        twin = {**DRAFT, "policy_id": "KS-2", "document_no": "喀党发[2021] 1号"}
        refused = await bureau.post("/v1/policies", twin, 409)
        assert str(refused["type"]).endswith("/document-number-taken")
        assert refused["errors"][0]["pointer"] == "/document_no"
        await here.get("/v1/policies/KS-2", 404)
        await bureau.post("/v1/policies", {**twin, "issuer": "喀什地区财政局"}, 201)


async def test_documents_are_found_by_chinese_words(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.enact()
        await bureau.enact(
            policy_id="KS-2",
            layer="N",
            title=f"绩效评价管理办法（{WIDE}）",
            document_no="喀财〔2021〕2号",
            issuer="喀什地区财政局",
            steps=["EVALUATION"],
        )

        async def found(query: str) -> list[str]:
            answer = await here.get(f"/v1/policies?{YEAR}&{query}")
            return [one["policy_id"] for one in answer["items"]]

        assert await found("q=绩效") == ["KS-1", "KS-2"]
        assert await found("q=绩效 办法") == ["KS-2"]
        assert await found("q=评价管理") == ["KS-2"]
        assert await found("q=abc") == ["KS-2"]
        assert await found("q=地委 实施") == ["KS-1"]
        assert await found("q=评价办法") == []
        assert await found("q=喀财〔2021〕2号") == ["KS-2"]
        assert await found("step=TARGET") == ["KS-1"]
        assert await found("layer=N") == ["KS-2"]
        assert await found("status=EFFECTIVE&effective_at=2021-01-31") == []
        assert await found("status=ISSUED&effective_at=2021-01-31") == ["KS-1", "KS-2"]
        assert await found("in_force=true") == ["KS-1", "KS-2"]


async def test_what_was_replaced_and_what_was_repealed_are_told_apart(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        for number in (1, 2, 3):
            await bureau.enact(policy_id=f"KS-{number}", document_no=f"喀党发〔2021〕{number}号")
        ends = {"ends_on": "2021-07-01"}
        await bureau.post("/v1/policies/KS-1/supersede", {"superseded_by": "KS-3", **ends})
        await bureau.post("/v1/policies/KS-2/repeal", {"reason": "过时", **ends})

        async def found(query: str) -> list[str]:
            answer = await here.get(f"/v1/policies?{YEAR}&{query}")
            return [one["policy_id"] for one in answer["items"]]

        assert await found("status=SUPERSEDED") == ["KS-1"]
        assert await found("status=REPEALED") == ["KS-2"]
        assert await found("status=EFFECTIVE") == ["KS-3"]
        assert await found("in_force=true") == ["KS-3"]
        assert await found("in_force=true&effective_at=2021-06-30") == ["KS-1", "KS-2", "KS-3"]
