"""In public: what is owed is prepared and told; rules, training and press go on record."""

from datetime import date, timedelta
from typing import Any, Final

from deploy.demo.cast import Project
from deploy.demo.lanes import side_by_side
from deploy.demo.people import Office
from deploy.demo.scenario import Scenario
from deploy.demo.split import spread
from deploy.demo.stage import Stage, line

STEPS: Final = (
    "EX_ANTE", "TARGET", "EXECUTION", "MONITORING", "RECTIFICATION", "ADJUSTMENT", "KEY_FUND",
    "EVALUATION", "EFFECTIVENESS", "RESULT_APPLICATION", "DISCLOSURE", "ACCOUNTABILITY",
)  # fmt: skip
IDEAS: Final = (
    "项目资金使用精准",
    "绩效管理全覆盖",
    "花钱必问效，无效必问责",
    "谁使用、谁负责",
    "绩效管理与资金执行同步",
    "运用绩效评价结果改进项目管理",
)
OUTLETS: Final = {
    "MINISTRY": "中国财经报网",
    "REGION": "新疆维吾尔自治区财政厅",
    "LOCAL_MEDIA": "新疆财政微信公众号",
}
DECEMBER: Final = 12
PAGE: Final = 1_000
LAWFUL: Final = {"passed": True, "opinion": "与上位法一致，可以印发"}
CARRIED_MAX: Final = 400

type Groups = list[tuple[Office, list[Project]]]


async def write_rules(stage: Stage, scenario: Scenario) -> None:
    """The policy library "1+2+N" and the ideas behind it."""
    office = Office(scenario.regions[0][0])
    day = date(scenario.fiscal_year - 1, 9, 1).isoformat()
    layers = [layer for layer in ("ONE", "TWO", "N") for _ in range(scenario.policies[layer])]
    drafts, reviews, issues = [], [], []
    for number, layer in enumerate(layers, start=1):
        policy_id = f"ZD{number:03d}"
        steps = list(STEPS) if layer == "ONE" else [STEPS[number % len(STEPS)]]
        drafts.append(
            line(
                {
                    "policy_id": policy_id,
                    "region_code": office.region_code,
                    "layer": layer,
                    "title": f"预算绩效管理制度办法之{number}",
                    "document_no": f"喀地财绩〔{scenario.fiscal_year - 1}〕{number}号",
                    "issuer": scenario.regions[0][1] + "财政局",
                    "steps": steps,
                }
            )
        )
        reviews.append(line(LAWFUL, policy_id=policy_id))
        issues.append(line({"issued_on": day, "effective_on": day}, policy_id=policy_id))
    await stage.imported("disclosure", "draft_policy", office.performance, drafts)
    reviewer = office.second_performance
    await stage.imported("disclosure", "review_policy_legality", reviewer, reviews)
    await stage.imported("disclosure", "issue_policy", office.leader, issues)
    ideas = [
        line(
            {
                "idea_id": f"LN{number}",
                "region_code": office.region_code,
                "text": text,
                "declared_on": day,
            }
        )
        for number, text in enumerate(IDEAS, start=1)
    ]
    await stage.imported("disclosure", "declare_idea", office.performance, ideas)


async def publish(stage: Stage, groups: Groups, kind: str, year: int) -> None:
    """Prepare by the units, clear and publish by the bureau: every item of a kind."""
    for office, projects in groups:
        ids = [f"{kind}-{project.code}-{year}" for project in projects]
        prepared = [line({}, item_id=one) for one in ids]
        await stage.imported("disclosure", "prepare_disclosure", office.unit_business, prepared)
        told = [line({"opinion": "不涉密，可以公开"}, item_id=one) for one in ids]
        await stage.imported("disclosure", "publish_disclosure", office.performance, told)


async def publish_the_rest(stage: Stage, scenario: Scenario) -> None:
    """Whatever else is owed of the year: ex-ante reports, and what is told month by month."""
    code, year = scenario.regions[0][0], scenario.fiscal_year
    path = f"/v1/disclosures?region={code}&fiscal_year={year}&status=OWED&limit=1000"
    owed: dict[tuple[str, bool], list[str]] = {}
    async for item in stage.pages("disclosure", path):
        owed.setdefault((item["region_code"], bool(item["unit_code"])), []).append(item["item_id"])

    async def tell(group: tuple[tuple[str, bool], list[str]]) -> None:
        (region_code, of_unit), ids = group
        office = Office(region_code)
        preparer = office.unit_business if of_unit else office.second_performance
        prepared = [line({}, item_id=one) for one in ids]
        await stage.imported("disclosure", "prepare_disclosure", preparer, prepared)
        told = [line({"opinion": "不涉密，可以公开"}, item_id=one) for one in ids]
        await stage.imported("disclosure", "publish_disclosure", office.performance, told)

    await side_by_side(owed.items(), tell)


