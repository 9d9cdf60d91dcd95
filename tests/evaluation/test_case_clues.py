"""What is heard becomes a clue, never a measure; whom a measure meets is told to few."""

from typing import Any

import pytest

from services.evaluation.domain.case_messages import (
    ClueKind,
    NoteFinding,
    RecordMeasure,
    RecordNoAction,
    Rung,
    Violation,
)
from services.evaluation.publishing import publish
from services.evaluation.reactions import HEARS, react
from services.evaluation.reactions.clues import clues
from shared.contracts import monitoring
from shared.contracts.evaluation import CircularIssued
from shared.contracts.public_event import PublicEvent
from shared.http.policy import Role
from shared.testing.projection_spec import recorded
from tests.evaluation.county import County
from tests.evaluation.story import REGION, TODAY, UNIT
from tests.evaluation.test_case import looked_into
from tests.evaluation.test_reactions import PROJECT_YEAR, WORDS, corrected, heard
from tests.evaluation.test_records import measure

WARNING: dict[str, Any] = {**PROJECT_YEAR, "warning_id": "W1"}
FUND: dict[str, Any] = {"region_code": REGION, "finding_id": "F1", "fiscal_year": 2021}
OPENED = monitoring.FundFindingOpened(**FUND, kind="MISUSED", level="RED", opened_on=TODAY)


def closed(level: Any = "RED", overdue: int = 1) -> PublicEvent:  # noqa: ANN401 - a literal
    return monitoring.WarningClosed(
        **WARNING, level=level, outcome="MEASURED", closed_on=TODAY, overdue=overdue
    )


def noted(word: PublicEvent) -> NoteFinding | None:
    found = clues(heard(word))
    return found[0] if found else None


def test_inflated_scores_of_a_unit_and_year_are_one_clue() -> None:
    serious, inflated = noted(corrected("SERIOUS")), noted(corrected("INFLATED"))
    assert serious
    assert inflated
    assert serious.case_id == inflated.case_id == f"CLUE-INFLATED-{UNIT}-2021"
    assert (serious.decides, inflated.decides) == (True, False)
    assert noted(corrected("ATTENTION")) is None


def test_an_overdue_red_warning_is_a_clue_and_no_other_warning_is() -> None:
    found = noted(closed())
    assert found
    assert (found.case_id, found.kind, found.decides) == (
        "CLUE-WARNING-W1",
        ClueKind.OVERDUE_WARNING,
        True,
    )
    assert noted(closed(overdue=0)) is None
    assert noted(closed("BLUE")) is None
    measured = monitoring.WarningEscalated(**WARNING, level="RED", measure="SUSPEND_PAYMENT")
    assert noted(measured)
    assert noted(monitoring.WarningEscalated(**WARNING, level="RED")) is None


def test_a_suspicion_about_key_funds_becomes_a_clue_when_it_is_judged_a_violation() -> None:
    opened = noted(OPENED)
    assert opened
    assert (opened.decides, opened.violation) == (False, Violation.DIVERSION)
    end = {**FUND, "level": "RED", "closed_on": TODAY}
    judged = noted(monitoring.FundFindingClosed(**end, judgement="VIOLATION"))
    assert judged
    assert (judged.case_id, judged.decides) == (opened.case_id, True)
    assert noted(monitoring.FundFindingClosed(**end, judgement="NORMAL")) is None


@pytest.mark.parametrize("finding", ["INFLATED", "SERIOUS"])
def test_no_word_ever_leads_to_a_measure(finding: str) -> None:
    everything = [word for word, _ in WORDS]
    everything += [corrected(finding), closed(), OPENED]
    everything += [monitoring.WarningEscalated(**WARNING, level="RED", measure="SUSPEND_PAYMENT")]
    for word in everything:
        assert type(word) in HEARS
        commands = react(heard(word))
        assert not [one for one in commands if isinstance(one, RecordMeasure | RecordNoAction)]


def test_the_public_word_of_a_circular_names_no_post() -> None:
    circular = measure(Rung.CIRCULAR)
    story = looked_into().after(
        RecordMeasure(
            case_id="C1",
            rung=Rung.CIRCULAR,
            authority=circular.authority,
            document_no=circular.document_no,
            measured_on=TODAY,
            posts=("单位主要负责人",),
            by=circular.by,
            now=circular.now,
        )
    )
    word = publish(recorded("case-C1", *story.facts)[-1])
    assert isinstance(word, CircularIssued)
    assert "负责人" not in word.model_dump_json()


