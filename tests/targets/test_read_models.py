"""What readers are shown, on a real database: registers, statistics, explanations."""

from decimal import Decimal

from shared.http.policy import Role
from tests.targets.stories import UNIT_CODE
from tests.targets.town import Town, project_body, report_body, target_body


async def lived(town: Town) -> None:
    """One new project, assessed, promised, budgeted; one that only exists."""
    await town.founded()
    await town.registered(is_new=True)
    await town.registered("P2")
    await town.assessed()
    one = await town.graded()
    await town.done(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})


async def test_registers_and_statistics_tell_the_year(real_town: Town) -> None:
    town = real_town
    await lived(town)
    await town.worker_done()
    target = await town.read("/targets/P1-2021")
    assert (target["status"], target["budget"], target["score"]) == (
        "APPROVED",
        "7400000.00",
        "92.00",
    )
    assert target["target_version"] == 1
    project = await town.read("/projects/P1")
    assert (project["status"], project["triggers"]) == ("BUDGETED", ["NEW"])
    assert project["finance"] == "王芳"
    for scope in ("self", "tree"):
        figures = await town.read(
            "/targets/statistics", region="653101", fiscal_year=2021, scope=scope
        )
        assert (figures["project_count"], figures["projects_with_target"]) == (2, 1)
        assert (figures["budget_amount"], figures["coverage"]) == ("7400000.00", "0.5000")


async def test_ex_ante_figures_are_counted_from_the_single_assessments(real_town: Town) -> None:
    town = real_town
    await lived(town)
    year = (await town.read("/ex-ante-assessments/P1-2021"))["concluded_on"][:4]
    figures = await town.read("/ex-ante/statistics", region="653101", assessed_year=year)
    assert (figures["unit_count"], figures["project_count"]) == (1, 1)
    assert (figures["assessed_amount"], figures["reduced_amount"]) == ("8000000.00", "600000.00")
    assert figures["by_grade"]["EXCELLENT"]["count"] == 1
    why = await town.read("/ex-ante-assessments/P1-2021/explanation")
    assert sorted(map(Decimal, why["totals"])) == [Decimal("91.20"), Decimal("93.00")]
    assert (why["method"], why["assessment"]["score"]) == ("MEAN", "92.10")
    assert why["applied"]["legal_basis"] == "喀财绩〔2021〕1号"
    assert why["included_grades"] == ["EXCELLENT", "GOOD"]
    assert why["reductions"][0]["amount"] == "600000.00"
    assert len(why["scores"]) == 2


async def test_a_target_shows_its_versions_and_why_it_stands_so(real_town: Town) -> None:
    town = real_town
    await lived(town)
    versions = await town.read("/targets/P1-2021/versions")
    assert [v["target_version"] for v in versions] == [0, 1]
    assert versions[1]["budget"] == "7400000.00"
    assert sum(Decimal(i["weight"]) for i in versions[1]["indicators"]) == 90
    why = await town.read("/targets/P1-2021/explanation")
    assert (why["applied"]["rule_set_version"], why["grades"]["GOOD"]) == (1, 80)
    assert await town.read("/targets/P1-2021/adjustments") == []


async def test_lists_narrow_and_hide_what_is_not_yours(real_town: Town) -> None:
    town = real_town
    await lived(town)
    assert len((await town.read("/projects"))["items"]) == 2
    budgeted = await town.read("/projects", status="BUDGETED", unit=UNIT_CODE, fiscal_year=2021)
    assert [row["project_code"] for row in budgeted["items"]] == ["P1"]
    assert (await town.read("/targets", region="653100"))["items"]
    assert not (await town.read("/targets", region="653100", scope="self"))["items"]
    for path in ("/regions", "/units", "/rule-sets", "/ex-ante-assessments"):
        assert (await town.read(path, region="653101"))["items"], path
    stranger = town.by(Role.UNIT_FINANCE, "653121")
    assert (await town.client.get("/v1/targets/P1-2021", headers=stranger)).status_code == 404
    nothing = (await town.client.get("/v1/targets", headers=stranger)).json()
    assert nothing["items"] == []
    prefecture = town.by(Role.FB_PERFORMANCE, "653100")
    assert (await town.client.get("/v1/targets/P1-2021", headers=prefecture)).status_code == 200


