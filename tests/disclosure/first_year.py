"""A year with five projects in two regions: what others say, what is done here, the figures."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from services.disclosure.domain.bulletin import IssueBulletin, Line, Month
from services.disclosure.domain.idea import DeclareIdea
from services.disclosure.domain.item_words import (
    PrepareDisclosure,
    PublishDisclosure,
    WithholdDisclosure,
)
from services.disclosure.domain.policy import (
    Document,
    DraftPolicy,
    IssuePolicy,
    RepealPolicy,
    ReviewPolicyLegality,
)
from services.disclosure.domain.publicity import (
    AdoptArticle,
    Adoption,
    Article,
    FeatureArticle,
    WriteArticle,
)
from services.disclosure.domain.training import HoldTraining, PlanTraining, Session
from services.disclosure.domain.values import Layer, PressLevel, Step, TrainingChannel
from shared.contracts import evaluation, targets
from shared.contracts.public_event import PublicEvent
from tests.disclosure import years
from tests.disclosure.world import AFTERWARDS
from tests.disclosure.years import Project

PREPARER, PUBLISHER = "iss|unit", "iss|bureau"
KASHGAR, CITY = "653100", "653101"
A = Project(code="A", region=KASHGAR, unit="653100001", yuan=1_000_000)
B = Project(code="B", region=KASHGAR, unit="653100001", yuan=2_000_000)
C = Project(code="C", region=CITY, unit="653101001", yuan=3_000_000)
D = Project(code="D", region=CITY, unit="653101002", yuan=4_000_000)
E = Project(code="E", region=CITY, unit="653101002", yuan=5_000_000)


def told(year: int, *items: str) -> Sequence[Any]:
    """These items of a year are told."""
    return told_items(*(f"{item_id}-{year}" for item_id in items))


def told_items(*items: str) -> Sequence[Any]:
    """These items are prepared by one and cleared and published by another."""
    who: dict[str, Any] = {"now": AFTERWARDS}
    return [
        command
        for item_id in items
        for command in (
            PrepareDisclosure(item_id=item_id, supplement={}, by=PREPARER, **who),
            PublishDisclosure(item_id=item_id, opinion="可公开", by=PUBLISHER, **who),
        )
    ]


def policy(number: int, *steps: Step, region: str = KASHGAR, year: int = 2021) -> Sequence[Any]:
    """A document is drafted by one, reviewed by another and issued."""
    document = Document(
        policy_id=f"{region}-P{number}",
        region_code=region,
        layer=Layer.N,
        title=f"办法{number}",
        document_no=f"〔{year}〕{number}号",
        issuer="财政局",
        steps=steps,
    )
    issue = IssuePolicy(
        policy_id=document.policy_id,
        issued_on=date(year, 1, 4),
        effective_on=date(year, 2, 1),
        by=PUBLISHER,
        now=AFTERWARDS,
    )
    review = ReviewPolicyLegality(
        policy_id=document.policy_id, passed=True, opinion="合法", by=PUBLISHER, now=AFTERWARDS
    )
    return [DraftPolicy(document=document, by=PREPARER, now=AFTERWARDS), review, issue]


def training(
    number: int, channel: TrainingChannel, people: int, region: str, year: int
) -> Sequence[Any]:
    """A session is planned and held."""
    session = Session(
        session_id=f"{region}-T{number}",
        region_code=region,
        topic="绩效目标编制",
        channel=channel,
        trainer="专家",
        planned_on=date(year, 5, 6),
    )
    held = HoldTraining(
        session_id=session.session_id,
        held_on=date(year, 5, 6),
        units=1,
        person_times=people,
        by=PUBLISHER,
        now=datetime(year, 12, 31, tzinfo=UTC),
    )
    return [PlanTraining(session=session, by=PUBLISHER, now=AFTERWARDS), held]


def article(number: int, region: str, year: int, **outlets: PressLevel) -> Sequence[Any]:
    """An article is written and adopted by outlets."""
    written = Article(
        article_id=f"{region}-A{number}",
        region_code=region,
        title="综述",
        author="通讯员",
        written_on=date(year, 5, 1),
    )
    adopted = [
        AdoptArticle(
            article_id=written.article_id,
            adoption=Adoption(outlet=outlet, level=level, adopted_on=date(year, 5, 2)),
            by=PUBLISHER,
            now=AFTERWARDS,
        )
        for outlet, level in outlets.items()
    ]
    return [WriteArticle(article=written, by=PUBLISHER, now=AFTERWARDS), *adopted]


def bulletin(region: str, year: int, month: int) -> IssueBulletin:
    """A month is told."""
    line = Line(work="绩效目标批复", units=1, projects=2, result="已批复")
    at = Month(region_code=region, year=year, month=month)
    return IssueBulletin(month=at, lines=(line,), by=PUBLISHER, now=max(AFTERWARDS, _after(year)))


def _after(year: int) -> datetime:
    return datetime(year + 1, 7, 1, tzinfo=UTC)


def idea(number: int, region: str, year: int) -> DeclareIdea:
    """An idea is declared."""
    return DeclareIdea(
        idea_id=f"{region}-I{number}",
        region_code=region,
        text=f"理念{number}",
        text_en="",
        declared_on=date(year, 1, 1),
        by=PUBLISHER,
        now=AFTERWARDS,
    )


def first_year() -> Sequence[PublicEvent]:
    """What the others say of 2021: five projects, one of them not arranged."""
    year = 2021
    funded = (A, B, C, D)
    return [
        targets.RegionRegistered(region_code=KASHGAR, name="喀什地区"),
        targets.RegionRegistered(region_code=CITY, name="喀什市", parent_code=KASHGAR),
        years.rules(KASHGAR, year),
        years.library(KASHGAR, "XJ_INDUSTRY", 3, 40, year),
        years.library(KASHGAR, "XJ_MODEL_CASE", 2, 7, year),
        years.library(KASHGAR, "KS_CORE", 4, 11, year),
        *(years.registered(one, year) for one in (A, B, C, D, E)),
        years.assessed(A, year, "EXCELLENT"),
        years.assessed(C, year, "EXCELLENT", cut=500),
        years.assessed(D, year, "GOOD", cut=250),
        years.assessed(E, year, "POOR"),
        *(years.approved(one, year) for one in funded),
        years.planned(KASHGAR, year, "M08", 8, 31),
        years.planned(KASHGAR, year, "M05", 5, 31),
        years.planned(CITY, year, "M05", 5, 31),
        years.warned(C, year, "RED"),
        years.warned(A, year, "BLUE"),
        years.warned(D, year, "BLUE"),
        *(years.evaluated(one, year) for one in funded),
        years.finance_evaluated(A, year),
        years.finance_evaluated(C, year),
        *years.recovered(C, year, 1_000),
        *years.recovered(D, year, 2_000),
        *years.recovered(B, year, 9_999, booked=False),
        years.cut(C, 2022, 2020, 700),
        years.cut(D, 2022, 2020, 300),
        years.cut(D, 2023, 2021, 1_111_111),
        *_ranks(),
        _score("SELF_EVAL_REVIEW", 2020, "91.50", None),
        _score("TARGET_REVIEW", 2021, "88.05", 4),
    ]


def _ranks() -> Sequence[PublicEvent]:
    return [
        evaluation.ExternalRankingRecorded(
            region_code=KASHGAR,
            scheme="XJ_COMPREHENSIVE",
            period="2021H1",
            subject=KASHGAR,
            level="region",
            rank=5,
            document_no="新财〔2021〕1号",
        ),
        *(
            evaluation.ExternalRankingRecorded(
                region_code=KASHGAR,
                scheme="XJ_COMPREHENSIVE",
                period="2021H1",
                subject=subject,
                level="county",
                parent=KASHGAR,
                rank_at_most=bound,
                document_no="新财〔2021〕1号",
            )
            for subject, bound in ((CITY, 20), ("UNKNOWN_COUNTY_2", 20), ("653121", 30))
        ),
    ]


def _score(kind: str, year: int, score: str, rank: int | None) -> PublicEvent:
    return evaluation.ExternalScoreRecorded(
        region_code=KASHGAR,
        fund="RURAL_LINKAGE",
        kind=kind,
        fund_year=year,
        subject=KASHGAR,
        score=Decimal(score),
        rank=rank,
        document_no="新乡振〔2021〕2号",
    )


def first_year_here() -> Sequence[Any]:
    """What is done in disclosure itself: one target is withheld, one self-evaluation is late."""
    ministry, region, local = PressLevel.MINISTRY, PressLevel.REGION, PressLevel.LOCAL_MEDIA
    withheld = WithholdDisclosure(
        item_id="TARGET-D-2021",
        legal_basis="STATE_SECRET",
        authority="保密局",
        expires_on=date(2031, 1, 1),
        by=PUBLISHER,
        now=AFTERWARDS,
    )
    ends: dict[str, Any] = {"reason": "过时", "ends_on": date(2021, 9, 1), "now": AFTERWARDS}
    repeal = RepealPolicy(policy_id="653100-P3", by=PUBLISHER, **ends)
    return [
        *told(2021, "TARGET-A", "TARGET-B", "TARGET-C", "EX_ANTE_REPORT-A"),
        withheld,
        *told(2021, "SELF_EVALUATION-A", "SELF_EVALUATION-B", "SELF_EVALUATION-C"),
        *told(2021, "FINANCE_REPORT-A"),
        *(bulletin(KASHGAR, 2021, month) for month in (1, 2, 3)),
        bulletin(CITY, 2021, 3),
        *policy(1, *list(Step)[:6]),
        *policy(2, *list(Step)[6:]),
        *policy(3, Step.TARGET),
        repeal,
        *(idea(number, KASHGAR, 2021) for number in (1, 2)),
        *training(1, TrainingChannel.ON_SITE, 30, KASHGAR, 2021),
        *training(2, TrainingChannel.FACE_TO_FACE, 12, CITY, 2021),
        *training(3, TrainingChannel.FACE_TO_FACE, 8, KASHGAR, 2020),
        *article(1, KASHGAR, 2021, 财政部=ministry, 财政厅=region),
        *article(2, CITY, 2021, 行署专栏=local),
        FeatureArticle(article_id="653100-A1", by=PUBLISHER, now=AFTERWARDS),
    ]


FIRST: Final[dict[str, object]] = {
    "F01": "5",
    "F02": "2",
    "F03": "2",
    "F04": "1.0000",
    "F05": "3",
    "F06": "4",
    "F07": "13000000.00",
    "F08": "2",
    "F09": "1",
    "F10": "750.00",
    "F11": "3",
    "F12": "40",
    "F13": "2",
    "F14": "7",
    "F15": "4",
    "F16": "11",
    "F17": "4",
    "F18": "10000000.00",
    "F19": "1.0000",
    "F20": ["2021-05-31", "2021-08-31"],
    "F21": ["2021-04-30", "2021-07-30"],
    "F22": ["BLUE", "RED"],
    "F23": "91.50",
    "F24": "88.05",
    "F25": "4",
    "F26": "2",
    "F27": "2",
    "F28": "3000.00",
    "F29": "2",
    "F30": "2",
    "F31": "1000.00",
    "F32": "4",
    "F33": ["1.0000", "0.7500", "0.5000"],
    "F34": "3",
    "F35": "3",
    "F36": "1",
    "F37": "1",
    "F38": "1",
    "F39": "1",
    "F40": "2",
    "F41": "42",
    "F42": ["面对面", "上门服务"],
    "F43": "2",
}