async def issue_bulletins(stage: Stage, scenario: Scenario, month: int) -> None:
    """The month's work, composed from what was heard, told to the public."""
    year = scenario.fiscal_year

    async def issue(region: tuple[str, str]) -> None:
        code, _ = region
        draft = await stage.get("disclosure", f"/v1/bulletins/{code}/{year}/{month}/draft")
        await stage.post("disclosure", "/v1/bulletins", Office(code).performance, draft)

    await side_by_side(scenario.regions, issue)


async def close_year(stage: Stage, scenario: Scenario) -> None:
    """Close the year of every region, counties first; a leader carries over what is still red.

    Where more is red than one signature may name, the year stays open, as the law of it wants.
    """
    year = scenario.fiscal_year
    for code, _ in reversed(scenario.regions):
        leader = Office(code).leader
        red = [
            {"item_id": str(item["id"]), "reason": "整改跨年，随新年度监控继续办理"}
            for kind in ("WARNING_OPEN", "FINDING_OPEN")
            async for item in stage.pages("disclosure", _red(code, year, kind), leader)
        ]
        body = {"region_code": code, "fiscal_year": year, "carried": red}
        if len(red) <= CARRIED_MAX:
            await stage.post("disclosure", "/v1/fiscal-years", leader, body)


def _red(code: str, year: int, kind: str) -> str:
    asked = f"region={code}&fiscal_year={year}&kind={kind}&level=RED"
    return f"/v1/loop/open-items?{asked}&limit={PAGE}"


async def train(stage: Stage, scenario: Scenario) -> None:
    """The training sessions of the year with their person-times."""
    wanted = scenario.trainings
    office = Office(scenario.regions[0][0])
    people = spread(wanted["person_times"], wanted["sessions"])
    plans, held = [], []
    for number, (day, count) in enumerate(
        zip(_days(scenario.fiscal_year, len(people)), people, strict=True), start=1
    ):
        session = f"PX{number:04d}"
        channel = wanted["channels"][number % len(wanted["channels"])]
        plans.append(
            line(
                {
                    "session_id": session,
                    "region_code": office.region_code,
                    "topic": f"预算绩效管理业务培训第{number}期",
                    "channel": channel,
                    "trainer": "绩效专家",
                    "planned_on": day,
                }
            )
        )
        held.append(line({"held_on": day, "units": 10, "person_times": count}, session_id=session))
    await stage.imported("disclosure", "plan_training", office.performance, plans)
    await stage.imported("disclosure", "hold_training", office.performance, held)


async def publicise(stage: Stage, scenario: Scenario) -> None:
    """Articles and their adoptions; the first ones are those the year is remembered by."""
    wanted = scenario.publicity
    office = Office(scenario.regions[0][0])
    levels = [level for level in OUTLETS for _ in range(wanted[level])]
    days = _days(scenario.fiscal_year, len(levels))
    articles = [
        line(
            {
                "article_id": f"XC{number:04d}",
                "region_code": office.region_code,
                "title": f"预算绩效管理宣传稿件第{number}篇",
                "author": "绩效科",
                "written_on": day,
            }
        )
        for number, day in enumerate(days, start=1)
    ]
    await stage.imported("disclosure", "write_article", office.performance, articles)
    adoptions = [
        line(
            {"outlet": OUTLETS[level], "level": level, "adopted_on": day},
            article_id=f"XC{number:04d}",
        )
        for number, (level, day) in enumerate(zip(levels, days, strict=True), start=1)
    ]
    await stage.imported("disclosure", "adopt_article", office.performance, adoptions)
    featured = [line({}, article_id=f"XC{n:04d}") for n in range(1, wanted["featured"] + 1)]
    await stage.imported("disclosure", "feature_article", office.performance, featured)


async def report_the_year(stage: Stage, scenario: Scenario) -> dict[str, Any]:
    """The figures as disclosure computed them, and the annual report that stands for them."""
    code, _ = scenario.regions[0]
    report = f"/v1/annual-reports/{code}/{scenario.fiscal_year}"
    told: dict[str, Any] = await stage.get("disclosure", f"{report}/figures?scope=tree")
    draft = await stage.get("disclosure", f"{report}/draft?scope=tree")
    await stage.post("disclosure", "/v1/annual-reports", Office(code).leader, draft)
    return told


def _days(year: int, count: int) -> list[str]:
    """Days spread over the year, from January to the end of November."""
    first = date(year, 1, 5)
    return [(first + timedelta(days=n * 320 // max(1, count))).isoformat() for n in range(count)]
