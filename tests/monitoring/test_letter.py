"""The letter 《预警纠偏告知函》: numbered when signed, on paper as it is stored, never changed."""

import hashlib
import json
import re
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from docx import Document

from services.monitoring.domain.ledger.state import Ledger, Payment
from services.monitoring.domain.letterbook import Letterbook
from services.monitoring.domain.record.events import MonitoringSubmitted
from services.monitoring.domain.record.state import Open, Submitted
from services.monitoring.domain.rules import Rules
from services.monitoring.domain.values import Level, Reason
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.events import LetterIssued, Measure, Office, Step
from services.monitoring.domain.warning.letter import Letter, canonical, content_sha256
from services.monitoring.projections.showing import shown
from services.monitoring.reactions.letter_paper import day, letter_paper, percent, wan
from services.monitoring.reactions.printing import print_letter, proofread
from shared.documents.paper import write_docx
from shared.documents.refusals import CharacterUnprintable
from shared.domain.rule_node import RuleSetUnreadable
from shared.domain.rules import RuleSet
from tests.monitoring.stories import (
    CLERK,
    HEAD,
    LEADER,
    PROJECT,
    RULES,
    RULES_JSON,
    WATCH,
    Story,
    at,
    on,
    value,
    yuan,
)
from tests.monitoring.test_warning import HELD, REGION, fresh, issue, of, raised, receive

LEDGER = Ledger(
    project=PROJECT,
    budget=yuan(3_000_000),
    fund_type_code="",
    direct_fund_flag="",
    payments={"Z1": Payment(amount=yuan(900_000), settled_on=on(3, 1))},
    first_issued_on=on(2, 1),
)
REPORT = MonitoringSubmitted(
    project=PROJECT,
    node="M05",
    values=(value("road", "7"), value("trust", completion=Decimal("0.5"))),
    execution=LEDGER.execution(on(5, 31)),
    submitted_by=HEAD,
    submitted_on=on(6, 3),
    on_time=True,
)
RECORD = Submitted(opened=Open(project=PROJECT), report=REPORT)
AROUND = (Letterbook(last_serial=11), REGION, LEDGER, RECORD, WATCH, HELD, Rules(), Rules())
TEXT: dict[str, Any] = {
    "demands": "一、倒排工期，按周调度；二、加快首期工程款支付；三、完善资金支付手续。",
    "evidence_wanted": "支付凭证、开工令、施工日志",
    "contact": "阿依古丽·买买提",
    "phone": "0998-2820001",
    "secrecy": "内部",
}
draft = ask.DraftLetter(**of(), **TEXT)
sign = replace(issue, proofread=proofread)


def warned(level: Level = Level.RED, *reasons: Reason, rules: Rules = HELD) -> Story:
    """A warning for these reasons, or for every one there is."""
    command = replace(raised(level), reasons=reasons or tuple(Reason), finding="白条入账")
    story = fresh.knowing(WATCH, rules, Rules(), Rules()).after(command)
    return story.knowing(*AROUND)


def sent(story: Story) -> LetterIssued:
    """The letter, drafted and signed."""
    (found,) = story.after(draft).when(sign).facts()
    assert isinstance(found, LetterIssued)
    return found