async def test_over_http_a_clue_becomes_a_case_that_ends(real_county: County) -> None:
    county = real_county
    await county.founded()
    for finding in (corrected("INFLATED"), corrected("SERIOUS")):
        await county.heard(*clues(heard(finding)))
    (clue,) = (await county.read("/cases", open_only=True))["items"]
    assert (clue["status"], clue["kind"], clue["open_items"]) == (
        "CLUE",
        "INFLATED_SCORES",
        ["CASE_OR_NOTHING"],
    )
    one = clue["case_id"]
    assert (await county.read("/cases", Role.UNIT_HEAD))["items"] == []
    hidden = await county.client.get(f"/v1/cases/{one}", headers=county.by(Role.UNIT_HEAD))
    assert hidden.status_code == 404
    case = {"case_id": one, "unit_code": UNIT, "subject": "自评虚高", "clue": "两个项目虚高"}
    await county.done(Role.FB_SUPERVISION, "/cases", {**case, "opened_on": "2022-03-01"})
    talk = {
        "rung": "TALK",
        "authority": "县财政局",
        "document_no": "疏财监〔2022〕4号",
        "measured_on": "2022-03-09",
        "posts": ["单位主要负责人"],
    }
    early = await county.ask(Role.FB_SUPERVISION, f"/cases/{one}/record-measure", talk)
    assert early.json()["type"].endswith("/case-not-investigated")
    begun = {"office": "财政监督科", "started_on": "2022-03-02"}
    await county.done(Role.FB_SUPERVISION, f"/cases/{one}/start-investigation", begun)
    early = await county.ask(Role.FB_SUPERVISION, f"/cases/{one}/close", {"outcome": "已整改"})
    assert early.json()["type"].endswith("/case-without-end-state")
    unit = await county.ask(Role.UNIT_HEAD, f"/cases/{one}/record-measure", talk)
    assert unit.status_code == 403
    await county.done(Role.FB_SUPERVISION, f"/cases/{one}/record-measure", talk)
    assert len((await county.read("/cases", Role.UNIT_HEAD))["items"]) == 1
    kept = await county.read(f"/cases/{one}", Role.FB_SUPERVISION)
    assert kept["measures"][0]["posts"] == ["单位主要负责人"]
    others = await county.read(f"/cases/{one}", Role.FB_PERFORMANCE)
    assert (others["measures"][0]["posts"], others["last_rung"]) == ([], "TALK")
    assert kept["age_days"] > 1_000  # from 1 March 2022 until today
    await county.done(Role.FB_SUPERVISION, f"/cases/{one}/close", {"outcome": "已整改"})
    assert (await county.read("/cases", open_only=True))["items"] == []
    (shown,) = (await county.read("/cases", status="CLOSED"))["items"]
    assert (shown["open_items"], shown["outcome"]) == ([], "已整改")


async def test_the_oldest_case_stands_first(real_county: County) -> None:
    county = real_county
    await county.founded()
    for name, day in (("C1", "2022-03-01"), ("C2", "2021-03-01"), ("C3", "2022-01-01")):
        body = {"case_id": name, "unit_code": UNIT, "subject": "x", "clue": "y", "opened_on": day}
        await county.done(Role.FB_SUPERVISION, "/cases", body)
    listed = (await county.read("/cases"))["items"]
    assert [row["case_id"] for row in listed] == ["C2", "C3", "C1"]
    assert listed[0]["age_days"] > listed[1]["age_days"] > listed[2]["age_days"]


async def test_the_discipline_body_receives_what_was_transferred_and_nothing_else(
    real_county: County,
) -> None:
    county = real_county
    await county.founded()
    for finding in (corrected("INFLATED"), corrected("SERIOUS")):
        await county.heard(*clues(heard(finding)))
    (clue,) = (await county.read("/cases"))["items"]
    for name in ("C1", "C2"):
        body = {"case_id": name, "unit_code": UNIT, "subject": "x", "clue": "y"}
        await county.done(Role.FB_SUPERVISION, "/cases", {**body, "opened_on": "2022-03-01"})
        begun = {"office": "财政监督科", "started_on": "2022-03-02"}
        await county.done(Role.FB_SUPERVISION, f"/cases/{name}/start-investigation", begun)

    async def sees(case_id: str) -> int:
        asks = county.by(Role.DISCIPLINE)
        return (await county.client.get(f"/v1/cases/{case_id}", headers=asks)).status_code

    assert (await county.read("/cases", Role.DISCIPLINE))["items"] == []
    assert [await sees(one) for one in (clue["case_id"], "C1", "C2")] == [404, 404, 404]
    moved = {
        "rung": "TRANSFER",
        "authority": "县财政局",
        "document_no": "疏财监〔2022〕5号",
        "measured_on": "2022-03-09",
        "recipient": "县纪委监委",
    }
    await county.done(Role.FB_SUPERVISION, "/cases/C2/record-measure", moved)
    listed = (await county.read("/cases", Role.DISCIPLINE))["items"]
    assert [row["case_id"] for row in listed] == ["C2"]
    assert [await sees(one) for one in ("C1", "C2")] == [404, 200]
    await county.done(Role.FB_SUPERVISION, "/cases/C2/close", {"outcome": "已移送"})
    assert await sees("C2") == 200
