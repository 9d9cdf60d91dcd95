"""Read models of the rounds: false alarms, evidence in two places, forms as far as they came."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.monitoring.api.alarm_statistics import forecasts_of, warnings_of
from services.monitoring.api.forms.monitoring_lines import Stated, line, on_sheet, wan
from services.monitoring.api.forms.monitoring_paper import HEADINGS, paper
from services.monitoring.api.forms.monitoring_sheet import HEAD, INDICATORS, MONITORING_SHEET
from services.monitoring.api.record_commands import enter_monitoring
from services.monitoring.api.record_schemas import EnterMonitoringBody
from services.monitoring.domain.values import DeviationCause, Level, Proof, Reason, Source
from services.monitoring.domain.warning import commands as warn
from services.monitoring.domain.warning.warning import warning_decider
from services.monitoring.projections.monitoring_evidence import EvidenceRow, monitoring_evidence
from services.monitoring.projections.monitoring_register import RecordRow, monitoring_register
from services.monitoring.projections.monitoring_reports import (
    ReportRow,
    ReturnedRow,
    monitoring_reports,
)
from services.monitoring.projections.warning_outcomes import OutcomeRow, warning_outcomes
from services.monitoring.projections.watched_projects import WatchedRow, watched_projects
from shared.documents.paper import Grid
from shared.documents.reading import read_workbook
from shared.documents.writing import write_workbook
from shared.domain.money import Money
from shared.http.commands import Asked
from shared.http.policy import Role
from shared.projections import Projection
from shared.testing.projection_spec import ProjectionSpec, recorded
from tests.monitoring.stories import CLERK, WATCH, Story, at, value, yuan
from tests.monitoring.test_idleness import HELD
from tests.monitoring.test_record import GOOD, record, review, submit
from tests.monitoring.test_record_parts import confirm, enter, give_back, named, opening, sign
from tests.monitoring.test_watch_and_round import open_it, watch

COUNTY = "653101"


def group(*reasons: str) -> str:
    return json.dumps(reasons)


def test_warnings_are_counted_for_each_of_their_reasons() -> None:
    groups = [
        (COUNTY, "NODE", group("GOAL_SLOW", "IDLE"), False, "", False, 5),
        (COUNTY, "NODE", group("IDLE"), True, "RULE_UNFIT", False, 2),
        (COUNTY, "NODE", group("IDLE"), True, "DUPLICATE", False, 1),
        (COUNTY, "DAILY", group("IDLE"), False, "", True, 3),
    ]
    found = {(one.source, one.reason): one for one in warnings_of(groups)}
    idle = found["NODE", "IDLE"]
    assert (idle.raised, idle.cancelled, idle.false_alarms, idle.upgraded) == (8, 3, 2, 0)
    assert found["NODE", "GOAL_SLOW"].raised == 5
    assert found["DAILY", "IDLE"].upgraded == 3


def test_the_pre_analysis_has_hits_false_alarms_and_misses() -> None:
    groups = [
        (COUNTY, "M05", group("IDLE"), group("IDLE", "GOAL_SLOW"), 6),
        (COUNTY, "M05", group("IDLE"), group(), 2),
        (COUNTY, "M05", group(), group("GOAL_SLOW"), 4),
        (COUNTY, "M05", group(), group(), 88),
        (COUNTY, "M08", None, None, 1),
    ]
    found = {(one.node, one.reason): one for one in forecasts_of(groups)}
    whole = found["M05", None]
    assert (whole.hits, whole.false_alarms, whole.misses) == (6, 2, 4)
    assert (whole.precision, whole.recall) == ("0.7500", "0.6000")
    goals = found["M05", "GOAL_SLOW"]
    assert (goals.hits, goals.misses, goals.precision, goals.recall) == (0, 10, None, "0.0000")
    assert found["M08", None].precision is None


async def test_a_dropped_warning_says_why() -> None:
    raised = warn.RaiseWarning(
        warning_id="W1",
        project_code="P1",
        fiscal_year=2021,
        region_code=COUNTY,
        node="M05",
        level=Level.RED,
        reasons=(Reason.IDLE,),
        source=Source.NODE,
        by=CLERK,
        now=at(6, 1),
    )
    drop = warn.DismissWarning(
        warning_id="W1", reason="季节性", reason_code="RULE_UNFIT", by=CLERK, now=at(6, 2)
    )
    facts = Story(warning_decider).knowing(WATCH, HELD).after(raised, drop).facts
    rows = ProjectionSpec(warning_outcomes).given("warning-W1", *facts)
    await rows.then(OutcomeRow, "W1", cancelled=True, dismissal_code="RULE_UNFIT", reasons=["IDLE"])


async def test_a_file_is_known_by_its_fingerprint_until_its_report_goes_back() -> None:
    proof = Proof(sha256="cd34", kind="施工日志", name="五月")
    road = value("road", "9.5", proofs=(proof,))
    told = record.after(submit(road, GOOD[1]))
    spec = ProjectionSpec(monitoring_evidence)
    rows = spec.given("record-P1-2021-M05", *told.facts)
    await rows.then(EvidenceRow, "ab12", "P1-2021-M05", indicators=["road", "trust"])
    await rows.then(
        EvidenceRow, "cd34", "P1-2021-M05", name="五月", kind="施工日志", watch_id="P1-2021"
    )
    back = spec.given("record-P1-2021-M05", *told.after(give_back()).facts)
    assert await back.row(EvidenceRow, "ab12", "P1-2021-M05") is None


SIGNED = named.after(opening, enter, confirm, sign)


async def test_the_form_says_how_far_it_has_come() -> None:
    spec = ProjectionSpec(monitoring_reports)
    rows = spec.given("record-P1-2021-M05", *SIGNED.facts)
    await rows.then(
        ReportRow,
        "P1-2021-M05",
        filled_for="古丽",
        confirmed_for="王芳",
        signed_by="李强",
        expected_year_end_fen=300_000_000,
        reviewed_by="",
    )
    back = spec.given("record-P1-2021-M05", *SIGNED.after(give_back()).facts)
    await back.then(ReportRow, "P1-2021-M05", signed_by="", returns=1)
    (fact,) = SIGNED.when(give_back()).facts()
    assert fact.evidence == ("ab12",)
    version = len(SIGNED.facts) + 1
    await back.then(ReturnedRow, "P1-2021-M05", version, codes=[], reason="见批注")


async def test_the_register_keeps_what_was_foreseen_and_the_first_reason() -> None:
    facts = record.after(submit(), review()).facts
    rows = ProjectionSpec(monitoring_register).across(
        ("watch-P1-2021", watch.after(open_it).facts), ("record-P1-2021-M05", facts)
    )
    await rows.then(RecordRow, "P1-2021-M05", first_reason="EXECUTION_BEHIND", status="SCORED")


MORE = Money(300_000_005)
RECORD = RecordRow(
    record_id="P1-2021-M05", project_code="P1", fiscal_year=2021, node="M05", level="BLUE"
)


def rows_of(projection: Projection, stream: str, facts: Sequence[object]) -> dict[str, Any]:
    """What the read model keeps in its first table."""
    assert projection.project is not None
    kept: dict[str, Any] = {}
    for fact in recorded(stream, *facts):
        for change in projection.project(fact):
            if change.table is projection.tables[0]:
                kept |= getattr(change, "row", None) or getattr(change, "values", {})
    return kept


def stated(story: Story) -> Stated:
    """The form of a story."""
    opened = watch.after(replace(open_it, budget=yuan(3_000_000), annual_goal="修路"))
    watched = rows_of(watched_projects, "watch-P1-2021", opened.facts)
    report = rows_of(monitoring_reports, "record-P1-2021-M05", story.facts)
    return Stated(
        record=RECORD,
        watched=WatchedRow(**watched),
        report=ReportRow(record_id="P1-2021-M05", **report),
    )


ASKED = Asked(
    actor=enter.by,
    roles=frozenset({Role.UNIT_BUSINESS}),
    region_code=COUNTY,
    unit_code="U1",
    now=enter.now,
    new_id=lambda: "",
)
FULL = value(
    "road",
    "8.50",
    cause=DeviationCause.STAFF,
    causes=(DeviationCause.STAFF, DeviationCause.OTHER),
    cause_text="人手不足\n已补充",
    proofs=(Proof(sha256="cd34", kind="施工日志", name="五月"), Proof(sha256="ef56")),
    expected="22公里",
    remark="按期",
)


def entered_again(fields: dict[str, Any]) -> object:
    """What the command line of a file asks for."""
    body = EnterMonitoringBody.model_validate_json(json.dumps(fields["body"]))
    path = fields["path"]
    return enter_monitoring(
        ASKED, path["project_code"], int(path["fiscal_year"]), path["node"], body
    )


def test_a_form_in_every_detail_enters_again_as_it_left() -> None:
    command = replace(enter, values=(FULL, GOOD[1]), summary="路基已成")
    form = stated(record.after(opening, command))
    assert entered_again(line(form)) == command
    book = write_workbook(MONITORING_SHEET, [on_sheet(form)])
    (read,) = read_workbook(book, MONITORING_SHEET)
    assert not read.wrong
    assert entered_again(read.fields) == command
    shown = read.fields["shown"]
    assert (shown["paid"], shown["annual_goal"], shown["level"]) == ("900000.00", "修路", "蓝")


def test_an_empty_form_has_a_row_for_every_indicator_and_states_nothing() -> None:
    form = stated(record.after(opening))
    book = write_workbook(MONITORING_SHEET, [on_sheet(form)])
    (read,) = read_workbook(book, MONITORING_SHEET)
    assert [one["indicator_id"] for one in read.fields["body"]["values"]] == ["road", "trust"]
    command = entered_again(read.fields)
    assert getattr(command, "values", None) == ()


def test_the_headings_are_those_of_the_official_form() -> None:
    headings = [column.title for column in (*HEAD, *INDICATORS)]
    for title in (
        *("项目名称", "主管部门及代码", "实施单位", "监控节点"),
        *("年初预算数", "全年预算数", "截至节点执行数", "执行率", "全年预计执行数"),
        *("一级指标", "二级指标", "三级指标", "年度指标值", "节点指标值"),
        *("截至节点完成情况", "全年预计完成情况", "原因说明", "完成目标可能性", "佐证材料", "备注"),
        *("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"),
        *("监控得分", "预警等级", "处理意见", "填表人", "财务负责人", "业务负责人", "单位负责人"),
    ):
        assert title in headings
    assert HEADINGS[7:12] == ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")


def test_the_paper_ticks_the_causes_and_shows_the_money_to_the_fen() -> None:
    command = replace(enter, values=(FULL, GOOD[1]))
    form = stated(named.after(opening, command, replace(confirm, expected_year_end=MORE)))
    grids = [block for block in paper(form).blocks if isinstance(block, Grid)]
    money, indicators = grids
    assert money.rows[0] == ("年度资金总额", "300.00", "300.00", "90.00", "30.00%", "300.000005")
    road = dict(zip(indicators.headings, indicators.rows[0], strict=True))
    assert (road["人员保障"], road["其他"], road["经费保障"]) == ("√", "√", "")
    assert road["佐证材料"].splitlines() == ["ab12", "五月〔施工日志〕:cd34", ":ef56"]
    assert wan(Money(1)) == "0.000001"
