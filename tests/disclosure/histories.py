"""Histories that nobody thought of: a region and its county, invented from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Final

from services.disclosure.domain.item_words import WithholdDisclosure
from services.disclosure.domain.publicity import FeatureArticle
from services.disclosure.domain.values import PressLevel, Step, TrainingChannel
from shared.contracts import evaluation, targets
from shared.contracts.public_event import PublicEvent
from tests.disclosure import years
from tests.disclosure.first_year import (
    PUBLISHER,
    article,
    bulletin,
    idea,
    policy,
    told,
    training,
)
from tests.disclosure.world import AFTERWARDS
from tests.disclosure.years import Project

YEAR: Final = 2021
FOREVER: Final = date(2031, 1, 1)
GRADES: Final[Sequence[years.GradeCode | None]] = ("EXCELLENT", "GOOD", "POOR", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What others said first, what was done here, and what others said on a later day."""

    region: str
    first: Sequence[PublicEvent]
    here: Sequence[Any]
    later: Sequence[PublicEvent]


def invented(seed: int) -> History:
    """The same seed tells the same history."""
    chance = Random(seed)  # noqa: S311 - invention, not secrecy
    region, county = f"44{seed:02d}00", f"44{seed:02d}01"
    projects = [
        Project(
            code=f"{region}-{n}",
            region=chance.choice([region, county]),
            unit=f"{region}{chance.randrange(3):03d}",
            yuan=chance.randrange(1, 10**7),
        )
        for n in range(chance.randrange(3, 9))
    ]
    words = [word for one in projects for word in _life(one, chance)]
    approved = [word for word in words if isinstance(word, targets.TargetApproved)]
    cut = chance.randrange(len(words))
    return History(
        region=region,
        first=[*_surroundings(region, county, chance), *words[:cut]],
        here=_done_here(region, county, chance, [one for one in approved if one in words[:cut]]),
        later=words[cut:],
    )


def _surroundings(region: str, county: str, chance: Random) -> list[PublicEvent]:
    number = chance.randrange
    said: list[PublicEvent] = [
        targets.RegionRegistered(region_code=region, name="某地"),
        targets.RegionRegistered(region_code=county, name="某县", parent_code=region),
        years.rules(region, YEAR),
        years.library(region, "XJ_INDUSTRY", number(9), number(99), YEAR),
        years.library(region, "KS_CORE", number(9), number(99), YEAR),
    ]
    if chance.random() < 0.7:
        said.append(years.planned(region, YEAR, "M05", 5, 31))
        said.append(years.planned(county, YEAR, "M08", 8, 31))
    said += [
        evaluation.ExternalRankingRecorded(
            region_code=region,
            scheme="XJ_COMPREHENSIVE",
            period="2021H1",
            subject=f"{county}-{place}" if place else region,
            level="county" if place else "region",
            parent=region,
            rank=number(1, 40),
            document_no=f"新财〔2021〕{place}号",
        )
        for place in range(number(4))
    ]
    return said


def _life(project: Project, chance: Random) -> list[PublicEvent]:
    """A project's words in an order in which they can come."""
    said: list[PublicEvent] = [years.registered(project, YEAR)]
    grade = chance.choice(GRADES)
    if grade is not None:
        said.append(years.assessed(project, YEAR, grade, chance.randrange(2) * 500))
    if grade == "POOR":
        return said
    if chance.random() < 0.9:
        said.append(years.approved(project, YEAR))
    if chance.random() < 0.5:
        said.append(years.warned(project, YEAR, chance.choice(["BLUE", "RED"])))
    if chance.random() < 0.5:
        amount = chance.randrange(1, 10**6)
        said += years.recovered(project, YEAR, amount, booked=chance.random() < 0.7)
    if chance.random() < 0.4:
        said.append(years.cut(project, YEAR + 1, YEAR - 1, chance.randrange(1, 10**6)))
    if chance.random() < 0.8:
        said.append(years.evaluated(project, YEAR, chance.choice(["92.00", "95.00", "61.50"])))
    if chance.random() < 0.3:
        said.append(years.finance_evaluated(project, YEAR))
    return said


def _done_here(
    region: str, county: str, chance: Random, approved: Sequence[targets.TargetApproved]
) -> list[Any]:
    done: list[Any] = []
    for one in approved:
        item = f"TARGET-{one.project_code}"
        fate = chance.choice(["told", "withheld", "owed"])
        if fate == "told":
            done += told(YEAR, item)
        elif fate == "withheld":
            done.append(
                WithholdDisclosure(
                    item_id=f"{item}-{YEAR}",
                    legal_basis="STATE_SECRET",
                    authority="保密局",
                    expires_on=FOREVER,
                    by=PUBLISHER,
                    now=AFTERWARDS,
                )
            )
    months = chance.sample(range(1, 13), chance.randrange(5))
    done += [bulletin(chance.choice([region, county]), YEAR, month) for month in months]
    for number in range(chance.randrange(4)):
        steps = chance.sample(list(Step), chance.randrange(1, 5))
        done += policy(number, *steps, region=region)
        channel = chance.choice(list(TrainingChannel))
        done += training(number, channel, chance.randrange(1, 200), county, YEAR)
        levels = {f"媒体{n}": chance.choice(list(PressLevel)) for n in range(chance.randrange(3))}
        done += article(number, region, YEAR, **levels)
        done.append(idea(number, region, YEAR))
    if chance.random() < 0.5 and any("ArticleWritten" in repr(one) for one in done):
        done.append(FeatureArticle(article_id=f"{region}-A0", by=PUBLISHER, now=AFTERWARDS))
    return done
