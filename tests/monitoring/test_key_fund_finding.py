"""A finding: suspected, judged, rectified, closed, and by whom."""

from dataclasses import replace

import pytest

from services.monitoring.domain.fund_finding import commands as ask
from services.monitoring.domain.fund_finding import refusals as no
from services.monitoring.domain.fund_finding.events import FindingKind, FindingLevel, Judgement
from services.monitoring.domain.fund_finding.finding import fund_finding_decider
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.domain.refusals import Refusal
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import CLERK, HEAD, LEADER, Story, at, yuan

opening = ask.OpenFundFinding(
    finding_id="F1",
    region_code="653101",
    department_code="D1",
    unit_code="U1",
    fiscal_year=2021,
    project_code="P1",
    kind=FindingKind.MISUSED,
    level=FindingLevel.YELLOW,
    amount=yuan(12),
    note="转入往来账户：张三",
    by=CLERK,
    now=at(6, 1),
)
violation = ask.JudgeFundFinding(
    finding_id="F1", judgement=Judgement.VIOLATION, opinion="违规", by=LEADER, now=at(6, 2)
)
normal = ask.JudgeFundFinding(
    finding_id="F1", judgement=Judgement.NORMAL, opinion="正常", by=LEADER, now=at(6, 2)
)
rectify = ask.RectifyFundFinding(
    finding_id="F1", result="已退回", evidence=("ab",), by=HEAD, now=at(6, 9)
)
bare = ask.RectifyFundFinding(finding_id="F1", result="已退回", evidence=(), by=HEAD, now=at(6, 9))
close = ask.CloseFundFinding(finding_id="F1", by=LEADER, now=at(6, 12))
own = ask.CloseFundFinding(finding_id="F1", by=HEAD, now=at(6, 12))

fresh = Story(fund_finding_decider)
opened = fresh.after(opening)
violated = opened.after(violation)
rectified = violated.after(rectify)
cleared = opened.after(normal)
ANOTHER = "iss|another"
better = replace(rectify, evidence=("ab", "cd"), by=ANOTHER)
shown_better = rectified.after(better)


def test_a_violation_goes_its_way_to_the_end() -> None:
    fresh.when(opening).then_names("FundFindingOpened")
    opened.when(violation).then_names("FundFindingJudged")
    violated.when(rectify).then_names("FundFindingRectified")
    rectified.when(close).then_names("FundFindingClosed")
    cleared.when(close).then_names("FundFindingClosed")
    rectified.when(replace(rectify, by=ANOTHER)).then_nothing()
    rectified.when(better).then_names("FundFindingRectified")
    shown_better.when(better).then_nothing()
    shown_better.when(close).then_names("FundFindingClosed")


@pytest.mark.parametrize(
    ("story", "command", "refusal"),
    [
        (fresh, violation, no.FindingNotOpened),
        (opened, close, no.FindingNotJudged),
        (opened, rectify, no.FindingNotJudged),
        (opened, replace(violation, by=CLERK), no.JudgeSuspectedIt),
        (opened, replace(normal, by=CLERK), no.JudgeSuspectedIt),
        (violated, close, no.ViolationNotRectified),
        (violated, normal, no.FindingJudgedOtherwise),
        (violated, bare, no.RectificationUnproved),
        (cleared, rectify, no.FindingNotViolation),
        (rectified, own, no.CloserRectified),
        (shown_better, own, no.CloserRectified),
        (shown_better, replace(own, by=ANOTHER), no.CloserRectified),
        (rectified.after(close), rectify, no.FindingClosedAlready),
    ],
)
def test_no_step_is_left_out(story: Story, command: object, refusal: type[Refusal]) -> None:
    story.when(command).then_refused(refusal)


def test_the_public_hears_of_its_beginning_and_its_end_without_what_people_wrote() -> None:
    facts = rectified.after(close).facts
    words = [publish(one) for one in recorded("fundfinding-F1", *facts)]
    assert [type(word) for word in words] == [
        said.FundFindingOpened,
        type(None),
        type(None),
        said.FundFindingClosed,
    ]
    first, last = words[0], words[-1]
    assert isinstance(first, said.FundFindingOpened)
    assert isinstance(last, said.FundFindingClosed)
    assert "张三" not in first.model_dump_json()
    assert (first.level, first.amount, last.judgement) == ("YELLOW", yuan(12), "VIOLATION")