def read(pdf: bytes) -> str:
    """Everything that stands on every page, without the breaks of its lines."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[number].get_textpage() for number in range(len(document))]
        return re.sub(r"\s", "", "".join(page.get_text_range() for page in pages))
    finally:
        document.close()


def expected(letter: Letter) -> list[str]:
    """How every field of a letter is written on it."""
    written = {
        "fiscal_year": str(letter.fiscal_year),
        "node": "5月末节点",
        "budget": wan(letter.budget),
        "paid": wan(letter.paid),
        "execution_rate": percent(letter.execution_rate),
        "goal_rate": percent(letter.goal_rate),
        "signed_by": letter.signed_by.rpartition("|")[2],
    }
    found: list[str] = []
    for name, said in asdict(letter).items():
        if name in {"layout", "problems"} or said is None:
            continue
        if name in written:
            found.append(written[name])
        elif isinstance(said, date):
            found.append(day(said))
        else:
            found += said if isinstance(said, tuple) else [said]
    for problem in letter.problems:
        found += [str(one) for one in asdict(problem).values()]
    return [re.sub(r"\s", "", text) for text in found if text]


def test_every_field_of_a_letter_is_read_back_from_its_file() -> None:
    letter = replace(sent(warned()).letter, replaces="疏附县财绩预〔2021〕3号")
    text = read(print_letter(letter))
    assert [one for one in expected(letter) if one not in text] == []
    for part in ("紧急程度：红色重要", "密级：内部", "抄送：", "印章", "签发人：", "联系人："):
        assert part in text
    for annex in ("回执", "是否有异议", "附1整改反馈表", "责任人（业务/财务）", "附2核验意见"):
        assert annex in text


def test_the_document_says_what_the_file_says() -> None:
    letter = sent(warned()).letter
    document = Document(BytesIO(write_docx(letter_paper(shown(letter)))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = "".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    told = re.sub(r"\s", "", told)
    assert [one for one in expected(letter) if one not in told] == []


def test_a_problem_states_what_it_is_measured_by() -> None:
    letter = sent(
        warned(Level.RED, Reason.EXECUTION_BEHIND, Reason.GOAL_BEHIND, Reason.IDLE)
    ).letter
    rows = [(p.number, p.indicator, p.node_target, p.actual, p.deviation) for p in letter.problems]
    assert rows == [
        (1, "预算执行率", "41.67%", "30.00%", "-11.67个百分点"),
        (2, "道路里程", "10", "7", "-3"),  # 24 kilometres × 5/12
        (3, "群众满意", "—", "—", "-50.00个百分点"),
        (4, "资金闲置天数", "<60天", "91天", "—"),
    ]
    assert (letter.as_of_on, letter.paid, letter.paid_rate) == (on(5, 31), "900000.00", "30.00%")
    assert letter.time_progress == "41.67%"
    assert {problem.basis for problem in letter.problems} == {"财预〔2019〕136号（规则集第1版）"}


DOUBT = ("确定能完成", "预计不能完成", "—")
ROADS = ("道路里程", "10", "7", "-3")
TRUST = ("群众满意", "—", "—", "-50.00个百分点")
RATE = "预算执行率"
GOALS = ("绩效目标实现程度", "100.00%", "95.00%", "-5.00个百分点")
GAP = "执行与目标的差距"
COMPLIANCE = ("资金使用与佐证", "合规", "白条入账", "—")
UNREPORTED = ("绩效运行监控表", "按时报送", "未报送", "—")


@pytest.mark.parametrize(
    ("reasons", "known", "unknown"),
    [
        ((Reason.COMPLIANCE,), [COMPLIANCE], [COMPLIANCE]),
        ((Reason.NOT_REPORTED,), [UNREPORTED], [UNREPORTED]),
        (
            (Reason.TARGET_UNREACHABLE, Reason.UNCERTAIN),
            [("道路里程", *DOUBT)],
            [("核心指标", *DOUBT)],
        ),
        (
            (Reason.EXECUTION_SLOW, Reason.EXECUTION_BEHIND),
            [(RATE, "41.67%", "30.00%", "-11.67个百分点")],
            [(RATE, "—", "30.00%", "—")],
        ),
        ((Reason.GOAL_SLOW, Reason.GOAL_BEHIND), [ROADS, TRUST], [GOALS]),
        # 0.95 of the goal against 0.30 of the money when 5/12 of it was due.
        (
            (Reason.MISMATCH, Reason.MISMATCH_MINOR),
            [(GAP, "≤10.00%", "23.00%", "—")],
            [(GAP, "≤—", "—", "—")],
        ),
        (
            (Reason.IDLE,),
            [("资金闲置天数", "<60天", "91天", "—")],
            [("资金闲置天数", "—", "—", "—")],
        ),
    ],
)
def test_every_reason_has_its_row_whatever_is_known(
    reasons: tuple[Reason, ...],
    known: list[tuple[str, ...]],
    unknown: list[tuple[str, ...]],
) -> None:
    for reason in reasons:
        told = warned(Level.RED, reason)
        for story, rows in ((told, known), (told.knowing(Letterbook(), REGION), unknown)):
            found = sent(story).letter.problems
            assert [(p.indicator, p.node_target, p.actual, p.deviation) for p in found] == rows


def test_without_a_report_a_letter_has_the_money_of_its_day() -> None:
    unreported = (
        Letterbook(),
        REGION,
        LEDGER,
        Open(project=PROJECT),
        WATCH,
        HELD,
        Rules(),
        Rules(),
    )
    letter = sent(warned(Level.RED, Reason.NOT_REPORTED).knowing(*unreported)).letter
    assert (letter.as_of_on, letter.paid, letter.paid_rate) == (on(6, 9), "900000.00", "30.00%")
    assert letter.layout == 1  # a letter that was sent is printed as it was: a new layout is new
    nothing = sent(warned(Level.RED, Reason.NOT_REPORTED).knowing(Letterbook(), REGION)).letter
    assert (nothing.as_of_on, nothing.paid, nothing.paid_rate) == (on(6, 9), "", "—")


def test_an_indicator_without_a_number_is_behind_by_its_part() -> None:
    told = (value("road", completion=Decimal("0.9")), *REPORT.values[1:])
    record = replace(RECORD, report=replace(REPORT, values=told))
    known = (Letterbook(), REGION, LEDGER, record, WATCH, HELD, Rules(), Rules())
    found = sent(warned(Level.RED, Reason.GOAL_SLOW).knowing(*known)).letter.problems
    rows = [(p.indicator, p.node_target, p.actual, p.deviation) for p in found]
    assert rows == [("道路里程", "10", "—", "-10.00个百分点"), TRUST]


def test_every_reason_is_among_the_rows() -> None:
    letter = sent(warned()).letter
    assert [problem.number for problem in letter.problems] == list(range(1, 14))
    assert {problem.reason for problem in letter.problems} == set(Reason)


def test_an_old_letter_keeps_its_fingerprint() -> None:
    """As letters were before they had figures: nothing of what came later is hashed."""
    letter = sent(warned(Level.RED, Reason.IDLE)).letter
    later: dict[str, Any] = {
        "secrecy": "",
        "as_of_on": None,
        "paid": "",
        "paid_rate": "",
        "time_progress": "",
    }
    row: dict[str, Any] = {"indicator": "", "node_target": "", "actual": "", "deviation": ""}
    (problem,) = letter.problems
    old = replace(letter, **later, layout=0, problems=(replace(problem, **row),))
    said = json.loads(canonical(old))
    assert not {*later, "layout", "corrects", "correction"} & set(said)
    assert set(said["problems"][0]) == {"number", "reason", "text", "basis"}
    assert content_sha256(old) != content_sha256(letter)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(old) == text
    assert content_sha256(old) == hashlib.sha256(text.encode()).hexdigest()


NUMBERED = {**RULES_JSON["letters"], "number": "{short}财绩预〔{year}〕{serial}号"}


def test_the_number_follows_the_pattern_of_the_rule_set() -> None:
    letters = {**NUMBERED, "short_names": {"653101": "疏附", "653100": "喀地"}, "verify_wd": 7}
    found = RuleSet.parse({**RULES_JSON, "letters": letters}, 1).letters
    held = Rules(region_code="653101", rules=replace(RULES, letters=found))
    letter = sent(warned(rules=held)).letter
    assert letter.letter_no == "疏附财绩预〔2021〕12号"
    assert found.verify_days == 7
    named = sent(warned()).letter
    assert named.letter_no == "疏附县财绩预〔2021〕12号"


BAD = [
    {"number": "财绩预〔{year}〕{serial}号"},
    {"number": "{short}财绩预{serial}号"},
    {"number": "{short}财绩预〔{year}〕号"},
    {"short_names": {"653100": "喀地", "653101": "喀地"}},
]


@pytest.mark.parametrize("wrong", BAD)
def test_a_pattern_under_which_two_letters_had_one_number_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(RuleSetUnreadable):
        RuleSet.parse({**RULES_JSON, "letters": {**NUMBERED, **wrong}}, 1)


def test_a_name_that_cannot_be_printed_is_refused_and_takes_no_number() -> None:
    odd = warned().after(replace(draft, contact="\U0002f9f4"))
    with pytest.raises(CharacterUnprintable) as refused:
        odd.when(sign).facts()
    assert refused.value.details["characters"] == ["U+2F9F4"]


CHANGED = {**TEXT, "demands": "九月底前完成支付"}
correction = ask.DraftCorrection(**of(), **CHANGED, reason="原函预算数有误")
correct = ask.CorrectLetter(
    **of(by=LEADER), region_code="653101", signed_by_leader=True, proofread=proofread
)
ISSUED = warned().after(draft, sign)


def test_a_correction_is_a_new_letter_that_cites_the_one_it_corrects() -> None:
    ISSUED.when(correction).then_names("CorrectionDrafted")
    drafted = ISSUED.after(correction).knowing(Letterbook(last_serial=12), *AROUND[1:])
    drafted.when(correct).then_names("LetterCorrected")
    (fact,) = drafted.when(correct).facts()
    before = sent(warned()).letter
    assert (fact.corrects, fact.issued.letter.corrects) == (before.letter_no, before.letter_no)
    assert fact.issued.letter.letter_no == "疏附县财绩预〔2021〕13号"
    text = read(print_letter(fact.issued.letter))
    assert f"（{before.letter_no}），更正原因：原函预算数有误" in text
    after = drafted.after(correct)
    after.when(correction).then_nothing()
    assert after.state.issued.letter.demands == "九月底前完成支付"


def test_a_correction_is_signed_by_another_and_by_a_leader_where_it_is_red() -> None:
    ISSUED.when(correct).then_refused(no.CorrectionNotDrafted)
    warned().after(draft).when(correction).then_refused(no.LetterNotIssued)
    drafted = ISSUED.after(correction)
    drafted.when(replace(correct, by=CLERK)).then_refused(no.SignerDraftedLetter)
    junior = replace(correct, signed_by_leader=False)
    drafted.when(junior).then_refused(no.RedLetterNeedsLeader)


def test_an_objection_is_answered_by_somebody_who_did_not_write_the_letter() -> None:
    answer = ask.AnswerObjection(**of(by="iss|third"), kept=True, answer="数据与国库一致")
    ISSUED.after(receive).when(answer).then_refused(no.NothingObjected)
    objected = ISSUED.after(replace(receive, objection="项目不属我单位"))
    for writer in (CLERK, LEADER):
        objected.when(replace(answer, by=writer)).then_refused(no.AnswererWroteLetter)
    objected.when(answer).then_names("ObjectionAnswered")
    warned().after(draft).when(answer).then_refused(no.LetterNotIssued)


def test_who_signed_a_letter_or_its_correction_answers_no_objection_to_either() -> None:
    second = replace(correct, by="iss|second")
    corrected = ISSUED.after(correction).after(second)
    objected = corrected.after(replace(receive, objection="项目不属我单位"))
    answer = ask.AnswerObjection(**of(by="iss|third"), kept=True, answer="数据与国库一致")
    for hand in (CLERK, LEADER, "iss|second"):
        objected.when(replace(answer, by=hand)).then_refused(no.AnswererWroteLetter)
    objected.when(answer).then_names("ObjectionAnswered")


def test_a_warning_does_not_end_with_an_objection_open() -> None:
    objected = ISSUED.after(replace(receive, objection="项目不属我单位"))
    overdue = ask.MarkOverdue(**of(now=at(9, 1)), step=Step.PLAN)
    measured = objected.after(
        overdue,
        ask.ProposeMeasure(**of(), measure=Measure.TALK, reason="逾期"),
        ask.ApproveMeasure(**of(by=LEADER), measure=Measure.TALK, offices=(Office.LEADER,)),
        ask.TakeMeasure(**of(), measure=Measure.TALK, document_no="约谈1号", decided_on=on(9, 2)),
    )
    answers = dict.fromkeys(Reason, "已处理")
    end = ask.CloseWarning(**of(), answers=answers, fund_effect="none", target_effect="none")
    measured.when(end).then_refused(no.ObjectionOpen)
    answer = ask.AnswerObjection(**of(by="iss|third"), kept=True, answer="维持")
    measured.after(answer).when(end).then_names("WarningClosed")