async def test_libraries_are_counted_and_searched(real_town: Town) -> None:
    town = real_town
    for number in (1, 2):
        entries = [{"code": f"{number}{n}", "name": f"校舍指标{number}{n}"} for n in range(3)]
        body = {
            "library": "XJ_INDUSTRY",
            "region_code": "653101",
            "class_code": f"C{number}",
            "class_name": "教育",
            "entries": entries,
        }
        await town.done(Role.FB_PERFORMANCE, "/libraries/classes", body)
    await town.done(Role.FB_PERFORMANCE, "/libraries/XJ_INDUSTRY/publish")
    figures = await town.read("/libraries/XJ_INDUSTRY/statistics")
    assert (figures["class_count"], figures["entry_count"]) == (2, 6)
    assert (await town.read("/libraries/XJ_INDUSTRY"))["library_version"] == 1
    found = await town.read("/libraries/XJ_INDUSTRY/entries", words="校舍指标12")
    assert [row["code"] for row in found["items"]] == ["12"]
    assert len((await town.read("/libraries/XJ_INDUSTRY/classes"))["items"]) == 2


async def test_a_grant_explains_itself(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    body = {
        "unit_code": UNIT_CODE,
        "budget_year": 2022,
        "project_code": "P1",
        "amount": "23000000.00",
    }
    created = await town.done(Role.UNIT_FINANCE, "/budget-requests", body)
    assert created.headers["location"].endswith(f"/v1/unit-budgets/{UNIT_CODE}-2022")
    named = f"/budget-requests/{UNIT_CODE}-2022-P1"
    grant = {"amount": "20000000.00"}
    await town.done(Role.FB_BUDGET, f"{named}/approve", grant)
    why = await town.read(f"{named}/explanation")
    assert (why["request"]["granted"], why["request"]["reasons"]) == (
        "20000000.00",
        ["REDUCED_BY_BUREAU"],
    )
    assert why["binding"]["cap"] is None
    assert (await town.read(named))["status"] == "DECIDED"
    assert len((await town.read("/budget-requests", fiscal_year=2022))["items"]) == 1
    assert (await town.read(f"/unit-budgets/{UNIT_CODE}-2022"))["budget_year"] == 2022


async def test_rule_sets_keep_every_adopted_version(real_town: Town) -> None:
    town = real_town
    await town.founded()
    current = await town.read("/rule-sets/653101-2021")
    assert (current["rule_set_version"], current["draft"]) == (1, None)
    [version] = await town.read("/rule-sets/653101-2021/versions")
    assert version["rules"]["grades"]["EXCELLENT"] == 90
    assert (await town.read("/regions/653101"))["name"] == "喀什市"
    assert (await town.read(f"/units/{UNIT_CODE}"))["department_name"] == "教育局"


async def test_a_whole_year_comes_in_as_files(real_town: Town) -> None:
    town = real_town
    await town.founded()
    codes = [f"P{n}" for n in range(200)]
    bodies = [{"path": {}, "body": project_body(code)} for code in codes]
    await town.imported(Role.UNIT_BUSINESS, "register_project", bodies)
    drafts = [{"path": {}, "body": target_body(code)} for code in codes]
    report = await town.imported(Role.UNIT_BUSINESS, "draft_target", drafts)
    assert report["good"] == 200
    reports = [{"path": {}, "body": report_body(code)} for code in codes[:3]]
    await town.imported(Role.UNIT_HEAD, "submit_ex_ante_report", reports)
    rows = (await town.read("/targets", limit=1000))["items"]
    assert len(rows) == 200
    assert {row["errors"] for row in rows} == {0}
